"""Periods of whole days and how EDTF writes them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's codes, which hold on both halves of the globe; a winter belongs to the year that it begins in."""


_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `code` is EDTF for what no pair of days says (a season)."""

    first: date
    last: date
    code: str = ""

    def __str__(self) -> str:
        """The period as EDTF: `2023-08-15`, `2023-07`, `2023`, `2023-08-14/2023-08-20`, `2022-22`."""
        if self.code:
            return self.code
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.day == 1 and self.last == month(self.last.year, self.last.month).last:
            return self._in_months()
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def _in_months(self) -> str:
        if (self.first.month, self.last.month) == (1, 12):
            begin, end = f"{self.first.year:04}", f"{self.last.year:04}"
        else:
            begin, end = (f"{day.year:04}-{day.month:02}" for day in (self.first, self.last))
        return begin if begin == end else f"{begin}/{end}"

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last and not self.code

    def to(self, other: Period) -> Period:
        """From the earlier one's first day to the later one's last."""
        return Period(min(self.first, other.first), max(self.last, other.last))


def day(on: date, shift: int = 0) -> Period:
    """The day `shift` days after a date."""
    moved = on + timedelta(days=shift)
    return Period(moved, moved)


def week(on: date, shift: int = 0) -> Period:
    """The week from Monday to Sunday, `shift` weeks after the one that holds a date."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=shift)
    return Period(monday, monday + timedelta(days=6))


def weekend(on: date, shift: int = 0) -> Period:
    """Saturday and Sunday of the week that `week` gives."""
    whole = week(on, shift)
    return Period(whole.last - timedelta(days=1), whole.last)


def month(year: int, number: int) -> Period:
    """A month; numbers below 1 and above 12 count into the years before and after."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def year(number: int) -> Period:
    """A year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def season(name: str, number: int) -> Period:
    """A season of a year; the days are the year's, for lack of a hemisphere."""
    whole = year(number)
    return Period(whole.first, whole.last, f"{number:04}-{SEASONS[name]}")


def part(whole: Period, which: str) -> Period:
    """The first, middle or last third (`early`, `mid`, `late`) of a week, a month, a year or a decade."""
    first, last = whole.first, whole.last
    if last.year > first.year:
        begin, end = {"early": (0, 2), "mid": (3, 6), "late": (7, 9)}[which]
        return year(first.year + begin).to(year(first.year + end))
    if last.month > first.month and first.day == 1:
        begin, end = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[which]
        return month(first.year, begin).to(month(first.year, end))
    days = (last - first).days + 1
    begin, end = {"early": (0, days // 3), "mid": (days // 3, 2 * (days // 3)), "late": (2 * (days // 3), days)}[which]
    return day(first, begin).to(day(first, end - 1))


def weekday_number(name: str) -> int:
    """The number of a weekday, Monday 0, by its name or abbreviation."""
    return next(number for number, known in enumerate(_WEEKDAYS) if name[:3] == known[:3])


def month_number(name: str) -> int:
    """The number of a month, January 1, by its name or abbreviation."""
    return 1 + next(number for number, known in enumerate(_MONTHS) if name[:3] == known)


def shifted(on: date, unit: str, least: int, most: int) -> Period:
    """The day, week, month or year so many units after a date (before it, where the numbers are negative)."""
    low, high = sorted((least, most))
    match unit:
        case "day":
            return day(on, low).to(day(on, high))
        case "week":
            return week(on, low).to(week(on, high))
        case "month":
            return month(on.year, on.month + low).to(month(on.year, on.month + high))
        case _:
            scale = 10 if unit == "decade" else 1
            return year(on.year + scale * low).to(year(on.year + scale * high))
