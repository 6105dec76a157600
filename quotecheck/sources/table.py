"""A CSV or TSV table, one article a row, in flat memory."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from quotecheck.errors import InputError
from quotecheck.sources.decoding import decode, decode_line, has_wide_mark
from quotecheck.sources.opening import MAX_BYTES, read_whole
from quotecheck.sources.record import article_from_record
from quotecheck.sources.source import Result, Source

_DELIMITERS = ",;\t|"
_ALSO_KNOWN_AS = {
    "text": ("body", "content", "article", "article_text", "full_text"),
    "title": ("headline",),
    "url": ("link",),
    "author": ("byline", "authors"),
    "published_at": ("published", "date", "pubdate", "published_time", "publication_date"),
    "outlet": ("publisher", "newspaper"),
}
"""Columns, as their headings usually call them, under the names that a record has for them."""


class _Lines:
    """The decoded lines of a table, with the bytes that the row in the making has taken so far."""

    def __init__(self, source_ref: str, stream: BinaryIO) -> None:
        self.source_ref = source_ref
        self.stream = stream
        self.number = 0
        self.row = bytearray()
        self.warnings: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        while raw := self.stream.readline(MAX_BYTES + 1):
            self.number += 1
            self.row += raw
            if len(self.row) > MAX_BYTES:
                message = f"a row of more than {MAX_BYTES:,} bytes; is a quotation mark missing that ends a cell?"
                raise InputError(f"{self.source_ref}:{self.number}", "too_large", message)
            decoded = decode_line(raw, f"{self.source_ref}:{self.number}")
            self.warnings = tuple(dict.fromkeys(self.warnings + decoded.warnings))
            yield decoded.text

    def take_row(self) -> tuple[str, tuple[str, ...]]:
        """The hash of the row's bytes and its warnings, and start a new one."""
        taken = hashlib.sha256(self.row).hexdigest(), self.warnings
        self.row.clear()
        self.warnings = ()
        return taken


def read_table(source: Source) -> Iterator[Result]:
    """An article, or an InputError as a value, for every row that is not blank; `path:7` is the row that ends there.

    The first row names the columns; `source.columns` says which of them holds what, where they are called otherwise.
    What separates cells is found in the first row: comma, semicolon, tab or bar. Raises InputError `bad_header`, and
    `bad_csv` from the first row on that is no CSV.
    """
    lines = _Lines(source.source_ref, _as_utf8(source))
    texts = iter(lines)
    head = next(texts, "").removeprefix("\ufeff")
    if not head.strip():
        raise InputError(source.source_ref, "empty", "no rows in it; leave it out or add some")
    # The limit is the process's, and far below the length of an article.
    csv.field_size_limit(MAX_BYTES)
    rows = _strictly(csv.reader(_chained(head, texts), delimiter=_delimiter(head), strict=True), lines)
    names = _columns(next(rows), source)
    lines.take_row()
    for row in rows:
        raw_sha256, warnings = lines.take_row()
        if not any(cell.strip() for cell in row):
            continue
        row_ref = f"{source.source_ref}:{lines.number}"
        try:
            article = article_from_record(_record(row, names, row_ref), row_ref, "table", raw_sha256)
            yield replace(article, warnings=warnings + article.warnings)
        except InputError as error:
            yield error


def _as_utf8(source: Source) -> BinaryIO:
    """The table's bytes as UTF-8; spreadsheets also write UTF-16 with a mark."""
    stream = io.BufferedReader(source.stream())  # type: ignore[type-var]
    if not has_wide_mark(stream.peek(4)[:4]):
        return stream
    return io.BytesIO(decode(read_whole(stream, source.source_ref), source.source_ref).text.encode("utf-8"))


def _chained(head: str, texts: Iterator[str]) -> Iterator[str]:
    yield head
    yield from texts


def _strictly(rows: Iterator[list[str]], lines: _Lines) -> Iterator[list[str]]:
    began = lines.number
    try:
        for row in rows:
            yield row
            began = lines.number + 1
    except csv.Error as error:
        message = f"no CSV from line {began} on ({error}); end every quoted cell with a quotation mark"
        raise InputError(lines.source_ref, "bad_csv", message) from None


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=head.count)


def _columns(headings: list[str], source: Source) -> list[str]:
    """The name under which a record knows each column."""
    given = [heading.strip() for heading in headings]
    twice = [name for name, times in Counter(given).items() if name and times > 1]
    if twice:
        message = f"two columns are called {twice[0]!r}; give each column a name of its own"
        raise InputError(source.source_ref, "bad_header", message)
    meant = _meant(given, source.columns)
    if "text" not in meant.values():
        found = ", ".join(given)[:200]
        message = f"no column holds the text (found: {found}); name it with --column text=COLUMN"
        raise InputError(source.source_ref, "bad_header", message)
    return [meant.get(name, name) for name in given]


def _meant(given: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Heading to field: what the user said, else the field's own name, else a usual name for it."""
    keys = {name.casefold().replace(" ", "_"): name for name in reversed(given)}
    meant = {heading: field for field, heading in columns.items() if heading in given}
    for field, others in _ALSO_KNOWN_AS.items():
        usual = next((keys[name] for name in (field, *others) if name in keys and keys[name] not in meant), None)
        if usual is not None and field not in meant.values():
            meant[usual] = field
    return meant


def _record(row: list[str], names: list[str], row_ref: str) -> dict[str, str]:
    if len(row) != len(names):
        message = f"{len(row)} cells where the first row has {len(names)}; quote cells that hold a separator"
        raise InputError(row_ref, "bad_row", message)
    return dict(zip(names, row, strict=True))
