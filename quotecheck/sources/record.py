"""One JSON value to one article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from quotecheck.errors import InputError
from quotecheck.sources.body import make_body, storable
from quotecheck.sources.dates import iso_date
from quotecheck.sources.metadata import Metadata, split_categories, value_or_none
from quotecheck.types import Article

FIELDS = tuple("text id title url outlet author author_title author_description categories published_at".split())
"""Keys of a record that may be given under other names."""


def parse_strictly(text: str) -> Any:
    """The JSON value of `text`. Raises ValueError, also for NaN, a key twice in an object, and absurd nesting."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def article_from_record(
    record: object, source_ref: str, reader: str, raw_sha256: str, columns: Mapping[str, str] = MappingProxyType({})
) -> Article:
    """The article of a parsed record; the text as it is, other values without the space around them.

    `columns` names the keys of fields that the record calls otherwise.
    Raises InputError `bad_record` (no object, no string `text`), `empty` or `too_large`.
    """
    if not isinstance(record, dict):
        raise InputError(source_ref, "bad_record", 'not a JSON object; write {"text": "…"}')
    record = record | {field: record.get(key) for field, key in columns.items()}
    text = record.get("text")
    if not isinstance(text, str):
        key = columns.get("text", "text")
        raise InputError(source_ref, "bad_record", f'no string under "{key}"; put the article\'s words there')
    body, warnings = make_body(text, source_ref)
    return Article(body, source_ref, reader, raw_sha256, warnings=warnings, **_metadata(record))


def _metadata(record: dict[str, Any]) -> Metadata:
    published = _first(record, "published_at", "published", "date")
    return Metadata(
        id=_words(record.get("id")),
        title=_first(record, "title"),
        url=_first(record, "url"),
        outlet=_first(record, "outlet", "publisher"),
        author=_first(record, "author"),
        author_title=_first(record, "author_title"),
        author_description=_first(record, "author_description"),
        categories=split_categories(_first(record, "categories", "category") or ""),
        published_raw=published,
        published_at=iso_date(published),
    )


def _first(record: dict[str, Any], *keys: str) -> str | None:
    """The value of the first of `keys` that has one."""
    values = (value_or_none(key, _words(record.get(key)) or "") for key in keys)
    return next((value for value in values if value), None)


def _words(value: object) -> str | None:
    """A string, a number, or several strings joined by `; `; None for anything else."""
    if isinstance(value, str):
        return storable(value) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "; ".join(storable(item) for item in value if isinstance(item, str)) or None
    return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
