"""What the review events of one claim add up to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from quotecheck.store.connection import Row, Value, rows

DECISIONS: dict[str, str] = {"accept": "accepted", "reject": "rejected", "unsure": "unsure", "correct": "corrected"}
"""Actions that decide about a claim, with the review status they give it."""

UNREVIEWED: Row = {
    "status": "unreviewed",
    "kind": None,
    "speaker": None,
    "speaker_id": None,
    "speaker_kind": None,
    "reject_reason": None,
    "note": None,
    "tags": None,
    "reviewer": None,
    "reviewed_at": None,
    "decided_fingerprint": None,
}
"""The state of a claim that nobody worked on; the fields are columns of `claim_state`."""


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One thing a person did to one claim. `before` and `after` hold the fields it changed.

    `at` is UTC as ISO 8601; `undoes` is the id of the event that an undo takes back; `claim_version` is the claim's
    version that the person saw, and `claim_fingerprint` that of the machine's reading they saw.
    """

    id: int
    claim_id: str
    actor: str
    at: str
    action: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    reason: str | None
    undoes: int | None
    claim_version: int
    claim_fingerprint: str
    prev_hash: str
    hash: str


def load_events(connection: sqlite3.Connection, claim_id: str) -> list[ReviewEvent]:
    """The events of a claim, oldest first."""
    sql = "SELECT * FROM review_events WHERE claim_id = ? ORDER BY id"
    return [event_of(row) for row in rows(connection, sql, (claim_id,))]


def event_of(row: Mapping[str, Value]) -> ReviewEvent:
    """The event in a row of `review_events`."""
    cells: dict[str, object] = dict(row)
    cells["before"] = json.loads(str(cells.pop("before_json")))
    cells["after"] = json.loads(str(cells.pop("after_json")))
    return ReviewEvent(**cells)  # type: ignore[arg-type]


class Undoable(Protocol):
    """What undoing needs to know of an event."""

    @property
    def id(self) -> int:
        """The event's place in its chain."""

    @property
    def undoes(self) -> int | None:
        """The event that this one takes back."""


E = TypeVar("E", bound=Undoable)


def undone(events: Sequence[Undoable]) -> set[int]:
    """The ids of those events that are taken back; an undo that was undone itself takes nothing back."""
    taken_back: set[int] = set()
    for event in reversed(events):
        if event.undoes is not None and event.id not in taken_back:
            taken_back.add(event.undoes)
    return taken_back


def in_force(events: Sequence[E]) -> list[E]:
    """The events that count: neither undone nor an undo."""
    taken_back = undone(events)
    return [event for event in events if event.id not in taken_back and event.undoes is None]


def replay(events: Sequence[ReviewEvent]) -> Row:
    """The state that a claim's events, oldest first, leave it in: the fields of `UNREVIEWED`."""
    state = dict(UNREVIEWED)
    for event in in_force(events):
        state |= event.after
        if event.action in DECISIONS:
            state |= {
                "reviewer": event.actor,
                "reviewed_at": event.at,
                "decided_fingerprint": event.claim_fingerprint,
            }
    return state
