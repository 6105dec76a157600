"""The `claim_state` table: what the events of each reviewed claim add up to, kept so that views are fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from quotecheck.store.connection import Row, first, immediate, insert
from quotecheck.store.state import ReviewEvent, in_force, load_events, replay


def write_state(connection: sqlite3.Connection, claim_id: str, events: Sequence[ReviewEvent]) -> None:
    """Write the state of a claim whose events, oldest first, these are; the caller holds the write lock."""
    key = connection.execute("SELECT id FROM claims WHERE claim_id = ?", (claim_id,)).fetchone()[0]
    connection.execute("DELETE FROM claim_state WHERE claim = ?", (key,))
    insert(connection, "claim_state", {"claim": key, **_summary(events)})


def rebuild_state(connection: sqlite3.Connection) -> None:
    """Make the table anew from the events; it holds nothing that they do not."""
    with immediate(connection):
        connection.execute("DELETE FROM claim_state")
        for claim_id in _reviewed(connection):
            write_state(connection, claim_id, load_events(connection, claim_id))


def stale_states(connection: sqlite3.Connection) -> list[str]:
    """The ids of claims whose row is not what their events add up to, as when events were removed."""
    claims = "SELECT c.claim_id FROM claim_state s JOIN claims c ON c.id = s.claim"
    with_state = [row[0] for row in connection.execute(claims)]
    return [
        claim_id
        for claim_id in sorted({*with_state, *_reviewed(connection)})
        if _stored(connection, claim_id) != _summary(load_events(connection, claim_id))
    ]


def _reviewed(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT DISTINCT claim_id FROM review_events ORDER BY claim_id")]


def _summary(events: Sequence[ReviewEvent]) -> Row:
    return {"events": len(events), "in_force": len(in_force(events)), **replay(events)}


def _stored(connection: sqlite3.Connection, claim_id: str) -> Row | None:
    sql = "SELECT s.* FROM claim_state s JOIN claims c ON c.id = s.claim WHERE c.claim_id = ?"
    stored = first(connection, sql, (claim_id,))
    return {name: cell for name, cell in stored.items() if name != "claim"} if stored else None
