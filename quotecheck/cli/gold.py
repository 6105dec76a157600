"""`quotecheck gold`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import DatabaseArgument


def gold(
    database: DatabaseArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, JSON lines.", dir_okay=False)],
) -> None:
    """Write reviewed articles as gold, to measure with `quotecheck score` or to train on.

    An article is in it once a reviewer has said in the desk that all its statements are found. What nobody decided
    about is marked optional and counts neither way.
    """
    from quotecheck.export.gold import export_gold
    from quotecheck.store import open_database

    with closing(open_database(database, create=False)) as db:
        written = export_gold(db, output)
    typer.echo(
        f"{written.articles:,} articles with {written.statements:,} statements written to {output}"
        f" ({written.optional:,} undecided ones are optional)"
    )
