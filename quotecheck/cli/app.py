"""The application: its name, its version, and how errors leave it."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from quotecheck.cli.output import FAILED, INTERRUPTED, complain
from quotecheck.errors import QuotecheckError


class Commands(TyperGroup):
    """Commands whose expected errors end as one line on standard error; a bug keeps its traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command line's command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads our output has seen enough; Typer ends quietly
        except (QuotecheckError, OSError, sqlite3.OperationalError) as error:
            complain(_explain(error))
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt:
            complain("interrupted")
            raise typer.Exit(INTERRUPTED) from None


def _explain(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}"
    if isinstance(error, sqlite3.OperationalError):
        from quotecheck.store.connection import explain

        return f"the database cannot be read or written: {explain(error)}"
    return str(error)


app = typer.Typer(
    cls=Commands,
    name="quotecheck",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotecheck {version('quotecheck')}")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Find every quotation and reported statement in news articles, say whose it is, review it and export it.

    Exit codes: 0 all well, 1 some input failed, 2 wrong use, 130 interrupted.
    """
