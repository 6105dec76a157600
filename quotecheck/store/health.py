"""Everything that can be checked about a database without changing it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from quotecheck.errors import StoreError
from quotecheck.store.chain import verify_chain
from quotecheck.store.claim_state import stale_states
from quotecheck.store.connection import explain
from quotecheck.store.database import refuse_others
from quotecheck.store.migrations import migrations
from quotecheck.store.people_state import stale_people
from quotecheck.store.schema import FULL_TEXT

Level = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `note` is worth knowing, `problem` is to be mended, and `remedy` says how."""

    check: str
    level: Level
    what: str
    remedy: str = ""


def examine(path: Path) -> Iterator[Finding]:
    """The findings about the database at `path`; nothing in it is changed, not even its schema. Raises nothing."""
    yield from _file(path)
    if not path.is_file():
        return
    try:
        with contextlib.closing(Database(sqlite3.connect(path, timeout=30))) as db:
            yield from _contents(db, path)
    except StoreError as error:
        yield Finding("database", "problem", str(error))
    except sqlite3.Error as error:
        yield Finding("database", "problem", f"{path}: {explain(error)}")


def _file(path: Path) -> Iterator[Finding]:
    if not path.is_file():
        yield Finding("file", "problem", f"{path} is not there", f"make it: quotecheck extract PATH --db {path}")
        return
    folder = path.resolve().parent
    if not (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
        yield Finding("file", "problem", f"{path} or its folder is write-protected", "change their permissions")
    elif path.stat().st_mode & stat.S_IWOTH:
        yield Finding("file", "note", "everybody on this machine may change it", f"chmod o-w {path}")
    else:
        yield Finding("file", "ok", f"{path.stat().st_size:,} bytes, can be written")
    free = shutil.disk_usage(folder).free
    if free < 2 * path.stat().st_size + 100_000_000:
        yield Finding("disk", "note", f"only {free // 10**6:,} MB are free", "free some space")


def _contents(db: Database, path: Path) -> Iterator[Finding]:
    refuse_others(db, path)
    checks: dict[str, Callable[[sqlite3.Connection], str]] = {
        "pages": _pages,
        "references": _references,
        "full text": _full_text,
        "review events": _chain("review_events"),
    }
    if pending := [migration.name for migration in migrations.pending(db)]:
        what = f"an earlier schema; {', '.join(pending)} to come"
        yield Finding("schema", "note", what, "any command that opens it brings it up to date; make a backup first")
    else:
        yield Finding("schema", "ok", "the present one")
        checks |= {
            "people events": _chain("speaker_events"),
            "review states": lambda connection: _listed(stale_states(connection)),
            "people states": lambda connection: _listed(stale_people(connection)),
        }
    for name, check in checks.items():
        wrong = check(db.conn)
        yield Finding(name, "problem", wrong, _REMEDIES[name]) if wrong else Finding(name, "ok", "whole")
    yield from _runs(db.conn)


_REMEDIES = {
    "pages": "go back to a backup, or try `sqlite3 FILE .recover`",
    "references": "go back to a backup; rows were removed by another program",
    "full text": "make the indexes anew: INSERT INTO claims_fts(claims_fts) VALUES('rebuild'), also articles_fts and "
    "claim_triples_fts",
    "review events": "events were changed by another program; compare with a backup",
    "people events": "events were changed by another program; compare with a backup",
    "review states": "states do not follow from the events; quotecheck.store.reviews.rebuild_state makes them anew",
    "people states": "states do not follow from the events; quotecheck.store.people.rebuild_people makes them anew",
}


def _pages(connection: sqlite3.Connection) -> str:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    return "" if found == ["ok"] else "; ".join(found)


def _references(connection: sqlite3.Connection) -> str:
    return _listed(sorted({f"{row[0]} to {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")}))


def _full_text(connection: sqlite3.Connection) -> str:
    """The indexes compared with the tables; the check is a write in form, so it is rolled back."""
    wrong = []
    for table in FULL_TEXT:
        try:
            connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "readonly" in str(error):
                raise
            wrong.append(f"{table}_fts")
        finally:
            connection.rollback()
    return _listed(wrong)


def _chain(table: str) -> Callable[[sqlite3.Connection], str]:
    return lambda connection: _listed([str(key) for key in verify_chain(connection, table)])


def _runs(connection: sqlite3.Connection) -> Iterator[Finding]:
    sql = "SELECT count(*), count(*) FILTER (WHERE finished_at IS NULL) FROM runs"
    runs, unfinished = connection.execute(sql).fetchone()
    if unfinished:
        what = f"{unfinished:,} of {runs:,} were broken off or still go on"
        yield Finding("runs", "note", what, "the same extract command goes on where one stopped")
    else:
        yield Finding("runs", "ok", f"{runs:,}, all finished")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")
