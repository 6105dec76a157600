"""Claim cards: what the machine read, what people decided, and why, for one claim or a whole article."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from quotecheck.desk.rows import columns, read
from quotecheck.store.reviews import history
from quotecheck.store.state import ReviewEvent, undone


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """One speaker of a claim as the machine resolved it; `name` is None where nobody is named."""

    claim_id: str
    name: str | None
    uid: str | None
    as_written: str | None
    kind: str
    basis: str
    role: str | None
    affiliation: str | None
    confidence: float
    why: str


@dataclass(slots=True)
class Card:
    """A claim as it stands: the machine's values overlaid by the latest human decision.

    `version` is what a review must name as seen. Offsets are Unicode code points into the article's text.
    """

    claim_id: str
    article: int
    status: str
    kind: str
    speaker: str | None
    speaker_id: str | None
    speaker_kind: str
    speaker_as_written: str | None
    speaker_basis: str
    machine_speaker: str | None
    machine_kind: str
    cue: str | None
    cue_class: str
    statement: str
    quoted_words: str | None
    is_statement: int
    char_start: int
    char_end: int
    confidence: float
    speaker_confidence: float | None
    reviewer: str | None
    reviewed_at: str | None
    reject_reason: str | None
    note: str | None
    version: int
    speakers: list[SpeakerLine] = field(default_factory=list, init=False)
    events: list[ReviewEvent] = field(default_factory=list, init=False)

    @property
    def undone(self) -> set[int]:
        """The ids of events that were taken back."""
        return undone(self.events)


SPEAKERS = """
SELECT c.claim_id, p.name, p.uid, s.as_written, s.kind, s.basis, s.role, s.affiliation, s.confidence, s.why
FROM claims c JOIN claim_speakers s ON s.claim = c.id LEFT JOIN speakers p ON p.id = s.speaker
WHERE c.{column} = ? ORDER BY c.id, s.seq
"""
REVIEWED = """
SELECT DISTINCT e.claim_id FROM claims c JOIN review_events e ON e.claim_id = c.claim_id WHERE c.{column} = ?
"""


def cards_of_article(connection: sqlite3.Connection, article: int) -> list[Card]:
    """The cards of an article's claims in the order of the text."""
    return _cards(connection, "article", article)


def card(connection: sqlite3.Connection, claim_id: str) -> Card | None:
    """The card of one claim, or None if there is no such claim or it is no longer shown."""
    return next(iter(_cards(connection, "claim_id", claim_id)), None)


def _cards(connection: sqlite3.Connection, column: str, key: int | str) -> list[Card]:
    sql = f"SELECT {columns(Card)} FROM claims_current WHERE {column} = ? ORDER BY char_start, char_end DESC, id"
    cards = read(connection, Card, sql, (key,))
    speakers: defaultdict[str, list[SpeakerLine]] = defaultdict(list)
    for line in read(connection, SpeakerLine, SPEAKERS.format(column=column), (key,)):
        speakers[line.claim_id].append(line)
    reviewed = {claim_id for (claim_id,) in connection.execute(REVIEWED.format(column=column), (key,))}
    for found in cards:
        found.speakers = speakers[found.claim_id]
        found.events = history(connection, found.claim_id) if found.claim_id in reviewed else []
    return cards
