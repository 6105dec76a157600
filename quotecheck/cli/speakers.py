"""`quotecheck speakers`: who is who across articles."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.output import FAILED, DatabaseArgument, complain, console, table

if TYPE_CHECKING:
    import sqlite3

    from quotecheck.store.people import Candidate, PersonRow

speakers = typer.Typer(
    name="speakers",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Who is who across articles: list, merge and split speakers, import and export people.

    A speaker is one name of one kind; names are never joined because they look alike. What you decide is an event
    that can always be undone, holds for articles read later, and shows in the desk and in every export.""",
)

Who = Annotated[str, typer.Argument(help="A speaker: an id (qs-…), a name, or a form of it.", show_default=False)]
Reviewer = Annotated[str, typer.Option(help="Who decides; stands in the history.", show_default="your login")]
Reason = Annotated[str | None, typer.Option(help="Why; stands in the history.")]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


LOGIN = _login()


@speakers.command("list")
def list_(
    database: DatabaseArgument,
    find: Annotated[str, typer.Option(help="Only those whose name or alias contains this.")] = "",
    limit: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 40,
) -> None:
    """List speakers, those with most statements first."""
    from quotecheck.store.people import list_people

    with _opened(database) as connection:
        people = list_people(connection)
    found = [person for person in people if _matches(person, find)]
    rows = (
        (
            person.uid,
            person.name,
            person.kind,
            "; ".join(person.aliases),
            person.wikidata,
            person.claims,
            person.articles,
        )
        for person in found[:limit]
    )
    columns = ("id", "name", "kind", "also called", "wikidata", "statements", "articles")
    console().print(table(*columns, rows=rows, numbers=columns[-2:]))
    if len(found) > limit:
        typer.echo(f"{limit:,} of {len(found):,} speakers; --limit shows more, `quotecheck speakers export` writes all")


@speakers.command()
def suggest(
    database: DatabaseArgument,
    limit: Annotated[int, typer.Option(help="Pairs to print.", min=1)] = 40,
) -> None:
    """Print pairs of speakers who may be the same, with what speaks for it and against it.

    Nothing is joined; decide with `merge` or `different`.
    """
    from quotecheck.store.people import suggestions

    with _opened(database) as connection:
        found = suggestions(connection)
    rows = (
        (_candidate(pair.one), _candidate(pair.other), "; ".join((pair.why, *pair.evidence)), "; ".join(pair.against))
        for pair in found[:limit]
    )
    console().print(table("speaker", "perhaps the same", "why", "against it", rows=rows))
    if len(found) > limit:
        typer.echo(f"{limit:,} of {len(found):,} pairs; --limit shows more")


@speakers.command()
def merge(
    database: DatabaseArgument, speaker: Who, into: Who, reviewer: Reviewer = LOGIN, reason: Reason = None
) -> None:
    """Say that SPEAKER is INTO, whose name both have from then on."""
    from quotecheck.store import people

    with _opened(database) as connection:
        one, other = people.find(connection, speaker), people.find(connection, into)
        before = people.touched(connection, one)
        event = people.merge(connection, one, other, actor=reviewer, reason=reason)
        names = "; ".join(people.names_of(connection, other))
    typer.echo(f"event {event.id}: {before:,} statements are now {into}'s, who goes by: {names}")


@speakers.command()
def split(
    database: DatabaseArgument,
    speaker: Who,
    claim: Annotated[list[str] | None, typer.Option(help="A claim (qc-…) of somebody else. Repeatable.")] = None,
    article: Annotated[
        list[str] | None, typer.Option(help="An article (its article_id) that means somebody else. Repeatable.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What that other person is called, such as “Ann Roe (nurse)”.")
    ] = None,
    reviewer: Reviewer = LOGIN,
    reason: Reason = None,
) -> None:
    """Take a merged speaker out again, or give some claims to another person of the same name (--claim, --name)."""
    from quotecheck.store import people

    with _opened(database) as connection:
        chosen = [*(claim or []), *people.claims_in(connection, article or [], speaker)]
        # A merged speaker must be named by its own id or name: `find` would give whom it was merged with.
        uid = people.find(connection, speaker) if chosen else people.find_merged(connection, speaker)
        event = people.split(connection, uid, actor=reviewer, claims=chosen, name=name, reason=reason)
    moved = f"{len(chosen):,} claims are now {name}'s" if chosen else f"{speaker} stands alone again"
    typer.echo(f"event {event.id}: {moved}")


@speakers.command()
def different(
    database: DatabaseArgument, speaker: Who, other: Who, reviewer: Reviewer = LOGIN, reason: Reason = None
) -> None:
    """Say that two speakers are not the same; they are not suggested again."""
    from quotecheck.store import people

    with _opened(database) as connection:
        one, two = people.find(connection, speaker), people.find(connection, other)
        event = people.different(connection, one, two, actor=reviewer, reason=reason)
    typer.echo(f"event {event.id}: {speaker} and {other} are two")


@speakers.command()
def alias(
    database: DatabaseArgument,
    speaker: Who,
    form: Annotated[str, typer.Argument(help="What articles also call the speaker.", show_default=False)],
    reviewer: Reviewer = LOGIN,
    reason: Reason = None,
) -> None:
    """Say that a speaker is also called FORM, in articles read later too."""
    from quotecheck.store import people

    with _opened(database) as connection:
        event = people.alias(connection, people.find(connection, speaker), form, actor=reviewer, reason=reason)
    typer.echo(f"event {event.id}: {form} is {speaker}")


@speakers.command()
def identify(
    database: DatabaseArgument,
    speaker: Who,
    wikidata: Annotated[str | None, typer.Option(help="The Wikidata item, such as Q42.")] = None,
    role: Annotated[str | None, typer.Option(help="Who that is, in your words.")] = None,
    reviewer: Reviewer = LOGIN,
    reason: Reason = None,
) -> None:
    """Say who a speaker is: the Wikidata item, the role."""
    from quotecheck.store import people

    with _opened(database) as connection:
        uid = people.find(connection, speaker)
        event = people.identify(connection, uid, actor=reviewer, wikidata=wikidata, role=role, reason=reason)
    typer.echo(f"event {event.id}: {speaker} is {'; '.join(str(value) for value in event.details.values() if value)}")


@speakers.command()
def history(
    database: DatabaseArgument,
    speaker: Annotated[str | None, typer.Argument(help="Only events about this speaker.", show_default=False)] = None,
) -> None:
    """Print what people decided about speakers, oldest first."""
    from quotecheck.store import people

    with _opened(database) as connection:
        names = dict(connection.execute("SELECT uid, name FROM speakers"))
        events = people.history(connection, people.find(connection, speaker) if speaker else None)
    rows = (
        (
            event.id,
            event.at[:16],
            event.actor,
            event.action + (f" {event.undoes}" if event.undoes else ""),
            names[event.speaker],
            names.get(event.other or "", ""),
            event.reason,
        )
        for event in events
    )
    console().print(table("event", "at", "by", "action", "speaker", "other", "reason", rows=rows, numbers=["event"]))


@speakers.command()
def undo(
    database: DatabaseArgument,
    event: Annotated[int, typer.Argument(help="Number of the event, as `history` prints it.", show_default=False)],
    reviewer: Reviewer = LOGIN,
    reason: Reason = None,
) -> None:
    """Take a decision back; undoing an undo brings it back."""
    from quotecheck.store import people

    with _opened(database) as connection:
        done = people.undo(connection, event, reviewer, reason=reason)
    typer.echo(f"event {done.id}: event {event} is undone")


@speakers.command("import")
def import_(
    database: DatabaseArgument,
    people: Annotated[
        Path,
        typer.Argument(
            help="CSV file with the columns name, aliases (several by ;), role, wikidata, kind; only name is a must.",
            show_default=False,
            dir_okay=False,
        ),
    ],
    reviewer: Reviewer = LOGIN,
) -> None:
    """Take over a list of people: names, aliases, roles, Wikidata ids.

    Articles read before and later then show them under the listed name. The same list again changes nothing. A row
    that cannot be taken is named with its line and the reason, and the others are taken over; exit code 1 then.
    """
    from quotecheck.export.people import read_people
    from quotecheck.store.people import import_people

    with _opened(database) as connection:
        result = import_people(connection, list(read_people(people)), actor=reviewer)
    rows = [("new or changed", result.changed), ("known already", result.unchanged), ("refused", len(result.refused))]
    console().print(table("people", people.name, rows=rows, numbers=[people.name]))
    for line, message in result.refused.items():
        complain(f"{people}:{line}: {message}")
    if result.refused:
        raise typer.Exit(FAILED)


@speakers.command("export")
def export_(
    database: DatabaseArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; - for standard output.", allow_dash=True)
    ] = Path("-"),
) -> None:
    """Write all speakers as a CSV file, which `import` reads."""
    from quotecheck.store.people import list_people

    with _opened(database) as connection:
        people = list_people(connection)
    number = _write(output, people)
    typer.echo(f"{number:,} speakers", err=True)


def _write(output: Path, people: Iterable[PersonRow]) -> int:
    from quotecheck.export.people import write_people

    if output == Path("-"):
        return write_people(people, sys.stdout, bom=False)
    with output.open("w", encoding="utf-8", newline="") as stream:
        return write_people(people, stream, bom=True)


def _candidate(one: Candidate) -> str:
    return f"{one.name}\n{one.uid}, {one.claims:,} statements"


def _matches(person: PersonRow, words: str) -> bool:
    return any(words.casefold() in form.casefold() for form in (person.name, *person.aliases))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    from quotecheck.store import open_database

    with closing(open_database(path, create=False)) as db:
        yield db.conn
