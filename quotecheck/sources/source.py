"""What a reader is given: an input's bytes, where they come from, and what the user said about them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from quotecheck.errors import InputError
from quotecheck.sources.opening import expand, read_whole
from quotecheck.types import Article

Result = Article | InputError
"""What a reader yields for each article it meets."""


@dataclass(frozen=True, slots=True)
class Document:
    """The decompressed bytes of one document, the hash of the bytes as stored, and what is known from outside."""

    raw: bytes
    source_ref: str
    raw_sha256: str
    charset: str | None = None
    url: str | None = None
    retrieved_at: str | None = None


Parse = Callable[[str, Document], Iterable[Result]]
"""Parses a document with the parser of that name, where a document that hangs it can be given up."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its stored bytes, its name (whose extensions say how to read it), and how to parse what is in it.

    `columns` maps our fields to the columns or keys that hold them.
    """

    source_ref: str
    name: PurePath
    stored: BinaryIO
    parse: Parse
    columns: Mapping[str, str] = field(default_factory=dict)

    def stream(self) -> BinaryIO:
        """The bytes, decompressed on the way."""
        return expand(self.stored, self.name, self.source_ref)

    def document(self) -> Document:
        """The whole input as one document. Raises InputError `too_large`."""
        raw = read_whole(self.stored, self.source_ref)
        expanded = read_whole(expand(io.BytesIO(raw), self.name, self.source_ref), self.source_ref)
        return Document(expanded, self.source_ref, hashlib.sha256(raw).hexdigest())


Read = Callable[[Source], Iterator[Result]]


def printable(path: PurePath) -> str:
    """A path that can be stored and shown: bytes that are not UTF-8 are percent-encoded."""
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in str(path))
