"""What people see: results on standard output, everything else on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

FAILED, INTERRUPTED = 1, 130
"""Exit codes: some input failed or the work could not be done; Ctrl-C. Wrong use is 2."""

DatabaseArgument = Annotated[
    Path, typer.Argument(help="Database made by `quotecheck extract`.", show_default=False, dir_okay=False)
]


def one_of(choices: Sequence[str]) -> Callable[[list[str] | None], list[str] | None]:
    """A check for a repeatable option that takes only `choices` (Typer has none of its own for lists)."""

    def check(values: list[str] | None) -> list[str] | None:
        for value in values or []:
            if value not in choices:
                raise typer.BadParameter(f"{value!r} is not one of {', '.join(choices)}")
        return values

    return check


def iso_day(value: str | None) -> str | None:
    """A check for an option that takes a day: a misspelt one would silently choose nothing."""
    try:
        if value is None or date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise typer.BadParameter(f"{value!r} is not a day, such as 2024-03-15")


def complain(message: str) -> None:
    """Print an error, one line, on standard error."""
    typer.echo(f"error: {' '.join(message.split())}", err=True)


def console(*, stderr: bool = False) -> Console:
    """Where tables and progress bars go; it never reads markup in what it prints."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False)


def table(*columns: str, rows: Iterable[Iterable[object]], numbers: Iterable[str] = ()) -> Table:
    """A table of rows; the columns named in `numbers` are set flush right."""
    from rich import box
    from rich.table import Table

    right = set(numbers)
    result = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        result.add_column(column, justify="right" if column in right else "left")
    for row in rows:
        result.add_row(*(_cell(value) for value in row))
    return result


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value if value is not None else "")
