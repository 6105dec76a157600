"""A small article of an invented town, as the shipped pipeline reads it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from spacy.language import Language
from sqlite_utils import Database

import quotecheck
from quotecheck import claims
from quotecheck.store import open_database, save_article, start_run
from quotecheck.types import Article, Reading

TEXT = """The Vestby council closed the old ferry ramp on Monday, Mayor Marta Lind said.

“The council has not sold the ramp,” Lind told reporters. “The ramp was closed by the harbour board, which owns it.”

Omar Haddad, a sailor, said that the harbour board did not train the pilots or inform the police. \
He said nobody had checked the ferry ramps for years, and that the pilots would sue Vestby."""
ARTICLE = Article(
    text=TEXT,
    source_ref="ramp.txt",
    reader="text",
    raw_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    title="Ferry ramp shut",
    outlet="The Vestby Courier",
    published_at="2031-03-03",
)


@cache
def pipeline() -> Language:
    """The shipped pipeline, loaded once."""
    return quotecheck.load()


@cache
def reading() -> Reading:
    """What it reads in the article."""
    return claims.read(pipeline()(TEXT), published_at=ARTICLE.published_at)


def stored(path: Path) -> Database:
    """A database with the article in it."""
    db = open_database(path)
    save(db, reading())
    return db


def save(db: Database, read: Reading, model_sha256: str = "ab" * 32) -> None:
    """Store a reading of the article as a run of its own."""
    run = start_run(db, tool_version="0.1.0", model_name="qc_en", model_sha256=model_sha256, options={})
    save_article(db, run, ARTICLE, read.claims, read.mentions, read.topics)
