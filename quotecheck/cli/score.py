"""`quotecheck score`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import FAILED, complain, console, table


def score(
    gold: Annotated[
        Path, typer.Argument(help="Annotated articles, one JSON object a line: id, text, attributions.", dir_okay=False)
    ],
    workers: Annotated[
        int, typer.Option(help="Processes that read articles.", min=1, show_default="one per core, at most 4")
    ] = min(4, os.cpu_count() or 1),
    model: Annotated[str | None, typer.Option(help="A spaCy pipeline of yours, by name or directory.")] = None,
) -> None:
    """Measure the extraction against articles that people annotated.

    An attribution has source, cue and content as lists of [start, end] in code points, and may have a speaker (a
    name, or "" for a source that the article never names) and be optional. It is found if the contents overlap by at
    least half, and attributed if the sources overlap too. White space, quotation marks and punctuation do not count.
    """
    from quotecheck.batch.evaluation import evaluate

    result = evaluate(gold, model=model, workers=workers)
    total = result.total
    named, unnamed = total.right + total.wrong + total.unnamed, total.anonymous
    rows = [
        ("articles", len(result.scores)),
        ("attributions annotated", total.gold),
        ("attributions found", total.predicted),
        ("attributed F1", f"{100 * total.attributed_f1:.1f} %"),
        ("content found F1", f"{100 * total.found_f1:.1f} %"),
        (f"speakers named right, of {named:,}", f"{100 * total.right_share:.1f} %"),
        (f"wrong, of {total.right + total.wrong:,} names given", f"{100 * total.wrong_share:.1f} %"),
        (f"names invented for {unnamed:,} unnamed sources", total.invented),
    ]
    console().print(table("", gold.name, rows=rows, numbers=[gold.name]))
    for error in result.skipped:
        complain(str(error))
    if result.skipped:
        raise typer.Exit(FAILED)
