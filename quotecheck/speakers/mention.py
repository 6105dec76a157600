"""One proper name as it stands in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import EITHER, FEMALE, MALE

MentionKind = Literal["person", "organisation", "place", "unknown"]
PLURAL_ENDINGS = ("ists", "ians", "cans", "crats")


@dataclass(frozen=True, slots=True)
class Mention:
    """One proper name: tokens [first, last) are the name, `titled` is where its titles begin."""

    first: int
    last: int
    titled: int
    name: str
    keys: tuple[str, ...]
    kind: MentionKind
    titles: tuple[str, ...] = ()
    gender: str | None = None


def given_gender(keys: tuple[str, ...]) -> str | None:
    """The gender that the given name goes with: `m`, `f` or None."""
    for key in keys[:2]:
        if key in EITHER:
            return None
        if key in MALE:
            return "m"
        if key in FEMALE:
            return "f"
    return None


def is_group_name(keys: tuple[str, ...]) -> bool:
    """Whether a capitalised word is a plural of people (`Republicans`, `Ukrainians`)."""
    last = keys[-1]
    if last in lx.GROUP_NOUNS:
        return len(keys) == 1 or last not in lx.BODY_NOUNS
    return len(keys) == 1 and last not in lx.BODY_NOUNS and last.endswith(PLURAL_ENDINGS)
