"""A copy of a database while others go on writing to it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from quotecheck.errors import StoreError
from quotecheck.store.connection import explain
from quotecheck.store.schema import APPLICATION_ID


def backup(path: Path, copy: Path) -> int:
    """Copy the database at `path` to a new file and return the number of bytes.

    The copy is the database at one moment, whatever is written meanwhile, in one file without a write-ahead log; it
    is checked, and appears under its name only when it is complete. Raises StoreError if there is no such database,
    if `copy` is there already, or if it cannot be written.
    """
    if not path.is_file():
        raise StoreError(f"{path}: no such database; check the spelling")
    if copy.exists():
        raise StoreError(f"{copy}: is there already; name another file, or remove it first")
    part = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    try:
        _copy(path, part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        # Unlike a rename, a link never replaces what somebody else has put there meanwhile.
        os.link(part, copy)
    except sqlite3.Error as error:
        raise StoreError(f"{copy}: the copy cannot be made: {explain(error)}") from error
    except FileExistsError as error:
        raise StoreError(f"{copy}: is there already; name another file, or remove it first") from error
    except OSError as error:
        raise StoreError(f"{copy}: cannot be written ({error.strerror}); name another file") from error
    finally:
        part.unlink(missing_ok=True)
    return copy.stat().st_size


def _copy(path: Path, part: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(path, timeout=30)) as source,
        contextlib.closing(sqlite3.connect(part)) as target,
    ):
        if source.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(f"{path}: not a quotecheck database; name another file")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        if (found := target.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise StoreError(f"{path}: the database is damaged ({found}); see `quotecheck doctor {path}`")
