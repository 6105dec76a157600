"""An input's own words for a date, as ISO 8601, where they can mean one thing only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from dateutil import parser

_LONGEST = 60
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|\d{8}T\d{4,6}(Z|[+-]\d{4})?")
_YEAR_FIRST = re.compile(r"\d{4}[-/.]")
_UTC_OFFSET = re.compile(r"\b(?:GMT|UTC) ?(?=[+-]\d)")
_COMMENT = re.compile(r" \([^()]*\)$")
_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")


def iso_date(raw: str | None) -> str | None:
    """`raw` as an ISO 8601 date, or date and time, or None where it is incomplete, ambiguous or no date.

    A date without a time stays a date; a time keeps the offset that is written (UTC, GMT and numeric offsets),
    and none is invented: a time in another named zone comes back without one. `03/04/2022` is None, because it
    is April in London and March in New York. Never raises.
    """
    text = " ".join((raw or "").split())
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    try:
        return _from_iso(text) or _from_words(text)
    except (ValueError, OverflowError):
        return None


def _from_iso(text: str) -> str | None:
    if _ISO_DATE.fullmatch(text):
        return date.fromisoformat(text).isoformat()
    if not _ISO_TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:  # such as a zone in words after an ISO time
        return None


def _from_words(text: str) -> str | None:
    """Parse twice, with different defaults and orders: what differs was not in the text, or not clear in it."""
    if not _YEAR.search(text):
        return None
    # In the news GMT+2 is two hours ahead; dateutil reads it as POSIX does, two hours behind.
    text = _UTC_OFFSET.sub("", _COMMENT.sub("", text))
    first = _parse(text, datetime(2000, 1, 1, 0), day_first=False)
    second = _parse(text, datetime(2004, 12, 28, 23), day_first=not _YEAR_FIRST.match(text))
    if first.date() != second.date():
        return None
    return first.isoformat() if first == second else first.date().isoformat()


def _parse(text: str, default: datetime, *, day_first: bool) -> datetime:
    return parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)


def _zone(name: str | None, offset: int | None) -> timezone | None:
    if name and offset:
        raise ValueError("a zone's name with an offset: ahead of UTC, or of that zone?")
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return UTC if name in {"UTC", "GMT", "Z"} else None
