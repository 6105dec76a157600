"""What every module of the store does with a plain `sqlite3` connection."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from quotecheck.errors import StoreError

Value = str | int | float | None
"""What a cell of the database may hold."""
Row = dict[str, Value]
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL and lone surrogates: what a text cell cannot keep exactly."""


_REMEDIES = {
    "full": "the disk is full; free some space and run the same command again, what was stored is kept",
    "disk i/o error": "the disk takes no more or is failing; look at it and run the same command again",
    "readonly": "it is write-protected; copy it to a disk and a folder that can be written",
    "unable to open": "its folder cannot be written or is gone; look at its permissions",
    "locked": "another program has held it for too long; end that and run the same command again",
    "malformed": "it is damaged; `quotecheck doctor` says how far, and a backup made by `quotecheck backup` helps",
    "not a database": "it is no SQLite database; name another file",
}


def explain(error: sqlite3.Error) -> str:
    """SQLite's complaint with what to do about it."""
    said = str(error)
    remedy = next((remedy for words, remedy in _REMEDIES.items() if words in said.lower()), None)
    return f"{said}: {remedy}" if remedy else said


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: takes the write lock at once, commits at the end, rolls back on any exception.

    A deferred transaction that reads first can fail at its first write without waiting for the busy timeout.
    Raises StoreError if the database is locked for too long, full or read-only.
    """
    if connection.in_transaction:
        raise StoreError("a transaction is already open on this connection; commit it or roll it back first")
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(f"the database cannot be written: {explain(error)}") from error
        raise


def rows(connection: sqlite3.Connection, sql: str, parameters: Sequence[Value] = ()) -> Iterator[Row]:
    """The rows of a query as dictionaries, one at a time, whatever row factory the connection has."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def first(connection: sqlite3.Connection, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
    """The first row of a query, or None."""
    return next(rows(connection, sql, parameters), None)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> int:
    """Insert a row and return its rowid."""
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, table: str, key: int, row: Mapping[str, Value]) -> None:
    """Set the columns named in `row` where `id` is `key`."""
    pairs = ", ".join(f'"{name}" = ?' for name in row)
    connection.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", (*row.values(), key))


def canonical_json(value: object) -> str:
    """The one JSON form of a value that is hashed: sorted keys, no spaces, no escapes beyond the needed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def now() -> str:
    """This moment in UTC as ISO 8601 with offset, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def storable(cell: str | None) -> str | None:
    """A cell's text with NUL and lone surrogates replaced by U+FFFD, one for one."""
    return None if cell is None else UNSTORABLE.sub("\ufffd", cell)


def rounded(confidence: float) -> float:
    """A confidence to four decimals; further ones differ between processors."""
    return round(confidence, 4)
