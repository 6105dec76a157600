"""An RSS or Atom file to its articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import feedparser

from quotecheck.errors import InputError
from quotecheck.sources.body import make_body
from quotecheck.sources.dates import iso_date
from quotecheck.sources.html import fragment_text
from quotecheck.sources.metadata import one_line
from quotecheck.sources.source import Document, Result
from quotecheck.types import Article


def parse_feed(document: Document) -> Iterator[Result]:
    """An article for each entry of a feed, the fullest text it holds; `path#1` is the first.

    Raises InputError `unsupported` if it is no feed, `corrupt` if it is damaged, `empty` if it has no entries.
    """
    # `sanitize_html` off: the words are taken out of the markup here, and nothing of it is ever shown.
    try:
        feed = feedparser.parse(document.raw, sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:
        message = f"not a whole feed ({type(error).__name__}); download it again"
        raise InputError(document.source_ref, "corrupt", message) from None
    if not feed.version:
        message = "no RSS or Atom feed in it; give other XML as .txt, .html or .jsonl"
        raise InputError(document.source_ref, "unsupported", message)
    if not feed.entries:
        raise InputError(document.source_ref, "empty", "a feed without entries; leave it out")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _article(document, f"{document.source_ref}#{number}", feed.feed, entry)
        except InputError as error:
            yield error


def _article(document: Document, source_ref: str, feed: Any, entry: Any) -> Article:
    body, warnings = make_body(_text(entry), source_ref)
    published = one_line(entry.get("published") or entry.get("updated"))
    link = one_line(entry.get("link")) or ""
    url = link if link.startswith(("http://", "https://")) else None
    return Article(
        body,
        source_ref,
        "feed",
        document.raw_sha256,
        id=None if url else one_line(entry.get("id")),
        title=one_line(entry.get("title")),
        url=url,
        outlet=one_line((entry.get("source") or {}).get("title") or feed.get("title")),
        author=one_line(entry.get("author")),
        categories=tuple(filter(None, (one_line(tag.get("term")) for tag in entry.get("tags", ())))),
        published_raw=published,
        published_at=iso_date(published),
        warnings=warnings,
    )


def _text(entry: Any) -> str:
    """The longest of an entry's texts: feeds put the article now in its content, now in its summary."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    return max((_plain(part) for part in parts), key=len, default="")


def _plain(part: Any) -> str:
    value = part.get("value") or ""
    return value if part.get("type") == "text/plain" else fragment_text(value)
