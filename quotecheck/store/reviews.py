"""Reviews: append-only events over a plain SQLite connection, undone by further events.

Each writing function is one transaction of its own; the connection must not be in one. They need nothing but
`sqlite3`, so that they run as they are on the write connection of a web server.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store.chain import append, verify_chain
from quotecheck.store.claim_state import rebuild_state, stale_states, write_state
from quotecheck.store.connection import Row, canonical_json, first, immediate, now, storable
from quotecheck.store.corrections import CORRECTABLE, REJECT_REASONS, outcome
from quotecheck.store.speakers import speaker_key
from quotecheck.store.state import ReviewEvent, event_of, load_events, replay, undone

__all__ = [
    "CORRECTABLE",
    "REJECT_REASONS",
    "ReviewEvent",
    "history",
    "rebuild_state",
    "record",
    "stale_states",
    "undo",
    "verify_chain",
]


def record(
    connection: sqlite3.Connection,
    claim_id: str,
    *,
    actor: str,
    action: str,
    expected_version: int | None = None,
    changes: Mapping[str, str | None] | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> ReviewEvent:
    """Record that `actor` did `action` (accept, reject, unsure, correct, note) to a claim.

    `changes` are corrected fields (`CORRECTABLE`); `reason` is one of `REJECT_REASONS` where the action is reject,
    free words elsewhere; an empty `note` clears the note. `expected_version` is the `version` of the claim that the
    actor saw, None to go ahead whatever it is. Raises ConflictError if the claim is at another version, StoreError
    if there is no such claim or the action cannot be.
    """
    with immediate(connection):
        current = _current(connection, claim_id, expected_version)
        after = outcome(current, action, changes or {}, reason, note)
        _know_speakers(connection, after)
        events = load_events(connection, claim_id)
        state = replay(events)
        before = {field: state[field] for field in after}
        cells: Row = {"action": action, "reason": storable(reason), "undoes": None}
        return _write(connection, current, events, actor, cells | _sides(before, after))


def undo(
    connection: sqlite3.Connection, event_id: int, actor: str, *, expected_version: int | None = None
) -> ReviewEvent:
    """Take an event back by an inverse event; undoing an undo brings what it took back again.

    Raises ConflictError if the event is undone already or the claim is not at `expected_version`, StoreError if
    there is no such event.
    """
    with immediate(connection):
        row = first(connection, "SELECT * FROM review_events WHERE id = ?", (event_id,))
        if row is None:
            raise StoreError(f"no review event {event_id} in this database")
        event = event_of(row)
        events = load_events(connection, event.claim_id)
        if event_id in undone(events):
            raise ConflictError(f"review event {event_id} is undone already; look at the claim again")
        current = _current(connection, event.claim_id, expected_version)
        state, then = replay(events), replay([*events, replace(event, id=0, undoes=event_id)])
        changed = [field for field in state if state[field] != then[field]]
        cells: Row = {"action": "undo", "reason": None, "undoes": event_id}
        sides = _sides({field: state[field] for field in changed}, {field: then[field] for field in changed})
        return _write(connection, current, events, actor, cells | sides)


def history(connection: sqlite3.Connection, claim_id: str) -> list[ReviewEvent]:
    """The events of a claim, oldest first."""
    return load_events(connection, claim_id)


def _current(connection: sqlite3.Connection, claim_id: str, expected_version: int | None) -> Row:
    """What an event needs to know of a claim as it stands."""
    sql = """
      SELECT c.claim_id, c.fingerprint, c.revision + coalesce(s.events, 0) AS version,
        CASE WHEN s.speaker_kind IS NULL THEN c.speaker ELSE s.speaker END AS speaker,
        coalesce(s.speaker_kind, c.speaker_kind) AS speaker_kind
      FROM claims c LEFT JOIN claim_state s ON s.claim = c.id WHERE c.claim_id = ?"""
    current = first(connection, sql, (claim_id,))
    if current is None:
        raise StoreError(f"no claim {claim_id} in this database")
    if expected_version is not None and current["version"] != expected_version:
        raise ConflictError(
            f"{claim_id} was changed since it was shown: it is at version {current['version']}, "
            f"you saw version {expected_version}; look at it again"
        )
    return current


def _sides(before: Row, after: Row) -> Row:
    return {"before_json": canonical_json(before), "after_json": canonical_json(after)}


def _know_speakers(connection: sqlite3.Connection, after: Row) -> None:
    """Give every speaker that a person named a row of its own."""
    if name := after.get("speaker"):
        for part in str(name).split("; "):
            speaker_key(connection, part, str(after["speaker_kind"]))


def _write(
    connection: sqlite3.Connection, current: Row, events: list[ReviewEvent], actor: str, cells: Row
) -> ReviewEvent:
    actor = (storable(actor) or "").strip()
    if not actor:
        raise StoreError("a review needs the reviewer's name; start the desk with --reviewer NAME")
    claim_id = str(current["claim_id"])
    seen: Row = {"claim_version": current["version"], "claim_fingerprint": current["fingerprint"]}
    event = append(connection, {"claim_id": claim_id, "actor": actor, "at": now(), **cells, **seen})
    write_state(connection, claim_id, [*events, event])
    return event
