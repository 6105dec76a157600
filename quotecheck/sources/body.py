"""The text of an article as it can be stored: untouched but for characters that no store takes."""

from __future__ import annotations

import re
from typing import NamedTuple

from quotecheck.errors import InputError

MAX_CHARACTERS = 5_000_000
"""Longest article text, in code points."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL_CHARACTERS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOJIBAKE = re.compile(r"â€|[ÂÃ][\xa0-\xbf]")


class Body(NamedTuple):
    """An article's text and the stable codes of what is odd about it."""

    text: str
    warnings: tuple[str, ...]


def storable(text: str) -> str:
    """`text` with each NUL and lone surrogate as U+FFFD: neither can be stored, and offsets must hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def make_body(text: str, source_ref: str) -> Body:
    """The body that `text` is, of the same length. Raises InputError `empty` or `too_large`."""
    if not text or text.isspace():
        raise InputError(source_ref, "empty", "no text in it; leave it out or add the article's words")
    if len(text) > MAX_CHARACTERS:
        message = f"{len(text):,} characters, more than {MAX_CHARACTERS:,}; split it into articles"
        raise InputError(source_ref, "too_large", message)
    body = storable(text)
    found = {
        "replaced_characters": body != text,
        "control_characters": _CONTROL_CHARACTERS.search(body) is not None,
        "mojibake": len(_MOJIBAKE.findall(body)) >= 3,
    }
    return Body(body, tuple(code for code, seen in found.items() if seen))
