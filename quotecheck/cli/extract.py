"""`quotecheck extract`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from quotecheck.cli.output import FAILED, INTERRUPTED, complain, console
from quotecheck.cli.summary import Summary, follow

if TYPE_CHECKING:
    from collections.abc import Generator

    from quotecheck.batch import Event
    from quotecheck.errors import InputError
    from quotecheck.types import Article

DEFAULT_DATABASE = Path("quotes.db")


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders or globs (.txt .md .json .jsonl, also .gz and .xz); - for standard input."),
    ],
    db: Annotated[Path | None, typer.Option(help="Database to add to.", show_default=str(DEFAULT_DATABASE))] = None,
    to: Annotated[
        Literal["jsonl"] | None, typer.Option(help="No database: write one line per article, with offsets.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File for --to; - for standard output.", allow_dash=True)
    ] = Path("-"),
    workers: Annotated[
        int, typer.Option(help="Processes that read articles.", min=1, show_default="one per core, at most 4")
    ] = min(4, os.cpu_count() or 1),
    model: Annotated[
        str | None,
        typer.Option(help="A spaCy pipeline of yours, by name or directory; the component is added to it."),
    ] = None,
) -> None:
    """Find who said what in articles.

    Stores every attributed statement in a database, or writes it as JSON lines. Articles that are stored already
    and have not changed are skipped, so the same command resumes a run that was broken off. What cannot be read is
    named on standard error with the reason, and the rest goes on.
    """
    from quotecheck.sources import read

    if to and db:
        raise typer.BadParameter("choose one of --db and --to", param_hint="--to")
    if not to and output != Path("-"):
        raise typer.BadParameter("goes with --to jsonl", param_hint="--output")
    inputs = read(paths, stdin=sys.stdin.buffer)
    if to:
        _to_lines(inputs, output, model, workers)
    else:
        _to_database(inputs, db or DEFAULT_DATABASE, model, workers)


def _to_database(inputs: Iterable[Article | InputError], path: Path, model: str | None, workers: int) -> None:
    from quotecheck.batch.ingest import ingest
    from quotecheck.store import open_database, statistics

    with closing(open_database(path)) as db:
        summary = follow(ingest(db, inputs, model=model, workers=workers))
        console().print(summary.table(path.name, statistics(db)))
    _leave(summary, f"what is done is in {path}; the same command goes on from there")


def _to_lines(inputs: Iterable[Article | InputError], output: Path, model: str | None, workers: int) -> None:
    from quotecheck.batch import Extracted, extract_all, jsonl

    def written(stream: TextIO) -> Generator[Event]:
        for event in extract_all(inputs, model=model, workers=workers):
            if isinstance(event, Extracted):
                stream.write(jsonl.line(event.article, event.claims) + "\n")
            yield event

    with _opened(output) as stream:
        summary = follow(written(stream))
    console(stderr=True).print(summary.table())
    _leave(summary, f"{output} holds the first {summary.extracted:,} articles only")


@contextmanager
def _opened(output: Path) -> Iterator[TextIO]:
    if output == Path("-"):
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


def _leave(summary: Summary, interrupted: str) -> None:
    if summary.interrupted:
        complain(f"interrupted; {interrupted}")
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(FAILED if summary.skipped else 0)
