"""What the review events of one claim add up to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from quotecheck.store.connection import Row, Value, rows

DECISIONS: dict[str, str] = {"accept": "accepted", "reject": "rejected", "unsure": "unsure", "correct": "corrected"}
"""Actions of `record` that decide about a claim, with the review status they give it."""
JUDGING = (*DECISIONS, "renew", "spans", "add", "split", "merge", "adjudicate")
"""Actions after which a claim counts as judged by whoever did them."""

UNREVIEWED: Row = {
    "status": "unreviewed",
    "kind": None,
    "speaker": None,
    "speaker_id": None,
    "speaker_kind": None,
    "reject_reason": None,
    "note": None,
    "tags": None,
    "said_date": None,
    "said_date_basis": None,
    "fact_check_url": None,
    "fact_check_rating": None,
    "flagged": None,
    "spans_json": None,
    "added": None,
    "merged_into": None,
    "reviewers": None,
    "judged_json": None,
    "reviewer": None,
    "reviewed_at": None,
    "second_reviewer": None,
    "adjudicator": None,
    "decided_fingerprint": None,
    "reading": None,
}
"""The state of a claim that nobody worked on; the fields are columns of `claim_state`."""


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One thing a person did to one claim, or (`claim_id` None, `article_uid` given) to one article as a whole.

    `before` and `after` hold the fields it changed. `at` is UTC as ISO 8601; `undoes` is the id of the event that an
    undo takes back; `claim_version` is the version that the person saw, and `claim_fingerprint` that of the machine's
    reading they saw. `part_of` is the first event of an action on several claims: they are undone together.
    """

    id: int
    claim_id: str | None
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
    article_uid: str | None = None
    part_of: int | None = None


def load_events(connection: sqlite3.Connection, claim_id: str) -> list[ReviewEvent]:
    """The events of a claim, oldest first."""
    sql = "SELECT * FROM review_events WHERE claim_id = ? ORDER BY id"
    return [event_of(row) for row in rows(connection, sql, (claim_id,))]


def load_article_events(connection: sqlite3.Connection, uid: str) -> list[ReviewEvent]:
    """The events on an article as a whole, oldest first."""
    sql = "SELECT * FROM review_events WHERE article_uid = ? ORDER BY id"
    return [event_of(row) for row in rows(connection, sql, (uid,))]


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


def applied(state: Mapping[str, Value], event: ReviewEvent) -> Row:
    """`state` after an event that counts."""
    after: Row = {**state, **event.after}
    if event.action in JUDGING:
        after |= {"reviewer": event.actor, "reviewed_at": event.at, "decided_fingerprint": event.claim_fingerprint}
        after["reading"] = event.after.get("reading", event.claim_fingerprint)
    return after
