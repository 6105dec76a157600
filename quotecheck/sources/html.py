"""A web page to one article: the words of its main text, and what its markup declares about it."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import trafilatura
from lxml import etree, html

from quotecheck.errors import InputError
from quotecheck.sources.body import make_body, storable
from quotecheck.sources.dates import iso_date
from quotecheck.sources.decoding import decode
from quotecheck.sources.marks import write_marks
from quotecheck.sources.metadata import one_line
from quotecheck.sources.source import Document
from quotecheck.types import Article

_HEAD = 4_096
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_TAG = re.compile("<[a-zA-Z!]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PUBLISHED = (
    "//meta[@property='article:published_time' or @itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_OUTLET = ("//meta[@property='og:site_name']/@content", "//meta[@name='application-name']/@content")
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
_BLOCKS = frozenset(
    "p head item row quote list table div li h1 h2 h3 h4 h5 h6 tr ul ol pre blockquote section article".split()
)
_BREAKS = frozenset({"lb", "br"})
_CELLS = frozenset({"cell", "td", "th"})
_NO_DATES = {"extensive_search": False, "original_date": True}


def parse_page(document: Document) -> Iterator[Article]:
    """The article of an HTML page.

    Its text is the main text as a reader of the page sees it: paragraphs a blank line apart, white space as a browser
    shows it, quotation marks where the markup stands for them. Date and outlet are what the page declares, never
    guessed. Raises InputError `no_text`, or like `decode` and `make_body`.
    """
    found = _CHARSET.search(document.raw, 0, _HEAD)
    declared = document.charset or (found[1].decode("ascii") if found else None)
    markup, oddities = decode(document.raw, document.source_ref, declared)
    page = parse_markup(markup) if _TAG.search(markup) else None
    if page is None:
        raise _no_text(document)
    published = _published(page)
    outlet = _first(page, _OUTLET) or _publisher(page)
    write_marks(page)
    read: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params=_NO_DATES
    )
    if read is None or not (text := _joined(_blocks(read.body))):
        raise _no_text(document)
    body, warnings = make_body(text, document.source_ref)
    yield Article(
        body,
        document.source_ref,
        "html",
        document.raw_sha256,
        title=one_line(read.title),
        url=document.url or one_line(read.url),
        outlet=outlet,
        author=one_line(read.author),
        published_raw=published,
        published_at=iso_date(published),
        retrieved_at=document.retrieved_at,
        warnings=oddities + warnings,
    )


def parse_saved(document: Document) -> Iterator[Article]:
    """The article of a page that a browser saved with its pictures in one file (MHTML)."""
    message = email.message_from_bytes(document.raw, policy=email.policy.default)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    raw = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(raw, bytes):
        raise _no_text(document)
    url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    yield from parse_page(
        replace(
            document,
            raw=raw,
            charset=part.get_content_charset(),
            url=url if url.startswith(("http://", "https://")) else None,
            retrieved_at=iso_date(str(message.get("Date") or "")),
        )
    )


def parse_markup(markup: str) -> Any:
    """The tree of a page or of a piece of one, or None if there is none."""
    try:
        # As bytes: a string that declares an encoding is refused.
        return html.document_fromstring(
            storable(markup).encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (etree.ParserError, ValueError):
        return None


def fragment_text(markup: str) -> str:
    """The words of a piece of HTML such as a feed's, all of them, in blocks as `parse_page` sets them."""
    page = parse_markup(markup)
    if page is None:
        return ""
    for element in page.xpath("//script|//style|//template"):
        element.drop_tree()
    write_marks(page)
    return _joined(_blocks(page))


def _blocks(tree: Any) -> Iterator[str]:
    """The blocks of a tree of HTML, or of that which trafilatura makes of it."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if node.tag in _BLOCKS:
            yield _visible("".join(pieces))
            pieces = []
        if event == "start":
            pieces += ["\1" if node.tag in _BREAKS else "", node.text or ""]
        else:
            pieces += ["\2" if node.tag in _CELLS else "", node.tail or ""]
    yield _visible("".join(pieces))


def _visible(words: str) -> str:
    """White space as a browser shows it; a line break is `\\1` up to here, the end of a cell `\\2`."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in words.split("\1"))
    return "\n".join(lines).strip("\n\2").replace("\2", "\t")


def _joined(blocks: Iterator[str]) -> str:
    return "\n\n".join(block for block in (block.strip(" \n\t") for block in blocks) if block)


def _published(page: Any) -> str | None:
    return _first(page, _PUBLISHED) or next(
        (value for thing in _linked_data(page) if (value := one_line(thing.get("datePublished")))), None
    )


def _publisher(page: Any) -> str | None:
    for thing in _linked_data(page):
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and (name := one_line(publisher.get("name"))):
            return name
    return None


def _linked_data(page: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, those of a list or a graph too."""
    for script in page.xpath(_LINKED_DATA):
        try:
            value = json.loads(script)
        except (ValueError, RecursionError):
            continue
        values = value if isinstance(value, list) else [value, *_graph(value)]
        yield from (thing for thing in values if isinstance(thing, dict))


def _graph(value: object) -> list[Any]:
    graph = value.get("@graph") if isinstance(value, dict) else None
    return graph if isinstance(graph, list) else []


def _first(page: Any, paths: tuple[str, ...]) -> str | None:
    return next((words for path in paths for found in page.xpath(path) if (words := one_line(found))), None)


def _no_text(document: Document) -> InputError:
    message = "no article text in this page; open it in a browser and save the text as a .txt file"
    return InputError(document.source_ref, "no_text", message)
