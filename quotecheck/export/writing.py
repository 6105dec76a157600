"""Writing an export: CSV or JSON Lines, row by row, into a file that is whole or not there."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from sqlite_utils import Database

from quotecheck.errors import ExportError
from quotecheck.export.guard import guarded_row
from quotecheck.export.profiles import NUMERIC, Profile, columns
from quotecheck.export.reading import DELIMITERS
from quotecheck.export.selection import Filters, select_rows
from quotecheck.store.connection import Row, now

Format = Literal["csv", "jsonl"]
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
    complete. `bom` (the mark by which Excel knows UTF-8) is for CSV files alone, `guard` and `delimiter` for CSV.
    Raises ExportError if the file cannot be written or an option is not one of those that are there.
    """
    if format not in get_args(Format):
        raise ExportError(f"no such format: {format!r}; use one of {', '.join(get_args(Format))}")
    if delimiter not in tuple(DELIMITERS):
        raise ExportError(f"cannot separate columns by {delimiter!r}; use `,`, `;` or a tab")
    names = columns(profile)
    found = _finished(select_rows(db, names, filters or Filters()))
    with _opened(output) as stream:
        if format == "jsonl":
            return _write_jsonl(stream, found)
        if bom and isinstance(output, Path) and output != STANDARD_OUTPUT:
            stream.write(codecs.BOM_UTF8)
        safe = (guarded_row(row, NUMERIC) for row in found) if guard else found
        return _write_csv(stream, names, safe, delimiter)


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


def _write_jsonl(stream: BinaryIO, found: Iterable[Row]) -> int:
    count = 0
    for row in found:
        cells: dict[str, object] = {name: cell for name, cell in row.items() if name != "guarded"}
        if "spans_json" in cells:
            cells["spans_json"] = json.loads(str(cells["spans_json"]))
        stream.write(json.dumps(cells, ensure_ascii=False).encode("utf-8") + b"\n")
        count += 1
    return count


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
