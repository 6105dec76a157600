"""The text of an article as it can be stored: untouched but for characters that no store takes."""

from __future__ import annotations

import re
from typing import NamedTuple

from quotecheck.errors import InputError

MAX_CHARACTERS = 5_000_000
"""Longest article text, in code points."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL_CHARACTERS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PUNCTUATION_RUN = re.compile(r"[^\w\s]{201}")
_LONG_TOKEN = re.compile(r"\S{2001}")
_SENTENCE_END = re.compile("[.!?…\n\r]")
LONG_SENTENCE = 20_000
"""Characters without the end of a sentence or a line, above which a text is no prose."""
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
        "bidi_control": _BIDI_CONTROL.search(body) is not None,
        "mojibake": len(_MOJIBAKE.findall(body)) >= 3,
        "punctuation_run": _PUNCTUATION_RUN.search(body) is not None,
        "long_token": _LONG_TOKEN.search(body) is not None,
        "long_sentence": any(len(stretch) > LONG_SENTENCE for stretch in _SENTENCE_END.split(body)),
        "unbalanced_quotes": has_unbalanced_quotes(body),
    }
    return Body(body, tuple(code for code, seen in found.items() if seen))


def has_unbalanced_quotes(text: str) -> bool:
    """Whether a double quotation mark in `text` has no partner.

    A quotation over several paragraphs, each of which opens it anew and only the last of which ends it, is balanced.
    """
    opened = ""
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        if opened and not paragraph.startswith(opened):
            return True
        curly = paragraph.count("“") - paragraph.count("”")
        straight = (paragraph.count('"') - (opened == '"')) % 2
        if opened == '"':
            straight = 1 - straight
        if curly not in (0, 1) or (curly and straight):
            return True
        opened = "“" if curly else '"' * straight
    return bool(opened)
