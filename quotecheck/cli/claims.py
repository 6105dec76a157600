"""`quotecheck claims`."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from quotecheck.cli.output import DatabaseArgument, console, table

QUERY = """
    SELECT coalesce(speaker, speaker_as_written, '(not named)'), kind, cue, statement FROM claims_current
    WHERE is_statement = 1 ORDER BY published_at, article_id, char_start, claim_id LIMIT ?"""

WIDEST = {"speaker": 24, "kind": 8, "cue": 14, "statement": None}
"""The columns, and how many characters each takes at most."""


def claims(
    database: DatabaseArgument,
    limit: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 40,
) -> None:
    """Print claims as a table: who, in which kind of speech, by which words, what."""
    from quotecheck.store import open_database, statistics

    with closing(open_database(database, create=False)) as db:
        shown = [[_one_line(cell) for cell in row] for row in db.execute(QUERY, [limit])]
        total = statistics(db).claims
    claims_table = table(*WIDEST, rows=shown)
    claims_table.expand = True
    for column, widest in zip(claims_table.columns, WIDEST.values(), strict=True):
        column.no_wrap, column.overflow, column.max_width = True, "ellipsis", widest
    claims_table.columns[-1].ratio = 1  # the statement takes what the others leave
    console().print(claims_table)
    if total > len(shown):
        typer.echo(f"{len(shown):,} of {total:,} claims; --limit shows more, `quotecheck export` writes all")


def _one_line(cell: str | None) -> str:
    return " ".join((cell or "").split())
