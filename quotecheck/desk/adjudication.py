"""Double review: batches, how far they are, conflicts that wait for somebody to decide, and how far people agree."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotecheck.desk.agreement import Agreement, agreement
from quotecheck.desk.cards import Card, card
from quotecheck.desk.forms import Form, bad, number, text
from quotecheck.desk.queue import Filters, first_claims
from quotecheck.desk.rows import columns, read
from quotecheck.desk.segments import Mark, Segment, cut
from quotecheck.store import edits, wording
from quotecheck.store.connection import Row, rows
from quotecheck.store.double import VERDICTS, progress
from quotecheck.store.state import ReviewEvent, event_of, load_events

COMPARED = {"verdict": "verdict", "speaker": "speaker", "kind": "kind", "said_date": "date", "words": "words"}
"""Fields of a reading, with what they are called."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in double review. `judged` counts claims by reviewer, `settled` those that need nobody any more."""

    id: int
    name: str
    reviewers: list[str]
    claims: int
    judged: Mapping[str, int]
    settled: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reviewer makes of a claim; `fields` are shown values by field, `segments` the context with the words
    they chose marked."""

    reviewer: str
    fields: Mapping[str, str]
    note: str | None
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim about which two reviewers differ, and in which fields."""

    card: Card
    readings: list[Reading]
    differs: frozenset[str]


@dataclass(frozen=True, slots=True)
class DoubleReview:
    """All that the double-review page shows."""

    batches: list[Batch]
    conflicts: list[Conflict]
    waiting: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class _BatchRow:
    id: int
    name: str
    reviewers: str


MOST_CONFLICTS = 20
LARGEST_BATCH = 200


def double_review(connection: sqlite3.Connection, viewer: str | None) -> DoubleReview:
    """Batches, open conflicts (the oldest first, at most `MOST_CONFLICTS`) and agreement over all that two judged."""
    batches, pairs = [], []
    sql = f"SELECT {columns(_BatchRow)} FROM batches ORDER BY id DESC"
    for row in read(connection, _BatchRow, sql):
        tracks = _tracks(connection, row.id)
        batches.append(_batch(connection, row, tracks))
        pairs += [list(found.values()) for found in tracks if len(found) == 2 and _all_judged(found)]
    waiting = [
        str(claim_id)
        for (claim_id,) in connection.execute(
            """SELECT v.claim_id FROM claim_state s CROSS JOIN claims_current v ON v.id = s.claim
               WHERE s.status = 'conflicting' ORDER BY +s.reviewed_at, v.id"""
        )
    ]
    conflicts = [conflict(connection, claim_id, viewer) for claim_id in waiting[:MOST_CONFLICTS]]
    return DoubleReview(batches, [found for found in conflicts if found], len(waiting), agreement(pairs))


def conflict(connection: sqlite3.Connection, claim_id: str, viewer: str | None) -> Conflict | None:
    """A claim's conflict, or None if there is none (any more)."""
    shown = card(connection, claim_id, viewer)
    tracks = progress(load_events(connection, claim_id)).tracks
    if shown is None or not tracks or not _all_judged(tracks):
        return None
    words = wording.text_of_article(connection, shown.article)
    readings = [_reading(name, track, shown, words) for name, track in tracks.items()]
    differs = frozenset(field for field in COMPARED if len({reading.fields.get(field, "") for reading in readings}) > 1)
    return Conflict(shown, readings, differs)


def open_batch(connection: sqlite3.Connection, form: Form, reviewers: Sequence[str], actor: str) -> int:
    """Give the first statements of a queue to `reviewers` for double review, as a form asks; returns the batch's id.

    Raises InputError if the form makes no sense, StoreError if there is nothing to give or the batch cannot be.
    """
    wanted = number(form.get("size", "20"))
    if not 1 <= wanted <= LARGEST_BATCH:
        raise bad("size", f"choose 1 to {LARGEST_BATCH} statements")
    if not (name := text(form, "name")):
        raise bad("name", "give the batch a name")
    filters = Filters.of({**form, "state": "unreviewed"})
    return edits.open_double(connection, name, first_claims(connection, filters, wanted), reviewers, actor)


def open_batches(connection: sqlite3.Connection, reviewer: str) -> list[tuple[int, str]]:
    """The batches in which a reviewer has a part, newest first: row id and name."""
    sql = "SELECT id, name, reviewers FROM batches ORDER BY id DESC"
    return [(key, name) for key, name, people in connection.execute(sql) if reviewer in str(people).split("; ")]


def _tracks(connection: sqlite3.Connection, batch: int) -> list[dict[str, Row]]:
    """Each reviewer's judgement of every claim of a batch, also after somebody decided between them."""
    events: dict[str, list[ReviewEvent]] = {}
    sql = """SELECT e.* FROM batch_claims b JOIN review_events e ON e.claim_id = b.claim_id
             WHERE b.batch = ? ORDER BY b.seq, e.id"""
    for row in rows(connection, sql, (batch,)):
        event = event_of(row)
        events.setdefault(str(event.claim_id), []).append(event)
    return [progress([event for event in of if event.action != "adjudicate"]).tracks for of in events.values()]


def _all_judged(tracks: Mapping[str, Row]) -> bool:
    return all(track["status"] in VERDICTS for track in tracks.values())


def _batch(connection: sqlite3.Connection, row: _BatchRow, tracks: Sequence[Mapping[str, Row]]) -> Batch:
    people = row.reviewers.split("; ")
    judged = {name: sum(1 for found in tracks if found.get(name, {}).get("status") in VERDICTS) for name in people}
    open_conflicts = connection.execute(
        """SELECT count(*) FROM batch_claims b JOIN claims c ON c.claim_id = b.claim_id
           JOIN claim_state s ON s.claim = c.id WHERE b.batch = ? AND s.status = 'conflicting'""",
        (row.id,),
    ).fetchone()[0]
    done = sum(1 for found in tracks if found and _all_judged(found))
    return Batch(row.id, row.name, people, len(tracks), judged, done - open_conflicts, open_conflicts)


def _reading(name: str, track: Row, shown: Card, text: str) -> Reading:
    judged = json.loads(str(track["judged_json"]))
    content = [(start, end) for start, end in judged["spans"]["content"]]
    fields = {
        "verdict": VERDICTS[str(track["status"])],
        "speaker": str(judged["speaker"] or f"nobody named ({judged['speaker_kind']})"),
        "kind": str(judged["kind"]),
        "said_date": str(judged["said_date"] or ""),
        "words": " […] ".join(text[start:end] for start, end in content),
    }
    start = min([place for span in content for place in span] + [shown.char_start])
    end = max([place for span in content for place in span] + [shown.char_end])
    start, end = max(0, start - 160), min(len(text), end + 160)
    marks = [Mark(a - start, b - start, shown.claim_id, "content", str(judged["kind"])) for a, b in content]
    note = None if track["note"] is None else str(track["note"])
    return Reading(name, fields, note, cut(text[start:end], marks))
