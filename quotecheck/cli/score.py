"""`quotecheck score`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quotecheck.cli.output import FAILED, complain, console, table

if TYPE_CHECKING:
    from quotecheck.batch.evaluation import Evaluation
    from quotecheck.scoring import ArticleScore


def score(
    gold: Annotated[
        Path, typer.Argument(help="Annotated articles, one JSON object a line: id, text, attributions.", dir_okay=False)
    ],
    baseline: Annotated[
        Literal["textacy"] | None, typer.Option(help="Measure textacy's direct quotations on the same pipeline too.")
    ] = None,
    curve: Annotated[bool, typer.Option("--curve", help="Also print what --speaker-confidence would change.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown tables.")] = False,
    workers: Annotated[
        int, typer.Option(help="Processes that read articles.", min=1, show_default="one per core, at most 4")
    ] = min(4, os.cpu_count() or 1),
    model: Annotated[str | None, typer.Option(help="A spaCy pipeline of yours, by name or directory.")] = None,
) -> None:
    """Measure the extraction against articles that people annotated.

    An attribution has source, cue and content as lists of [start, end] in code points, and may have a speaker (a
    name, or "" for a source that the article never names) and be optional. It is found if the contents overlap by at
    least half, and attributed if the sources overlap too. White space, quotation marks and punctuation do not count.
    The interval is what 95 % of sets of as many articles, drawn with replacement from these, would have given.
    """
    from quotecheck.batch.evaluation import evaluate
    from quotecheck.figures import FLOORS

    result = evaluate(gold, model=model, workers=workers, baseline=baseline is not None, floors=FLOORS if curve else ())
    _print_figures(result, gold.name, markdown)
    if curve:
        from quotecheck.figures import trade_off

        columns = ("names at least so sure", "speakers named right", "wrong, of the names given", "names invented")
        _print(columns, trade_off(result.by_floor), markdown)
    for error in result.skipped:
        complain(str(error))
    if result.skipped:
        raise typer.Exit(FAILED)


def _print_figures(result: Evaluation, name: str, markdown: bool) -> None:
    columns = [name, "quotecheck", "95 % interval"]
    rows = _rows(list(result.articles.values()))
    if result.baseline:
        columns += ["textacy", "95 % interval"]
        rows = [[*row, *beside[1:]] for row, beside in zip(rows, _rows(list(result.baseline.values())), strict=True)]
        rows.insert(1, ["given up, as their marks are odd in number", "0", "", f"{len(result.given_up):,}", ""])
    _print(columns, rows, markdown)


def _rows(scores: Sequence[ArticleScore]) -> list[list[str]]:
    """What is counted or measured, its value, and its interval."""
    from quotecheck.figures import figures, interval, percent
    from quotecheck.scoring import Score

    total = sum((score.all for score in scores), Score())
    counts = {
        "articles": len(scores),
        "attributions annotated": total.gold,
        "attributions found": total.predicted,
        "speakers that the article names": total.right + total.wrong + total.unnamed,
        "names given to them": total.right + total.wrong,
        "sources that it does not name": total.anonymous,
    }
    measured = [[one.name, percent(one), interval(one)] for one in figures(scores)]
    return [*([what, f"{number:,}", ""] for what, number in counts.items()), *measured]


def _print(columns: Sequence[str], rows: Iterable[Sequence[str]], markdown: bool) -> None:
    if not markdown:
        console().print(table(*columns, rows=rows, numbers=columns[1:]))
        return
    typer.echo("| " + " | ".join(columns) + " |")
    typer.echo("|---|" + "---:|" * (len(columns) - 1))
    for row in rows:
        typer.echo("| " + " | ".join(row) + " |")
    typer.echo("")
