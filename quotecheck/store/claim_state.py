"""The `claim_state` table: what the events of each reviewed claim add up to, kept so that views are fast."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from quotecheck.store import wording
from quotecheck.store.connection import Row, first, immediate, insert
from quotecheck.store.double import replay
from quotecheck.store.searching import index_claim
from quotecheck.store.state import ReviewEvent, in_force, load_article_events, load_events

ARTICLE_UNREVIEWED: Row = {"complete": None, "reviewer": None, "reviewed_at": None}
WORDING = (
    "statement", "quoted_words", "cue", "cue_class", "speaker_as_written", "context", "context_start", "context_end",
    "char_start", "char_end", "polarity", "mode", "claim_type", "check_score", "check_reasons",
)  # fmt: skip
"""Columns that follow from corrected spans; empty where the machine's spans stand."""
SOURCE = ("anonymity", "source_count")
"""Columns that follow from the speaker and the words of the source; empty where a person corrected neither."""


def write_state(connection: sqlite3.Connection, claim_id: str, events: Sequence[ReviewEvent]) -> None:
    """Write the state of a claim whose events, oldest first, these are; the caller holds the write lock."""
    key, article = connection.execute("SELECT id, article FROM claims WHERE claim_id = ?", (claim_id,)).fetchone()
    connection.execute("DELETE FROM claim_state WHERE claim = ?", (key,))
    insert(connection, "claim_state", {"claim": key, **_summary(connection, article, events)})
    index_claim(connection, key)


def write_article_state(connection: sqlite3.Connection, uid: str) -> None:
    """Write what people said of an article as a whole; the caller holds the write lock."""
    key = connection.execute("SELECT id FROM articles WHERE uid = ?", (uid,)).fetchone()[0]
    connection.execute("DELETE FROM article_state WHERE article = ?", (key,))
    insert(connection, "article_state", {"article": key, **_article_summary(connection, uid)})


def rebuild_state(connection: sqlite3.Connection) -> None:
    """Make the tables anew from the events; they hold nothing that the events do not."""
    with immediate(connection):
        refill_state(connection)


def refill_state(connection: sqlite3.Connection) -> None:
    """The same within a transaction of the caller's."""
    connection.execute("DELETE FROM claim_state")
    connection.execute("DELETE FROM article_state")
    for claim_id in _reviewed(connection):
        write_state(connection, claim_id, load_events(connection, claim_id))
    for uid in _reviewed_articles(connection):
        write_article_state(connection, uid)


def stale_states(connection: sqlite3.Connection) -> list[str]:
    """The ids of claims (and uids of articles) whose row is not what their events add up to, as when events were
    removed.
    """
    claims = "SELECT c.claim_id FROM claim_state s JOIN claims c ON c.id = s.claim"
    with_state = [row[0] for row in connection.execute(claims)]
    articles = "SELECT a.uid FROM article_state s JOIN articles a ON a.id = s.article"
    articles_with_state = [row[0] for row in connection.execute(articles)]
    return [
        claim_id
        for claim_id in sorted({*with_state, *_reviewed(connection)})
        if _stored(connection, claim_id) != _expected(connection, claim_id)
    ] + [
        uid
        for uid in sorted({*articles_with_state, *_reviewed_articles(connection)})
        if _stored_article(connection, uid) != _article_summary(connection, uid)
    ]


def _reviewed(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT DISTINCT claim_id FROM review_events WHERE claim_id IS NOT NULL ORDER BY claim_id"
    return [row[0] for row in connection.execute(sql)]


def _reviewed_articles(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT DISTINCT article_uid FROM review_events WHERE article_uid IS NOT NULL ORDER BY article_uid"
    return [row[0] for row in connection.execute(sql)]


def _summary(connection: sqlite3.Connection, article: int, events: Sequence[ReviewEvent]) -> Row:
    state = replay(events)
    words: Row = dict.fromkeys((*WORDING, *SOURCE))
    if state["spans_json"] is not None:
        words |= wording.cells(wording.text_of_article(connection, article), json.loads(str(state["spans_json"])))
    if state["judged_json"] is not None and not (state["spans_json"] is None and state["speaker_kind"] is None):
        judged = json.loads(str(state["judged_json"]))
        words |= wording.source_cells(wording.text_of_article(connection, article), judged["spans"], judged)
    return {"events": len(events), "in_force": len(in_force(events)), **state, **words}


def _article_summary(connection: sqlite3.Connection, uid: str) -> Row:
    events = load_article_events(connection, uid)
    state = dict(ARTICLE_UNREVIEWED)
    for event in in_force(events):
        state |= {**event.after, "reviewer": event.actor, "reviewed_at": event.at}
    return {"events": len(events), **state}


def _expected(connection: sqlite3.Connection, claim_id: str) -> Row:
    article = connection.execute("SELECT article FROM claims WHERE claim_id = ?", (claim_id,)).fetchone()[0]
    return _summary(connection, article, load_events(connection, claim_id))


def _stored(connection: sqlite3.Connection, claim_id: str) -> Row | None:
    sql = "SELECT s.* FROM claim_state s JOIN claims c ON c.id = s.claim WHERE c.claim_id = ?"
    stored = first(connection, sql, (claim_id,))
    return {name: cell for name, cell in stored.items() if name != "claim"} if stored else None


def _stored_article(connection: sqlite3.Connection, uid: str) -> Row | None:
    sql = "SELECT s.* FROM article_state s JOIN articles a ON a.id = s.article WHERE a.uid = ?"
    stored = first(connection, sql, (uid,))
    return {name: cell for name, cell in stored.items() if name != "article"} if stored else None
