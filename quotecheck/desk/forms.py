"""Fields of the desk's forms, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quotecheck.desk.words import stretch
from quotecheck.errors import InputError

Form = Mapping[str, str]
MAX_NOTE = 5_000
NOBODY = {"unnamed": "unnamed source", "unknown": "unknown"}
"""Values of the field `who` that name nobody."""


@dataclass(frozen=True, slots=True)
class Request:
    """One action on one claim by one person; `version` is the version of the claim that they had before them, and
    `everything` says that they may take back what others did.
    """

    claim_id: str
    actor: str
    version: int
    form: Form
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action led to: the claim to show next, and whether other claims or marks changed with it."""

    claim_id: str
    structural: bool = False


def chosen(text: str, form: Form, near: int) -> list[tuple[int, int]]:
    """The pieces that a form names: `offsets` such as `12-40,55-70`, or `first` and `last` words."""
    if offsets := form.get("offsets", "").strip():
        return pieces(offsets)
    return [stretch(text, form.get("first", ""), form.get("last", ""), near=near)]


def pieces(offsets: str) -> list[tuple[int, int]]:
    """Stretches written as `12-40,55-70`. Raises InputError if they are none."""
    try:
        pairs = [piece.split("-") for piece in offsets.split(",")[:50]]
        return [(number(start), number(end)) for start, end in pairs]
    except ValueError as error:
        raise bad("offsets", "choose the words again") from error


def number(value: str) -> int:
    """A whole number. Raises InputError if it is none."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise bad("a number", "reload the page and try again")
    return int(value)


def text(form: Form, name: str) -> str:
    """Free words of a field. Raises InputError if they are too many."""
    value = form.get(name, "").replace("\r\n", "\n").strip()
    if len(value) > MAX_NOTE:
        raise bad(name, f"write at most {MAX_NOTE} characters")
    return value


def tags(value: str) -> str:
    """Tags as typed, separated by commas or semicolons, as they are stored."""
    return "; ".join(dict.fromkeys(tag.strip() for tag in value.replace(";", ",").split(",") if tag.strip()))


def bad(field: str, remedy: str) -> InputError:
    """The error of a field that a page of the desk would not have sent like this."""
    return InputError("review form", f"bad_{field}", f"{field} is missing or unknown; {remedy}")
