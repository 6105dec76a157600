"""`quotecheck doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import FAILED, console, table


def doctor(
    database: Annotated[
        Path | None, typer.Argument(help="Database to examine; it is not changed.", show_default=False, dir_okay=False)
    ] = None,
) -> None:
    """Check the installation, the model and a database, and say how to mend what is wrong.

    A database is checked for damage, broken references, its full-text indexes, the hash chains of its events, its
    schema and its permissions. Exit code 1 if something is to be mended.
    """
    from quotecheck.doctor import diagnose

    findings = list(diagnose(database))
    marks = {"ok": "ok", "note": "note", "problem": "PROBLEM"}
    rows = [(one.check, marks[one.level], f"{one.what}\n{one.remedy}".strip()) for one in findings]
    console().print(table("check", "", "finding", rows=rows))
    raise typer.Exit(FAILED if any(one.level == "problem" for one in findings) else 0)
