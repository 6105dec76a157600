"""Files that a reader of the desk takes away."""

from __future__ import annotations

from pathlib import Path

from quotecheck.export import export
from quotecheck.store import open_database


def write_claims(database: str | Path, output: Path) -> int:
    """Write all statements as the CSV that `quotecheck export` writes, safe to open in a spreadsheet; returns how many.

    Takes a connection of its own, so that a long export keeps no page waiting.
    """
    db = open_database(database, create=False)
    try:
        return export(db, output)
    finally:
        db.close()
