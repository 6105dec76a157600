"""`quotecheck import-reviews`."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated, get_args

import typer

from quotecheck.cli.output import FAILED, console, table


def import_reviews(
    file: Annotated[
        Path, typer.Argument(help="CSV written by `quotecheck export` and edited since.", show_default=False)
    ],
    db: Annotated[Path, typer.Option(help="Database it was exported from.", show_default=False)],
    reviewer: Annotated[str, typer.Option(help="Whose edits these are.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
) -> None:
    """Take a spreadsheet's edits back as reviews.

    Rows are matched by claim_id. Taken are review_status (accepted, rejected, unsure), reject_reason (a column you may
    add), speaker, note and tags; an empty cell clears nothing. Any other changed cell is named and left alone, and so
    is a claim that was reviewed since the export. What spreadsheets do to a file is no edit: other separators,
    encodings and line ends, rewritten dates and numbers. Exit code 1 if an edit was refused.
    """
    from quotecheck.export import import_reviews as take
    from quotecheck.export.importing import Outcome
    from quotecheck.store import open_database

    counts: Counter[str] = Counter()
    with closing(open_database(db, create=False)) as opened:
        for change in take(opened, file, actor=reviewer, dry_run=dry_run):
            counts[change.outcome] += 1
            if change.outcome != "unchanged":
                typer.echo(f"{file}:{change.line}: {change.claim_id} {change.outcome}: {change.what}")
            if change.ignored:
                typer.echo(f"{file}:{change.line}: {change.claim_id} not taken: {', '.join(change.ignored)}")
    rows = [(outcome, counts[outcome]) for outcome in get_args(Outcome)]
    console().print(table("edits (nothing written)" if dry_run else "edits", "rows", rows=rows, numbers=["rows"]))
    raise typer.Exit(FAILED if counts["refused"] else 0)
