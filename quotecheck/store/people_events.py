"""Adding decisions about people to their chain, and making what they add up to."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping

from quotecheck.errors import StoreError
from quotecheck.store.chain import append_to
from quotecheck.store.connection import Row, canonical_json, now, storable
from quotecheck.store.people_state import (
    SpeakerEvent,
    load_people_events,
    refuse_contradictions,
    replay_people,
    speaker_event_of,
    write_people_state,
)

WIKIDATA = re.compile(r"Q[1-9][0-9]*")
"""A Wikidata item's id."""


def append_decision(
    connection: sqlite3.Connection,
    action: str,
    speaker: str,
    other: str | None,
    *,
    actor: str,
    reason: str | None = None,
    undoes: int | None = None,
    details: Mapping[str, object] | None = None,
) -> SpeakerEvent:
    """Add an event; the caller holds the write lock and calls `settle` before it gives it up."""
    actor = (storable(actor) or "").strip()
    if not actor:
        raise StoreError("a decision about speakers needs the name of who makes it; give one with --reviewer NAME")
    cells: Row = {
        "actor": actor,
        "at": now(),
        "action": action,
        "speaker": speaker,
        "other": other,
        "details_json": canonical_json(dict(details or {})),
        "reason": storable(reason),
        "undoes": undoes,
    }
    return speaker_event_of(append_to(connection, "speaker_events", cells))


def settle(connection: sqlite3.Connection) -> None:
    """Write what all events add up to. Raises ConflictError or StoreError if that is a contradiction."""
    people = replay_people(load_people_events(connection))
    refuse_contradictions(connection, people)
    write_people_state(connection, people)


def check_wikidata(item: str | None) -> None:
    """Raise StoreError if this is no Wikidata id; None and the empty text are none, and fine."""
    if item and not WIKIDATA.fullmatch(item):
        raise StoreError(f"no Wikidata id: {item!r}; it is a Q and a number, such as Q42")
