"""One text file to one article, with a header or without."""

from __future__ import annotations

from collections.abc import Iterator

from quotecheck.sources.body import make_body, storable
from quotecheck.sources.decoding import decode
from quotecheck.sources.header import read_header
from quotecheck.sources.source import Source
from quotecheck.types import Article


def read(source: Source) -> Iterator[Article]:
    """The article of a text file. Raises InputError like `read_text`, and `too_large`."""
    document = source.document()
    yield read_text(document.raw, document.source_ref, document.raw_sha256)


def read_text(raw: bytes, source_ref: str, raw_sha256: str) -> Article:
    """The article of a text file's decompressed bytes.

    `raw_sha256` is of the file's bytes as stored. Raises InputError `binary`, `bad_encoding`, `empty` or `too_large`.
    """
    text, oddities = decode(raw, source_ref)
    header = read_header(storable(text))
    if header is None:
        body, warnings = make_body(text, source_ref)
        return Article(body, source_ref, "text", raw_sha256, warnings=oddities + warnings)
    body, warnings = make_body(text[header.body_start :], source_ref)
    return Article(
        body,
        source_ref,
        "header",
        raw_sha256,
        warnings=oddities + header.warnings + warnings,
        **header.metadata,
    )
