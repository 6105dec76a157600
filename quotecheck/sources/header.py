"""The header format: leading `Key: value` lines up to `Text:`, then the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotecheck.sources.dates import iso_date
from quotecheck.sources.metadata import Metadata, split_categories, value_or_none


@dataclass(frozen=True, slots=True)
class Header:
    """A header's fields, the code point at which the body starts, and warning codes."""

    metadata: Metadata
    body_start: int
    warnings: tuple[str, ...]


_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FIELD = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9 _-]{0,39}?)[ \t]*:(.*)", re.DOTALL)
_CATEGORY = re.compile(r"categor(?:y|ies)(?: ?\d+)?")
_FIELDS = {"published time", "title", "author", "author title", "author description", "url", "outlet", "source"}
_LONGEST_DESCRIPTION = 2_000


def read_header(text: str) -> Header | None:
    """The header that `text` begins with, or None if it is plain text.

    A header is a run of `Key: value` lines (blank lines between them are allowed, and an author description may
    go on over several lines) that ends in `Text:` and names at least one known field, or a first line that holds
    `Text:` alone. Keys match in any letter case and order; "… not found" is None; the last value of a repeated
    field wins; unknown fields are left out.
    """
    fields: list[tuple[str, str]] = []
    for line in _LINE.finditer(text):
        field = _FIELD.fullmatch(line[1])
        key = " ".join(field[1].lower().split()) if field else ""
        if field and key == "text":
            alone = not field[2].strip(" \t")
            is_header = any(_is_known(known) for known, _ in fields) or (alone and not fields)
            return _header(fields, _body_start(text, line, field)) if is_header else None
        if field and (_is_known(key) or field[2][:1] in {"", " ", "\t"}):
            fields.append((key, field[2].strip()))
        elif _continues_description(fields):
            fields[-1] = ("author description", f"{fields[-1][1]} {line[1].strip()}".strip())
        elif line[1].strip():
            return None
    return None


def _is_known(key: str) -> bool:
    return key in _FIELDS or _CATEGORY.fullmatch(key) is not None


def _continues_description(fields: list[tuple[str, str]]) -> bool:
    return bool(fields) and fields[-1][0] == "author description" and len(fields[-1][1]) < _LONGEST_DESCRIPTION


def _body_start(text: str, line: re.Match[str], field: re.Match[str]) -> int:
    if not field[2].strip(" \t"):
        return line.end()
    start = line.start() + field.start(2)
    return start + 1 if text[start] == " " else start


def _header(fields: list[tuple[str, str]], body_start: int) -> Header:
    keys = [key for key, _ in fields if _is_known(key) and not _CATEGORY.fullmatch(key)]
    categories = [name for key, raw in fields if _CATEGORY.fullmatch(key) for name in split_categories(raw)]
    values = {key: value for key, raw in fields if (value := value_or_none(key, raw)) is not None}
    warnings = {
        "repeated_field": len(set(keys)) < len(keys),
        "unknown_field": not all(_is_known(key) for key, _ in fields),
    }
    metadata = _metadata(values, tuple(dict.fromkeys(categories)))
    return Header(metadata, body_start, tuple(code for code, seen in warnings.items() if seen))


def _metadata(values: dict[str, str], categories: tuple[str, ...]) -> Metadata:
    source = values.get("source")
    source_is_url = source is not None and re.match(r"https?://", source) is not None
    published = values.get("published time")
    return Metadata(
        title=values.get("title"),
        url=values.get("url") or (source if source_is_url else None),
        outlet=values.get("outlet") or (None if source_is_url else source),
        author=values.get("author"),
        author_title=values.get("author title"),
        author_description=values.get("author description"),
        categories=categories,
        published_raw=published,
        published_at=iso_date(published),
    )
