"""A web archive, one article for each page in it, in flat memory."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from quotecheck.errors import InputError
from quotecheck.sources.dates import iso_date
from quotecheck.sources.opening import MAX_BYTES
from quotecheck.sources.source import Document, Result, Source

_PAGES = ("text/html", "application/xhtml+xml")
_PIECE = 1 << 16


def read_warc(source: Source) -> Iterator[Result]:
    """An article, or an InputError as a value, for every web page of an archive; `path#3` is its third record.

    Records that are no page, or that a server answered with an error, are passed over. Raises InputError `bad_warc` or
    `empty`; what came before is kept.
    """
    seen = False
    for number, record in enumerate(_records(source), start=1):
        seen = True
        if _is_page(record):
            record_ref = f"{source.source_ref}#{number}"
            try:
                document = _document(record, record_ref)
            except InputError as error:
                yield error
            else:
                yield from source.parse("html", document)
    if not seen:
        raise InputError(source.source_ref, "empty", "no records in it; leave it out")


def _records(source: Source) -> Iterator[Any]:
    try:
        # warcio decompresses by itself, record by record, and prints what it stumbles over, the page's words too.
        records = ArchiveIterator(source.stored, ensure_http_headers=True)
        while True:
            with redirect_stderr(io.StringIO()):
                record = next(records, None)
            if record is None:
                return
            yield record
    except ArchiveLoadFailed as error:
        packed = "non-chunked gzip" in str(error)
        remedy = "pack it anew, each record by itself (`warcio recompress`)" if packed else "copy or download it again"
        what = "compressed as a whole" if packed else "not a web archive from here on"
        raise InputError(source.source_ref, "bad_warc", f"{what}; {remedy}") from None
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        message = f"not a web archive from here on ({type(error).__name__}); copy or download it again"
        raise InputError(source.source_ref, "bad_warc", message) from None


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource") or record.http_headers is None:
        return False
    status = record.http_headers.get_statuscode()
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in _PAGES and (record.rec_type == "resource" or status == "200")


def _document(record: Any, record_ref: str) -> Document:
    """The page of a record, read to the record's end: only there does it show whether the archive was cut off."""
    stream = record.content_stream()
    raw = bytearray()
    while len(raw) <= MAX_BYTES and (piece := stream.read(_PIECE)):
        raw += piece
    while record.raw_stream.read(_PIECE):
        pass
    # A record that does not say its length has no limit; it ends with the file.
    if (missing := getattr(record.raw_stream, "limit", 0)) > 0:
        message = f"the archive ends {missing:,} bytes before the page does; copy or download it again"
        raise InputError(record_ref, "truncated", message)
    if len(raw) > MAX_BYTES:
        raise InputError(record_ref, "too_large", f"a page of more than {MAX_BYTES:,} bytes; leave it out")
    head = record.rec_headers
    return Document(
        bytes(raw),
        record_ref,
        hashlib.sha256(raw).hexdigest(),
        charset=_charset(record.http_headers.get_header("Content-Type") or ""),
        url=head.get_header("WARC-Target-URI"),
        retrieved_at=iso_date(head.get_header("WARC-Date")),
    )


def _charset(content_type: str) -> str | None:
    parts = (part.strip() for part in content_type.split(";")[1:])
    named = (part.partition("=")[2].strip("\"' ") for part in parts if part.lower().startswith("charset="))
    return next(named, None) or None
