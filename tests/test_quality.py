"""Quality gate: the shipped model on our own sample articles must not fall below pinned floors.

The floors lie a little below what the model reaches, so that they trip on a loss and not on noise. They say nothing
about other texts; the model card has those figures.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import quotecheck
from quotecheck import scoring
from quotecheck.scoring import Score
from quotecheck.types import Claim
from quotecheck.vocabulary import ROLES

GOLD = Path(__file__).parent.parent / "seeds" / "gold.jsonl"
ARTICLES: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def as_gold(claim: Claim) -> dict[str, Any]:
    spans = {role: [[span.start, span.end] for span in getattr(claim, role)] for role in ROLES}
    return spans | {"speaker": claim.speaker}


@cache
def scores() -> dict[str, Score]:
    return {
        article["id"]: scoring.score(
            article["text"], article["attributions"], [as_gold(claim) for claim in quotecheck.extract(article["text"])]
        )
        for article in ARTICLES
    }


def total() -> Score:
    return sum(scores().values(), Score())


@pytest.mark.parametrize("article", [article["id"] for article in ARTICLES])
def test_no_article_falls_through(article: str) -> None:
    assert scores()[article].attributed_f1 >= 0.74


def test_attributions_over_all_articles() -> None:
    assert total().attributed_f1 >= 0.88


def test_wrong_names_are_rare() -> None:
    assert total().wrong_share <= 0.04


def test_most_speakers_get_their_name() -> None:
    assert total().right_share >= 0.82


def test_no_name_is_invented_for_an_unnamed_source() -> None:
    assert total().invented <= 1
