"""`quotecheck verify`."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import console, table


def verify(
    export: Annotated[Path, typer.Argument(help="CSV file written by `quotecheck export`.", show_default=False)],
    db: Annotated[Path, typer.Option(help="Database it was exported from.", show_default=False)],
) -> None:
    """Prove an exported CSV against the database.

    For every row: the article's hash, the offsets, the words at these offsets, the speaker. Prints each row that is
    CHANGED (and in which columns) or MISSING. Exit code 1 if there is one.
    """
    from quotecheck.export import verify as prove
    from quotecheck.store import open_database

    verdicts: Counter[str] = Counter()
    with closing(open_database(db, create=False)) as opened:
        for proof in prove(opened, export):
            verdicts[proof.verdict] += 1
            if proof.verdict != "OK":
                typer.echo(f"{export}:{proof.line}: {proof.claim_id} {proof.verdict} {proof.what}")
    rows = [(verdict, verdicts[verdict]) for verdict in ("OK", "CHANGED", "MISSING")]
    console().print(table("verdict", "rows", rows=rows, numbers=["rows"]))
    raise typer.Exit(1 if verdicts.total() > verdicts["OK"] else 0)
