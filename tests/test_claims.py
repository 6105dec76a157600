"""From attributions to claims: kind, quoted words, context."""

from __future__ import annotations

import pytest

from quotecheck.claims import from_attributions
from quotecheck.matching import key
from quotecheck.passages import CONTEXT_LIMIT, context_of, kind_of, quoted_words
from quotecheck.types import Attribution, Span


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    """An attribution whose spans are given by their words, each found once."""

    def span(words: str) -> Span:
        assert text.count(words) == 1, words
        return Span.of(text, text.index(words), text.index(words) + len(words))

    return Attribution(
        (span(source),) if source else (), (span(cue),) if cue else (), tuple(span(words) for words in content), 0.9
    )


KINDS = [
    ("“We are ready,” Ana Lind said.", ("“We are ready,”",), "direct", ["We are ready,"]),
    (
        "“We are ready,” Ana Lind said. “Almost.”",
        ("“We are ready,”", "“Almost.”"),
        "direct",
        ["We are ready,", "Almost."],
    ),
    (
        "Ana Lind said the plan was “dead on arrival”.",
        ("the plan was “dead on arrival”",),
        "mixed",
        ["dead on arrival"],
    ),
    ("Ana Lind said the plan was dead.", ("the plan was dead",), "indirect", []),
    ("“He said ‘no’ twice,” Ana Lind said.", ("“He said ‘no’ twice,”",), "direct", ["He said ‘no’ twice,"]),
    ("Ana Lind said the workers’ plan wasn't dead.", ("the workers’ plan wasn't dead",), "indirect", []),
]


@pytest.mark.parametrize(("text", "content", "kind", "quoted"), KINDS)
def test_kind_and_quoted_words(text: str, content: tuple[str, ...], kind: str, quoted: list[str]) -> None:
    spans = attribution(text, "Ana Lind", "", *content).content
    words = quoted_words(text, spans)
    assert (kind_of(spans, words), [span.text for span in words]) == (kind, quoted)


def test_a_claim_carries_everything_the_article_says_of_it() -> None:
    text = "It rained. Mayor Ana Lind warned the dam was “close to failing”. People left."
    found = attribution(text, "Mayor Ana Lind", "warned", "the dam was “close to failing”")
    (claim,) = from_attributions(text, [found])
    assert (claim.kind, claim.cue_class, claim.statement, claim.speaker) == ("mixed", "forecast", True, "Ana Lind")
    assert claim.context.text == "Mayor Ana Lind warned the dam was “close to failing”."
    assert [span.text for span in claim.quoted] == ["close to failing"]
    assert (claim.start, claim.end, claim.confidence) == (found.content[0].start, found.content[0].end, 0.9)
    assert claim.matching_key == key("the dam was close to failing")


def test_a_quotation_is_matched_by_what_stands_inside_the_marks() -> None:
    text = "“We are ready,” said Ana Lind, “for the flood.” Ana Lind said “We are ready for the flood”."
    found = [
        attribution(text, "said Ana Lind", "", "“We are ready,”", "“for the flood.”"),
        attribution(text, "Ana Lind said", "", "“We are ready for the flood”"),
    ]
    assert [claim.matching_key for claim in from_attributions(text, found)] == [key("we are ready for the flood")] * 2


def test_a_belief_is_kept_apart_from_statements() -> None:
    text = "Ana Lind believes the dam will hold."
    (claim,) = from_attributions(text, [attribution(text, "Ana Lind", "believes", "the dam will hold")])
    assert (claim.cue_class, claim.statement) == ("belief", False)


CONTEXTS = [
    ("It rained. Dr. Ana Lind said so. He left.", "Dr. Ana Lind", "said", "so", "Dr. Ana Lind said so."),
    ("It rained.Ana Lind said so.He left.", "Ana Lind", "said", "so", "Ana Lind said so."),
    ("It rained\n\nAna Lind said so\n\nHe left", "Ana Lind", "said", "so", "Ana Lind said so"),
    ("He left. “It is so,” Ana Lind said. “Now.” It rained.", "Ana Lind", "said", "“It is so,”",
     "“It is so,” Ana Lind said."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content", "expected"), CONTEXTS)
def test_context_is_the_whole_sentence(text: str, source: str, cue: str, content: str, expected: str) -> None:
    found = attribution(text, source, cue, content)
    assert context_of(text, found.source, found.cue, found.content).text == expected


def test_context_is_cut_in_a_sentence_without_end() -> None:
    text = "and " * 1000 + "Ana Lind said so" + " and" * 1000
    found = attribution(text, "Ana Lind", "said", "so")
    context = context_of(text, found.source, found.cue, found.content)
    assert len(context.text) <= CONTEXT_LIMIT
    assert "Ana Lind said so" in context.text
