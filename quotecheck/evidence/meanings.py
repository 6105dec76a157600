"""What each kind of time expression means: rules from a match to a period and its basis.

A rule gives None, or raises ValueError, where the meaning cannot be said: there is no such day, no day of publication,
no day named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from quotecheck.evidence.periods import (
    Period,
    day,
    month,
    month_number,
    part,
    season,
    shifted,
    week,
    weekday_number,
    weekend,
    year,
)
from quotecheck.vocabulary import DateBasis


@dataclass(frozen=True, slots=True)
class Now:
    """What an expression is relative to: the day of publication (None if unknown), the last date that the article
    named before it, and whether the sentence looks ahead.
    """

    published: date | None
    anchor: Period | None = None
    future: bool = False

    @property
    def today(self) -> date:
        """The day of publication. Raises ValueError if it is unknown."""
        if self.published is None:
            raise ValueError("the day of publication is unknown")
        return self.published


Rule = Callable[[re.Match[str], Now], "tuple[Period, DateBasis] | None"]

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": (2, 3), "a few": (2, 6),
            "few": (2, 6), "several": (2, 6)}  # fmt: skip
"""How many; “a few” and “several” are taken for two to six, “a couple of” for two or three."""
_HOLIDAYS = {"new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
             "new year's eve": (12, 31)}  # fmt: skip

_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_SEASON_BEGINS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _number(words: str) -> tuple[int, int]:
    """The least and the greatest number that words mean."""
    known = _NUMBERS.get(words.lower()) or int(words)
    return known if isinstance(known, tuple) else (known, known)


def _part(match: re.Match[str], whole: Period) -> Period:
    words = match["part"]
    if not words:
        return whole
    return part(whole, next((name for key, name in _PARTS.items() if key in words.lower()), words.lower()))


def _nearest(now: Now, at: Callable[[int], Period]) -> Period:
    """The latest of a yearly period that has begun by the day of publication, or the first not over, looking ahead."""
    this = now.today.year
    if now.future:
        return next(found for found in map(at, (this, this + 1)) if found.last >= now.today)
    return next(found for found in map(at, (this, this - 1)) if found.first <= now.today)


def full_date(match: re.Match[str], _: Now) -> tuple[Period, DateBasis]:
    """“March 12, 2019”, “Aug. 3-5, 2020”."""
    on = date(int(match["year"]), month_number(match["month"]), _day_number(match["day"]))
    until = match.groupdict().get("until")
    return Period(on, on.replace(day=_day_number(until)) if until else on), "explicit"


def _day_number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def iso_date(match: re.Match[str], _: Now) -> tuple[Period, DateBasis]:
    """“2019-03-12”."""
    return day(date.fromisoformat(match[0])), "explicit"


def date_without_year(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Aug. 3”: of the nearest year."""
    until = match.groupdict().get("until")
    first, last = _day_number(match["day"]), _day_number(until or match["day"])
    number = month_number(match["month"])
    return _nearest(now, lambda at: Period(date(at, number, first), date(at, number, last))), "explicit"


def holiday(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Christmas Day”: of the nearest year."""
    number, on = _HOLIDAYS[match[0].lower().replace("’", "'")]
    return _nearest(now, lambda at: day(date(at, number, on))), "explicit"


def month_of_year(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“March 2019”, “December last year”."""
    relative = match.groupdict().get("which")
    if relative is None:
        return _part(match, month(int(match["year"]), month_number(match["month"]))), "explicit"
    return _part(match, month(now.today.year + _shift(relative), month_number(match["month"]))), "relative"


def _shift(which: str) -> int:
    return {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which.lower(), 0)


def bare_month(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“In July”: of the nearest year."""
    number = month_number(match["month"])
    return _part(match, _nearest(now, lambda at: month(at, number))), "relative"


def named_month(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Last July”: of this year or of the year before, if this year's is over."""
    on, number, which = now.today, month_number(match["month"]), match["which"].lower()
    if which.startswith("this"):
        return _nearest(now, lambda at: month(at, number)) if "p" in which else month(on.year, number), "relative"
    if which == "next":
        return month(on.year + (number <= on.month), number), "relative"
    before = month(on.year - 1, number)
    return (before.to(month(on.year, number)) if number < on.month else before), "relative"


def the_year(match: re.Match[str], _: Now) -> tuple[Period, DateBasis]:
    """“In 1962”, “early 2016”."""
    return _part(match, year(int(match["year"]))), "explicit"


def decade(match: re.Match[str], _: Now) -> tuple[Period, DateBasis]:
    """“In the 1990s”."""
    first = int(match["year"])
    return _part(match, year(first).to(year(first + 9))), "explicit"


def bare_weekday(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """The most recent one. The day of publication counts, as an assumption: some papers mean last week's."""
    days = (now.today.weekday() - weekday_number(match["day"])) % 7
    if days == 0:
        return day(now.today), "same_as_publication"
    return day(now.today, 7 - days if now.future else -days), "weekday"


def weekdays(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Monday and Tuesday”, “from Friday to Sunday”."""
    first, last = weekday_number(match["day"]), weekday_number(match["until"])
    back = (now.today.weekday() - last) % 7
    until = day(now.today, (7 - back) % 7 if now.future else -back)
    return day(until.first, -((last - first) % 7)).to(until), "weekday"


def named_weekday(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Last Tuesday” said within the same week may be this week's or last week's: from one to the other."""
    on, number, which = now.today, weekday_number(match["day"]), match["which"].lower()
    if which == "this coming" or (which == "this" and (now.future or number <= on.weekday())):
        return day(week(on).first, number), "weekday"
    if which == "next":
        return day(on, (number - on.weekday() - 1) % 7 + 1), "weekday"
    recent = day(on, -((on.weekday() - number - 1) % 7 + 1))
    ambiguous = which == "last" and recent.first >= week(on).first
    return day(recent.first, -7).to(recent) if ambiguous else recent, "weekday"


def weekday_of_week(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Tuesday last week”."""
    return day(week(now.today, _shift(match["which"])).first, weekday_number(match["day"])), "weekday"


_TODAY = {
    "today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0),
    "last night": (-1, -1), "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
}  # fmt: skip


def relative_day(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Yesterday”, “overnight”."""
    begin, end = _TODAY.get(match["day"].lower(), (0, 0))
    return day(now.today, begin).to(day(now.today, end)), "relative"


def ago(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Two weeks ago”: the week, not a day of it."""
    least, most = _number(match["number"])
    if match["unit"].lower() in ("hour", "minute"):
        return day(now.today, -1).to(day(now.today)), "relative"
    return shifted(now.today, match["unit"].lower(), -least, -most), "relative"


def from_anchor(match: re.Match[str], now: Now) -> tuple[Period, DateBasis] | None:
    """“Three days later”, “the day before”: counted from the last day named, never from publication."""
    if now.anchor is None or not now.anchor.is_day:
        return None
    parts = match.groupdict()
    number = parts.get("number") or "a"
    least, most = _number(number)
    sign = -1 if match["way"].lower() in ("earlier", "before", "previous", "prior") else 1
    found = shifted(now.anchor.first, match["unit"].lower(), sign * least, sign * most)
    too_late = not now.future and now.published is not None and found.first > now.published
    return None if too_late else (found, "relative")


def relative_week(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Earlier this week”: up to the day before publication."""
    on = now.today
    whole = week(on, _shift(match["which"]))
    if (match["part"] or "").lower() == "earlier":
        return Period(whole.first, max(whole.first, on - timedelta(days=1))), "relative"
    if match["part"]:
        return part(whole, match["part"].lower()), "relative"
    return (Period(whole.first, on) if _is_past(whole, now) else whole), "relative"


def _is_past(whole: Period, now: Now) -> bool:
    """Whether the period is the present one, of which only what is over can be meant."""
    return not now.future and whole.first <= now.today <= whole.last


def the_weekend(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """The one that is on or was last; looking ahead, the coming one."""
    on, which = now.today, (match.groupdict().get("which") or "").lower()
    if now.future or which == "next":
        return weekend(on, 1 if which == "next" else 0), "relative"
    begun = on.weekday() >= 5 and which != "last"
    return weekend(on, 0 if begun else -1), "relative"


def relative_month(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“Late last month”, “earlier this year”."""
    on, shift = now.today, _shift(match["which"])
    is_month = match["unit"].lower() == "month"
    whole = month(on.year, on.month + shift) if is_month else year(on.year + shift)
    words = (match["part"] or "").lower()
    if words == "earlier":
        return Period(whole.first, max(whole.first, min(whole.last, on - timedelta(days=1)))), "relative"
    if words:
        return part(whole, words), "relative"
    return (Period(whole.first, on) if shift == 0 and _is_past(whole, now) else whole), "relative"


def the_season(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """A bare season is the latest that has begun in the north; “last summer” said in autumn may be either year's."""
    name, parts = match["season"].lower(), match.groupdict()
    if parts.get("year"):
        return season(name, int(parts["year"])), "explicit"
    begun = now.today.year - (now.today.month < _SEASON_BEGINS[name])
    over = now.today.month >= _SEASON_BEGINS[name] + 3 or begun < now.today.year
    which = (parts.get("which") or "").lower()
    if which == "last" and over and begun == now.today.year:
        either = season(name, begun - 1), season(name, begun)
        return Period(either[0].first, either[1].last, f"{either[0]}/{either[1]}"), "relative"
    shift = {"next": 1, "last": -(not over), "this": now.today.year - begun}.get(which, int(now.future))
    return season(name, begun + shift), "relative"


def same_day(_: re.Match[str], now: Now) -> tuple[Period, DateBasis] | None:
    """“The same day”: the one named before."""
    return (now.anchor, "relative") if now.anchor and now.anchor.is_day else None


def recent(match: re.Match[str], now: Now) -> tuple[Period, DateBasis]:
    """“In recent days”, “over the past two weeks”: up to the day of publication."""
    unit = match["unit"].lower()
    _, most = _number(match.groupdict().get("number") or ("a few" if unit.endswith("s") else "a"))
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit.rstrip("s")]
    return day(now.today, -most * days).to(day(now.today)), "relative"
