"""What an input says about its article, and the conventions its values share in every format."""

from __future__ import annotations

import re
from typing import TypedDict

from quotecheck.sources.body import storable


class Metadata(TypedDict, total=False):
    """Fields of `Article` that a header or a record may give."""

    id: str | None
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    author_title: str | None
    author_description: str | None
    categories: tuple[str, ...]
    published_raw: str | None
    published_at: str | None


_CATEGORY_BREAK = re.compile(r";\s*(?:category\s*\d*\s*:)?", re.IGNORECASE)
_NOT_FOUND = re.compile(r"(?:.*\s)?not found\.?", re.IGNORECASE | re.DOTALL)
# A headline may well end in "not found"; only the placeholder for a missing one is null.
_TITLE_NOT_FOUND = re.compile(r"(?:(?:article|page|title|headline|details?)\s+)*not found\.?", re.IGNORECASE)


def value_or_none(field: str, value: str) -> str | None:
    """A field's value without the space around it; None if it is empty or says that it was not found."""
    stripped = value.strip()
    missing = _TITLE_NOT_FOUND if field == "title" else _NOT_FOUND
    return None if not stripped or missing.fullmatch(stripped) else stripped


def one_line(value: object) -> str | None:
    """A text on one line, without the space around it; None for what is no text or has no words."""
    return (storable(" ".join(value.split())) or None) if isinstance(value, str) else None


def split_categories(value: str) -> tuple[str, ...]:
    """The names in `WORLD; Category 2: EUROPE` or `WORLD; EUROPE`, each once, in their order."""
    names = (value_or_none("category", name) for name in _CATEGORY_BREAK.split(value))
    return tuple(dict.fromkeys(name for name in names if name))
