"""Counting along while articles are read: the progress bar and the table at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotecheck.cli.output import complain, console, table
from quotecheck.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from quotecheck.batch import Event
    from quotecheck.store import Statistics


@dataclass(slots=True)
class Summary:
    """What a run did; its size does not grow with the number of articles (but with that of speakers)."""

    extracted: int = 0
    unchanged: int = 0
    claims: int = 0
    stances: int = 0
    speakers: set[str] = field(default_factory=set)
    warned: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False

    def add(self, event: Event) -> None:
        """Count one event."""
        from quotecheck.batch import Extracted
        from quotecheck.batch.report import status

        if isinstance(event, InputError):
            (self.skipped if status(event) == "skipped" else self.failed)[event.reason] += 1
            return
        self.warned += status(event) == "warn"
        if isinstance(event, Extracted):
            self.extracted += 1
            statements = [claim for claim in event.claims if claim.statement]
            self.claims += len(statements)
            self.stances += len(event.claims) - len(statements)
            self.speakers.update(s.name for claim in statements for s in claim.speakers if s.name)
        else:
            self.unchanged += 1

    def table(self, database: str | None = None, stored: Statistics | None = None) -> Table:
        """The counts of this run and, beside them, of the whole database."""
        rows: list[tuple[str, object, object]] = [
            ("articles", self.extracted, stored and stored.articles),
            ("claims", self.claims, stored and stored.claims),
            ("beliefs and attitudes", self.stances, stored and stored.stances),
            ("speakers", len(self.speakers), stored and stored.speakers),
        ]
        if self.unchanged:
            rows.append(("already stored", self.unchanged, None))
        if self.warned:
            rows.append(("of these with warnings", self.warned, None))
        rows += [(f"skipped: {reason}", count, None) for reason, count in sorted(self.skipped.items())]
        rows += [(f"failed: {reason}", count, None) for reason, count in sorted(self.failed.items())]
        if database is None:
            return table("", "this run", rows=[row[:2] for row in rows], numbers=["this run"])
        return table("", "this run", database, rows=rows, numbers=["this run", database])


def follow(events: Generator[Event], observe: Callable[[Event], None] = lambda event: None) -> Summary:
    """Run through the events: count them, name what was not read, move the bar. Ctrl-C ends it in good order."""
    summary = Summary()
    with closing(events), _progress(summary) as advance:
        try:
            for event in events:
                summary.add(event)
                observe(event)
                if isinstance(event, InputError):
                    complain(str(event))
                advance()
        except KeyboardInterrupt:
            summary.interrupted = True
    return summary


@contextmanager
def _progress(summary: Summary) -> Iterator[Callable[[], None]]:
    """A line that counts along, if a person is watching; yields what moves it."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task("loading the model")

        def advance() -> None:
            done = summary.extracted + summary.unchanged
            progress.update(task, description=f"{done:,} articles, {summary.claims:,} claims")

        yield advance
