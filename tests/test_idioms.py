"""Turns of phrase that mislead the tagger."""

from __future__ import annotations

import pytest

from quotecheck.pipeline import idioms
from quotecheck.types import Attribution, Span


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    return Attribution((span(source),), (span(cue),), (span(content),), 0.8)


CASES = [
    (
        "The agency quoted Haddad as saying that the party had changed.",
        ("The agency", "quoted", "Haddad as saying that the party had changed"),
        ("Haddad", "saying", "that the party had changed"),
    ),
    (
        "Reuters cited Marta Lind, as telling reporters: “We are done.”",
        ("Reuters", "cited", "Marta Lind, as telling reporters: “We are done.”"),
        ("Marta Lind", "telling reporters", "“We are done.”"),
    ),
    (
        "Lind cited the report as proof.",
        ("Lind", "cited", "the report as proof"),
        ("Lind", "cited", "the report as proof"),
    ),
    ("Lind said no.", ("Lind", "said", "no"), ("Lind", "said", "no")),
    ("Lind called it “reckless”.", ("Lind", "called", "“reckless”"), ("Lind", "called", "“reckless”")),
    ("Lind said a short prayer.", ("Lind", "said", "a short prayer"), None),
    ("Lind told the truth.", ("Lind", "told", "the truth"), None),
    ("Lind told the truth commission all.", ("Lind", "told", "the truth commission all"),
     ("Lind", "told", "the truth commission all")),
    ("Haddad criticised Lind.", ("Haddad", "criticised", "Lind"), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tagged", "meant"), CASES)
def test_what_the_words_mean(text: str, tagged: tuple[str, str, str], meant: tuple[str, str, str] | None) -> None:
    expected = attribution(text, *meant) if meant else None
    assert idioms.read(text, attribution(text, *tagged)) == expected
