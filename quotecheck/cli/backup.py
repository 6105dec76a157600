"""`quotecheck backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import DatabaseArgument


def backup(
    database: DatabaseArgument,
    copy: Annotated[Path, typer.Argument(help="File to write; it must not be there yet.", show_default=False)],
) -> None:
    """Copy a database, also while others work in it.

    The copy is the database at one moment, checked, in a single file.
    """
    from quotecheck.store.backup import backup as make

    typer.echo(f"{make(database, copy):,} bytes copied to {copy}")
