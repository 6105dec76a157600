"""The store: articles, claims and reviews in one SQLite file."""

from quotecheck.store.claims import SaveResult, restore_article, save_article
from quotecheck.store.database import open_database
from quotecheck.store.identity import article_id, article_uid
from quotecheck.store.reviews import ReviewEvent, history, record, undo, verify_chain
from quotecheck.store.runs import Statistics, finish_run, is_done, options_sha256, start_run, statistics

__all__ = [
    "ReviewEvent",
    "SaveResult",
    "Statistics",
    "article_id",
    "article_uid",
    "finish_run",
    "history",
    "is_done",
    "open_database",
    "options_sha256",
    "record",
    "restore_article",
    "save_article",
    "start_run",
    "statistics",
    "undo",
    "verify_chain",
]
