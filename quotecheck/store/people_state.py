"""What the people events add up to: who stands for whom, kept in `speaker_state` and `speaker_parts` for the views."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store.connection import Row, Value, rows
from quotecheck.store.searching import index_speakers
from quotecheck.store.state import in_force


@dataclass(frozen=True, slots=True)
class SpeakerEvent:
    """One thing a person decided about speakers across articles.

    `speaker` and `other` are speakers' uids: of a merge or an alias, who is joined and to whom; of a split with
    claims, whose they were and who gets them. `details` depend on the action: `claims` of a split (claim id and the
    uid found there), `wikidata` and `role` of an identity. `undoes` is the id of the event that an undo takes back;
    `at` is UTC as ISO 8601.
    """

    id: int
    actor: str
    at: str
    action: str
    speaker: str
    other: str | None
    details: Mapping[str, object]
    reason: str | None
    undoes: int | None
    prev_hash: str
    hash: str


@dataclass
class People:
    """Who is who after some events. Keys are uids."""

    parent: dict[str, str] = field(default_factory=dict)
    identity: dict[str, Row] = field(default_factory=dict)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    """(Claim id, uid found there) -> the person whom a split gave that claim to."""
    different: dict[frozenset[str], SpeakerEvent] = field(default_factory=dict)
    later: set[frozenset[str]] = field(default_factory=set)

    def root(self, uid: str) -> str:
        """The person whom a speaker stands for: itself, unless it was merged."""
        while uid in self.parent:
            uid = self.parent[uid]
        return uid

    def groups(self) -> dict[str, list[str]]:
        """The members of every person whom an event touched, the person itself first."""
        members: dict[str, list[str]] = {}
        for uid in dict.fromkeys([*self.parent.values(), *self.parent, *self.identity]):
            group = members.setdefault(self.root(uid), [self.root(uid)])
            if uid not in group:
                group.append(uid)
        return members

    def known(self, uids: Sequence[str]) -> Row:
        """What is known of a group: of each field what was said of its first member that has it."""
        found: Row = {}
        for uid in uids:
            for name, value in self.identity.get(uid, {}).items():
                if value is not None:
                    found.setdefault(name, value)
        return found

    def apart(self) -> dict[frozenset[str], SpeakerEvent]:
        """Pairs of persons who are declared different, with the event that says so."""
        return {frozenset(map(self.root, pair)): event for pair, event in self.different.items()}


def load_people_events(connection: sqlite3.Connection) -> list[SpeakerEvent]:
    """All people events, oldest first."""
    return [speaker_event_of(row) for row in rows(connection, "SELECT * FROM speaker_events ORDER BY id")]


def speaker_event_of(row: Mapping[str, Value]) -> SpeakerEvent:
    """The event in a row of `speaker_events`."""
    cells: dict[str, object] = dict(row)
    cells["details"] = json.loads(str(cells.pop("details_json")))
    return SpeakerEvent(**cells)  # type: ignore[arg-type]


def replay_people(events: Sequence[SpeakerEvent]) -> People:
    """Who is who after these events, oldest first; what was undone counts for nothing."""
    people = People()
    for event in in_force(events):
        apply_event(people, event)
    return people


def apply_event(people: People, event: SpeakerEvent) -> None:
    """Let `people` know of one more event."""
    speaker, other = event.speaker, event.other
    match event.action:
        case "merge" | "alias" if other:
            one, into = people.root(speaker), people.root(other)
            if one != into:
                people.parent[one] = into
        case "split" if other:
            for claim_id, uid in event.details["claims"]:  # type: ignore[attr-defined]
                people.parts[claim_id, uid] = other
        case "split":
            people.parent.pop(speaker, None)
        case "different" if other:
            people.different[frozenset((speaker, other))] = event
        case "later" if other:
            people.later.add(frozenset((speaker, other)))
        case "identity":
            said: Row = {name: _text(value) for name, value in event.details.items()}
            people.identity[speaker] = people.identity.get(speaker, {}) | said


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def refuse_contradictions(connection: sqlite3.Connection, people: People) -> None:
    """Raise ConflictError or StoreError if two different people, or two Wikidata items, have become one."""
    for pair, event in people.apart().items():
        if len(pair) == 1:
            one, other = (_name(connection, uid) for uid in (event.speaker, str(event.other)))
            raise ConflictError(
                f"{one} and {other} are declared different (by {event.actor}, event {event.id}); undo that first"
            )
    for group in people.groups().values():
        items = {str(item): uid for uid in group if (item := people.identity.get(uid, {}).get("wikidata"))}
        if len(items) > 1:
            said = " and ".join(f"{item} ({_name(connection, uid)})" for item, uid in sorted(items.items()))
            raise StoreError(f"one person cannot be two Wikidata items: {said}; correct one of them first")


def _name(connection: sqlite3.Connection, uid: str) -> str:
    return str(connection.execute("SELECT name FROM speakers WHERE uid = ?", (uid,)).fetchone()[0])


def write_people_state(connection: sqlite3.Connection, people: People) -> None:
    """Make both tables anew, and what search finds by them; the caller holds the write lock."""
    changed = _changed(connection, people)
    connection.execute("DELETE FROM speaker_state")
    connection.execute("DELETE FROM speaker_parts")
    for table, cells in (("speaker_state", _state_rows(connection, people)), ("speaker_parts", _part_rows(people))):
        for row in cells:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    if changed:
        index_speakers(connection, changed)


def stale_people(connection: sqlite3.Connection) -> list[str]:
    """The uids and claim ids whose rows are not what the events add up to, as when events were removed."""
    return sorted(_changed(connection, replay_people(load_people_events(connection))))


def _changed(connection: sqlite3.Connection, people: People) -> set[str]:
    changed: set[str] = set()
    for table, wanted in (("speaker_state", _state_rows(connection, people)), ("speaker_parts", _part_rows(people))):
        stored = {tuple(row) for row in connection.execute(f"SELECT * FROM {table}")}
        changed.update(str(row[0]) for row in stored ^ set(wanted))
    return changed


def _state_rows(connection: sqlite3.Connection, people: People) -> list[tuple[Value, ...]]:
    found: list[tuple[Value, ...]] = []
    for person, members in people.groups().items():
        name, kind = connection.execute("SELECT name, kind FROM speakers WHERE uid = ?", (person,)).fetchone()
        known = people.known(members)
        found += [(uid, person, name, kind, known.get("role"), known.get("wikidata")) for uid in members]
    return found


def _part_rows(people: People) -> list[tuple[Value, ...]]:
    return [(claim_id, uid, person) for (claim_id, uid), person in people.parts.items()]
