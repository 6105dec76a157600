"""Scoring against gold."""

from __future__ import annotations

from typing import Any

import pytest

from quotecheck.scoring import Score, score

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
