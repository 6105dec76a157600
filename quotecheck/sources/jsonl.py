"""JSON Lines, one article a line, in flat memory; and whole JSON documents."""

from __future__ import annotations

import hashlib
import io
import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from quotecheck.errors import InputError
from quotecheck.sources.decoding import decode
from quotecheck.sources.opening import MAX_BYTES, read_whole
from quotecheck.sources.record import article_from_record, parse_strictly
from quotecheck.sources.source import Result, Source
from quotecheck.types import Article


class _Line(NamedTuple):
    """A line's number (from 1), the offset of its first byte (from 0), and its bytes with the line end."""

    number: int
    offset: int
    raw: bytes


def read_lines(source: Source) -> Iterator[Result]:
    """What `read_records` finds in a JSON Lines file."""
    yield from read_records(source, source.stream())


def read_json(source: Source) -> Iterator[Result]:
    """A .json file: one document, or JSON Lines under another name."""
    stream = source.stream()
    head = first_line(stream)
    if is_record(head, source.columns):
        yield from read_records(source, io.BytesIO(head), stream)
    else:
        yield from read_document(source, read_whole(stream, source.source_ref, head))


def read_records(source: Source, *streams: BinaryIO) -> Iterator[Result]:
    """An article, or an InputError as a value, for every line that is not blank in streams read one after another.

    Lines end at `\\n` bytes only. Reading stops at the first line of what is no UTF-8 text file at all.
    """
    nothing, source_ref = True, source.source_ref
    for line in _lines(streams):
        if _is_blank(line.raw):
            continue
        nothing = False
        if line.number == 1 and b"\x00" in line.raw:
            yield InputError(source_ref, "bad_encoding", "not UTF-8, as JSON Lines must be; save it as UTF-8")
            return
        try:
            yield _article(source, line)
        except InputError as error:
            yield error
            if error.reason == "binary":
                return
    if nothing:
        yield _no_records(source_ref)


def read_document(source: Source, raw: bytes) -> Iterator[Result]:
    """The articles of one JSON document: an object, or a list of objects (`path#1` is the first).

    Raises InputError if the document cannot be decoded or parsed.
    """
    source_ref, sha256 = source.source_ref, hashlib.sha256(raw).hexdigest()
    if _is_blank(raw):
        raise _no_records(source_ref)
    value = _parse(decode(raw, source_ref).text, source_ref, _Line(1, 0, raw))
    if value == []:
        raise _no_records(source_ref)
    if not isinstance(value, list):
        yield article_from_record(value, source_ref, "json", sha256, source.columns)
        return
    for number, record in enumerate(value, start=1):
        try:
            yield article_from_record(record, f"{source_ref}#{number}", "json", sha256, source.columns)
        except InputError as error:
            yield error


def first_line(stream: BinaryIO) -> bytes:
    """The bytes up to the end of the first line that is not blank, at most about `MAX_BYTES`."""
    head = bytearray()
    while len(head) <= MAX_BYTES and (line := stream.readline(MAX_BYTES + 1)):
        head += line
        if not _is_blank(line):
            break
    return bytes(head)


def is_record(line: bytes, columns: Mapping[str, str]) -> bool:
    """Whether a line is a JSON object with a key `text`, or the key that `columns` names for it."""
    try:
        value = parse_strictly(line.decode("utf-8-sig"))
    except ValueError:
        return False
    return isinstance(value, dict) and columns.get("text", "text") in value


def _is_blank(raw: bytes) -> bool:
    return not raw.removeprefix(BOM_UTF8).strip()


def _no_records(source_ref: str) -> InputError:
    return InputError(source_ref, "empty", "no records in it; leave it out or add some")


def _lines(streams: tuple[BinaryIO, ...]) -> Iterator[_Line]:
    number = offset = 0
    for stream in streams:
        while raw := stream.readline(MAX_BYTES + 1):
            number += 1
            yield _Line(number, offset, raw)
            offset += len(raw) + _skip_rest(stream, raw)


def _skip_rest(stream: BinaryIO, raw: bytes) -> int:
    skipped = 0
    while raw and len(raw) + skipped > MAX_BYTES and not raw.endswith(b"\n"):
        raw = stream.readline(1 << 16)
        skipped += len(raw)
    return skipped


def _article(source: Source, line: _Line) -> Article:
    line_ref = f"{source.source_ref}:{line.number}"
    if len(line.raw) > MAX_BYTES:
        raise InputError(line_ref, "too_large", f"a line of more than {MAX_BYTES:,} bytes; split it into articles")
    decoded = decode(line.raw.rstrip(b"\r\n"), line_ref)
    record = _parse(decoded.text, line_ref, line)
    article = article_from_record(record, line_ref, "jsonl", hashlib.sha256(line.raw).hexdigest(), source.columns)
    return replace(article, warnings=decoded.warnings + article.warnings)


def _parse(text: str, source_ref: str, line: _Line) -> object:
    mark = len(BOM_UTF8) if line.raw.startswith(BOM_UTF8) else 0
    try:
        return parse_strictly(text)
    except json.JSONDecodeError as error:
        number = line.number + error.lineno - 1
        byte = line.offset + mark + len(text[: error.pos].encode("utf-8", "surrogatepass"))
        what = f"{error.msg.removesuffix(' at')} at line {number}, byte {byte}"
    except ValueError as error:
        what = f"{error} (line {line.number}, byte {line.offset})"
    raise InputError(source_ref, "bad_json", f"{what}; write one JSON object, as a JSON library does")
