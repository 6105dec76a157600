"""The closed list of English time expressions that we read, each with the rule that turns it into a period.

A general date parser reads “may”, “we” and “sat” as dates and takes “on Thursday” in Thursday's paper for the week
before; what stands here is all that is read, and everything else stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from quotecheck.evidence import meanings
from quotecheck.evidence.meanings import Now, Rule
from quotecheck.evidence.periods import Period
from quotecheck.vocabulary import DateBasis


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression at its place in a text, the period it means (None if that cannot be said) and the basis."""

    start: int
    end: int
    period: Period | None
    basis: DateBasis


_FORMS = {
    "W": r"(?<!Super )(?<!Black )(?<!Bloody )(?<!Good )(?<!Ash )(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?! (?:Times|Telegraph|Express|Mail|Mirror|Herald|Post)\b)|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=,? [a-z\d]))",
    "M": r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b))",
    "D": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,]\d|%)",
    "Y": r"(?:1[5-9]\d\d|20\d\d)(?!\d)",
    "N": r"(?:\d{1,3}|a couple of|a few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    "DAY": r"(?:{W},? )?",
    "LAST": r"(?P<which>last|next|this(?: past| coming)?)",
    "PART": r"(?:(?P<part>early|mid|late|the (?:beginning|start|middle|end) of)[ -])?",
    "WHEN": r"(?:(?:early|earlier|late|later)(?: on)? )?",
    "HOUR": r"(?: (?:morning|afternoon|evening|night))?",
}
"""Names that stand for a piece of pattern in the list below: weekday, month, day of the month, year, number …"""
_TRIGGER = re.compile(
    r"day|night|noon|ago\b|week|month|year|decade|morning|evening|tomorrow|spring|summer|autumn|fall|winter|[12]\d\d\d|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.|christmas eve",
    re.IGNORECASE,
)


def find(text: str, now: Now, start: int = 0, end: int | None = None) -> Iterator[Reading]:
    """The time expressions in `text[start:end]`, in text order; of those that overlap the first, then the longest."""
    end = len(text) if end is None else end
    if not _TRIGGER.search(text, start, end):
        return
    found = [(match, rule) for pattern, rule in _RULES for match in pattern.finditer(text, start, end)]
    reached = start
    for match, rule in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if match.start() >= reached:
            reached = match.end()
            yield _read(match, rule, now)


def _read(match: re.Match[str], rule: Rule, now: Now) -> Reading:
    with suppress(ValueError, OverflowError):  # 31 February, or nothing to count from
        if resolved := rule(match, now):
            return Reading(match.start(), match.end(), *resolved)
    return Reading(match.start(), match.end(), None, "unknown")


_LISTED: tuple[tuple[str, Rule], ...] = (
    (r"{DAY}(?:the )?(?P<day>{D})(?: of)? (?P<month>{M}),? (?P<year>{Y})", meanings.full_date),
    (r"{DAY}(?P<month>{M}) (?P<day>{D})(?: ?(?:[-–]|to|and) ?(?P<until>{D}))?,? (?P<year>{Y})", meanings.full_date),
    (r"{Y}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)", meanings.iso_date),
    (r"{DAY}(?:the )?(?P<day>{D})(?: of)? (?P<month>{M})", meanings.date_without_year),
    (r"{DAY}(?P<month>{M}) (?P<day>{D})(?: ?(?:[-–]|to|and) ?(?P<until>{D}))?", meanings.date_without_year),
    (r"(?i:new year['’]s (?:day|eve)|christmas (?:day|eve)|boxing day)\b", meanings.holiday),
    (r"(?i:in |during )?{PART}(?P<month>{M}),?(?: of)? (?P<year>{Y})", meanings.month_of_year),
    (r"(?i:in |during )?{PART}(?P<month>{M}),? (?:of )?(?P<which>last|this|next) year\b", meanings.month_of_year),
    (r"(?i:in|during) {PART}(?P<month>{M})(?! ?\d)", meanings.bare_month),
    (r"(?i:at )?(?P<part>early|mid|late|the (?:beginning|start|middle|end) of)[ -](?P<month>{M})(?! ?\d)",
     meanings.bare_month),
    (r"(?i:{LAST}) (?P<month>{M})(?! ?\d)", meanings.named_month),
    (r"(?i:in|during) {PART}(?P<year>{Y})(?!s|['’]s|-)", meanings.the_year),
    (r"(?P<part>early|mid|late)[ -](?P<year>{Y})(?!s|['’]s|-)", meanings.the_year),
    (r"(?i:in|during) the {PART}(?P<year>{Y})['’]?s\b", meanings.decade),
    (r"(?i:{LAST}) (?P<day>{W}){HOUR}", meanings.named_weekday),
    (r"(?P<day>{W}){HOUR},? (?:of )?(?P<which>last|this|next) week\b", meanings.weekday_of_week),
    (r"(?i:{WHEN})(?P<day>{W}){HOUR}", meanings.bare_weekday),
    (r"(?P<day>{W})(?: and| or| to| through|,|[-–]) ?(?P<until>{W})", meanings.weekdays),
    (r"(?i:{WHEN}(?P<day>today|tonight|yesterday|tomorrow|overnight|last night|the day before yesterday"
     r"|the day after tomorrow|this (?:morning|afternoon|evening)){HOUR}\b)", meanings.relative_day),
    (r"(?i:(?P<number>{N}) (?P<unit>minute|hour|day|week|month|year|decade)s? ago\b)", meanings.ago),
    (r"(?i:(?P<number>{N}) (?P<unit>day|week|month|year)s? (?P<way>earlier|later|(?:before|after)(?= ?[,.;:)”\"]"
     r"| ?$))\b)", meanings.from_anchor),
    (r"(?i:the (?P<unit>day|week|month) (?P<way>before|after)\b(?= ?[,.;:)”\"]| ?$))", meanings.from_anchor),
    (r"(?i:the (?P<way>previous|prior|next|following) (?P<unit>day|week|month)\b)", meanings.from_anchor),
    (r"(?i:(?:the same|that) day\b)", meanings.same_day),
    (r"(?i:(?:(?P<part>early|earlier|late)(?: in)? )?(?P<which>last|this|next) week\b)", meanings.relative_week),
    (r"(?i:(?:at|over|during|on) the weekend\b|(?:over )?(?P<which>last|this|this past|next) weekend\b)",
     meanings.the_weekend),
    (r"(?i:(?:(?P<part>early|earlier|mid|late)(?: in)?[ -])?(?P<which>last|this|next) (?P<unit>month|year)\b)",
     meanings.relative_month),
    (r"(?i:(?P<which>last|this|next) (?P<season>spring|summer|autumn|fall|winter)\b)", meanings.the_season),
    (r"(?i:(?:in|during) the (?P<season>spring|summer|autumn|fall|winter)(?: of (?P<year>{Y}))?\b)",
     meanings.the_season),
    (r"(?i:in recent (?P<unit>days|weeks|months)\b)", meanings.recent),
    (r"(?i:(?:in|over|during) the (?:past|last) (?:(?P<number>{N}|few) )?(?P<unit>(?:day|week|month|year)s?)\b)",
     meanings.recent),
)  # fmt: skip


def _spelled_out(pattern: str) -> str:
    """The pattern with the names of `_FORMS` replaced by what they stand for."""
    while (named := re.sub(r"\{([A-Z]+)\}", lambda match: _FORMS[match[1]], pattern)) != pattern:
        pattern = named
    return rf"(?<!\w)(?:{pattern})"


_RULES = tuple((re.compile(_spelled_out(pattern)), rule) for pattern, rule in _LISTED)
