"""`quotecheck export`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import typer

from quotecheck.cli.output import DatabaseArgument, iso_day, one_of
from quotecheck.vocabulary import KINDS, REVIEW_STATES


def export(
    database: DatabaseArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; - for standard output.", allow_dash=True)
    ] = Path("-"),
    profile: Annotated[
        Literal["claims", "short", "full"], typer.Option(help="Which columns; full adds every offset.")
    ] = "claims",
    to: Annotated[
        Literal["csv", "jsonl", "jsonld", "webannotation"],
        typer.Option("--to", "--format", help="Format; jsonld is schema.org, webannotation W3C's. Both give all."),
    ] = "csv",
    status: Annotated[
        list[str] | None, typer.Option(help="Only with this review state.", callback=one_of(REVIEW_STATES))
    ] = None,
    speaker: Annotated[list[str] | None, typer.Option(help="Only by this speaker.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind of speech.", callback=one_of(KINDS))] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only from this outlet.")] = None,
    article: Annotated[list[str] | None, typer.Option(help="Only from this article, by its id.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only from this section or on this topic.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only statements that name this topic.")] = None,
    min_score: Annotated[
        float | None, typer.Option(help="Only with at least this check score.", min=0, max=100)
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Published on this day or later (YYYY-MM-DD).", callback=iso_day)
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Published on this day or earlier (YYYY-MM-DD).", callback=iso_day)
    ] = None,
    all_statements: Annotated[
        bool, typer.Option("--all-statements", help="Also beliefs, intentions and attitudes.")
    ] = False,
    delimiter: Annotated[str, typer.Option(help="Between columns; some spreadsheets want `;`.")] = ",",
    bom: Annotated[bool, typer.Option(help="Begin a CSV file with the mark that Excel needs to see UTF-8.")] = True,
    guard: Annotated[
        bool, typer.Option(help="Put ' before cells that a spreadsheet would run as a formula; column `guarded`.")
    ] = True,
) -> None:
    """Write claims as CSV, JSON Lines or linked data.

    A CSV file gets a manifest beside it (`claims.csv-metadata.json`): columns, filters, number of rows, hash, by which
    `quotecheck verify` notices rows that were deleted. The order is fixed: date, article, place in the text. An
    option given several times widens the choice; different options narrow it.
    """
    from quotecheck import export as exporting
    from quotecheck.store import open_database

    filters = exporting.Filters(
        status=tuple(status or ()),
        speaker=tuple(speaker or ()),
        kind=tuple(kind or ()),
        outlet=tuple(outlet or ()),
        article=tuple(article or ()),
        category=tuple(category or ()),
        topic=tuple(topic or ()),
        min_score=min_score,
        since=since,
        until=until,
        all_statements=all_statements,
    )
    with closing(open_database(database, create=False)) as db:
        written = exporting.export(
            db, output, profile=profile, format=to, filters=filters, bom=bom, guard=guard, delimiter=delimiter
        )
    if output != Path("-"):
        typer.echo(f"{written:,} claims written to {output}")
