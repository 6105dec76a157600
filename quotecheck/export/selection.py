"""Which claims are exported, read from the database one at a time in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from quotecheck.export.profiles import SOURCE, select
from quotecheck.store.connection import Row, Value, rows

ORDER = "v.published_at, v.article_id, v.char_start, v.claim_id"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to export. Several values of one field widen the choice, different fields narrow it.

    `speaker` is a canonical name or a speaker id, `article` an article id, `category` a section or topic that the
    outlet gives the article, `topic` a name or phrase that the statement is about, in capitals or not (A to Z);
    `since` and `until` are ISO dates, both days included, compared with the date of publication as the article gives
    it; `min_score` is the least check score. `all_statements` lets beliefs, intentions and attitudes in.
    """

    status: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_score: float | None = None
    all_statements: bool = False


def select_rows(db: Database, names: list[str], filters: Filters) -> Iterator[Row]:
    """The chosen claims' cells by column name, ordered by date, article, place in the text and id."""
    where, parameters = conditions(filters)
    sql = f"SELECT {select(names)} FROM {SOURCE} WHERE {where} ORDER BY {ORDER}"
    return rows(db.conn, sql, parameters)


def conditions(filters: Filters) -> tuple[str, list[Value]]:
    """The WHERE clause of the filters and its parameters."""
    parts: list[str] = ["1"] if filters.all_statements else ["v.is_statement = 1"]
    parameters: list[Value] = []
    alike = {"status": filters.status, "kind": filters.kind, "outlet": filters.outlet, "article_id": filters.article}
    for column, values in alike.items():
        if values:
            parts.append(f"v.{column} IN ({', '.join('?' * len(values))})")
            parameters += values
    if filters.speaker:
        one = "instr('; ' || v.speaker || '; ', '; ' || ? || '; ') OR instr(v.speaker_id, ?)"
        parts.append("(" + " OR ".join([one] * len(filters.speaker)) + ")")
        parameters += [value for value in filters.speaker for _ in range(2)]
    if filters.category:
        one = "instr('; ' || v.article_category || '; ', '; ' || ? || '; ')"
        parts.append("(" + " OR ".join([one] * len(filters.category)) + ")")
        parameters += filters.category
    if filters.topic:
        named = f"topic COLLATE NOCASE IN ({', '.join('?' * len(filters.topic))})"
        parts.append(f"v.id IN (SELECT claim FROM claim_topics WHERE {named})")
        parameters += filters.topic
    if filters.min_score is not None:
        parts.append("v.check_score >= ?")
        parameters.append(filters.min_score)
    if filters.since:
        parts.append("substr(v.published_at, 1, length(?)) >= ?")
        parameters += [filters.since] * 2
    if filters.until:
        parts.append("substr(v.published_at, 1, length(?)) <= ?")
        parameters += [filters.until] * 2
    return " AND ".join(parts), parameters
