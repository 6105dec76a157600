"""Writing topics and triples in place of what was there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from quotecheck.store.connection import Value, rounded
from quotecheck.store.identity import stored_name
from quotecheck.types import Span, Topic, Triple

TRIPLE_COLUMNS = (
    "claim", "seq", "subject", "subject_start", "subject_end", "verb", "verb_start", "verb_end", "lemma",
    "object", "object_start", "object_end", "passive", "negated",
)  # fmt: skip


def write_topics(connection: sqlite3.Connection, article: int, topics: Sequence[Topic]) -> None:
    """Write the topics of an article, and where it means them, in place of those it had."""
    connection.execute("DELETE FROM topics WHERE article = ?", (article,))
    connection.execute("DELETE FROM topic_mentions WHERE article = ?", (article,))
    connection.executemany(
        "INSERT INTO topics VALUES (?, ?, ?, ?, ?)",
        [
            (article, seq, stored_name(topic.term), topic.kind, None if topic.score is None else rounded(topic.score))
            for seq, topic in enumerate(topics)
        ],
    )
    connection.executemany(
        "INSERT INTO topic_mentions VALUES (?, ?, ?, ?, ?)",
        [
            (article, seq, span.start, span.end, span.text)
            for seq, topic in enumerate(topics)
            for span in topic.mentions
        ],
    )


def write_claim_topics(connection: sqlite3.Connection, claim: int, topics: Iterable[str]) -> None:
    """Write the topics of a claim in place of those it had."""
    connection.execute("DELETE FROM claim_topics WHERE claim = ?", (claim,))
    connection.executemany(
        "INSERT INTO claim_topics VALUES (?, ?, ?)",
        [(claim, seq, stored_name(topic)) for seq, topic in enumerate(topics)],
    )


def write_triples(connection: sqlite3.Connection, claim: int, triples: Sequence[Triple]) -> None:
    """Write the triples of a claim in place of those it had; the same ones stay as they are, with their keys."""
    names = ", ".join(TRIPLE_COLUMNS)
    rows = [_cells(claim, seq, triple) for seq, triple in enumerate(triples)]
    stored = connection.execute(f"SELECT {names} FROM claim_triples WHERE claim = ? ORDER BY seq", (claim,)).fetchall()
    if rows == [tuple(row) for row in stored]:
        return
    connection.execute("DELETE FROM claim_triples WHERE claim = ?", (claim,))
    places = ", ".join("?" * len(TRIPLE_COLUMNS))
    connection.executemany(f"INSERT INTO claim_triples ({names}) VALUES ({places})", rows)


def topics_named(connection: sqlite3.Connection, article: int, content: Iterable[Span]) -> list[str]:
    """The stored topics of an article that these stretches of its text name, the most important first."""
    sql = """
      SELECT topic FROM topics t WHERE article = ? AND EXISTS (
        SELECT 1 FROM topic_mentions m, json_each(?) piece
        WHERE m.article = t.article AND m.topic_seq = t.seq
          AND json_extract(piece.value, '$[0]') <= m."start" AND m."end" <= json_extract(piece.value, '$[1]'))
      ORDER BY seq"""
    pieces = json.dumps([[span.start, span.end] for span in content])
    return [str(topic) for (topic,) in connection.execute(sql, (article, pieces))]


def spans_of(topics: Iterable[Topic], triples: Iterable[Triple]) -> list[Span]:
    """All places that they name."""
    mentions = [span for topic in topics for span in topic.mentions]
    return [*mentions, *(span for triple in triples for span in (triple.subject, triple.verb, triple.object))]


def _cells(claim: int, seq: int, triple: Triple) -> tuple[Value, ...]:
    subject, verb, target = ((span.text, span.start, span.end) for span in (triple.subject, triple.verb, triple.object))
    return (claim, seq, *subject, *verb, triple.lemma, *target, int(triple.passive), int(triple.negated))
