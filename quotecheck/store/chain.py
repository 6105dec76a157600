"""Chains of events: each holds the hash of the one before it, so that no old one changes unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from quotecheck.store.connection import Row, Value, canonical_json, first, insert, rows, sha256
from quotecheck.store.state import ReviewEvent, event_of

GENESIS = "0" * 64
"""`prev_hash` of the first event."""
LATER = ("article_uid", "part_of")
"""Columns that later versions added; empty, they do not count, so that the hashes of earlier rows stay right."""


def append(connection: sqlite3.Connection, cells: Row) -> ReviewEvent:
    """Add a review event to its chain: its columns without id and hashes. The caller holds the write lock."""
    return event_of(append_to(connection, "review_events", cells))


def append_to(connection: sqlite3.Connection, table: str, cells: Row) -> Row:
    """Add an event to the chain of a table and return its whole row."""
    last = first(connection, f"SELECT id, hash FROM {table} ORDER BY id DESC LIMIT 1")
    row: Row = {
        "id": int(last["id"] or 0) + 1 if last else 1,
        **cells,
        "prev_hash": last["hash"] if last else GENESIS,
    }
    row["hash"] = _hash(row)
    insert(connection, table, row)
    return row


def verify_chain(connection: sqlite3.Connection, table: str = "review_events") -> list[int]:
    """The ids of events whose content or place in the chain is not what was written; empty if all is well.

    Events cut off at the end leave no broken link; `claim_state.stale_states` and `people_state.stale_people` find
    those.
    """
    broken, previous = [], GENESIS
    for row in rows(connection, f"SELECT * FROM {table} ORDER BY id"):
        if row["prev_hash"] != previous or row["hash"] != _hash(row):
            broken.append(int(row["id"] or 0))
        previous = str(row["hash"])
    return broken


def faults(connection: sqlite3.Connection, table: str = "review_events") -> list[tuple[int, str]]:
    """Every event of a chain that was changed or is missing: its id and what is wrong with it, in order.

    Like `verify_chain` this does not see events that were cut off at the end.
    """
    found: list[tuple[int, str]] = []
    expected, previous = 1, GENESIS
    for row in rows(connection, f"SELECT * FROM {table} ORDER BY id"):
        number = int(row["id"] or 0)
        found += [(missing, "is missing") for missing in range(expected, number)]
        if row["hash"] != _hash(row):
            found.append((number, "was changed"))
        elif number == expected and row["prev_hash"] != previous:
            found.append((number, "does not follow from the one before"))
        expected, previous = number + 1, str(row["hash"])
    return found


def _hash(row: Mapping[str, Value]) -> str:
    hashed = {name: cell for name, cell in row.items() if name != "hash" and (cell is not None or name not in LATER)}
    return sha256(canonical_json(hashed))
