"""`quotecheck fetch`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.output import FAILED, complain


def fetch(
    urls: Annotated[list[str], typer.Argument(help="Addresses of web pages.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Web archive to write; it must not be there yet.")],
) -> None:
    """Fetch web pages into a web archive, to be read by `quotecheck extract`.

    The only command that uses the network. It fetches the pages that are named and nothing else, keeps what each server
    answered and when, and refuses addresses inside private networks. A page may take 30 seconds and 20 MB.
    """
    from quotecheck.errors import InputError
    from quotecheck.fetching import fetch_all

    failed = False
    for answer in fetch_all(urls, output):
        if isinstance(answer, InputError):
            failed = True
            complain(str(answer))
        else:
            typer.echo(f"{answer.status} {len(answer.body):,} bytes {answer.url}")
    raise typer.Exit(FAILED if failed else 0)
