"""Opening a quotecheck database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from quotecheck.errors import StoreError
from quotecheck.store.connection import explain, immediate
from quotecheck.store.migrations import migrations, unknown_migrations
from quotecheck.store.schema import APPLICATION_ID

PRAGMAS = ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = NORMAL")


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
        raise StoreError(f"{path}: cannot be opened: {explain(error)}") from error


def _prepared(db: Database, path: Path) -> Database:
    refuse_others(db, path)
    for pragma in PRAGMAS:
        db.conn.execute(f"PRAGMA {pragma}").fetchall()
    if migrations.pending(db):
        _migrate(db, path)
    db.conn.execute("PRAGMA foreign_keys = ON")
    return db


def _migrate(db: Database, path: Path) -> None:
    """Bring the schema up to date, wholly or not at all.

    A table that others refer to can be rebuilt only while references are not enforced; so they are checked at the end.
    """
    with immediate(db.conn):
        migrations.apply(db)
        if broken := db.conn.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreError(f"{path}: cannot be brought up to date, a row of {broken[0]} would lose what it refers to")


def refuse_others(db: Database, path: Path) -> None:
    """Raise StoreError if it is another program's database, or a newer quotecheck's."""
    application_id = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID and db.conn.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(f"{path}: a database of another program; name another file for --db")
    if unknown := unknown_migrations(db):
        raise StoreError(
            f"{path}: made by a newer quotecheck (it has {', '.join(unknown)}); "
            "update with `pip install --upgrade quotecheck`"
        )
