"""Proving the events behind an export: no review and no decision about speakers was changed or taken away."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from quotecheck.store.chain import faults
from quotecheck.store.claim_state import stale_states
from quotecheck.store.people_state import stale_people

CHAINS = {"review_events": "review event", "speaker_events": "speaker event"}


def verify_events(db: Database) -> Iterator[str]:
    """One sentence per event that was changed or is missing, and per state that its events do not add up to."""
    for table, name in CHAINS.items():
        yield from (f"{name} {number} {what}" for number, what in faults(db.conn, table))
    for key in stale_states(db.conn):
        yield f"the reviews of {key} do not add up to its state: events are missing or the state was changed"
    for key in stale_people(db.conn):
        yield f"the decisions about speaker {key} do not add up to their outcome: events are missing or it was changed"
