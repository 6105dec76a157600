"""`quotecheck extract`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO, TypedDict

import typer

from quotecheck.cli.output import FAILED, INTERRUPTED, complain, console, table
from quotecheck.cli.summary import Summary, follow

if TYPE_CHECKING:
    from collections.abc import Generator

    from quotecheck.batch import Event
    from quotecheck.errors import InputError
    from quotecheck.types import Article

DEFAULT_DATABASE = Path("quotes.db")
SECONDS_BETWEEN_LOOKS = 2.0

_Observe = Callable[["Event"], None]


class _How(TypedDict):
    """How articles are read."""

    model: str | None
    workers: int
    speaker_confidence: float | None
    weights: Path | None


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders or globs: text, web pages, tables, JSON, web archives, feeds, PDF, Word, "
            "zip and tar of these; - for standard input."
        ),
    ],
    db: Annotated[Path | None, typer.Option(help="Database to add to.", show_default=str(DEFAULT_DATABASE))] = None,
    to: Annotated[
        Literal["jsonl"] | None, typer.Option(help="No database: write one line per article, with offsets.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File for --to; - for standard output.", allow_dash=True)
    ] = Path("-"),
    column: Annotated[
        list[str] | None,
        typer.Option(help="Where tables and JSON keep a field, such as text=body or title=headline. Repeatable."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="File for what became of every input, one JSON line each.", dir_okay=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be read, and as what.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on looking into the folders for new and changed files, until Ctrl-C.")
    ] = False,
    workers: Annotated[
        int, typer.Option(help="Processes that read articles.", min=1, show_default="one per core, at most 4")
    ] = min(4, os.cpu_count() or 1),
    model: Annotated[
        str | None,
        typer.Option(help="A spaCy pipeline of yours, by name or directory; the component is added to it."),
    ] = None,
    speaker_confidence: Annotated[
        float | None,
        typer.Option(
            help="How sure a speaker's name must be, 0 to 1; below, the speaker stays as written.",
            min=0.0,
            max=1.0,
            show_default="0.5",
        ),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(help="Your own check weights, a changed copy of the shipped file.", dir_okay=False, exists=True),
    ] = None,
) -> None:
    """Find who said what in articles.

    Stores every attributed statement in a database, or writes it as JSON lines. Articles that are stored already
    and have not changed are skipped, so the same command resumes a run that was broken off. What cannot be read is
    named on standard error with the reason, and the rest goes on; exit code 1 says that something failed.
    """
    from quotecheck.sources import read

    if to and db:
        raise typer.BadParameter("choose one of --db and --to", param_hint="--to")
    if not to and output != Path("-"):
        raise typer.BadParameter("goes with --to jsonl", param_hint="--output")
    if watch and (to or "-" in paths):
        raise typer.BadParameter("goes with folders and --db", param_hint="--watch")
    columns = _columns(column or [])
    how: _How = {"model": model, "workers": workers, "speaker_confidence": speaker_confidence, "weights": weights}
    if dry_run:
        _print_plan(paths)
        return
    with _observer(report) as observe:
        if watch:
            _watch(paths, db or DEFAULT_DATABASE, how, columns, observe)
        elif to:
            _to_lines(read(paths, stdin=sys.stdin.buffer, columns=columns), output, how, observe)
        else:
            inputs = read(paths, stdin=sys.stdin.buffer, columns=columns)
            _to_database(inputs, db or DEFAULT_DATABASE, how, observe)


def _columns(given: Sequence[str]) -> dict[str, str]:
    from quotecheck.sources import FIELDS

    pairs = dict(pair.partition("=")[::2] for pair in given)
    for field, name in pairs.items():
        if field not in FIELDS or not name:
            raise typer.BadParameter(
                f"{field!r} is not FIELD=COLUMN with one of {', '.join(FIELDS)}", param_hint="--column"
            )
    return pairs


def _print_plan(paths: Sequence[str]) -> None:
    from quotecheck.errors import InputError
    from quotecheck.sources import plan

    refused = False
    rows = []
    for one in plan(paths):
        refused |= isinstance(one, InputError)
        rows.append((one.source_ref, f"{one.reason}: {one.message}") if isinstance(one, InputError) else one)
    console().print(table("input", "read as", rows=rows))
    raise typer.Exit(FAILED if refused else 0)


@contextmanager
def _observer(report: Path | None) -> Iterator[_Observe]:
    """What is called with every event: the report's writer, if one is wanted."""
    from quotecheck.batch.report import Report

    with report.open("w", encoding="utf-8", newline="\n") if report else nullcontext() as stream:
        yield Report(stream).add if stream else lambda event: None


def _to_database(inputs: Iterable[Article | InputError], path: Path, how: _How, observe: _Observe) -> None:
    from quotecheck.batch.ingest import ingest
    from quotecheck.store import open_database, statistics

    with closing(open_database(path)) as db:
        summary = follow(ingest(db, inputs, **how), observe)
        console().print(summary.table(path.name, statistics(db)))
    _leave(summary, f"what is done is in {path}; the same command goes on from there")


def _watch(
    paths: Sequence[str],
    path: Path,
    how: _How,
    columns: Mapping[str, str],
    observe: _Observe,
) -> None:
    """Read what is new in the folders, round after round; each round is a run of its own. Ctrl-C ends it."""
    from quotecheck.batch.ingest import ingest
    from quotecheck.sources import read
    from quotecheck.sources.watching import Watcher
    from quotecheck.store import open_database, statistics

    watcher = Watcher(paths)
    typer.echo(f"watching {', '.join(paths)}; Ctrl-C ends it", err=True)
    while True:
        if fresh := watcher.changed():
            with closing(open_database(path)) as db:
                inputs = read(fresh, columns=columns)
                summary = follow(ingest(db, inputs, **how), observe)
                console().print(summary.table(path.name, statistics(db)))
            if summary.interrupted:
                raise KeyboardInterrupt
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _to_lines(inputs: Iterable[Article | InputError], output: Path, how: _How, observe: _Observe) -> None:
    from quotecheck.batch import Extracted, extract_all, jsonl

    def written(stream: TextIO) -> Generator[Event]:
        for event in extract_all(inputs, **how):
            if isinstance(event, Extracted):
                stream.write(jsonl.line(event.article, event.claims, event.topics) + "\n")
            yield event

    with _opened(output) as stream:
        summary = follow(written(stream), observe)
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
    raise typer.Exit(FAILED if summary.failed else 0)
