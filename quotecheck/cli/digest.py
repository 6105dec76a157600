"""`quotecheck digest`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import typer

from quotecheck.cli.output import DatabaseArgument, iso_day


def digest(
    database: DatabaseArgument,
    top: Annotated[int, typer.Option(help="Statements to list.", min=1)] = 15,
    max_per_speaker: Annotated[int, typer.Option(help="At most this many of one speaker.", min=1)] = 3,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; - for standard output.", allow_dash=True)
    ] = Path("-"),
    to: Annotated[
        Literal["text", "html", "csv"], typer.Option("--to", "--format", help="Format; html is one page by itself.")
    ] = "text",
    outlet: Annotated[list[str] | None, typer.Option(help="Only from this outlet.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only from this section or on this topic.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only statements that name this topic.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Published on this day or later (YYYY-MM-DD).", callback=iso_day)
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Published on this day or earlier (YYYY-MM-DD).", callback=iso_day)
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(help="Score anew by your own check weights; nothing is stored.", dir_okay=False, exists=True),
    ] = None,
) -> None:
    """List the statements most worth checking, with the reasons.

    Sorted by the check score, which says nothing about truth. The same words stand once; rejected claims are left out.
    """
    from quotecheck import export as exporting
    from quotecheck.evidence import check
    from quotecheck.store import open_database

    filters = exporting.Filters(
        outlet=tuple(outlet or ()), category=tuple(category or ()), topic=tuple(topic or ()), since=since, until=until
    )
    scorer = check.load(weights) if weights else None
    with closing(open_database(database, create=False)) as db:
        entries = exporting.digest(db, top=top, max_per_speaker=max_per_speaker, filters=filters, scorer=scorer)
    page = exporting.render(entries, to)
    if output == Path("-"):
        typer.echo(page, nl=False)
        return
    output.write_text(page, encoding="utf-8-sig" if to == "csv" else "utf-8", newline="")
    typer.echo(f"{len(entries):,} statements written to {output}")
