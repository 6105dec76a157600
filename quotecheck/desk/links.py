"""Addresses of the desk's pages, and which addresses from articles may become links."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

ROOT = "/-/quotecheck"


def article_path(article: object, claim_id: str | None = None) -> str:
    """The page of an article by its row id, at the card of a claim if one is named."""
    return f"{ROOT}/article/{article}" + (f"#{quote(claim_id)}" if claim_id else "")


def speaker_path(uid: str) -> str:
    """The page of a speaker."""
    return f"{ROOT}/speaker/{quote(uid, safe='')}"


def claim_path(claim_id: str, what: str = "") -> str:
    """The address of a claim, or of something about it."""
    return f"{ROOT}/claim/{quote(claim_id, safe='')}" + (f"/{what}" if what else "")


def focus_path(claim_id: str, query: Mapping[str, str | int]) -> str:
    """The focus view of a claim within a queue."""
    return with_query(f"{ROOT}/focus/{quote(claim_id, safe='')}", query)


def own_path(path: str) -> str | None:
    """`path` if it is an address of the desk itself, to which a form may lead back; else None."""
    parts = urlsplit(path)
    own = path.startswith(f"{ROOT}/") and not parts.scheme and not parts.netloc and "\\" not in path
    return path if own and not any(letter in path for letter in "\r\n") else None


def with_query(path: str, query: Mapping[str, str | int]) -> str:
    """`path` with a query string of the values that are not empty."""
    kept = {name: value for name, value in query.items() if value not in ("", 0)}
    return f"{path}?{urlencode(kept)}" if kept else path


def safe_url(url: str | None) -> str | None:
    """`url` if it is an absolute web address; None for anything else, such as `javascript:`."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (url or "").strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None
