"""`quotecheck serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from quotecheck.cli.output import DatabaseArgument


def serve(
    database: DatabaseArgument,
    reviewer: Annotated[
        str | None, typer.Option(help="Your name: what you accept, reject or note is recorded under it.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8001,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    closed: Annotated[bool, typer.Option("--closed", help="Show nothing to people who have not logged in.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the desk in your browser.")] = False,
) -> None:
    """Open the review desk in your browser.

    It listens on this machine only, and stops with Ctrl-C. Without --reviewer it is read-only. Another --host needs
    reviewers who can log in.
    """
    from quotecheck.serve import serve as run

    run(database, reviewer=reviewer, host=host, port=port, open_browser=open_browser, closed=closed)
