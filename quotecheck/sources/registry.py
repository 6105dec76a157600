"""Every format that is read: its name, its extensions, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from quotecheck.errors import InputError
from quotecheck.sources import archive, jsonl, table, text, warc
from quotecheck.sources.opening import COMPRESSED
from quotecheck.sources.source import Read, Result, Source

Members = Callable[[Source], Iterator[Source | InputError]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `read` yields its articles; an archive has `members` instead, each to be read by its own name."""

    name: str
    extensions: tuple[str, ...]
    read: Read | None = None
    members: Members | None = None


def _parsed_by(parser: str) -> Read:
    """Reading of one document by a parser that runs where it can be killed."""

    def read(source: Source) -> Iterator[Result]:
        yield from source.parse(parser, source.document())

    return read


TEXT = Reader("text", (".txt", ".text", ".md"), text.read)
READERS = (
    TEXT,
    Reader("jsonl", (".jsonl", ".ndjson"), jsonl.read_lines),
    Reader("json", (".json",), jsonl.read_json),
    Reader("html", (".html", ".htm", ".xhtml"), _parsed_by("html")),
    Reader("mhtml", (".mhtml", ".mht"), _parsed_by("mhtml")),
    Reader("table", (".csv", ".tsv"), table.read_table),
    Reader("feed", (".rss", ".atom", ".xml"), _parsed_by("feed")),
    Reader("warc", (".warc",), warc.read_warc),
    Reader("pdf", (".pdf",), _parsed_by("pdf")),
    Reader("docx", (".docx",), _parsed_by("docx")),
    Reader("zip", (".zip",), members=archive.zip_members),
    Reader("tar", (".tar", ".tgz"), members=archive.tar_members),
)
_BY_EXTENSION = {extension: reader for reader in READERS for extension in reader.extensions}
REFUSED = frozenset({".rtf", ".eml", ".doc", ".odt", ".xls", ".xlsx", ".epub", ".rar", ".7z"})
"""Extensions of what looks like articles and is not read: named by the user, it is refused with the reason."""


def extension(path: PurePath) -> str:
    """A path's extension in lower case, that under a compression's where it has one."""
    name = PurePath(path.stem) if path.suffix.lower() in COMPRESSED else path
    return name.suffix.lower()


def reader_for(path: PurePath) -> Reader | None:
    """What reads a path, by its extension, or None for an extension that is not ours."""
    return _BY_EXTENSION.get(extension(path))
