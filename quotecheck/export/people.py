"""A newsroom's list of people as a CSV file: name, kind, aliases, role, Wikidata id."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from quotecheck.errors import ExportError
from quotecheck.export.guard import guard, unguard
from quotecheck.export.reading import DELIMITERS
from quotecheck.store.people import KnownPerson, PersonRow

COLUMNS = ("name", "kind", "aliases", "role", "wikidata", "speaker_id", "claims", "articles", "outlets")
READ_AS = {
    "name": "name",
    "kind": "kind",
    "aliases": "aliases",
    "alias": "aliases",
    "role": "role",
    "title": "role",
    "wikidata": "wikidata",
    "wikidata id": "wikidata",
    "wikidata_id": "wikidata",
    "qid": "wikidata",
}
"""Headers that are understood, in lower case; other columns are passed over."""
_BETWEEN_ALIASES = re.compile(r"[;|]")


def write_people(people: Iterable[PersonRow], stream: TextIO, *, bom: bool) -> int:
    """Write the people as CSV and return their number. `bom`: the mark by which Excel knows UTF-8."""
    if bom:
        stream.write(codecs.BOM_UTF8.decode("utf-8"))
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    number = 0
    for person in people:
        aliases = "; ".join(form.replace(";", ",") for form in person.aliases)
        words = (person.name, person.kind, aliases, person.role or "", person.wikidata or "", person.uid)
        writer.writerow([*map(guard, words), person.claims, person.articles, person.outlets])
        number += 1
    return number


def read_people(path: Path) -> Iterator[KnownPerson]:
    """The people of a CSV file (separated by `,`, `;` or TAB; aliases by `;` or `|`), in its order.

    Raises ExportError if the file is not UTF-8, not CSV, or has no column `name`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _rows(stream, path)
    except UnicodeDecodeError as error:
        raise ExportError(f"{path}: not UTF-8; save it as “CSV UTF-8” and try again") from error
    except csv.Error as error:
        raise ExportError(f"{path}: not a well-formed CSV file ({error}); save it again as CSV") from error


def _rows(stream: TextIO, path: Path) -> Iterator[KnownPerson]:
    header = stream.readline()
    stream.seek(0)
    reader = csv.reader(stream, delimiter=max(DELIMITERS, key=header.count), strict=True)
    columns = [READ_AS.get(name.strip().casefold()) for name in next(reader, [])]
    if "name" not in columns:
        raise ExportError(f"{path}:1: no column `name`; the first line must name the columns: name, aliases, role, …")
    number = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            if len(row) > len(columns):
                raise ExportError(
                    f"{path}:{number}: {len(row)} cells for {len(columns)} columns; put quotation marks around cells "
                    "that hold the separator"
                )
            yield _person(
                number, {name: unguard(cell.strip()) for name, cell in zip(columns, row, strict=False) if name}
            )
        number = reader.line_num + 1


def _person(line: int, cells: dict[str, str]) -> KnownPerson:
    aliases = tuple(form.strip() for form in _BETWEEN_ALIASES.split(cells.get("aliases", "")) if form.strip())
    return KnownPerson(
        line,
        cells.get("name", ""),
        cells.get("kind", "") or "person",
        aliases,
        cells.get("role", ""),
        cells.get("wikidata", "").upper(),
    )
