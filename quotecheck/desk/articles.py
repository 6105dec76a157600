"""The article page: the text with its marks, and one card per claim in the order of the text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.desk.cards import MARKED, Card, cards_of_article
from quotecheck.desk.rows import Page, columns, count, read, read_page
from quotecheck.desk.segments import Mark, Segment, cut


@dataclass(frozen=True, slots=True)
class Article:
    """An article's own facts, as the database has them."""

    id: int
    article_id: str
    title: str | None
    outlet: str | None
    author: str | None
    author_title: str | None
    category: str | None
    published_at: str | None
    published_raw: str | None
    url: str | None
    source_ref: str
    warnings: str | None
    text_sha256: str
    is_latest: int
    text: str

    @property
    def name(self) -> str:
        """The title, or where the article was read if it has none."""
        return self.title or self.source_ref


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All that the article page shows; `latest` is the id of a newer version, if there is one.

    `previous` and `next` are the ids of the articles beside it in the list of articles, None at its ends.
    `complete` is 1 if somebody says that every statement is found, 0 that something is missing, None if nobody said.
    """

    article: Article
    segments: list[Segment]
    cards: list[Card]
    latest: int | None
    complete: int | None
    checked_by: str | None
    previous: int | None
    next: int | None

    @property
    def names(self) -> list[str]:
        """Everybody who speaks in the article, in the order in which they first do."""
        return list(dict.fromkeys(name for card in self.cards for name in card.names))

    @property
    def statements(self) -> int:
        """How many of the cards are statements; the others are beliefs, intentions and attitudes."""
        return sum(1 for card in self.cards if card.is_statement)

    @property
    def reviewed(self) -> int:
        """How many of the statements a person has judged."""
        return sum(1 for card in self.cards if card.is_statement and card.status not in ("unreviewed", "stale"))


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article in a list, with the number of its statements and of those a person has judged."""

    id: int
    title: str | None
    source_ref: str
    outlet: str | None
    author: str | None
    published_at: str | None
    statements: int
    reviewed: int

    @property
    def name(self) -> str:
        """The title, or where the article was read if it has none."""
        return self.title or self.source_ref


LINES = """
SELECT a.id, a.title, a.source_ref, a.outlet, a.author, a.published_at,
  (SELECT count(*) FROM claims_current v WHERE v.article = a.id AND v.is_statement = 1),
  (SELECT count(*) FROM claims_current v WHERE v.article = a.id AND v.is_statement = 1
     AND v.status NOT IN ('unreviewed', 'stale'))
{of_articles}
ORDER BY a.published_at DESC, a.id DESC
"""
LATEST = "FROM articles a WHERE a.is_latest = 1"
MATCHING = LATEST + " AND a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"


def article_page(connection: sqlite3.Connection, article: int, reviewer: str | None = None) -> ArticlePage | None:
    """The page of the article with this row id as `reviewer` may see it, or None if there is none."""
    sql = f"SELECT {columns(Article)} FROM articles WHERE id = ?"
    found = next(iter(read(connection, Article, sql, (article,))), None)
    if found is None:
        return None
    cards = cards_of_article(connection, article, reviewer)
    segments = cut(found.text, marks(cards))
    said = connection.execute("SELECT complete, reviewer FROM article_state WHERE article = ?", (article,)).fetchone()
    complete, checked_by = said or (None, None)
    previous, following = _beside(connection, found)
    return ArticlePage(
        found, segments, cards, _latest(connection, found), complete, checked_by, previous=previous, next=following
    )


def article_lines(connection: sqlite3.Connection, words: str = "", number: int = 1) -> Page[ArticleLine]:
    """The latest versions of all articles, newest first; with `words`, those that have all of them in title or text."""
    query = match_all(words)
    of_articles, parameters = (MATCHING, (query,)) if query else (LATEST, ())
    total = count(connection, f"SELECT a.id {of_articles}", parameters)
    return read_page(connection, ArticleLine, LINES.format(of_articles=of_articles), parameters, number, total)


def newest_articles(connection: sqlite3.Connection, most: int) -> list[ArticleLine]:
    """The newest articles, at `most` so many."""
    return read(connection, ArticleLine, LINES.format(of_articles=LATEST) + " LIMIT ?", (most,))


def match_all(words: str) -> str:
    """A full-text query that asks for every one of `words`, none of them taken as syntax; empty if there is none."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())


def _beside(connection: sqlite3.Connection, article: Article) -> tuple[int | None, int | None]:
    """The ids of the articles before and after this one in the order of `LINES`; one without a date stands last."""
    place = (article.published_at or "", article.id)
    key = "(coalesce(a.published_at, ''), a.id)"
    newer = f"SELECT a.id {LATEST} AND {key} > (?, ?) ORDER BY coalesce(a.published_at, ''), a.id LIMIT 1"
    older = f"SELECT a.id {LATEST} AND {key} < (?, ?) ORDER BY coalesce(a.published_at, '') DESC, a.id DESC LIMIT 1"
    found = (connection.execute(sql, place).fetchone() for sql in (newer, older))
    before, after = (int(row[0]) if row else None for row in found)
    return before, after


def _latest(connection: sqlite3.Connection, article: Article) -> int | None:
    if article.is_latest:
        return None
    sql = "SELECT id FROM articles WHERE article_id = ? AND is_latest = 1"
    row = connection.execute(sql, (article.article_id,)).fetchone()
    return int(row[0]) if row else None


def marks(cards: Sequence[Card]) -> list[Mark]:
    """The marks of these claims in their article's text."""
    return [
        Mark(start, end, card.claim_id, role, card.kind, bool(card.is_statement), bool(card.speaker))
        for card in cards
        for role in MARKED
        for start, end in card.spans.get(role, ())
    ]
