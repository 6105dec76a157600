"""Scoring against gold."""

from __future__ import annotations

from typing import Any

import pytest

from quotecheck.figures import figures
from quotecheck.scoring import ArticleScore, Score, kind_of, score, score_article, unnamed

TEXT = "“We are ready,” said Ana Lind. Omar Haddad said they were not."


def attribution(source: str, content: str, **more: Any) -> dict[str, Any]:
    def spans(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []

    return {"source": spans(source), "cue": [], "content": spans(content)} | more


LIND = attribution("Ana Lind", "“We are ready,”", speaker="Ana Lind")
HADDAD = attribution("Omar Haddad", "they were not", speaker="")
CASES = [
    ([LIND], [LIND], Score(predicted=1, gold=1, found=1, attributed=1, right=1)),
    ([LIND, HADDAD], [LIND], Score(predicted=1, gold=2, found=1, attributed=1, right=1)),
    ([LIND], [LIND, HADDAD], Score(predicted=2, gold=1, found=1, attributed=1, right=1)),
    ([LIND], [attribution("Omar Haddad", "We are ready", speaker="Omar Haddad")],
     Score(predicted=1, gold=1, found=1, wrong=1)),
    ([LIND], [attribution("", "We are ready", speaker=None)], Score(predicted=1, gold=1, found=1, unnamed=1)),
    ([HADDAD], [HADDAD | {"speaker": "Omar Haddad"}],
     Score(predicted=1, gold=1, found=1, attributed=1, anonymous=1, invented=1)),
    ([LIND | {"optional": True}], [LIND], Score()),
    ([LIND | {"optional": True}], [], Score()),
    ([LIND], [attribution("Ana Lind", "We")], Score(predicted=1, gold=1)),
    ([LIND | {"speaker": "Ána Lind; O. Haddad"}], [LIND | {"speaker": "O. Haddad; Ana Lind"}],
     Score(predicted=1, gold=1, found=1, attributed=1, right=1)),
    ([], [], Score()),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "expected"), CASES)
def test_score_of_an_article(gold: list[Any], predicted: list[Any], expected: Score) -> None:
    assert score(TEXT, gold, predicted) == expected


def test_shares() -> None:
    total = Score(predicted=4, gold=4, found=3, attributed=2, right=3, wrong=1, unnamed=4)
    assert (total.attributed_f1, total.found_f1, total.wrong_share, total.right_share) == (0.5, 0.75, 0.25, 0.375)
    assert (total + total).gold == 8


KIND_OF = [
    (attribution("Ana Lind", "“We are ready,”", cue=[[16, 20]]), "direct"),
    (attribution("Omar Haddad", "they were not", cue=[[43, 47]]), "indirect"),
    (attribution("Ana Lind", "“We are ready,” said Ana"), "mixed"),
]


@pytest.mark.parametrize(("one", "kind"), KIND_OF)
def test_the_kind_of_an_attribution(one: dict[str, Any], kind: str) -> None:
    assert kind_of(TEXT, one) == kind


def test_beliefs_are_no_statements() -> None:
    text = "Ana Lind hopes it rains. Ana Lind said it rains."
    hope = {"source": [[0, 8]], "cue": [[9, 14]], "content": [[15, 23]]}
    said = {"source": [[25, 33]], "cue": [[34, 38]], "content": [[39, 47]]}
    found = score_article(text, [hope, said], [said])
    assert (found.all, found.statements) == (
        Score(predicted=1, gold=2, found=1, attributed=1), Score(predicted=1, gold=1, found=1, attributed=1),
    )  # fmt: skip
    assert {kind: (one.attributed, one.gold) for kind, one in found.kinds.items()} == {
        "direct": (0, 0), "mixed": (0, 0), "indirect": (1, 1), "other": (0, 1),
    }  # fmt: skip


def test_figures_come_with_the_interval_of_a_bootstrap_over_articles() -> None:
    right, wrong = (ArticleScore(Score(predicted=1, gold=1, found=1, attributed=n)) for n in (1, 0))
    sure = figures([right] * 8)[0]
    assert (sure.value, sure.low, sure.high) == (1.0, 1.0, 1.0)
    unsure = figures([right, wrong] * 4)[0]
    assert (unsure.value, unsure.low, unsure.high) == (0.5, 0.125, 0.875)
    assert figures([right, wrong] * 4) == figures([right, wrong] * 4), "the same draws every time"
    assert figures([])[0].value == 0.0


def test_half_of_the_names_left_out() -> None:
    assert unnamed(Score(gold=4, right=2, wrong=1, unnamed=1, anonymous=2, invented=1)) == Score(
        gold=4, unnamed=4, anonymous=2
    )
