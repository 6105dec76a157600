"""Files that a reader of the desk takes away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from quotecheck.errors import InputError
from quotecheck.export import Filters, Format, Profile, export
from quotecheck.store import open_database

LISTS = ("status", "speaker", "kind", "outlet", "article", "category", "topic")
DAYS = ("since", "until")
TYPES = {
    "csv": ("claims.csv", "text/csv; charset=utf-8"),
    "jsonl": ("claims.jsonl", "application/x-ndjson; charset=utf-8"),
    "jsonld": ("claims.jsonld", "application/ld+json; charset=utf-8"),
    "webannotation": ("annotations.jsonld", "application/ld+json; charset=utf-8"),
}
"""Format to the file's name and its media type."""


@dataclass(frozen=True, slots=True)
class Download:
    """What a reader asked for: the options of `quotecheck export` as a query string gives them."""

    filters: Filters = field(default_factory=Filters)
    format: Format = "csv"
    profile: Profile = "claims"
    delimiter: str = ","

    @property
    def name(self) -> str:
        """The file's name."""
        return TYPES[self.format][0]

    @property
    def content_type(self) -> str:
        """The file's media type."""
        return TYPES[self.format][1]


def asked(query: Mapping[str, Sequence[str]]) -> Download:
    """The download that the fields of a query string ask for; empty fields and unknown ones do not count.

    Fields: those of `Filters` (`status`, `speaker` … repeatable, `since`, `until`, `min_score`), `format`, `profile`,
    `delimiter`. Raises InputError for a value that cannot be.
    """
    given = {name: tuple(value for value in values if value) for name, values in query.items()}
    lists = {name: given[name] for name in LISTS if given.get(name)}
    days = {name: _day(name, given[name][0]) for name in DAYS if given.get(name)}
    format = _one_of("format", (*given.get("format", ()), "csv")[0], get_args(Format))
    profile = _one_of("profile", (*given.get("profile", ()), "claims")[0], get_args(Profile))
    delimiter = _one_of("delimiter", (*given.get("delimiter", ()), ",")[0], (",", ";", "\t"))
    score = _score(given["min_score"][0]) if given.get("min_score") else None
    filters = Filters(**lists, **days, min_score=score)  # type: ignore[arg-type]
    return Download(filters, format, profile, delimiter)  # type: ignore[arg-type]


def _one_of(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise InputError("query", "bad_option", f"{name}: {value!r} is not one of {', '.join(choices)}")
    return value


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InputError("query", "bad_option", f"{name}: {value!r} is not a day, such as 2024-03-15") from error


def _score(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise InputError("query", "bad_option", f"min_score: {value!r} is not a number") from error


def write_claims(database: str | Path, output: Path, wanted: Download | None = None) -> int:
    """Write what `quotecheck export` writes (all statements as CSV if nothing else is wanted); returns how many.

    Takes a connection of its own, so that a long export keeps no page waiting.
    """
    wanted = wanted or Download()
    db = open_database(database, create=False)
    try:
        return export(
            db,
            output,
            profile=wanted.profile,
            format=wanted.format,
            filters=wanted.filters,
            delimiter=wanted.delimiter,
        )
    finally:
        db.close()
