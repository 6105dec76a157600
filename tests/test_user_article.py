"""The statements of a real, badly scraped article, each with its speaker. Skipped where the article is not at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotecheck
from quotecheck.sources import read
from quotecheck.types import Article, Claim

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "seeds"
PATHS = sorted(SHARED.glob("*.txt")) if SHARED.is_dir() else []
pytestmark = pytest.mark.skipif(not PATHS, reason="the example article is not beside this checkout")

STATEMENTS = [
    ("Kremlin", "his Cuban counterpart President Miguel"),
    ("Dmitri Peskov", "synchronised their positions"),
    ("Dmitri Peskov", "You know that relations"),
    ("Dmitri Peskov", "This is what the leaders"),
    ("Dmitri Peskov", "No."),
    ("Kremlin", "thorough exchange of views"),
    ("Kremlin", "also discussed issues of further coordination"),
    ("Kremlin", "the intention to work closely together"),
    ("Linda Thomas-Greenfield", "aggressive action"),
    ("Kremlin; Russian Foreign Ministry", "explore options"),
    ("Sergei Ryabkov", "the non-deployment of these kinds of weapons"),
    ("Vladimir Putin", "alliance missiles deployed in Ukraine"),
]


@pytest.fixture(scope="module")
def article() -> Article:
    (found,) = read(PATHS[:1])
    assert isinstance(found, Article)
    return found


@pytest.fixture(scope="module")
def claims(article: Article) -> list[Claim]:
    return quotecheck.extract(article)


@pytest.mark.parametrize(("speaker", "words"), STATEMENTS)
def test_statement_with_its_speaker(claims: list[Claim], speaker: str, words: str) -> None:
    holding = [claim for claim in claims if any(words in piece.text for piece in claim.content)]
    assert [claim.speaker for claim in holding] == [speaker]


def test_the_header_is_read(article: Article) -> None:
    assert (article.published_at, article.author, article.author_title) == ("2022-01-26", "Sputnik News", None)
    assert article.categories == ("WORLD", "EUROPE")


def test_every_span_is_a_slice_of_the_text(article: Article, claims: list[Claim]) -> None:
    for claim in claims:
        for span in (*claim.source, *claim.cue, *claim.content, *claim.quoted, claim.context):
            assert article.text[span.start : span.end] == span.text
