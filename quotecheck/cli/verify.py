"""`quotecheck verify`."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from quotecheck.cli.output import console, table

Verdict = Literal["OK", "CHANGED", "MISSING", "DOUBLED", "DELETED"]


def verify(
    export: Annotated[Path, typer.Argument(help="CSV file written by `quotecheck export`.", show_default=False)],
    db: Annotated[Path, typer.Option(help="Database it was exported from.", show_default=False)],
) -> None:
    """Prove an exported CSV and the reviews behind it against the database.

    For every row: the article's hash, the offsets, the words at these offsets, the speaker. Prints each row that is
    CHANGED (and in which columns), MISSING from the database, DOUBLED in the file, or DELETED from it (by the
    manifest beside the file). Then the chains of reviews and of decisions about speakers: each event that was changed
    or is missing. Exit code 1 if anything is found.
    """
    from quotecheck.export import verify as prove
    from quotecheck.export import verify_events
    from quotecheck.store import open_database

    verdicts: Counter[str] = Counter()
    with closing(open_database(db, create=False)) as opened:
        for proof in prove(opened, export):
            verdicts[proof.verdict] += 1
            if proof.verdict != "OK":
                where = f"{export}:{proof.line}" if proof.line else str(export)
                typer.echo(f"{where}: {proof.claim_id} {proof.verdict} {proof.what}")
        faults = list(verify_events(opened))
    for fault in faults:
        typer.echo(f"{db}: {fault}")
    rows = [(verdict, verdicts[verdict]) for verdict in get_args(Verdict)]
    console().print(table("verdict", "rows", rows=[*rows, ("events at fault", len(faults))], numbers=["rows"]))
    raise typer.Exit(1 if faults or verdicts.total() > verdicts["OK"] else 0)
