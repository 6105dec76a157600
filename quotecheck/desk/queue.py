"""The queue: which statements wait for a person, in what order, and which comes next.

Filters live in the page's address. Pages and "next" go by key, not by number, so that a queue that others work on at
the same time neither repeats nor skips a statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotecheck.desk.rows import columns, read
from quotecheck.vocabulary import KINDS, REVIEW_STATES

BATCH = 20
"""Statements of a page of the queue, and of one sitting: small batches get done."""
LIVE = "v.is_statement = 1"
Parameters = list[str | int | float | None]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One statement in the queue."""

    id: int
    claim_id: str
    article: int
    status: str
    kind: str
    speaker: str | None
    speaker_id: str | None
    speaker_as_written: str | None
    cue: str | None
    statement: str
    is_statement: int
    article_title: str | None
    outlet: str | None
    published_at: str | None
    confidence: float
    check_score: float | None
    check_reasons: str | None
    flagged: int
    note: str | None

    @property
    def reasons(self) -> list[str]:
        """Why the statement is worth checking, or not."""
        return self.check_reasons.split("; ") if self.check_reasons else []


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the queue: what it is called and by which columns it goes; every `-` column downwards."""

    label: str
    keys: tuple[str, ...]


ORDERS: dict[str, Order] = {
    "worth": Order("worth checking", ("-check_score", "id")),
    "unsure": Order("least sure", ("confidence", "id")),
    "sample": Order("at random", ("claim_id",)),
    "newest": Order("newest", ("-published_at", "-article_id", "id")),
    "article": Order("by article", ("article", "id")),
    "speaker": Order("by speaker", ("machine_speaker", "id")),
}
FLAGGED = "flagged"
STATES = (*REVIEW_STATES, FLAGGED)
"""What can be asked for as a state: the review states, and what somebody flagged for a second look."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue to show, from the page's address; empty fields do not narrow it."""

    state: str = "unreviewed"
    order: str = "worth"
    kind: str = ""
    outlet: str = ""
    speaker: str = ""
    article: str = ""
    words: str = ""
    batch: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Filters from a query; what makes no sense is left out."""
        given = {name: query.get(name, "").strip()[:200] for name in cls.__slots__}
        state = given["state"] if given["state"] in (*STATES, "all") else "unreviewed"
        order = given["order"] if given["order"] in ORDERS else "worth"
        kind = given["kind"] if given["kind"] in KINDS else ""
        article, batch = (
            given[name] if given[name].isascii() and given[name].isdigit() else "" for name in ("article", "batch")
        )
        return cls(state, order, kind, given["outlet"], given["speaker"], article, given["words"], batch)

    @property
    def query(self) -> dict[str, str]:
        """The fields that differ from the plain queue, as they stand in an address."""
        plain = Filters()
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(plain, name)}


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One batch of the queue; `after` is the id of the claim after which the next one begins, None at the end."""

    filters: Filters
    lines: list[QueueLine]
    total: int
    counts: Mapping[str, int]
    outlets: Sequence[str]
    after: str | None


def queue_page(connection: sqlite3.Connection, filters: Filters, after: str = "") -> QueuePage:
    """The batch of the queue that follows the claim `after`, or the first."""
    lines = _lines(connection, filters, after, BATCH + 1)
    more = lines[BATCH - 1].claim_id if len(lines) > BATCH else None
    counts = state_counts(connection)
    narrowed = filters.query.keys() - {"state", "order"}
    total = _total(connection, filters) if narrowed else _count_of(counts, filters.state)
    return QueuePage(filters, lines[:BATCH], total, counts, _outlets(connection), more)


def next_claim(connection: sqlite3.Connection, filters: Filters, after: str = "") -> str | None:
    """The claim that follows `after` in the queue, or the first; None at the end."""
    return next((line.claim_id for line in _lines(connection, filters, after, 1)), None)


def first_claims(connection: sqlite3.Connection, filters: Filters, most: int) -> list[str]:
    """The first claims of the queue, at `most` so many."""
    return [line.claim_id for line in _lines(connection, filters, "", most)]


def previous_claim(connection: sqlite3.Connection, filters: Filters, before: str) -> str | None:
    """The claim before this one in the queue, None at its beginning."""
    return next((line.claim_id for line in _lines(connection, filters, before, 1, backwards=True)), None)


def state_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many statements are in each state; only what occurs, in the order of the states."""
    reviewed = "FROM claim_state s JOIN claims_current v ON v.id = s.claim"
    touched = dict(connection.execute(f"SELECT v.status, count(*) {reviewed} WHERE {LIVE} GROUP BY 1").fetchall())
    untouched = connection.execute(
        """SELECT count(*) FROM claims c JOIN articles a ON a.id = c.article
           WHERE c.is_statement = 1 AND c.superseded_by_run IS NULL AND a.is_latest = 1 AND c.origin = 'machine'
             AND c.covered_by IS NULL AND c.id NOT IN (SELECT claim FROM claim_state)"""
    ).fetchone()[0]
    touched["unreviewed"] = touched.get("unreviewed", 0) + untouched
    flagged = f"SELECT count(*) {reviewed} WHERE s.flagged = 1 AND {LIVE}"
    touched[FLAGGED] = connection.execute(flagged).fetchone()[0]
    return {state: int(touched[state]) for state in STATES if touched.get(state)}


def _count_of(counts: Mapping[str, int], state: str) -> int:
    return sum(number for name, number in counts.items() if name != FLAGGED) if state == "all" else counts.get(state, 0)


def _total(connection: sqlite3.Connection, filters: Filters) -> int:
    where, parameters = _where(filters)
    return int(connection.execute(f"SELECT count(*) FROM claims_current v WHERE {where}", parameters).fetchone()[0])


def _lines(
    connection: sqlite3.Connection, filters: Filters, after: str, most: int, *, backwards: bool = False
) -> list[QueueLine]:
    where, parameters = _where(filters)
    keys = [_reversed(key) for key in ORDERS[filters.order].keys] if backwards else list(ORDERS[filters.order].keys)
    if after:
        names = ", ".join(f"v.{key.lstrip('-')}" for key in keys)
        place = connection.execute(f"SELECT {names} FROM claims_current v WHERE v.claim_id = ?", (after,)).fetchone()
        if place is not None:
            behind, values = _behind(keys, place)
            where, parameters = f"{where} AND ({behind})", [*parameters, *values]
    order = ", ".join(f"v.{key.lstrip('-')}{' DESC' if key.startswith('-') else ''}" for key in keys)
    sql = f"SELECT {columns(QueueLine, 'v')} FROM claims_current v WHERE {where} ORDER BY {order} LIMIT ?"
    return read(connection, QueueLine, sql, (*parameters, most))


def _where(filters: Filters) -> tuple[str, Parameters]:
    parts: list[str] = [LIVE]
    parameters: Parameters = []
    if filters.state == FLAGGED:
        parts.append("v.flagged = 1")
    elif filters.state == "unreviewed":
        parts.append("v.status = 'unreviewed' AND v.reviewers IS NULL")
    elif filters.state != "all":
        parts.append("v.status = ?")
        parameters.append(filters.state)
    for column, value in (("kind", filters.kind), ("outlet", filters.outlet), ("article", filters.article)):
        if value:
            parts.append(f"v.{column} = ?")
            parameters.append(int(value) if column == "article" else value)
    if filters.speaker:
        parts.append("(v.speaker = ? OR v.speaker_id = ?)")
        parameters += [filters.speaker] * 2
    if filters.words:
        parts.append("v.id IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)")
        parameters.append(" ".join('"' + word.replace('"', '""') + '"' for word in filters.words.split()))
    if filters.batch:
        parts.append("v.claim_id IN (SELECT claim_id FROM batch_claims WHERE batch = ?)")
        parameters.append(int(filters.batch))
    return " AND ".join(parts), parameters


def _reversed(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _behind(keys: Sequence[str], place: Sequence[str | int | float | None]) -> tuple[str, Parameters]:
    """The condition that a row comes behind `place` in this order; SQLite sorts empty cells before all others."""
    parts: list[str] = []
    parameters: Parameters = []
    for index, key in enumerate(keys):
        same = [f"v.{earlier.lstrip('-')} IS ?" for earlier in keys[:index]]
        column, value = f"v.{key.lstrip('-')}", place[index]
        if key.startswith("-"):
            beyond, own = (f"({column} < ? OR {column} IS NULL)", [value]) if value is not None else ("0", [])
        else:
            beyond, own = (f"{column} > ?", [value]) if value is not None else (f"{column} IS NOT NULL", [])
        parts.append(" AND ".join([*same, beyond]))
        parameters += [*place[:index], *own]
    return " OR ".join(f"({part})" for part in parts), parameters


def _outlets(connection: sqlite3.Connection) -> list[str]:
    """The outlets there are, found by jumps through their index."""
    sql = """WITH RECURSIVE o(name) AS (
               SELECT min(outlet) FROM articles
               UNION ALL
               SELECT (SELECT min(outlet) FROM articles WHERE outlet > o.name) FROM o WHERE o.name IS NOT NULL)
             SELECT name FROM o WHERE name IS NOT NULL LIMIT 200"""
    return [str(name) for (name,) in connection.execute(sql)]
