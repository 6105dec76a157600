"""A claim as the person who is about to change it has it before them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store import readings, wording
from quotecheck.store.chain import append
from quotecheck.store.claim_state import write_state
from quotecheck.store.connection import Row, Value, canonical_json, first, now, storable
from quotecheck.store.double import progress, seen_by, visible
from quotecheck.store.speakers import speaker_key
from quotecheck.store.state import JUDGING, ReviewEvent, load_events


@dataclass(slots=True)
class Subject:
    """A claim's row, its events, and its state as `actor` sees it; `version` is what a write must name as seen.

    `kept` is the reading that the decision in force stands on, where the machine reads otherwise by now.
    """

    row: Row
    actor: str
    events: list[ReviewEvent]
    kept: Row | None = None

    @property
    def claim_id(self) -> str:
        """The claim's id."""
        return str(self.row["claim_id"])

    @property
    def state(self) -> Row:
        """What the events that the actor may see add up to."""
        return seen_by(self.events, self.actor)

    @property
    def version(self) -> int:
        """Grows with every event that the actor may see and with every changed reading."""
        return int(self.row["revision"] or 0) + len(visible(self.events, self.actor))

    @property
    def current(self) -> Row:
        """Kind and speaker as the actor sees them."""
        return self.read(self.state)

    def read(self, state: Row) -> Row:
        """Kind and speaker as a state of the claim shows them over the machine's reading."""
        reading = self.kept or self.row
        speaker = state if state["speaker_kind"] is not None else reading
        shown: Row = {name: speaker[name] for name in ("speaker", "speaker_id", "speaker_kind")}
        return shown | {"kind": state["kind"] if state["kind"] is not None else reading["kind"]}

    def spans(self, connection: sqlite3.Connection, state: Row | None = None) -> wording.Spans:
        """Source, cue and content as the actor, or a state of the claim, sees them."""
        spans_json = (state or self.state)["spans_json"]
        if spans_json is None and self.kept is not None:
            spans_json = self.kept["spans_json"]
        return wording.stored_spans(connection, self.row["id"], spans_json)


def load(connection: sqlite3.Connection, claim_id: str, actor: str, expected_version: int | None = None) -> Subject:
    """The claim before `actor`. Raises StoreError if there is none, ConflictError if it is at another version."""
    row = first(connection, "SELECT * FROM claims WHERE claim_id = ?", (claim_id,))
    if row is None:
        raise StoreError(f"no claim {claim_id} in this database")
    subject = Subject(row, named(actor), load_events(connection, claim_id))
    if subject.state["reading"] not in (None, row["fingerprint"]):
        subject.kept = readings.kept(connection, row["id"], subject.state["reading"])
    if expected_version is not None and subject.version != expected_version:
        raise ConflictError(
            f"{claim_id} was changed since it was shown: it is at version {subject.version}, "
            f"you saw version {expected_version}; look at it again"
        )
    return subject


def write(
    connection: sqlite3.Connection,
    subject: Subject,
    action: str,
    after: Row,
    *,
    reason: str | None = None,
    part_of: int | None = None,
) -> ReviewEvent:
    """Append an event that sets the fields `after`, and bring the claim's state up to date; the caller holds the lock.

    Raises StoreError if others are reviewing the claim blindly.
    """
    _may_write(subject, action)
    if action in JUDGING:
        if subject.kept is not None:
            after = {"reading": subject.kept["fingerprint"]} | after
        after = after | {"judged_json": _judged(connection, subject, after)}
    _know_speakers(connection, after)
    state = subject.state
    before: Row = {field: state[field] for field in after}
    cells: Row = {"action": action, "reason": storable(reason), "undoes": None, "part_of": part_of}
    return append_event(connection, subject, cells | sides(before, after))


def renew(connection: sqlite3.Connection, subject: Subject) -> ReviewEvent:
    """Accept the machine's present reading in place of the one decided on, with all that was corrected in that.

    Raises StoreError if the machine reads the claim as it was decided.
    """
    if subject.state["reading"] in (None, subject.row["fingerprint"]):
        raise StoreError(f"the machine has no newer reading of {subject.claim_id} than the one decided on")
    subject.kept = None
    corrected = dict.fromkeys(
        ("kind", "speaker", "speaker_id", "speaker_kind", "said_date", "said_date_basis", "spans_json", "reject_reason")
    )
    return write(
        connection, subject, "renew", corrected | {"status": "accepted", "reading": subject.row["fingerprint"]}
    )


def append_event(connection: sqlite3.Connection, subject: Subject, cells: Row) -> ReviewEvent:
    """Append an event with these cells to a claim's, and write the state that follows."""
    seen: Row = {"claim_version": subject.version, "claim_fingerprint": subject.row["fingerprint"]}
    of_claim: Row = {"claim_id": subject.claim_id, "article_uid": None, "actor": subject.actor, "at": now()}
    event = append(connection, of_claim | cells | seen)
    subject.events.append(event)
    write_state(connection, subject.claim_id, subject.events)
    return event


def sides(before: Mapping[str, Value], after: Mapping[str, Value]) -> Row:
    """Both sides of a change as cells of an event."""
    return {"before_json": canonical_json(before), "after_json": canonical_json(after)}


def named(actor: str) -> str:
    """The name under which an event is recorded. Raises StoreError if it is empty or cannot stand in a list."""
    name = (storable(actor) or "").strip()
    if not name:
        raise StoreError("a review needs the reviewer's name; start the desk with --reviewer NAME")
    return name


def _may_write(subject: Subject, action: str) -> None:
    found = progress(subject.events)
    if found.tracks and subject.actor not in found.tracks and action != "adjudicate":
        others = " and ".join(found.tracks)
        raise StoreError(f"{subject.claim_id} is in double review by {others}; only they may judge it")


def _judged(connection: sqlite3.Connection, subject: Subject, after: Row) -> str:
    """What the actor takes the claim to say after this action: two judgements that agree are the same text."""
    state = subject.state | after
    shown, spans = subject.read(state), subject.spans(connection, state)
    return canonical_json(
        {name: shown[name] for name in ("kind", "speaker", "speaker_kind")}
        | {"said_date": state["said_date"], "spans": {role: list(map(list, spans[role])) for role in spans}}
    )


def _know_speakers(connection: sqlite3.Connection, after: Row) -> None:
    """Give every speaker that a person named a row of its own."""
    if name := after.get("speaker"):
        for part in str(name).split("; "):
            speaker_key(connection, part, str(after["speaker_kind"]))
