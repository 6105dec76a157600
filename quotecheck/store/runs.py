"""Extraction runs: what read the articles, with which options, and what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from quotecheck.errors import StoreError
from quotecheck.store.articles import find
from quotecheck.store.connection import Row, canonical_json, first, immediate, insert, now, sha256, update
from quotecheck.store.identity import article_id
from quotecheck.types import Article


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is in the database today: newest versions only; `stances` are beliefs, intentions and attitudes."""

    articles: int
    claims: int
    stances: int
    speakers: int
    reviewed: int


def options_sha256(options: Mapping[str, object]) -> str:
    """The hash that names a set of options; the order of the keys does not matter."""
    return sha256(canonical_json(dict(options)))


def start_run(
    db: Database, *, tool_version: str, model_name: str, model_sha256: str, options: Mapping[str, object]
) -> int:
    """Record the start of a run and return its id. `options` are what changes results, as JSON values."""
    run = {
        "tool_version": tool_version,
        "model_name": model_name,
        "model_sha256": model_sha256,
        "options_json": canonical_json(dict(options)),
        "options_sha256": options_sha256(options),
        "started_at": now(),
    }
    with immediate(db.conn):
        return insert(db.conn, "runs", run)


def finish_run(db: Database, run_id: int, counts: Mapping[str, int]) -> None:
    """Record the end of a run with its counts; a run without an end was broken off."""
    with immediate(db.conn):
        update(db.conn, "runs", run_id, {"finished_at": now(), "counts_json": canonical_json(dict(counts))})


def is_done(db: Database, article: Article, model_sha256: str, options_sha256: str) -> bool:
    """Whether this text is the article's newest version here and was read with the same model and options.

    A changed time of publication changes what “on Tuesday” means, so it counts, unless a copy without one is read.
    """
    stored = find(db.conn, article)
    if stored is None or not stored["is_latest"]:
        return False
    redated = article.published_at and article.published_at != stored["published_at"]
    if redated and stored["article_id"] == article_id(article):
        return False
    run = run_of(db.conn, stored["run_id"])
    return (run["model_sha256"], run["options_sha256"]) == (model_sha256, options_sha256)


def run_of(connection: sqlite3.Connection, run_id: object) -> Row:
    """The row of a run. Raises StoreError if there is none."""
    if not isinstance(run_id, int) or (run := first(connection, "SELECT * FROM runs WHERE id = ?", (run_id,))) is None:
        raise StoreError(f"no run {run_id} in this database; call start_run first")
    return run


def statistics(db: Database) -> Statistics:
    """Counts for a summary."""
    sql = """
      SELECT
        (SELECT count(*) FROM articles WHERE is_latest = 1),
        count(*) FILTER (WHERE is_statement = 1),
        count(*) FILTER (WHERE is_statement = 0),
        (SELECT count(DISTINCT p.person) FROM claim_people p JOIN claims_current v ON v.id = p.claim
         WHERE v.is_statement = 1),
        count(*) FILTER (WHERE is_statement = 1 AND status <> 'unreviewed')
      FROM claims_current"""
    return Statistics(*db.conn.execute(sql).fetchone())
