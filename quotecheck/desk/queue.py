"""The queue: which statements wait for a person, in what order, and which comes next.

Filters live in the page's address. Pages and "next" go by key, not by number, so that a queue that others work on at
the same time neither repeats nor skips a statement.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotecheck.desk.remembered import remembered
from quotecheck.desk.rows import columns, read
from quotecheck.store import readings
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
    topics: str | None

    @property
    def about(self) -> list[str]:
        """The topics that the statement names."""
        return list(json.loads(self.topics)) if self.topics else []

    @property
    def reasons(self) -> list[str]:
        """Why the statement is worth checking, or not."""
        return self.check_reasons.split("; ") if self.check_reasons else []


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the queue: what it is called, by which columns of `walk` it goes (every `-` column downwards), and
    along which tables SQLite is to walk, so that an index gives the order and the first rows are there at once.
    """

    label: str
    keys: tuple[str, ...]
    walk: str = "claims q"


BY_ARTICLE = "articles qa CROSS JOIN claims q ON q.article = qa.id"
ORDERS: dict[str, Order] = {
    "worth": Order("worth checking", ("-coalesce(q.check_score, -1)", "q.id")),
    "unsure": Order("least sure", ("q.confidence", "q.id")),
    "sample": Order("at random", ("q.claim_id",)),
    "newest": Order("newest", ("-qa.published_at", "-qa.article_id", "q.id"), BY_ARTICLE),
    "article": Order("by article", ("q.article", "q.char_start", "q.id")),
    "speaker": Order("by speaker", ("coalesce(q.speaker, '')", "q.id")),
}
FEW = "claims q JOIN articles qa ON qa.id = q.article"
NULLABLE = "qa.published_at"
"""The one first key that may be empty."""
ON_TOPIC = "SELECT claim FROM claim_topics WHERE topic = ? COLLATE NOCASE"
RARE = 3_000
"""Statements of one state or topic up to which sorting them is quicker than walking along all."""
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
    topic: str = ""

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
        plain = {name: given[name] for name in ("outlet", "speaker", "words", "topic")}
        return cls(state, order, kind, article=article, batch=batch, **plain)

    @property
    def query(self) -> dict[str, str]:
        """The fields that differ from the plain queue, as they stand in an address."""
        plain = Filters()
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(plain, name)}

    @property
    def export(self) -> dict[str, str] | None:
        """The same choice as fields of a download's address; None where an export cannot be narrowed so."""
        if self.article or self.words or self.batch or self.state == FLAGGED:
            return None
        status = "" if self.state == "all" else self.state
        same = {name: getattr(self, name) for name in ("kind", "outlet", "speaker", "topic")}
        return {name: value for name, value in {"status": status, **same}.items() if value}


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


# The view's conditions and status over indexes that hold all they need; the rows of both tables are wide.
SEEN = f"""
WITH old AS (SELECT id FROM articles WHERE is_latest = 0)
SELECT s.status, count(*), sum(coalesce(s.flagged, 0)), count(*) FILTER (
  WHERE (s.in_force > 0 AND (c.superseded_by_run IS NOT NULL OR c.article IN old)) OR {readings.STALE})
FROM claim_state s INDEXED BY claim_state_counted
CROSS JOIN claims c INDEXED BY claims_counted ON c.id = s.claim
{readings.KEPT}
WHERE coalesce(j.is_statement, c.is_statement) = 1 AND s.merged_into IS NULL AND (c.origin = 'machine' OR s.added = 1)
  AND (s.in_force > 0 OR (c.superseded_by_run IS NULL AND c.article NOT IN old))
  AND (c.covered_by IS NULL OR NOT EXISTS (SELECT 1 FROM claim_state h WHERE h.claim = c.covered_by AND h.added = 1))
GROUP BY s.status
"""
# Claims that the machine found and nobody worked on: all, less those of replaced articles, less those with a state.
LIVE_CLAIMS = """FROM claims c INDEXED BY claims_live
WHERE c.is_statement = 1 AND c.origin = 'machine' AND c.superseded_by_run IS NULL AND c.covered_by IS NULL"""
UNSEEN = f"""
SELECT (SELECT count(*) {LIVE_CLAIMS})
  - (SELECT count(*) {LIVE_CLAIMS} AND c.article IN (SELECT id FROM articles WHERE is_latest = 0))
  - (SELECT count(*) FROM claim_state s INDEXED BY claim_state_counted
     CROSS JOIN claims c INDEXED BY claims_counted ON c.id = s.claim
     WHERE c.is_statement = 1 AND c.origin = 'machine' AND c.superseded_by_run IS NULL AND c.covered_by IS NULL
       AND c.article NOT IN (SELECT id FROM articles WHERE is_latest = 0))
  + (SELECT count(*) FROM claims c INDEXED BY claims_covered
     WHERE c.covered_by IS NOT NULL AND c.is_statement = 1 AND c.origin = 'machine' AND c.superseded_by_run IS NULL
       AND c.article NOT IN (SELECT id FROM articles WHERE is_latest = 0)
       AND NOT EXISTS (SELECT 1 FROM claim_state h WHERE h.claim = c.covered_by AND h.added = 1)
       AND NOT EXISTS (SELECT 1 FROM claim_state s WHERE s.claim = c.id))
"""


def state_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many statements are in each state; only what occurs, in the order of the states."""
    return remembered(connection, "states", _state_counts, exact=True)


def _state_counts(connection: sqlite3.Connection) -> dict[str, int]:
    rows = connection.execute(SEEN).fetchall()
    found = {str(state): int(number) - int(stale) for state, number, _, stale in rows}
    found["stale"] = sum(int(stale) for *_, stale in rows)
    found["unreviewed"] = found.get("unreviewed", 0) + int(connection.execute(UNSEEN).fetchone()[0])
    found[FLAGGED] = sum(int(flagged) for _, _, flagged, _ in rows)
    return {state: found[state] for state in STATES if found.get(state)}


def _count_of(counts: Mapping[str, int], state: str) -> int:
    return sum(number for name, number in counts.items() if name != FLAGGED) if state == "all" else counts.get(state, 0)


def _total(connection: sqlite3.Connection, filters: Filters) -> int:
    where, parameters = _where(filters)
    return int(connection.execute(f"SELECT count(*) FROM claims_current v WHERE {where}", parameters).fetchone()[0])


def _lines(
    connection: sqlite3.Connection, filters: Filters, after: str, most: int, *, backwards: bool = False
) -> list[QueueLine]:
    order = ORDERS[filters.order]
    where, parameters = _where(filters)
    keys = [_reversed(key) for key in order.keys] if backwards else list(order.keys)
    if after:
        names = ", ".join(key.lstrip("-") for key in keys)
        place = connection.execute(f"SELECT {names} FROM {order.walk} WHERE q.claim_id = ?", (after,)).fetchone()
        if place is not None:
            behind, values = _behind(keys, place)
            where, parameters = f"{where} AND ({behind})", [*parameters, *values]
    by = ", ".join(f"{key.lstrip('-')}{' DESC' if key.startswith('-') else ''}" for key in keys)
    walk = FEW if _is_rare(connection, filters) else order.walk
    # The orders' indexes hold what the machine reads as a statement now; a person may have judged another reading.
    indexed = "" if walk == FEW else "q.is_statement = 1 AND "
    sql = f"""SELECT {columns(QueueLine, "v")} FROM {walk} CROSS JOIN claims_current v ON v.id = q.id
              WHERE {indexed}{where} ORDER BY {by} LIMIT ?"""
    return read(connection, QueueLine, sql, (*parameters, most))


def _is_rare(connection: sqlite3.Connection, filters: Filters) -> bool:
    """Whether it is quicker to sort all that the filters let through than to walk along the order until enough do."""
    if filters.words or filters.batch or filters.article or filters.state in (FLAGGED, "stale"):
        return True
    if filters.topic and _are_few(connection, ON_TOPIC, filters.topic):
        return True
    if filters.state in ("unreviewed", "all"):
        return False
    return _are_few(connection, "SELECT claim FROM claim_state WHERE status = ?", filters.state)


def _are_few(connection: sqlite3.Connection, sql: str, value: str) -> bool:
    return bool(connection.execute(f"SELECT count(*) FROM ({sql} LIMIT ?)", (value, RARE)).fetchone()[0] < RARE)


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
    if filters.topic:
        parts.append(f"v.id IN ({ON_TOPIC})")
        parameters.append(filters.topic)
    if filters.batch:
        parts.append("v.claim_id IN (SELECT claim_id FROM batch_claims WHERE batch = ?)")
        parameters.append(int(filters.batch))
    return " AND ".join(parts), parameters


def _reversed(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _behind(keys: Sequence[str], place: Sequence[str | int | float | None]) -> tuple[str, Parameters]:
    """The condition that a row comes behind `place` in this order; SQLite sorts empty cells before all others.

    The first key's bound stands once more by itself, so that SQLite begins there in the index.
    """
    parts: list[str] = []
    parameters: Parameters = []
    for index, key in enumerate(keys):
        same = [f"{earlier.lstrip('-')} IS ?" for earlier in keys[:index]]
        column, value = key.lstrip("-"), place[index]
        if key.startswith("-"):
            beyond, own = (f"({column} < ? OR {column} IS NULL)", [value]) if value is not None else ("0", [])
        else:
            beyond, own = (f"{column} > ?", [value]) if value is not None else (f"{column} IS NOT NULL", [])
        parts.append(" AND ".join([*same, beyond]))
        parameters += [*place[:index], *own]
    behind = " OR ".join(f"({part})" for part in parts)
    if keys[0].lstrip("-") == NULLABLE or place[0] is None:
        return behind, parameters
    bound = f"{keys[0].lstrip('-')} {'<=' if keys[0].startswith('-') else '>='} ?"
    return f"{bound} AND ({behind})", [place[0], *parameters]


def _outlets(connection: sqlite3.Connection) -> list[str]:
    """The outlets there are, found by jumps through their index."""
    sql = """WITH RECURSIVE o(name) AS (
               SELECT min(outlet) FROM articles
               UNION ALL
               SELECT (SELECT min(outlet) FROM articles WHERE outlet > o.name) FROM o WHERE o.name IS NOT NULL)
             SELECT name FROM o WHERE name IS NOT NULL LIMIT 200"""
    return [str(name) for (name,) in connection.execute(sql)]
