"""Writing an export, row by row, into a file that is whole or not there."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from sqlite_utils import Database

from quotecheck.errors import ExportError
from quotecheck.export import linked, manifest
from quotecheck.export.guard import guarded_row
from quotecheck.export.profiles import NUMERIC, Profile, columns
from quotecheck.export.reading import DELIMITERS
from quotecheck.export.selection import Filters, select_rows
from quotecheck.store.connection import Row, now

Format = Literal["csv", "jsonl", "jsonld", "webannotation"]
STANDARD_OUTPUT = Path("-")


def export(
    db: Database,
    output: Path | BinaryIO,
    *,
    profile: Profile = "claims",
    format: Format = "csv",
    filters: Filters | None = None,
    bom: bool = True,
    guard: bool = True,
    delimiter: str = ",",
) -> int:
    """Write the chosen claims and return their number.

    `output` is a file, `-` for standard output, or a binary stream. A file appears under its name only when it is
    complete, a CSV file with its manifest beside it. `bom` (the mark by which Excel knows UTF-8) is for CSV files
    alone, `guard` and `delimiter` for CSV; `jsonld` and `webannotation` have no profiles. Raises ExportError if the
    file cannot be written or an option is not one of those that are there.
    """
    if format not in get_args(Format):
        raise ExportError(f"no such format: {format!r}; use one of {', '.join(get_args(Format))}")
    if delimiter not in tuple(DELIMITERS):
        raise ExportError(f"cannot separate columns by {delimiter!r}; use `,`, `;` or a tab")
    filters = filters or Filters()
    names = columns(profile if format in ("csv", "jsonl") else "full")
    found = _finished(select_rows(db, names, filters))
    is_file = isinstance(output, Path) and output != STANDARD_OUTPUT
    with _opened(output) as stream:
        if format != "csv":
            return _write_json(stream, db, found, format)
        if bom and is_file:
            stream.write(codecs.BOM_UTF8)
        safe = (guarded_row(row, NUMERIC) for row in found) if guard else found
        count = _write_csv(stream, names, safe, delimiter)
    if isinstance(output, Path) and is_file:
        manifest.write(output, profile=profile, filters=filters, rows=count, delimiter=delimiter)
    return count


def _write_json(stream: BinaryIO, db: Database, found: Iterable[Row], format: Format) -> int:
    counted = _Counted(found)
    match format:
        case "jsonld":
            _write_items(stream, linked.JSON_LD, linked.schema_org(counted))
        case "webannotation":
            _write_items(stream, linked.ANNOTATIONS, linked.web_annotations(counted, _texts(db)))
        case _:
            _write_lines(stream, counted)
    return counted.count


class _Counted:
    """Rows, and how many of them were taken."""

    def __init__(self, found: Iterable[Row]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._found:
            self.count += 1
            yield row


def _texts(db: Database) -> linked.TextOf:
    """Reads the texts of articles; the latest stays in memory, for claims come article by article."""

    @lru_cache(maxsize=1)
    def text_of(article_id: str, text_sha256: str) -> str:
        sql = "SELECT text FROM articles WHERE article_id = ? AND +text_sha256 = ?"
        return str(db.conn.execute(sql, (article_id, text_sha256)).fetchone()[0])

    return text_of


def _finished(found: Iterable[Row]) -> Iterator[Row]:
    """The rows with the time of the export, where there is a column for it."""
    moment = now()
    for row in found:
        yield row | {"exported_at": moment} if "exported_at" in row else row


def _write_csv(stream: BinaryIO, names: list[str], found: Iterable[Row], delimiter: str) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(names)
        count = 0
        for row in found:
            writer.writerow(row.values())
            count += 1
        return count
    finally:
        text.detach()


def _write_items(stream: BinaryIO, around: tuple[str, str], items: Iterable[linked.Json]) -> None:
    stream.write(around[0].encode("utf-8"))
    for number, item in enumerate(items):
        stream.write((",\n" if number else "").encode("utf-8") + json.dumps(item, ensure_ascii=False).encode("utf-8"))
    stream.write(around[1].encode("utf-8"))


def _write_lines(stream: BinaryIO, found: Iterable[Row]) -> None:
    for row in found:
        cells: dict[str, object] = {name: cell for name, cell in row.items() if name != "guarded"}
        if "spans_json" in cells:
            cells["spans_json"] = json.loads(str(cells["spans_json"]))
        stream.write(json.dumps(cells, ensure_ascii=False).encode("utf-8") + b"\n")


@contextmanager
def _opened(output: Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(output, Path):
        yield output
    elif output == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with _replacing(output) as stream:
            yield stream


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream into a file beside `path` that takes its place at the end, or goes away if writing fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExportError(f"{path}: cannot be written ({error.strerror}); name another file") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
