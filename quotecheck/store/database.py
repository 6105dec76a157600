"""Opening a quotecheck database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from quotecheck.errors import StoreError
from quotecheck.store.connection import immediate
from quotecheck.store.migrations import migrations, unknown_migrations
from quotecheck.store.schema import APPLICATION_ID

PRAGMAS = ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def open_database(path: str | Path, *, create: bool = True) -> Database:
    """The database at `path`, brought to the present schema; made if it is not there and `create` is true.

    Raises StoreError if there is no such file, it is not a quotecheck database, or a newer quotecheck made it.
    """
    path = Path(path)
    if not create and not path.exists():
        raise StoreError(f"{path}: no such database; make one with `quotecheck extract PATH --db {path}`")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; make it, or name another file")
    try:
        connection = sqlite3.connect(path)
        try:
            return _prepared(Database(connection), path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened as a database ({error}); name another file") from error


def _prepared(db: Database, path: Path) -> Database:
    _refuse_others(db, path)
    for pragma in PRAGMAS:
        db.conn.execute(f"PRAGMA {pragma}").fetchall()
    if migrations.pending(db):
        with immediate(db.conn):
            migrations.apply(db)
    return db


def _refuse_others(db: Database, path: Path) -> None:
    application_id = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID and db.conn.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(f"{path}: a database of another program; name another file for --db")
    if unknown := unknown_migrations(db):
        raise StoreError(
            f"{path}: made by a newer quotecheck (it has {', '.join(unknown)}); "
            "update with `pip install --upgrade quotecheck`"
        )
