"""The machine's readings of a claim: when two are the same, and those that a person judged, kept beside later ones.

A row of `claims` holds the latest reading. Before a run writes another in its place, the one that reviewers saw is kept
in `judged_readings`; views show it wherever the decision in force was made on it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from quotecheck.store.connection import Row, Value, canonical_json, first, sha256
from quotecheck.store.schema import EVIDENCE_COLUMNS
from quotecheck.types import Claim, Span
from quotecheck.vocabulary import ROLES

SEEN = (
    "kind", "is_statement", "speaker", "speaker_id", "speaker_kind", "speaker_as_written", "speaker_basis",
    "speaker_role", "speaker_affiliation", "cue", "cue_class", "statement", "quoted_words", "context",
    "context_start", "context_end", "char_start", "char_end", "polarity", "mode", "said_date", "said_date_text",
    "said_date_basis", "place", "occasion", "told_to", "reported_via", "anonymity", "anonymity_reason",
    "source_count", "hop",
)  # fmt: skip
"""Columns of `claims` that say how the article is read: two rows that agree in them are one reading."""
BESIDE = (
    "speaker_confidence", "confidence", "matching_key", "nested_in", "claim_type", "check_score", "check_reasons",
    "run_id",
)  # fmt: skip
"""Columns that go with a reading and may change without making it another."""
COLUMNS = (*SEEN, *BESIDE)
DECISIVE = (
    "kind", "is_statement", "speaker", "speaker_kind", "statement", "char_start", "char_end", "cue",
    "speaker_as_written", "polarity", "said_date",
)  # fmt: skip
"""Who said what, how and when: a decision is stale where the machine reads one of these otherwise now."""
Parts = Sequence[tuple[str, tuple[Span, ...]]]
"""The spans of a claim by role."""

KEPT = """LEFT JOIN judged_readings j
  ON s.reading <> c.fingerprint AND j.claim = c.id AND j.fingerprint = s.reading"""
"""The reading that a claim's decision in force stands on, where the machine has another by now.

The tables must be called `c` (claims) and `s` (claim_state); `column` reads from the join.
"""
IN_FORCE = """SELECT j.* FROM judged_readings j
  CROSS JOIN claim_state s ON s.claim = j.claim AND s.reading = j.fingerprint
  CROSS JOIN claims c ON c.id = j.claim AND c.fingerprint <> j.fingerprint"""
"""All kept readings that decisions in force stand on."""
IS_KEPT = """EXISTS (SELECT 1 FROM claims c JOIN claim_state s ON s.claim = c.id
    JOIN judged_readings j ON j.claim = c.id AND j.fingerprint = s.reading
    WHERE c.id = {claim} AND s.reading <> c.fingerprint)"""
"""Whether a claim, named by an SQL expression, shows a kept reading."""
_DIFFERS = ", ".join(f"m.{name}" for name in DECISIVE), ", ".join(f"j.{name}" for name in DECISIVE)
STALE = f"""(s.reading <> c.fingerprint AND s.decided_fingerprint <> c.fingerprint AND (j.claim IS NULL
      OR EXISTS (SELECT 1 FROM claims m WHERE m.id = j.claim AND ({_DIFFERS[0]}) IS NOT ({_DIFFERS[1]}))))"""
"""Whether the machine reads otherwise, by now, what was decided; over the join `KEPT`."""


def column(name: str) -> str:
    """The SQL of a column of the reading that a claim shows, over the join `KEPT`."""
    return f"CASE WHEN j.claim IS NULL THEN c.{name} ELSE j.{name} END"


def parts_of(claim: Claim) -> Parts:
    """The spans of a claim by role, as they are stored."""
    return [
        ("source", claim.source),
        ("cue", claim.cue),
        ("content", claim.content),
        ("quoted", claim.quoted),
        *claim.evidence.spans.items(),
    ]


def fingerprint(cells: Mapping[str, Value], parts: Parts) -> str:
    """A hash that names a reading: all that a reviewer sees of it, not the confidences."""
    offsets = {role: [[span.start, span.end] for span in spans] for role, spans in parts if spans}
    return sha256(canonical_json([{name: cells[name] for name in SEEN}, offsets]))[:32]


def is_same(connection: sqlite3.Connection, stored: Row, cells: Mapping[str, Value], parts: Parts) -> bool:
    """Whether a stored row of `claims` is the reading that `cells` and `parts` are.

    A row from before there was evidence has none that anybody could have seen, so it is not compared.
    """
    unseen = EVIDENCE_COLUMNS if stored["polarity"] is None else ()
    if any(stored[name] != cells[name] for name in SEEN if name not in unseen):
        return False
    before = _offsets(connection, stored["id"])
    return all(before.get(role, []) == [[span.start, span.end] for span in spans] for role, spans in parts[:3])


def keep(connection: sqlite3.Connection, stored: Row) -> None:
    """Keep a claim's reading if a reviewer ever acted on it; the caller is about to write another over it."""
    sql = "SELECT 1 FROM review_events WHERE claim_id = ? AND claim_fingerprint = ? LIMIT 1"
    if first(connection, sql, (stored["claim_id"], stored["fingerprint"])) is None:
        return
    found = _offsets(connection, stored["id"])
    spans = {role: found.get(role, []) for role in (*ROLES, *found)}
    cells = [stored["id"], stored["fingerprint"], canonical_json(spans), *(stored[name] for name in COLUMNS)]
    names = ", ".join(("claim", "fingerprint", "spans_json", *COLUMNS))
    places = ", ".join("?" * len(cells))
    connection.execute(f"INSERT OR IGNORE INTO judged_readings ({names}) VALUES ({places})", cells)


def kept(connection: sqlite3.Connection, claim: Value, reading: Value) -> Row | None:
    """The kept reading of a claim with this fingerprint, or None."""
    return first(connection, "SELECT * FROM judged_readings WHERE claim = ? AND fingerprint = ?", (claim, reading))


def pieces(spans_json: str) -> dict[str, list[tuple[int, int]]]:
    """Spans by role as a cell `spans_json` holds them."""
    return {role: [(start, end) for start, end in found] for role, found in json.loads(spans_json).items()}


def _offsets(connection: sqlite3.Connection, claim: Value) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    sql = 'SELECT role, "start", "end" FROM claim_spans WHERE claim = ? ORDER BY role, seq'
    for role, start, end in connection.execute(sql, (claim,)):
        found.setdefault(role, []).append([start, end])
    return found
