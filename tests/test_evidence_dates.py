"""When a statement was made: the closed list of time expressions, and where in a sentence they count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from evidence_samples import claim, read

from quotecheck.evidence import gather
from quotecheck.evidence.dates import published_day
from quotecheck.evidence.expressions import find
from quotecheck.evidence.meanings import Now
from quotecheck.evidence.periods import day
from quotecheck.types import SaidDate

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "cases" / "dates.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("published", "looks", "anchor", "words", "expected", "basis"), CASES)
def test_expression(published: str, looks: str, anchor: str, words: str, expected: str, basis: str) -> None:
    now = Now(
        None if published == "-" else date.fromisoformat(published),
        None if anchor == "-" else day(date.fromisoformat(anchor)),
        looks == "ahead",
    )
    found = [(str(reading.period) if reading.period else "-", reading.basis) for reading in find(words, now)]
    assert found == [(expected, basis)]


@pytest.mark.parametrize(
    "words",
    [
        "we may sat down", "the sun. It set", "on Super Tuesday", "the Sunday Times", "Good Friday", "Black Friday",
        "march 5 people", "5,000 people", "may be 3", "in the second half", "a Boeing 747", "flight 1962", "daily",
        "the 1968-style protest", "mon ami", "wed in haste", "June Carter", "April Ryan", "Augusta", "decades of work",
        "12 percent", "at 9.30 a.m.", "the day the music died", "a day of rest", "in charge", "Summer Harris",
        "the week", "someday", "every day",
    ],
)  # fmt: skip
def test_what_is_no_date(words: str) -> None:
    assert list(find(words, Now(date(2023, 8, 17)))) == []


@pytest.mark.parametrize(
    ("published_at", "expected"),
    [
        ("2023-08-17", date(2023, 8, 17)),
        ("2023-08-17T23:30:00-05:00", date(2023, 8, 17)),
        ("2023-08-18T04:30:00+00:00", date(2023, 8, 18)),
        ("soon", None),
        (None, None),
    ],
)
def test_the_day_of_publication_is_that_of_its_own_zone(published_at: str | None, expected: date | None) -> None:
    assert published_day(published_at) == expected


SENTENCES = [
    ("{S The mayor} {C said} {K the bridge closed on Tuesday}.", "", "unknown", []),
    ("{S The mayor} {C said} on Wednesday {K the bridge closed on Tuesday}.", "2023-08-16", "weekday", ["Wednesday"]),
    ("On Wednesday, {S the mayor} {C said} {K the bridge closed on Tuesday}.", "2023-08-16", "weekday", ["Wednesday"]),
    ("{S The mayor} on Wednesday {C said} {K the bridge was shut}.", "2023-08-16", "weekday", ["Wednesday"]),
    ("{K “It is shut,”} {S the mayor} {C told} reporters late on Tuesday.",
     "2023-08-15", "weekday", ["late on Tuesday"]),
    ("{K “It is shut,”} {C said} {S Ana Lind, the mayor,} on Monday.", "2023-08-14", "weekday", ["Monday"]),
    ("{K “It is shut,”} {S she} {C said} Thursday.", "2023-08-17", "same_as_publication", ["Thursday"]),
    ("{K The bridge closed on Tuesday}, {S the mayor} {C said}.", "", "unknown", []),
    ("After the bridge closed on Tuesday, {S the mayor} {C said} {K it was old}.", "", "unknown", []),
    ("In an interview on Sunday, {S the mayor} {C said} {K it was old}.", "2023-08-13", "weekday", ["Sunday"]),
    ("Speaking at Monday’s talks, {S the mayor} {C said} {K it was old}.", "2023-08-14", "weekday", ["Monday"]),
    ("{S The mayor} {C commented} on Monday’s collapse: {K it was old}.", "", "unknown", []),
    ("{S The mayor} {C said} ahead of Monday’s vote {K it was old}.", "", "unknown", []),
    ("Following Tuesday’s collapse, {S the mayor} {C said} {K it was old}.",
     "2023-08-15/2023-08-17", "weekday", ["Tuesday"]),
    ("{S The mayor} {C has said} since Monday {K it was old}.", "2023-08-14/2023-08-17", "weekday", ["Monday"]),
    ("{S The mayor} {C says} {K it is old}.", "2023-08-17", "same_as_publication", []),
    ("{S The mayor} often {C says} {K it is old}.", "", "unknown", []),
    ("{S The report} {C says} {K it is old}.", "", "unknown", []),
    ("{S The mayor} {C said} {K it was old}.", "", "unknown", []),
    ("{S The mayor} {C has said} {K it is old}.", "", "unknown", []),
    ("{S The mayor} {C will say} on Monday {K it is old}.", "2023-08-21", "weekday", ["Monday"]),
    ("{S The mayor} {C said} in 2019 {K it would hold}.", "2019", "explicit", ["in 2019"]),
    ("It fell on Aug. 3. The day before, {S the mayor} {C said} {K it would hold}.",
     "2023-08-02", "relative", ["The day before"]),
    ("{S The mayor} {C said} {K it was old}. It closed on Tuesday.", "", "unknown", []),
    ("{S The mayor} {C said} {K it was old} and {C2 added} on Monday {K2 it was safe}.", "", "unknown", []),
    ("On Monday, {S The mayor} {C said} {K it was old}, {C2 adding} {K2 it was safe on Friday}.",
     "2023-08-14", "weekday", ["Monday"]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "value", "basis", "words"), SENTENCES)
def test_only_the_reporting_clause_dates_a_statement(marked: str, value: str, basis: str, words: list[str]) -> None:
    evidence = read(marked)[0].evidence
    assert (evidence.said, [span.text for span in evidence.spans.get("time", ())]) == (SaidDate(value, basis), words)


def test_without_a_day_of_publication_only_the_words_are_known() -> None:
    evidence = claim("{S The mayor} {C said} on Monday {K it was old}.", published_at=None).evidence
    assert evidence.said == SaidDate("", "unknown")
    assert [span.text for span in evidence.spans["time"]] == ["Monday"]


def test_a_quotation_that_goes_on_has_the_date_of_its_beginning() -> None:
    first, second = read("{K “It is shut,”} {S Ana Lind} {C said} on Monday. {K2 “It will stay shut.”}")
    second = replace(second, speakers=first.speakers)
    evidence = gather("“It is shut,” Ana Lind said on Monday. “It will stay shut.”", [first, second], "2023-08-17")
    assert [found.said.value for found in evidence] == ["2023-08-14", "2023-08-14"]
