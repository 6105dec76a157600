"""Readers: files, folders, patterns and standard input to articles, text untouched."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import BinaryIO

from quotecheck.errors import InputError
from quotecheck.sources.discovery import discover
from quotecheck.sources.isolation import IsolatedParser
from quotecheck.sources.jsonl import first_line, is_record, read_records
from quotecheck.sources.opening import read_whole, reading
from quotecheck.sources.record import FIELDS
from quotecheck.sources.registry import TEXT, Reader, reader_for
from quotecheck.sources.source import Document, Parse, Result, Source, printable
from quotecheck.sources.text import read_text

__all__ = ["FIELDS", "plan", "read"]

_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_PAGE = (b"<!doctype html", b"<html")


def read(
    paths: Sequence[str | Path], *, stdin: BinaryIO | None = None, columns: Mapping[str, str] = _NO_COLUMNS
) -> Iterator[Result]:
    """The articles behind `paths`, one by one, and an InputError as a value for each input that cannot be read.

    A path is a file, a folder (searched for files of every format of `registry`, each also as .gz or .xz), a glob
    pattern, or `-` for `stdin` (default: the process's own): JSON Lines if its first line is a record, a web page if
    it begins like one, else one article. `columns` names the columns or keys of fields in tables and records that
    call them otherwise (`{"text": "body"}`). Reads lazily and in flat memory: one article, or one line, at a time.
    Raises nothing for bad input.
    """
    with closing(IsolatedParser()) as parse:
        for path in paths:
            if str(path) == "-":
                source = Source("-", PurePath("-"), stdin or sys.stdin.buffer, parse, columns)
                yield from _values("-", _stream(source))
                continue
            for found in discover(path):
                if isinstance(found, InputError):
                    yield found
                else:
                    yield from _values(printable(found), _file(found, parse, columns))


def plan(paths: Sequence[str | Path]) -> Iterator[tuple[str, str] | InputError]:
    """What `read` would do: each file with the name of its reader, or why it would not be read. Opens no file."""
    for path in paths:
        if str(path) == "-":
            yield "-", "standard input"
            continue
        for found in discover(path):
            yield found if isinstance(found, InputError) else (printable(found), (reader_for(found) or TEXT).name)


def _values(source_ref: str, articles: Iterator[Result]) -> Iterator[Result]:
    """`articles`, with what they raise as a last value: no input, whatever a library makes of it, ends a batch."""
    try:
        with reading(source_ref):
            for article in articles:
                yield _released(article)
    except InputError as error:
        yield _released(error)
    except Exception as error:
        # The exception's own words may hold the article's.
        message = f"not read: {type(error).__name__}; save its text as a .txt file, the other inputs are not affected"
        yield InputError(source_ref, "error", message)


def _released(result: Result) -> Result:
    """`result`; a kept error must not keep the bytes it is about, in its traceback's frames and its cause."""
    if isinstance(result, InputError):
        result.__traceback__ = result.__context__ = None
    return result


def _file(path: Path, parse: Parse, columns: Mapping[str, str]) -> Iterator[Result]:
    with path.open("rb") as stored:
        yield from _read(Source(printable(path), path, stored, parse, columns), reader_for(path) or TEXT)


def _read(source: Source, reader: Reader) -> Iterator[Result]:
    if reader.read is not None:
        yield from reader.read(source)
    elif reader.members is not None:
        for member in reader.members(source):
            for result in [member] if isinstance(member, InputError) else _values(member.source_ref, _member(member)):
                yield result
                if result.source_ref == source.source_ref:  # the archive itself is at fault, and no member further
                    return


def _member(member: Source) -> Iterator[Result]:
    """The articles of an archive's member; one of no known format is passed over, as in a folder."""
    reader = reader_for(member.name)
    if reader is None:
        return
    if reader.read is None:
        message = "an archive inside an archive; unpack the outer one first"
        raise InputError(member.source_ref, "unsupported", message)
    yield from reader.read(member)


def _stream(source: Source) -> Iterator[Result]:
    head = first_line(source.stored)
    if is_record(head, source.columns):
        yield from read_records(source, io.BytesIO(head), source.stored)
        return
    raw = read_whole(source.stored, source.source_ref, head)
    sha256 = hashlib.sha256(raw).hexdigest()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        yield from source.parse("html", Document(raw, source.source_ref, sha256))
    else:
        yield read_text(raw, source.source_ref, sha256)
