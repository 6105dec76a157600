"""The desk's front page: how much there is, how far the review has come, and where to go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from quotecheck.desk.articles import ArticleLine, newest_articles
from quotecheck.desk.queue import FLAGGED, state_counts
from quotecheck.desk.remembered import remembered
from quotecheck.desk.rows import columns, read
from quotecheck.desk.speakers import SpeakerCount, StatementLine, top_speakers
from quotecheck.vocabulary import KINDS


@dataclass(frozen=True, slots=True)
class Home:
    """All that the front page shows. `statuses` and `kinds` count statements; only what occurs is in them."""

    articles: int
    statements: int
    speakers: int
    outlets: int
    statuses: Mapping[str, int]
    kinds: Mapping[str, int]
    newest: list[ArticleLine]
    top: list[SpeakerCount]
    next_statements: list[StatementLine]

    @property
    def reviewed(self) -> int:
        """How many statements a person has judged."""
        return self.statements - self.statuses.get("unreviewed", 0) - self.statuses.get("stale", 0)


def home(connection: sqlite3.Connection) -> Home:
    """The front page of the database behind `connection`."""
    by_status = {state: number for state, number in state_counts(connection).items() if state != FLAGGED}
    return Home(
        articles=_count(connection, "SELECT count(*) FROM articles WHERE is_latest = 1"),
        statements=sum(by_status.values()),
        speakers=_count(connection, "SELECT count(*) FROM speakers"),
        outlets=_count(connection, "SELECT count(DISTINCT outlet) FROM articles WHERE is_latest = 1"),
        statuses=by_status,
        kinds=remembered(connection, "kinds", lambda asked: _counts(asked, "kind", KINDS)),
        newest=newest_articles(connection, 6),
        top=top_speakers(connection, 8),
        next_statements=_next_statements(connection, 3),
    )


def _count(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _counts(connection: sqlite3.Connection, column: str, order: tuple[str, ...]) -> dict[str, int]:
    sql = f"SELECT {column}, count(*) FROM claims_current WHERE is_statement = 1 GROUP BY {column}"
    found = {str(value): int(count) for value, count in connection.execute(sql)}
    return {value: found[value] for value in order if value in found}


def _next_statements(connection: sqlite3.Connection, most: int) -> list[StatementLine]:
    """Unreviewed statements of the newest articles, the surest of each first."""
    sql = f"""SELECT {columns(StatementLine)} FROM claims_current WHERE is_statement = 1 AND status = 'unreviewed'
              ORDER BY published_at DESC, article DESC, confidence DESC LIMIT ?"""
    return read(connection, StatementLine, sql, (most,))
