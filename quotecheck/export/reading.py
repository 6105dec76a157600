"""Reading a CSV export back, as a spreadsheet may have saved it: with or without BOM, separated by `,`, `;` or TAB."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from quotecheck.errors import ExportError

DELIMITERS = ",;\t"
LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the number of its first line in the file, counted from 1, and its cells by column, guards left on.

    `surplus` is how many cells it has more than there are columns, negative if some are missing.
    """

    number: int
    cells: dict[str, str]
    surplus: int


def encoding_of(path: Path) -> str:
    """How a file that a spreadsheet saved is encoded: UTF-8, UTF-16 by its mark, or else Windows' cp1252.

    Raises ExportError if it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "utf-16"
        with path.open(encoding="utf-8-sig") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as error:
        raise ExportError(f"{path}: cannot be read ({error.strerror})") from error
    return "utf-8-sig"


def read_csv(path: Path, encoding: str = "utf-8-sig") -> Iterator[Line]:
    """The rows of an export, one at a time.

    Raises ExportError if the file cannot be read, has another encoding, is not CSV, or has no column `claim_id`.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield from _lines(stream, path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{path}: not UTF-8; save it as “CSV UTF-8” and try again") from error
    except csv.Error as error:
        raise ExportError(f"{path}: not a well-formed CSV file ({error}); export it again") from error


def _lines(stream: TextIO, path: Path) -> Iterator[Line]:
    reader = csv.reader(stream, delimiter=_delimiter(stream), strict=True)
    header = next(reader, [])
    if "claim_id" not in header:
        raise ExportError(f"{path}: no column claim_id, so not an export of claims")
    if len(set(header)) != len(header):
        raise ExportError(f"{path}: a column stands twice in the header; leave each once")
    number = reader.line_num + 1
    for row in reader:
        if row:
            yield Line(number, dict(zip(header, row, strict=False)), len(row) - len(header))
        number = reader.line_num + 1


def _delimiter(stream: TextIO) -> str:
    """The separator that the first line uses most; leaves the stream where it began."""
    header = stream.readline()
    stream.seek(0)
    return max(DELIMITERS, key=header.count)
