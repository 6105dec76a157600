"""When a statement was made, as far as its reporting clause tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from quotecheck import cues
from quotecheck.evidence.expressions import Reading, find
from quotecheck.evidence.frame import Frame
from quotecheck.evidence.meanings import Now
from quotecheck.evidence.periods import Period, day
from quotecheck.types import SaidDate, Span
from quotecheck.vocabulary import Mode, SpeakerKind

_OTHER_TIME = re.compile(
    r"\b(?:by|until|till|before|ahead of|for|from|of|about|over|against|next to|than|scheduled for|due|since last)"
    r"(?: (?:the|his|her|its|their|a))?\s*$",
    re.IGNORECASE,
)
"""What stands before a date that is not when something was said."""
_FROM_THEN_ON = re.compile(r"\b(?:after|following|since|in the wake of|in response to)(?: the)?\s*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?=\s)")
_AT_EVENT = re.compile(r"\b(?:at|during|in|following|after)\s*$", re.IGNORECASE)
_HABIT = re.compile(
    r"\b(?:always|often|usually|sometimes|frequently|repeatedly|regularly|never|still|long)\b", re.IGNORECASE
)
_LOOK_BACK = 3000
"""Code points before a statement in which a date that “the day before” counts from is looked for."""


def published_day(published_at: str | None) -> date | None:
    """The day of publication where the article was published: the date as the time with its offset gives it."""
    if not published_at:
        return None
    try:
        return datetime.fromisoformat(published_at).date()
    except ValueError:
        return None


def said_date(
    text: str, frame: Frame, cue: str, published: date | None, *, mode: Mode = "plain", kind: SpeakerKind = "unknown"
) -> tuple[SaidDate, tuple[Span, ...]]:
    """The date of a statement and the words that give it; no words, no date, but for a plain present tense.

    A present tense without a date (“says”) is taken for the day of publication, with that basis; documents go on
    saying what they say and get none. A past tense without a date stays unknown.
    """
    for start, end in frame.zones:
        now = Now(published, future=mode == "future")
        for reading in find(text, now, start, end):
            if _OTHER_TIME.search(text, start, reading.start):
                continue
            if _POSSESSIVE.match(text, reading.end) and not _AT_EVENT.search(text, start, reading.start):
                continue
            read = reading if reading.period else _with_anchor(text, reading, now)
            since = bool(_FROM_THEN_ON.search(text, start, reading.start))
            return _dated(read, published, since), (Span.of(text, reading.start, reading.end),)
    if published and mode == "plain" and kind != "document" and cues.is_present(cue) and not _habitual(text, frame):
        return SaidDate(str(day(published)), "same_as_publication"), ()
    return SaidDate(), ()


def _dated(reading: Reading, published: date | None, since: bool) -> SaidDate:
    period = reading.period
    if period is None:
        return SaidDate()
    if since and published and period.first <= published:
        period = Period(period.first, published)
    return SaidDate(str(period), reading.basis)


def _with_anchor(text: str, reading: Reading, now: Now) -> Reading:
    """The reading of “the day before” by the last day that the article named; unchanged if it named none."""
    anchor = last_day(find(text, now, max(0, reading.start - _LOOK_BACK), reading.start))
    again = find(text, Now(now.published, anchor, now.future), reading.start, reading.end)
    return next(again, reading)


def last_day(readings: Iterable[Reading]) -> Period | None:
    """The last single day among readings."""
    return next((r.period for r in reversed(list(readings)) if r.period and r.period.is_day), None)


def _habitual(text: str, frame: Frame) -> bool:
    return any(_HABIT.search(text, start, end) for start, end in frame.zones)
