"""Writing and finding articles and their versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from quotecheck.errors import StoreError
from quotecheck.store.connection import UNSTORABLE, Row, Value, first, insert, sha256, storable, update
from quotecheck.store.identity import article_id, article_uid
from quotecheck.types import Article


def check_text(article: Article) -> None:
    """Raise StoreError if the text holds what SQLite cannot keep exactly: NUL or a lone surrogate."""
    if UNSTORABLE.search(article.text):
        raise StoreError(
            f"{article.source_ref}: the text holds NUL or a lone surrogate; replace them by U+FFFD, one for one"
        )


def find(connection: sqlite3.Connection, article: Article) -> Row | None:
    """The stored row (without its text) of this very text of this article, or None.

    A copy under another path, with neither an id nor a URL of its own, is the article that is already there. Raises
    StoreError like `check_text`.
    """
    check_text(article)
    columns = "id, uid, article_id, is_latest, run_id, version_of, published_at"
    if row := first(connection, f"SELECT {columns} FROM articles WHERE uid = ?", (article_uid(article),)):
        return row
    if article.id or article.url:
        return None
    return first(
        connection,
        f"SELECT {columns} FROM articles WHERE text_sha256 = ? AND article_id GLOB 'qa-*' AND url IS NULL "
        "AND is_latest = 1 ORDER BY id",
        (sha256(article.text),),
    )


def store(connection: sqlite3.Connection, run_id: int, article: Article) -> int:
    """Insert the article, or bring what is said about it up to date, and make it the newest version; return its key."""
    stored = find(connection, article)
    if stored is None:
        return _insert_version(connection, run_id, article)
    key = int(stored["id"] or 0)
    if stored["article_id"] != article_id(article):
        return key
    if not stored["is_latest"]:
        _retire_versions(connection, article_id(article))
    update(connection, "articles", key, {**_described(article), "is_latest": 1})
    return key


def _insert_version(connection: sqlite3.Connection, run_id: int, article: Article) -> int:
    identity = article_id(article)
    earlier = first(connection, "SELECT id FROM articles WHERE article_id = ? AND is_latest = 1", (identity,))
    _retire_versions(connection, identity)
    row = {
        "uid": article_uid(article),
        "article_id": identity,
        "version_of": earlier["id"] if earlier else None,
        **_described(article),
        "text_sha256": sha256(article.text),
        "run_id": run_id,
        "text": article.text,
    }
    return insert(connection, "articles", row)


def _retire_versions(connection: sqlite3.Connection, identity: str) -> None:
    connection.execute("UPDATE articles SET is_latest = 0 WHERE article_id = ? AND is_latest = 1", (identity,))


def _described(article: Article) -> dict[str, Value]:
    """What the input says about an article, as cells."""
    cells: dict[str, str | None] = {
        "source_ref": article.source_ref,
        "reader": article.reader,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "author": article.author,
        "author_title": article.author_title,
        "author_description": article.author_description,
        "category": joined(article.categories),
        "published_raw": article.published_raw,
        "published_at": article.published_at,
        "retrieved_at": article.retrieved_at,
        "warnings": joined(article.warnings),
        "raw_sha256": article.raw_sha256,
    }
    return {name: storable(cell) for name, cell in cells.items()}


def joined(values: Iterable[str | None]) -> str | None:
    """A list inside one cell: the values that are there, each once, separated by `; `; None for none."""
    return "; ".join(dict.fromkeys(value.replace(";", ",") for value in values if value)) or None
