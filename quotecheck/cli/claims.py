"""`quotecheck claims`."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from quotecheck.cli.output import DatabaseArgument, console, table

QUERY = """
    SELECT coalesce(speaker, speaker_as_written, '(not named)'), kind, cue, statement FROM claims_current
    WHERE is_statement = 1 ORDER BY published_at, article_id, char_start, claim_id LIMIT ?"""


def claims(
    database: DatabaseArgument,
    limit: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 40,
) -> None:
    """Print claims as a table: who, in which kind of speech, by which words, what."""
    from quotecheck.store import open_database, statistics

    with closing(open_database(database, create=False)) as db:
        shown = [[_one_line(cell) for cell in row] for row in db.execute(QUERY, [limit])]
        total = statistics(db).claims
    claims_table = table("speaker", "kind", "cue", "statement", rows=shown)
    claims_table.expand = True
    claims_table.columns[-1].ratio = 1  # the statement takes what the others leave, on one line
    for column in claims_table.columns:
        column.no_wrap, column.overflow = True, "ellipsis"
    console().print(claims_table)
    if total > len(shown):
        typer.echo(f"{len(shown):,} of {total:,} claims; --limit shows more, `quotecheck export` writes all")


def _one_line(cell: str | None) -> str:
    return " ".join((cell or "").split())
