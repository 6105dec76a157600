"""Pairing of quotation marks, robust against missing, stray, mixed and nested ones.

Each family of marks (double, angle, single) is read as a sequence of events (marks and line breaks), and the cheapest
reading of the whole sequence is taken (Viterbi over the two states outside and inside). A reading may leave a mark
unpaired (apostrophes, inches), continue a quotation at the opening mark of the next paragraph, or give a quotation up
at the end of a paragraph, so that a mark that is never closed does not swallow what follows. The costs are orders of
preference set by hand, not trained.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

OPENING = "“„‟‘‚‛«‹"
CLOSING = "”’»›"
STRAIGHT = "\"'`´"
MARKS = OPENING + CLOSING + STRAIGHT
_EVENTS = re.compile(r"(?<!')''(?!')|(?<!`)``(?!`)|[\"“”„‟'‘’‚‛`´«»‹›]|[\n\r\u2028\u2029]+")
_DOUBLE, _ANGLE, _SINGLE = "double", "angle", "single"
_FAMILY = dict.fromkeys("'‘’‚‛`´", _SINGLE) | dict.fromkeys("«»‹›", _ANGLE)
_ELISION = re.compile(r"(?:\d0s|em|tis|twas|til|cause|bout|round|n|ve|s|d|ll|re)\b", re.IGNORECASE)
_ENDS_SENTENCE = ".!?…"
_LONGEST_SINGLE = 600
_IMPOSSIBLE = 1e6

_COST_UNCLOSED = 3.0
_COST_UNCLOSED_MIDWAY = 4.0
_COST_STRAY = 5.0
_COST_CONTINUE = 0.2
_COST_LINE_BREAK = 0.8
_COST_LINE_BREAK_SINGLE = 3.0


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch from its opening mark to behind its closing mark; offsets in code points, half open.

    `inner_start` and `inner_end` leave the marks out. `closed` is False where the closing mark is missing: the
    stretch then ends with its paragraph. `continues` is True where it carries on the stretch before it (a paragraph
    of a longer quotation that begins with a mark of its own). `single` tells marks of the single family.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool
    single: bool


@dataclass(frozen=True, slots=True)
class _Event:
    start: int
    end: int
    mark: str
    left: str
    right: str
    after: str

    @property
    def is_break(self) -> bool:
        return self.mark == "\n"

    @property
    def at_line_start(self) -> bool:
        return self.left in "\n\r\u2028\u2029"


@dataclass(frozen=True, slots=True)
class _Path:
    """The best reading up to an event: its cost, where the open stretch began, and the stretches found so far."""

    cost: float
    open_event: _Event | None
    continues: bool
    found: tuple[_Path, Quotation | None] | None


@lru_cache(maxsize=8)
def pair(text: str) -> tuple[Quotation, ...]:
    """Pair the quotation marks of `text`; the stretches in text order, nested ones included."""
    events = list(_events(text))
    found = [q for family in (_DOUBLE, _ANGLE, _SINGLE) for q in _pair_family(text, events, family)]
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def overlapping(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The outermost quotations of `text` that share a character with `text[start:end]`, marks included."""
    quotations = outermost(text)
    first = bisect(quotations, start, key=lambda quotation: quotation.end)
    last = bisect_left(quotations, end, key=lambda quotation: quotation.start)
    return quotations[first:last]


@lru_cache(maxsize=8)
def outermost(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text` that lie in no other, in text order."""
    kept: list[Quotation] = []
    for quotation in pair(text):
        if not kept or quotation.start >= kept[-1].end:
            kept.append(quotation)
    return tuple(kept)


def _events(text: str) -> Iterator[_Event]:
    for match in _EVENTS.finditer(text):
        start, end = match.span()
        mark = "\n" if match[0][0] in "\n\r\u2028\u2029" else match[0]
        left = text[start - 1] if start else "\n"
        right = text[end] if end < len(text) else "\n"
        if _is_apostrophe(mark, left, right):
            continue
        yield _Event(start, end, mark, left, right, text[end : end + 6])


def _is_apostrophe(mark: str, left: str, right: str) -> bool:
    return mark in ("'", "’", "`", "´") and left.isalnum() and right.isalnum()


def _family(event: _Event) -> str:
    return _FAMILY.get(event.mark, _DOUBLE)


def _pair_family(text: str, events: list[_Event], family: str) -> list[Quotation]:
    outside = _Path(0.0, None, False, None)
    inside = _Path(_IMPOSSIBLE, None, False, None)
    if all(event.is_break or _family(event) != family for event in events):
        return []
    for event in events:
        if event.is_break:
            outside, inside = _read_break(text, event, outside, inside, family)
        elif _family(event) == family:
            outside, inside = _read_mark(text, event, outside, inside, family)
    given_up = _close(text, inside, None, len(text.rstrip()), family, _unclosed(family))
    return _stretches(min(outside, given_up, key=lambda path: path.cost))


def _unclosed(family: str) -> float:
    return _COST_UNCLOSED if family == _DOUBLE else _COST_UNCLOSED_MIDWAY


def _read_break(text: str, event: _Event, outside: _Path, inside: _Path, family: str) -> tuple[_Path, _Path]:
    given_up = _close(text, inside, None, event.start, family, _unclosed(family))
    stay = _COST_LINE_BREAK_SINGLE if family == _SINGLE else _COST_LINE_BREAK
    outside = min(outside, given_up, key=lambda path: path.cost)
    return outside, _Path(inside.cost + stay, inside.open_event, inside.continues, inside.found)


def _read_mark(text: str, event: _Event, outside: _Path, inside: _Path, family: str) -> tuple[_Path, _Path]:
    opening, closing, ignoring = _costs(event, inside.open_event, family)
    closed = _close(text, inside, event, event.end, family, closing)
    skipped = _Path(outside.cost + ignoring, None, False, outside.found)
    opened = _Path(outside.cost + opening, event, False, outside.found)
    kept = _Path(inside.cost + ignoring, inside.open_event, inside.continues, inside.found)
    candidates = [opened, kept]
    if inside.open_event is not None:
        given_up = _close(text, inside, None, event.start, family, _COST_UNCLOSED_MIDWAY)
        candidates.append(_Path(given_up.cost + opening, event, False, given_up.found))
        if event.at_line_start and family == _DOUBLE:
            paragraph = _close(text, inside, None, event.start, family, _COST_CONTINUE)
            candidates.append(_Path(paragraph.cost, event, True, paragraph.found))
    return min(closed, skipped, key=lambda p: p.cost), min(candidates, key=lambda p: p.cost)


def _close(text: str, path: _Path, mark: _Event | None, end: int, family: str, cost: float) -> _Path:
    """End the open stretch of a path, at a closing mark or (`mark` None) given up before `end`."""
    if path.open_event is None:
        return _Path(_IMPOSSIBLE, None, False, None)
    opened = path.open_event
    inner_end = mark.start if mark else len(text[opened.end : end].rstrip()) + opened.end
    outer_end = mark.end if mark else inner_end
    if family == _SINGLE and outer_end - opened.start > _LONGEST_SINGLE:
        cost += _COST_UNCLOSED
    if not text[opened.end : inner_end].strip():
        cost += _COST_STRAY
    quotation = Quotation(
        opened.start, outer_end, opened.end, inner_end, mark is not None, path.continues, family == _SINGLE
    )
    return _Path(path.cost + cost, None, False, (path, quotation))


def _stretches(path: _Path) -> list[Quotation]:
    found: list[Quotation] = []
    link = path.found
    while link is not None:
        before, quotation = link
        if quotation is not None and quotation.inner_end > quotation.inner_start:
            found.append(quotation)
        link = before.found
    return [quotation for quotation in reversed(found) if quotation.closed or not quotation.single]


def _costs(event: _Event, opened: _Event | None, family: str) -> tuple[float, float, float]:
    """What it costs to read a mark as opening, as closing, and as no quotation mark."""
    if family == _SINGLE:
        return _single_costs(event)
    if family == _ANGLE:
        return _angle_costs(event, opened)
    opening, closing = _position_costs(event)
    ignoring = _COST_STRAY
    if event.mark in ("“", "„", "‟", "``"):
        german_close = event.mark in "“‟" and opened is not None and opened.mark == "„"
        return (0.0, 0.0, ignoring) if german_close else (min(opening, 0.5), closing + 2.0, ignoring)
    if event.mark in ("”", "''"):
        return opening + (2.0 if event.mark == "”" else 0.5), min(closing, 0.5), ignoring
    if event.left.isdigit() and not event.right.isalnum():
        ignoring = 0.3
    return opening, closing, ignoring


def _position_costs(event: _Event) -> tuple[float, float]:
    """Opening and closing cost by what stands left and right of the mark."""
    free_left, free_right = _free_left(event), _free_right(event)
    if free_left and not free_right:
        return 0.0, 3.0
    if free_right and not free_left:
        return 4.0, 0.0
    if free_left and free_right:
        return 1.0, 1.0
    if event.left in ":,;":
        return 0.5, 1.0
    if event.left in _ENDS_SENTENCE:
        return 0.7, 0.5
    return 1.5, 1.5


def _free_left(event: _Event) -> bool:
    return event.left.isspace() or event.left in "([{—–-/" or event.left in MARKS


def _free_right(event: _Event) -> bool:
    return event.right.isspace() or event.right in ")]}.,;:!?—–-/" or event.right in MARKS


def _angle_costs(event: _Event, opened: _Event | None) -> tuple[float, float, float]:
    reversed_style = opened is not None and opened.mark in "»›"
    if event.mark in "«‹":
        return (0.0, 0.0 if reversed_style else 3.0, 2.0)
    bullet = event.at_line_start and event.right.isspace()
    return (3.0 if bullet else 1.5, 3.0 if reversed_style else 0.0, 0.2 if bullet else 2.0)


def _single_costs(event: _Event) -> tuple[float, float, float]:
    after_word = event.left.isalnum()
    before_word = event.right.isalnum() or event.right in '[(“"«…'
    if event.mark in "‘‚‛":
        return (0.0 if before_word else 2.0), 3.0, (0.5 if _ELISION.match(event.after) else 3.0)
    if before_word and not after_word:
        ignoring = 0.0 if event.mark == "’" or _ELISION.match(event.after) else 1.0
        return (3.0 if event.mark == "’" else 0.3), 2.0, ignoring
    if event.left.isspace():
        return _COST_STRAY, 2.0, 0.0
    if event.left.isdigit():
        return _COST_STRAY, 0.6, 0.1
    if after_word:
        return _COST_STRAY, 0.4, (0.5 if event.left in "sSnN" else 2.0)
    return _COST_STRAY, 0.0, 2.0 if event.mark != "’" else 1.0
