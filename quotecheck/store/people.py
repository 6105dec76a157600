"""The same speaker across articles: people's decisions as append-only events, undone by further events.

Every function that decides is one transaction of its own, needs nothing but `sqlite3`, and names speakers by uid.
Names and likeness never join speakers; only these functions do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store.connection import first, immediate, storable
from quotecheck.store.identity import stored_name
from quotecheck.store.people_events import append_decision, check_wikidata, settle
from quotecheck.store.people_import import ImportResult, KnownPerson, import_people
from quotecheck.store.people_lookup import (
    PersonRow,
    claims_in,
    find,
    find_merged,
    known_speaker,
    list_people,
    names_of,
    touched,
)
from quotecheck.store.people_state import (
    People,
    SpeakerEvent,
    load_people_events,
    replay_people,
    stale_people,
    write_people_state,
)
from quotecheck.store.speakers import speaker_key
from quotecheck.store.state import undone
from quotecheck.store.suggestions import Candidate, Suggestion, suggestions

__all__ = [
    "Candidate",
    "ImportResult",
    "KnownPerson",
    "PersonRow",
    "SpeakerEvent",
    "Suggestion",
    "alias",
    "claims_in",
    "different",
    "find",
    "find_merged",
    "history",
    "identify",
    "import_people",
    "later",
    "list_people",
    "merge",
    "names_of",
    "rebuild_people",
    "split",
    "stale_people",
    "suggestions",
    "touched",
    "undo",
]


def merge(
    connection: sqlite3.Connection, speaker: str, into: str, *, actor: str, reason: str | None = None
) -> SpeakerEvent:
    """Say that a speaker is the person `into`, whose name both have from now on, in later runs too.

    Raises ConflictError if the two are one already, were declared different, or have moved since they were shown;
    StoreError if there is no such speaker or they are two Wikidata items.
    """
    with immediate(connection):
        people = _people(connection)
        for uid in (speaker, into):
            _refuse_merged(connection, people, uid)
        if speaker == into:
            raise ConflictError(f"{_name(connection, speaker)} is one speaker already")
        return _record(connection, "merge", speaker, into, actor=actor, reason=reason)


def split(
    connection: sqlite3.Connection,
    speaker: str,
    *,
    actor: str,
    claims: Sequence[str] = (),
    name: str | None = None,
    reason: str | None = None,
) -> SpeakerEvent:
    """Take a merged speaker out of its person again, or give some of a person's claims to another of the same name.

    Without `claims`, `speaker` is one that was merged. With `claims` (claim ids), these go to the person `name`,
    which tells the two apart ("John Smith (plumber)"). Raises StoreError if a claim is not this speaker's or the
    name does not tell them apart, ConflictError if the speaker is not merged (any more).
    """
    with immediate(connection):
        people = _people(connection)
        known = known_speaker(connection, speaker)
        if not claims:
            if speaker not in people.parent:
                raise ConflictError(f"{known['name']} is not merged with anybody; look at the speaker again")
            return _record(connection, "split", speaker, None, actor=actor, reason=reason)
        other = (stored_name(name or "")).strip()
        if not other or other == known["name"]:
            raise StoreError(f"give the other {known['name']} a name of their own, such as “{known['name']} (plumber)”")
        moved = [_found(connection, claim_id, speaker) for claim_id in dict.fromkeys(claims)]
        key = speaker_key(connection, other, str(known["kind"]))
        uid = str(connection.execute("SELECT uid FROM speakers WHERE id = ?", (key,)).fetchone()[0])
        return _record(connection, "split", speaker, uid, actor=actor, reason=reason, details={"claims": moved})


def different(
    connection: sqlite3.Connection, speaker: str, other: str, *, actor: str, reason: str | None = None
) -> SpeakerEvent:
    """Say that two speakers are not the same person; they are never suggested again and cannot be merged by mistake.

    Raises ConflictError if they are one person, StoreError if there is no such speaker.
    """
    return _about_two(connection, "different", speaker, other, actor, reason)


def later(
    connection: sqlite3.Connection, speaker: str, other: str, *, actor: str, reason: str | None = None
) -> SpeakerEvent:
    """Put off the question whether two speakers are the same: the suggestion goes to the end of the list."""
    return _about_two(connection, "later", speaker, other, actor, reason)


def alias(
    connection: sqlite3.Connection, speaker: str, form: str, *, actor: str, reason: str | None = None
) -> SpeakerEvent:
    """Say that a speaker is also called `form`: whoever an article calls so, now or later, is this speaker.

    Raises ConflictError if that name belongs to another person already, StoreError if there is no such speaker.
    """
    with immediate(connection):
        return _alias(connection, _people(connection), speaker, form, actor, reason)


def identify(
    connection: sqlite3.Connection,
    speaker: str,
    *,
    actor: str,
    wikidata: str | None = None,
    role: str | None = None,
    reason: str | None = None,
) -> SpeakerEvent:
    """Say who a speaker is: the Wikidata item (`Q42`) and the role; None leaves a field as it is, "" clears it.

    Raises StoreError if the id is none, or if the speaker would be two items at once.
    """
    with immediate(connection):
        return _identify(connection, _people(connection).root(speaker), wikidata, role, actor, reason)


def undo(connection: sqlite3.Connection, event_id: int, actor: str, *, reason: str | None = None) -> SpeakerEvent:
    """Take a people event back by an inverse event; undoing an undo brings back what it took.

    Raises ConflictError if the event is undone already or what it brings back contradicts a later decision,
    StoreError if there is no such event.
    """
    with immediate(connection):
        events = load_people_events(connection)
        event = next((event for event in events if event.id == event_id), None)
        if event is None:
            raise StoreError(f"no people event {event_id} in this database")
        if event_id in undone(events):
            raise ConflictError(f"people event {event_id} is undone already; look at the speaker again")
        return _record(connection, "undo", event.speaker, event.other, actor=actor, reason=reason, undoes=event_id)


def history(connection: sqlite3.Connection, speaker: str | None = None) -> list[SpeakerEvent]:
    """All people events, oldest first, or those that name a speaker or one who was ever merged with it."""
    events = load_people_events(connection)
    if speaker is None:
        return events
    kin, grown = {speaker}, True
    while grown:
        more = {uid for e in events if e.action in ("merge", "alias") and e.other for uid in (e.speaker, e.other)
                if {e.speaker, e.other} & kin}  # fmt: skip
        grown = not more <= kin
        kin |= more
    return [event for event in events if kin & {event.speaker, event.other}]


def rebuild_people(connection: sqlite3.Connection) -> None:
    """Make `speaker_state` and `speaker_parts` anew from the events; they hold nothing that these do not."""
    with immediate(connection):
        write_people_state(connection, _people(connection))


def _people(connection: sqlite3.Connection) -> People:
    return replay_people(load_people_events(connection))


def _name(connection: sqlite3.Connection, uid: str) -> str:
    return str(known_speaker(connection, uid)["name"])


def _refuse_merged(connection: sqlite3.Connection, people: People, uid: str) -> None:
    name = _name(connection, uid)
    if uid in people.parent:
        raise ConflictError(f"{name} is merged with {_name(connection, people.root(uid))}; look at the speaker again")


def _about_two(
    connection: sqlite3.Connection, action: str, speaker: str, other: str, actor: str, reason: str | None
) -> SpeakerEvent:
    with immediate(connection):
        people = _people(connection)
        names = [_name(connection, uid) for uid in (speaker, other)]
        if people.root(speaker) == people.root(other):
            raise ConflictError(f"{names[0]} and {names[1]} are one person; split them first")
        return _record(connection, action, speaker, other, actor=actor, reason=reason)


def _alias(
    connection: sqlite3.Connection, people: People, speaker: str, form: str, actor: str, reason: str | None
) -> SpeakerEvent:
    kind = str(known_speaker(connection, speaker)["kind"])
    form = stored_name(form).strip()
    if not form:
        raise StoreError("an alias needs a name")
    key = speaker_key(connection, form, kind)
    uid = str(connection.execute("SELECT uid FROM speakers WHERE id = ?", (key,)).fetchone()[0])
    person = people.root(speaker)
    if people.root(uid) == person:
        raise ConflictError(f"{form} is {_name(connection, person)} already")
    if uid in people.parent:
        raise ConflictError(f"{form} is {_name(connection, people.root(uid))}; split them first")
    return _record(connection, "alias", uid, person, actor=actor, reason=reason)


def _identify(
    connection: sqlite3.Connection,
    speaker: str,
    wikidata: str | None,
    role: str | None,
    actor: str,
    reason: str | None,
) -> SpeakerEvent:
    known_speaker(connection, speaker)
    check_wikidata(wikidata)
    given = {"wikidata": wikidata, "role": storable(role)}
    details = {name: value or None for name, value in given.items() if value is not None}
    if not details:
        raise StoreError("give a Wikidata id or a role")
    return _record(connection, "identity", speaker, None, actor=actor, reason=reason, details=details)


def _found(connection: sqlite3.Connection, claim_id: str, person: str) -> list[str]:
    """The claim's id and the uid under which this person was found there."""
    row = first(
        connection,
        """SELECT p.found_uid FROM claim_people p JOIN claims c ON c.id = p.claim
           WHERE c.claim_id = ? AND p.person = ? ORDER BY p.seq""",
        (claim_id, person),
    )
    if row is None:
        raise StoreError(f"{claim_id} is no claim of {_name(connection, person)}")
    return [claim_id, str(row["found_uid"])]


def _record(
    connection: sqlite3.Connection,
    action: str,
    speaker: str,
    other: str | None,
    *,
    actor: str,
    reason: str | None,
    undoes: int | None = None,
    details: Mapping[str, object] | None = None,
) -> SpeakerEvent:
    """Add an event and write what all of them add up to; the caller holds the write lock."""
    event = append_decision(
        connection, action, speaker, other, actor=actor, reason=reason, undoes=undoes, details=details
    )
    settle(connection)
    return event
