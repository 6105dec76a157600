"""The store: articles, claims and reviews in one SQLite file."""

from quotecheck.store.database import open_database

__all__ = ["open_database"]
