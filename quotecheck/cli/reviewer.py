"""`quotecheck reviewer`: who may work at the desk."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quotecheck.cli.output import DatabaseArgument, console, table

if TYPE_CHECKING:
    from sqlite_utils import Database

reviewer = typer.Typer(no_args_is_help=True, help="Say who may work at the desk, and print links that log them in.")

NameArgument = Annotated[str, typer.Argument(help="The name under which reviews are recorded.", show_default=False)]
HoursOption = Annotated[int, typer.Option(help="Hours until the link expires.", min=1, max=720)]
AddressOption = Annotated[str, typer.Option(help="Where the desk is served, as the reviewer's browser reaches it.")]
ADDRESS = "http://127.0.0.1:8001"


@reviewer.command()
def add(
    database: DatabaseArgument,
    name: NameArgument,
    role: Annotated[
        Literal["reader", "reviewer", "adjudicator"],
        typer.Option(help="reader may look, reviewer judge, adjudicator also decide conflicts and make batches."),
    ] = "reviewer",
    hours: HoursOption = 24,
    address: AddressOption = ADDRESS,
) -> None:
    """Let a person work at the desk, and print a link that logs them in once."""
    from quotecheck.store.reviewers import add_reviewer

    with closing(_open(database)) as db:
        added = add_reviewer(db.conn, name, role)
        typer.echo(f"{added.name} may work at the desk as {added.role}. Log-in link, good once, for {hours} hours:")
        typer.echo(_link(db, database, added.name, hours, address))


@reviewer.command()
def link(
    database: DatabaseArgument, name: NameArgument, hours: HoursOption = 24, address: AddressOption = ADDRESS
) -> None:
    """Print a new log-in link for a person who may work at the desk; it works once."""
    with closing(_open(database)) as db:
        typer.echo(_link(db, database, name, hours, address))


@reviewer.command("list")
def list_(database: DatabaseArgument) -> None:
    """Print who may work at the desk."""
    from quotecheck.store.reviewers import list_reviewers, open_links

    with closing(_open(database)) as db:
        links = open_links(db.conn)
        rows = [(one.name, one.role, one.added_at[:10], links.get(one.name, 0)) for one in list_reviewers(db.conn)]
    console().print(table("name", "role", "since", "unused links", rows=rows, numbers=["unused links"]))


@reviewer.command()
def remove(database: DatabaseArgument, name: NameArgument) -> None:
    """Shut a person out at once; what they reviewed stays."""
    from quotecheck.store.reviewers import remove_reviewer

    with closing(_open(database)) as db:
        remove_reviewer(db.conn, name)
    typer.echo(f"{name} can no longer log in; links and sessions have ended.")


def _open(database: object) -> Database:
    from quotecheck.store import open_database

    return open_database(str(database), create=False)


def _link(db: Database, database: object, name: str, hours: int, address: str) -> str:
    from quotecheck.desk.access import desk_key, link_path
    from quotecheck.store.reviewers import make_link

    nonce = make_link(db.conn, name, timedelta(hours=hours))
    return address.rstrip("/") + link_path(desk_key(str(database)), nonce)
