"""Reviewed articles as gold: what `quotecheck score` measures against, and what a model can be trained on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from quotecheck.errors import ExportError
from quotecheck.store.connection import Row, rows
from quotecheck.vocabulary import ROLES

SURE = ("accepted", "corrected", "adjudicated")
REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class GoldSummary:
    """What was written: articles, statements that count, and statements left optional because nobody decided."""

    articles: int
    statements: int
    optional: int


ARTICLES = """
SELECT a.id, a.article_id, a.text, a.text_sha256 FROM articles a JOIN article_state s ON s.article = a.id
WHERE a.is_latest = 1 AND s.complete = 1 ORDER BY a.article_id
"""
CLAIMS = "SELECT * FROM claims_current WHERE article = ? ORDER BY char_start, char_end, id"


def export_gold(db: Database, output: Path) -> GoldSummary:
    """Write one JSON line per article in which a person says that every statement is found.

    Accepted, corrected and adjudicated claims are the article's attributions; rejected ones are left out; those that
    nobody decided are `optional`, which counts neither way. Raises ExportError if no article is complete or the file
    cannot be written.
    """
    lines, statements, optional = [], 0, 0
    for article in rows(db.conn, ARTICLES):
        attributions = list(_attributions(db, int(article["id"] or 0)))
        statements += sum(1 for one in attributions if not one.get("optional"))
        optional += sum(1 for one in attributions if one.get("optional"))
        record = {"id": article["article_id"], "text_sha256": article["text_sha256"], "text": article["text"]}
        lines.append(json.dumps(record | {"attributions": attributions}, ensure_ascii=False) + "\n")
    if not lines:
        raise ExportError("no article is complete: say in the desk, under an article, that all statements are found")
    try:
        output.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror}); name another file") from error
    return GoldSummary(len(lines), statements, optional)


def _attributions(db: Database, article: int) -> Iterator[dict[str, object]]:
    for claim in rows(db.conn, CLAIMS, (article,)):
        if claim["status"] != REJECTED:
            yield _attribution(db, claim)


def _attribution(db: Database, claim: Row) -> dict[str, object]:
    spans: dict[str, list[list[int]]] = {role: [] for role in ROLES}
    sql = 'SELECT role, "start", "end" FROM claim_spans_current WHERE claim = ? ORDER BY role, seq'
    for role, start, end in db.conn.execute(sql, (claim["id"],)):
        if role in spans:
            spans[role].append([start, end])
    undecided = {} if claim["status"] in SURE else {"optional": True}
    return {
        **spans,
        "kind": claim["kind"],
        "statement": bool(claim["is_statement"]),
        "speaker": claim["speaker"] or "",
        **undecided,
    }
