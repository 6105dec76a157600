"""Readers: files, folders, patterns and standard input to articles, text untouched."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from quotecheck.errors import InputError
from quotecheck.sources.discovery import discover, format_of, printable
from quotecheck.sources.jsonl import first_line, is_record, read_document, read_records
from quotecheck.sources.opening import expand, read_whole, reading
from quotecheck.sources.text import read_text
from quotecheck.types import Article

__all__ = ["read"]


def read(paths: Sequence[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Article | InputError]:
    """The articles behind `paths`, one by one, and an InputError as a value for each input that cannot be read.

    A path is a file, a folder (searched for .txt .text .md .jsonl .ndjson .json, each also as .gz or .xz), a glob
    pattern, or `-` for `stdin` (default: the process's own): JSON Lines if its first line is a record, else one
    article. Reads lazily and in flat memory: one article, or one line, at a time. Raises nothing for bad input.
    """
    for path in paths:
        if str(path) == "-":
            yield from _values("-", _stream("-", stdin or sys.stdin.buffer))
            continue
        for found in discover(path):
            if isinstance(found, InputError):
                yield found
            else:
                yield from _values(printable(found), _file(found))


def _values(source_ref: str, articles: Iterator[Article | InputError]) -> Iterator[Article | InputError]:
    """`articles`, with what they raise as a last value."""
    try:
        with reading(source_ref):
            for article in articles:
                yield _released(article)
    except InputError as error:
        yield _released(error)


def _released(result: Article | InputError) -> Article | InputError:
    """`result`; a kept error must not keep the bytes it is about, in its traceback's frames and its cause."""
    if isinstance(result, InputError):
        result.__traceback__ = result.__context__ = None
    return result


def _file(path: Path) -> Iterator[Article | InputError]:
    source_ref = printable(path)
    with path.open("rb") as stored:
        if format_of(path) == "jsonl":
            yield from read_records(source_ref, expand(stored, path, source_ref))
        elif format_of(path) == "json":
            yield from _json(source_ref, expand(stored, path, source_ref))
        else:
            raw = read_whole(stored, source_ref)
            expanded = read_whole(expand(io.BytesIO(raw), path, source_ref), source_ref)
            yield read_text(expanded, source_ref, hashlib.sha256(raw).hexdigest())


def _json(source_ref: str, stream: BinaryIO) -> Iterator[Article | InputError]:
    """A .json file: one document, or JSON Lines under another name."""
    head = first_line(stream)
    if is_record(head):
        yield from read_records(source_ref, io.BytesIO(head), stream)
    else:
        yield from read_document(source_ref, read_whole(stream, source_ref, head))


def _stream(source_ref: str, stream: BinaryIO) -> Iterator[Article | InputError]:
    head = first_line(stream)
    if is_record(head):
        yield from read_records(source_ref, io.BytesIO(head), stream)
    else:
        raw = read_whole(stream, source_ref, head)
        yield read_text(raw, source_ref, hashlib.sha256(raw).hexdigest())
