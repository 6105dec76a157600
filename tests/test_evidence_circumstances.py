"""To whom, where, on what occasion and through whom a statement was made; how well its source is named."""

from __future__ import annotations

import pytest
from evidence_samples import claim, read

from quotecheck.types import texts

CIRCUMSTANCES = [
    ("{K “No,”} {S she} {C told} Reuters.", {"addressee": "Reuters"}),
    ("{K “No,”} {S she} {C told} reporters in Oslo on Tuesday.",
     {"addressee": "reporters", "place": "Oslo", "time": "Tuesday"}),
    ("{S She} {C told} the Vestby Courier {K the dam was safe}.", {"addressee": "the Vestby Courier"}),
    ("{S She} {C told} a news conference in Port Ellory {K it was safe}.",
     {"addressee": "a news conference", "place": "Port Ellory"}),
    ("{S She} {C said} in a statement on Monday {K it was safe}.", {"occasion": "a statement", "time": "Monday"}),
    ("In an interview with the Vestby Courier, {S she} {C said} {K it was safe}.", {"addressee": "the Vestby Courier"}),
    ("Speaking to students at a rally in Ellory, {S she} {C said} {K it was safe}.",
     {"addressee": "students", "occasion": "a rally", "place": "Ellory"}),
    ("{S She} {C said} during a hearing {K it was safe}.", {"occasion": "a hearing"}),
    ("{S She} {C said} at Monday’s talks {K it was safe}.", {"occasion": "Monday’s talks", "time": "Monday"}),
    ("{S She} {C said} after the meeting {K it was safe}.", {"occasion": "after the meeting"}),
    ("{S She} {C said} in court {K it was safe}.", {"occasion": "court"}),
    ("{S She} {C issued a statement saying} {K it was safe}.", {"occasion": "a statement"}),
    ("{S She} {C wrote} on Telegram {K it was safe}.", {"relay": "Telegram"}),
    ("{S She} {C wrote} on her Facebook page {K it was safe}.", {"relay": "her Facebook page"}),
    ("{S She} {C said} through her lawyer {K it was safe}.", {"relay": "her lawyer"}),
    ("{S She} {C said} in comments carried by state media {K it was safe}.",
     {"occasion": "comments", "relay": "state media"}),
    ("{S She} {C said} outside the courthouse {K it was safe}.", {"place": "the courthouse"}),
    ("{S She} {C said} in English {K it was safe}.", {}),
    ("{S She} {C said} in July {K it was safe}.", {"time": "in July"}),
    ("{S She} {C said} {K the mayor told Reuters in Oslo}.", {}),
    ("{S She} {C said} with a shrug {K it was safe}.", {}),
    ("{S She} {C told} herself {K it was safe}.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), CIRCUMSTANCES)
def test_circumstances(marked: str, expected: dict[str, str]) -> None:
    assert {role: texts(spans) for role, spans in claim(marked).evidence.spans.items()} == expected


def test_somebody_who_quoted_the_speaker_is_one_more_mouth() -> None:
    relayed = claim("{S The minister} {C said} {K talks had failed}, according to two people briefed on the call.")
    assert (texts(relayed.evidence.spans["relay"]), relayed.evidence.hop) == ("two people briefed on the call", 2)
    platform = claim("{S The minister} {C wrote} on Telegram {K that talks had failed}.")
    assert platform.evidence.hop == 1


def test_a_report_within_a_report_keeps_the_chain() -> None:
    outer, inner, innermost = read(
        "{S Lind} {C said} {K {S2 the owner} {C2 had told} her {K2 that {S3 a diver} {C3 warned} {K3 of cracks}}}."
    )
    assert [found.evidence.nested_in for found in (outer, inner, innermost)] == [None, 0, 1]
    assert [found.evidence.hop for found in (outer, inner, innermost)] == [1, 2, 3]
    assert texts(inner.evidence.spans["addressee"]) == "her"


@pytest.mark.parametrize(
    ("marked", "hop"),
    [
        ("{S Lind} {C said} {K the owner had told her that the boat was safe}.", 2),
        ("{S Lind} {C said}: {K “He told me he was asleep.”}", 2),
        ("{K Ek} was {C quoted by} {S Interfax} {K as saying that the plant would close}.", 2),
        ("{S Lind} {C said} {K the boat was safe and that she told nobody}.", 1),
    ],
)
def test_what_was_told_to_the_speaker_went_through_one_more_mouth(marked: str, hop: int) -> None:
    assert claim(marked).evidence.hop == hop


GRADES = [
    ("{S Ana Lind} {C said} {K no}.", "A0", 1),
    ("{S Ana Lind and Bo Ek} {C said} {K no}.", "A0", 2),
    ("{S The Foreign Ministry} {C said} {K no}.", "A1", 1),
    ("{S The Kremlin} {C said} {K no}.", "A1", 1),
    ("{S The report} {C said} {K no}.", "A2", 1),
    ("{S A senior State Department official} {C said} {K no}.", "A3", 1),
    ("{S A police spokesman} {C said} {K no}.", "A3", 1),
    ("{S A Western diplomat} {C said} {K no}.", "A4", 1),
    ("{S Two officials} {C said} {K no}.", "A4", 2),
    ("{S Three European diplomats} {C said} {K no}.", "A4", 3),
    ("{S A source} {C said} {K no}.", "A5", 1),
    ("{S People familiar with the matter} {C said} {K no}.", "A5", None),
    ("{S Two people briefed on the call} {C said} {K no}.", "A5", 2),
    ("{S Half a dozen sources} {C said} {K no}.", "A5", 6),
    ("{S Analysts} {C said} {K no}.", "A6", None),
    ("{S Critics} {C said} {K no}.", "A6", None),
    ("{C It was reported} {K that it was so}.", "A7", None),
    ("{S They} {C said} {K no}.", None, None),
]


@pytest.mark.parametrize(("marked", "grade", "count"), GRADES)
def test_grade_and_number_of_sources(marked: str, grade: str | None, count: int | None) -> None:
    evidence = claim(marked).evidence
    assert (evidence.anonymity, evidence.source_count) == (grade, count)


REASONS = [
    ("{S A source} {C said} {K no}, speaking on condition of anonymity because the talks were private.",
     "speaking on condition of anonymity because the talks were private"),
    ("{K “No,”} {C said} {S the official}, who asked not to be named.", "who asked not to be named"),
    ("{K “No,”} {C said} {S an aide}, who was not authorised to speak publicly.",
     "who was not authorised to speak publicly"),
    ("{S Two officials} {C said} {K no}. The officials spoke on condition of anonymity to discuss the talks.",
     "spoke on condition of anonymity to discuss the talks"),
    ("{S An aide} {C said} {K he spoke on condition of anonymity}.", None),
    ("{S An aide} {C said} {K no}.", None),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "words"), REASONS)
def test_why_the_source_is_not_named(marked: str, words: str | None) -> None:
    assert (texts(claim(marked).evidence.spans.get("reason", ())) or None) == words
