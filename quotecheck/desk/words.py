"""Places in a text: by how many words or characters an edge moves, and where given words stand.

Offsets are Unicode code points. An edge never comes to stand within what a reader sees as one character: an emoji
with its modifiers, a letter with its accents.
"""

from __future__ import annotations

import re
import unicodedata

from quotecheck import quotations
from quotecheck.errors import InputError

_WORD = re.compile(r"\S+")
_CORE = re.compile(r"\w(?:.*[\w%°])?", re.DOTALL)
_MARK = re.compile(f"[{re.escape(quotations.MARKS)}]")
_JOINER = "\u200d"
_MODIFIERS = frozenset("\ufe0e\ufe0f\u20e3") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
_SPACES = re.compile(r"\s+")
_LOOSE = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def moved(text: str, offset: int, edge: str, by: str, steps: int) -> int:
    """Where an edge (`start` or `end`) at `offset` comes to stand after `steps` words or characters, never outside."""
    for _ in range(abs(steps)):
        offset = (_by_word if by == "word" else _by_character)(text, offset, edge, 1 if steps > 0 else -1)
    return offset


def _by_word(text: str, offset: int, edge: str, step: int) -> int:
    edges = [place for match in _WORD.finditer(text) for place in _edges(match, edge)]
    if step > 0:
        return next((place for place in edges if place > offset), offset)
    return next((place for place in reversed(edges) if place < offset), offset)


def _edges(match: re.Match[str], edge: str) -> list[int]:
    """Where a span may begin or end at a word: without the punctuation around it, and with a quotation mark there."""
    word = match[0]
    core = _CORE.search(word)
    if core is None:
        return [match.start() if edge == "start" else match.end()]
    if edge == "start":
        mark = _MARK.search(word[: core.start()])
        return [*([match.start() + mark.start()] if mark else []), match.start() + core.start()]
    marks = list(_MARK.finditer(word[core.end() :]))
    end = match.start() + core.end()
    return [end, *([end + marks[-1].end()] if marks else [])]


def _by_character(text: str, offset: int, edge: str, step: int) -> int:
    place = offset + step
    while 0 < place < len(text) and (not _is_boundary(text, place) or _at_blank(text, place, edge)):
        place += step
    return place if 0 <= place <= len(text) else offset


def _is_boundary(text: str, place: int) -> bool:
    letter = text[place]
    return not (
        unicodedata.combining(letter) or letter in _MODIFIERS or letter == _JOINER or text[place - 1] == _JOINER
    )


def _at_blank(text: str, place: int, edge: str) -> bool:
    """Whether the character at the edge is a blank: spans neither begin nor end with one."""
    return (text[place] if edge == "start" else text[place - 1]).isspace()


def stretch(text: str, first: str, last: str, near: int = 0) -> tuple[int, int]:
    """The stretch of `text` from the words `first` to the end of the words `last`, the one nearest to `near`.

    Blanks and the shape of quotation marks do not count; `last` may be left out. Raises InputError if the words do
    not stand in the text in that order.
    """
    starts = [match.span() for match in _pattern(first).finditer(text.translate(_LOOSE))]
    if not first.strip() or not starts:
        raise InputError("the form", "not_found", f"the words {first.strip()!r} do not stand in the text like this")
    start, end = min(starts, key=lambda span: abs(span[0] - near))
    if not last.strip():
        return start, end
    found = _pattern(last).search(text.translate(_LOOSE), start)
    if found is None:
        raise InputError("the form", "not_found", f"the words {last.strip()!r} do not stand behind {first.strip()!r}")
    return start, max(end, found.end())


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _SPACES.split(words.strip().translate(_LOOSE))]
    return re.compile(r"\s+".join(parts))
