"""A PDF document to one article: the words of its text layer, page after page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pypdf
from pypdf.errors import PyPdfError

from quotecheck.errors import InputError
from quotecheck.sources.body import make_body
from quotecheck.sources.metadata import one_line
from quotecheck.sources.source import Document
from quotecheck.types import Article

MAX_PAGES = 2_000
# What pypdf mends on its way it also tells, on standard error, once for every page.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def parse_pdf(document: Document) -> Iterator[Article]:
    """The article of a PDF's text layer, pages a blank line apart.

    Raises InputError `encrypted`, `corrupt`, `too_large`, or `no_text` for a scan without a text layer.
    """
    try:
        text, title, author = _read(document)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        message = f"not a whole PDF document ({type(error).__name__}); open it and save it again, or save its text"
        raise InputError(document.source_ref, "corrupt", message) from None
    if not text.strip():
        message = "a PDF without a text layer, such as a scan; run it through text recognition first"
        raise InputError(document.source_ref, "no_text", message)
    body, warnings = make_body(text, document.source_ref)
    yield Article(body, document.source_ref, "pdf", document.raw_sha256, title=title, author=author, warnings=warnings)


def _read(document: Document) -> tuple[str, str | None, str | None]:
    reader = pypdf.PdfReader(io.BytesIO(document.raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(document.source_ref, "encrypted", "a PDF with a password; save a copy without one")
    if len(reader.pages) > MAX_PAGES:
        raise InputError(document.source_ref, "too_large", f"more than {MAX_PAGES:,} pages; split it into articles")
    pages = (page.extract_text().strip() for page in reader.pages)
    text = "\n\n".join(page for page in pages if page)
    about = reader.metadata
    return text, one_line(about and about.title), one_line(about and about.author)
