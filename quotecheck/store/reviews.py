"""Reviews: append-only events over a plain SQLite connection, undone by further events.

Each writing function is one transaction of its own; the connection must not be in one. They need nothing but
`sqlite3`, so that they run as they are on the write connection of a web server.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store import subject
from quotecheck.store.chain import append, verify_chain
from quotecheck.store.claim_state import rebuild_state, stale_states, write_article_state
from quotecheck.store.connection import Row, Value, first, immediate, now, rows
from quotecheck.store.corrections import CORRECTABLE, REJECT_REASONS, outcome
from quotecheck.store.double import seen_by
from quotecheck.store.state import ReviewEvent, event_of, load_article_events, load_events, undone

__all__ = [
    "CORRECTABLE",
    "REJECT_REASONS",
    "ReviewEvent",
    "history",
    "mark_article",
    "rebuild_state",
    "record",
    "redo_last",
    "renew",
    "stale_states",
    "undo",
    "undo_last",
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
    """Record that `actor` did `action` to a claim: accept, reject, unsure, correct; note, link, flag, unflag.

    `changes` are corrected fields (`CORRECTABLE`); `reason` is one of `REJECT_REASONS` where the action is reject,
    free words elsewhere; an empty `note` clears the note. `expected_version` is the `version` of the claim that the
    actor saw, None to go ahead whatever it is. Raises ConflictError if the claim is at another version, StoreError
    if there is no such claim or the action cannot be.
    """
    with immediate(connection):
        claim = subject.load(connection, claim_id, actor, expected_version)
        after = outcome(claim.current, action, changes or {}, reason, note)
        return subject.write(connection, claim, action, after, reason=reason)


def renew(
    connection: sqlite3.Connection, claim_id: str, *, actor: str, expected_version: int | None = None
) -> ReviewEvent:
    """Accept what the machine reads now in place of what was decided on another reading.

    Raises ConflictError like `record`, StoreError if the machine reads the claim as it was decided.
    """
    with immediate(connection):
        return subject.renew(connection, subject.load(connection, claim_id, actor, expected_version))


def mark_article(connection: sqlite3.Connection, article: int, actor: str, *, complete: bool) -> ReviewEvent:
    """Record that all statements of an article (by its row id) are found, or that something is still missing."""
    with immediate(connection):
        row = first(connection, "SELECT uid, text_sha256 FROM articles WHERE id = ?", (article,))
        if row is None:
            raise StoreError(f"no article {article} in this database")
        before = first(connection, "SELECT complete FROM article_state WHERE article = ?", (article,))
        sides = subject.sides(before or {"complete": None}, {"complete": int(complete)})
        return _append_to_article(connection, row, actor, {"action": "found-all", "undoes": None, **sides})


def undo(
    connection: sqlite3.Connection, event_id: int, actor: str, *, expected_version: int | None = None
) -> ReviewEvent:
    """Take an event back by an inverse event; undoing an undo brings what it took back again.

    What one action did to several claims (split, merge) is taken back together. Raises ConflictError if the event is
    undone already or the claim is not at `expected_version`, StoreError if there is no such event.
    """
    with immediate(connection):
        row = first(connection, "SELECT * FROM review_events WHERE id = ?", (event_id,))
        if row is None:
            raise StoreError(f"no review event {event_id} in this database")
        event = event_of(row)
        if event.claim_id is not None:
            subject.load(connection, event.claim_id, actor, expected_version)
        root = event.part_of or event.id
        parts = rows(connection, "SELECT * FROM review_events WHERE id = ? OR part_of = ? ORDER BY id", (root, root))
        inverse = _take_back(connection, [event_of(part) for part in parts], actor)
        return inverse[event_id]


def undo_last(connection: sqlite3.Connection, actor: str, article: int | None = None) -> ReviewEvent | None:
    """Take back the actor's latest action that counts (in one article, if given); None if nothing is left."""
    event_id = _last_done(connection, actor, article)
    return None if event_id is None else undo(connection, event_id, actor)


def redo_last(connection: sqlite3.Connection, actor: str, article: int | None = None) -> ReviewEvent | None:
    """Bring back what the actor's latest undo took back; None if they have acted since or there is nothing."""
    event_id = _last_undone(connection, actor, article)
    return None if event_id is None else undo(connection, event_id, actor)


def history(connection: sqlite3.Connection, claim_id: str) -> list[ReviewEvent]:
    """The events of a claim, oldest first."""
    return load_events(connection, claim_id)


def _take_back(connection: sqlite3.Connection, events: Sequence[ReviewEvent], actor: str) -> dict[int, ReviewEvent]:
    """Append the inverse of each event; returns them by the id of the event taken back."""
    found: dict[int, ReviewEvent] = {}
    first_inverse: int | None = None
    for event in events:
        cells: Row = {"action": "undo", "reason": None, "undoes": event.id, "part_of": first_inverse}
        if event.claim_id is None:
            found[event.id] = _undo_on_article(connection, event, actor, cells)
        else:
            found[event.id] = _undo_on_claim(connection, event, event.claim_id, actor, cells)
        first_inverse = first_inverse or found[event.id].id
    return found


def _undo_on_claim(
    connection: sqlite3.Connection, event: ReviewEvent, claim_id: str, actor: str, cells: Row
) -> ReviewEvent:
    claim = subject.load(connection, claim_id, actor)
    _refuse_undone(event, claim.events)
    state = claim.state
    then = seen_by([*claim.events, replace(event, id=0, undoes=event.id, actor=actor)], actor)
    changed = [field for field in state if state[field] != then[field]]
    sides = subject.sides({field: state[field] for field in changed}, {field: then[field] for field in changed})
    return subject.append_event(connection, claim, cells | sides)


def _undo_on_article(connection: sqlite3.Connection, event: ReviewEvent, actor: str, cells: Row) -> ReviewEvent:
    uid = str(event.article_uid)
    _refuse_undone(event, load_article_events(connection, uid))
    row = first(connection, "SELECT uid, text_sha256 FROM articles WHERE uid = ?", (uid,))
    return _append_to_article(connection, row or {}, actor, cells | subject.sides(event.after, event.before))


def _refuse_undone(event: ReviewEvent, events: Sequence[ReviewEvent]) -> None:
    if event.id in undone(events):
        raise ConflictError(f"review event {event.id} is undone already; look at the claim again")


def _append_to_article(connection: sqlite3.Connection, row: Row, actor: str, cells: Row) -> ReviewEvent:
    uid = str(row["uid"])
    about: Row = {
        "claim_id": None,
        "article_uid": uid,
        "actor": subject.named(actor),
        "at": now(),
        "reason": None,
        "part_of": None,
        "claim_version": len(load_article_events(connection, uid)) + 1,
        "claim_fingerprint": row["text_sha256"],
    }
    event = append(connection, about | cells)
    write_article_state(connection, uid)
    return event


def _last_done(connection: sqlite3.Connection, actor: str, article: int | None) -> int | None:
    for event_id, undoes, part_of in _latest_first(connection, actor, article):
        if undoes is None and not _is_undone(connection, event_id):
            return part_of or event_id
    return None


def _last_undone(connection: sqlite3.Connection, actor: str, article: int | None) -> int | None:
    for event_id, undoes, part_of in _latest_first(connection, actor, article):
        if undoes is None:
            if not _is_undone(connection, event_id):
                return None
        elif not _is_redo(connection, undoes) and not _is_undone(connection, event_id):
            return part_of or event_id
    return None


def _latest_first(
    connection: sqlite3.Connection, actor: str, article: int | None
) -> Iterator[tuple[int, int | None, int | None]]:
    of_actor = "SELECT id, undoes, part_of FROM review_events WHERE actor = ? ORDER BY id DESC"
    of_article = """
      SELECT e.id AS id, e.undoes, e.part_of FROM claims c JOIN review_events e ON e.claim_id = c.claim_id
      WHERE c.article = ? AND e.actor = ?
      UNION ALL
      SELECT e.id, e.undoes, e.part_of FROM articles a JOIN review_events e ON e.article_uid = a.uid
      WHERE a.id = ? AND e.actor = ? ORDER BY 1 DESC"""
    sql, parameters = (of_actor, (actor,)) if article is None else (of_article, (article, actor) * 2)
    yield from connection.execute(sql, parameters)


def _is_undone(connection: sqlite3.Connection, event_id: int) -> bool:
    inverses = connection.execute("SELECT id FROM review_events WHERE undoes = ?", (event_id,)).fetchall()
    return any(not _is_undone(connection, inverse) for (inverse,) in inverses)


def _is_redo(connection: sqlite3.Connection, undoes: int) -> bool:
    """Whether an event that takes back event `undoes` brings something back: that is an undo itself."""
    sql = "SELECT undoes FROM review_events WHERE id = ?"
    found: tuple[Value] = connection.execute(sql, (undoes,)).fetchone()
    return found[0] is not None
