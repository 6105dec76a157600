"""A Word document to one article: its paragraphs and the cells of its tables, in their order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from quotecheck.errors import InputError
from quotecheck.sources.body import make_body
from quotecheck.sources.metadata import one_line
from quotecheck.sources.opening import MAX_BYTES
from quotecheck.sources.source import Document
from quotecheck.types import Article

_BROKEN = (
    OpcError, zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, AttributeError, EOFError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the libraries raise over a damaged document."""


def parse_docx(document: Document) -> Iterator[Article]:
    """The article of a .docx document, a line for each paragraph.

    Raises InputError `corrupt`, `too_large` or `no_text`.
    """
    try:
        _refuse_bombs(document)
        opened = docx.Document(io.BytesIO(document.raw))
        text = "\n".join(_paragraphs(opened))
    except _BROKEN as error:
        message = f"not a whole Word document ({type(error).__name__}); open it and save it again, or save its text"
        raise InputError(document.source_ref, "corrupt", message) from None
    if not text.strip():
        raise InputError(document.source_ref, "no_text", "no words in this document; leave it out")
    body, warnings = make_body(text, document.source_ref)
    about = opened.core_properties
    yield Article(
        body,
        document.source_ref,
        "docx",
        document.raw_sha256,
        title=one_line(about.title),
        author=one_line(about.author),
        warnings=warnings,
    )


def _refuse_bombs(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(document.raw)) as archive:
        if sum(part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))) > MAX_BYTES:
            message = f"its text expands to more than {MAX_BYTES:,} bytes; split it into articles"
            raise InputError(document.source_ref, "too_large", message)


def _paragraphs(opened: Any) -> Iterator[str]:
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            yield from ("\t".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield block.text
