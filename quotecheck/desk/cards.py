"""Claim cards: what the machine read, what people decided, and why, for one claim or a whole article."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotecheck.desk.rows import columns, read
from quotecheck.desk.segments import MarkRole
from quotecheck.store import readings, wording
from quotecheck.store.connection import Row
from quotecheck.store.double import progress, seen_by, visible
from quotecheck.store.state import ReviewEvent, event_of, undone

Pieces = Sequence[tuple[int, int]]
MARKED: tuple[MarkRole, ...] = ("source", "cue", "content", "quoted")


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


@dataclass(frozen=True, slots=True)
class Reread:
    """A field that the machine reads otherwise than at the time of the decision: what was decided on, and now."""

    field: str
    decided: str | None
    now: str | None


@dataclass(slots=True)
class Card:
    """A claim as it stands: the machine's values overlaid by the latest human decision.

    A decision keeps the reading it was made on; `reread` is what the machine reads otherwise by now.

    `version` is what a review must name as seen. Offsets are Unicode code points into the article's text.
    """

    id: int
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
    context: str
    is_statement: int
    char_start: int
    char_end: int
    confidence: float
    speaker_confidence: float | None
    polarity: str | None
    mode: str | None
    said_date: str | None
    said_date_text: str | None
    said_date_basis: str | None
    place: str | None
    occasion: str | None
    told_to: str | None
    reported_via: str | None
    anonymity: str | None
    anonymity_reason: str | None
    source_count: int | None
    nested_in: str | None
    hop: int | None
    claim_type: str | None
    check_score: float | None
    check_reasons: str | None
    reviewer: str | None
    reviewed_at: str | None
    second_reviewer: str | None
    adjudicator: str | None
    reviewers: str | None
    reject_reason: str | None
    note: str | None
    tags: str | None
    fact_check_url: str | None
    fact_check_rating: str | None
    flagged: int
    origin: str
    version: int
    article_title: str | None
    outlet: str | None
    published_at: str | None
    speakers: list[SpeakerLine] = field(default_factory=list, init=False)
    events: list[ReviewEvent] = field(default_factory=list, init=False)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict, init=False)
    reread: list[Reread] = field(default_factory=list, init=False)
    judged: Mapping[str, object] | None = field(default=None, init=False)
    blind: bool = field(default=False, init=False)

    @property
    def undone(self) -> set[int]:
        """The ids of events that were taken back."""
        return undone(self.events)

    @property
    def names(self) -> list[str]:
        """The speakers' names."""
        return self.speaker.split("; ") if self.speaker else []

    @property
    def reasons(self) -> list[str]:
        """Why the statement is worth checking, or not."""
        return self.check_reasons.split("; ") if self.check_reasons else []


REREAD = ("statement", "speaker", "speaker_as_written", "speaker_kind", "kind", "cue", "polarity", "said_date")
"""Fields of a reading that a reviewer compares with the machine's present one."""
SPEAKERS = """
SELECT c.claim_id, p.name, p.uid, s.as_written, s.kind, s.basis, s.role, s.affiliation, s.confidence, s.why
FROM claims c JOIN claim_speakers s ON s.claim = c.id LEFT JOIN speakers p ON p.id = s.speaker
WHERE c.{column} = ? ORDER BY c.id, s.seq
"""
EVENTS = """
SELECT e.* FROM claims c JOIN review_events e ON e.claim_id = c.claim_id WHERE c.{column} = ? ORDER BY e.id
"""
MACHINE_SPANS = """
SELECT c.claim_id, s.role, s."start", s."end" FROM claims c JOIN claim_spans s ON s.claim = c.id
WHERE c.{column} = ? ORDER BY s.claim, s.role, s.seq
"""
KEPT_READINGS = f"""
SELECT c.claim_id, j.spans_json, {", ".join(f"j.{name}, c.{name}" for name in REREAD)}
FROM claims c JOIN claim_state s ON s.claim = c.id {readings.KEPT} WHERE c.{{column}} = ? AND j.claim IS NOT NULL
"""
PEOPLES_SPANS = """
SELECT c.claim_id, s.spans_json FROM claims c JOIN claim_state s ON s.claim = c.id
WHERE c.{column} = ? AND s.spans_json IS NOT NULL
"""
# What a reviewer's own state sets on a card, where a double review hides everybody else's.
OWN = (
    "status", "kind", "said_date", "said_date_basis", "reviewer", "reviewed_at", "reject_reason", "note", "tags",
    "fact_check_url", "fact_check_rating",
)  # fmt: skip


def cards_of_article(connection: sqlite3.Connection, article: int, reviewer: str | None = None) -> list[Card]:
    """The cards of an article's claims in the order of the text, as `reviewer` may see them."""
    return _cards(connection, "article", article, reviewer)


def card(connection: sqlite3.Connection, claim_id: str, reviewer: str | None = None) -> Card | None:
    """The card of one claim, or None if there is no such claim or it is no longer shown."""
    return next(iter(_cards(connection, "claim_id", claim_id, reviewer)), None)


def _cards(connection: sqlite3.Connection, column: str, key: int | str, reviewer: str | None) -> list[Card]:
    sql = f"SELECT {columns(Card)} FROM claims_current WHERE {column} = ? ORDER BY char_start, char_end DESC, id"
    cards = read(connection, Card, sql, (key,))
    speakers: defaultdict[str, list[SpeakerLine]] = defaultdict(list)
    for line in read(connection, SpeakerLine, SPEAKERS.format(column=column), (key,)):
        speakers[line.claim_id].append(line)
    spans, reread = _spans(connection, column, key)
    events = _events(connection, column, key)
    for found in cards:
        found.reread = reread.get(found.claim_id, [])
        found.speakers = [] if any(one.field == "speaker" for one in found.reread) else speakers[found.claim_id]
        found.spans = spans[found.claim_id]
        of_claim = events[found.claim_id]
        found.events = visible(of_claim, reviewer)
        if found.reviewers and progress(of_claim).is_open:
            _blind(connection, found, of_claim, reviewer)
        found.judged = _judged(found.events) if found.status == "stale" else None
    return sorted(cards, key=lambda found: (found.char_start, -found.char_end, found.id))


def _events(connection: sqlite3.Connection, column: str, key: int | str) -> dict[str, list[ReviewEvent]]:
    cursor = connection.execute(EVENTS.format(column=column), (key,))
    names = [described[0] for described in cursor.description]
    found: defaultdict[str, list[ReviewEvent]] = defaultdict(list)
    for row in cursor:
        event = event_of(dict(zip(names, row, strict=True)))
        found[str(event.claim_id)].append(event)
    return found


def _spans(
    connection: sqlite3.Connection, column: str, key: int | str
) -> tuple[defaultdict[str, dict[str, list[tuple[int, int]]]], dict[str, list[Reread]]]:
    """The spans of claims, and what the machine reads otherwise by now of those that keep an earlier reading."""
    found: defaultdict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for claim_id, role, start, end in connection.execute(MACHINE_SPANS.format(column=column), (key,)):
        found[claim_id].setdefault(role, []).append((start, end))
    reread: dict[str, list[Reread]] = {}
    for claim_id, spans_json, *values in connection.execute(KEPT_READINGS.format(column=column), (key,)):
        found[claim_id] = readings.pieces(spans_json)
        pairs = zip(REREAD, values[::2], values[1::2], strict=True)
        reread[claim_id] = [Reread(name, decided, now) for name, decided, now in pairs if decided != now]
    for claim_id, spans_json in connection.execute(PEOPLES_SPANS.format(column=column), (key,)):
        found[claim_id] |= readings.pieces(spans_json)
    return found, reread


def _blind(connection: sqlite3.Connection, found: Card, events: Sequence[ReviewEvent], reviewer: str | None) -> None:
    """Put the reviewer's own work on a card of an open double review; everybody else's is not on it."""
    found.blind = True
    state = seen_by(events, reviewer)
    found.version += len(found.events) - len(events)
    for name in OWN:
        if state[name] is not None:
            setattr(found, name, state[name])
    found.flagged = int(state["flagged"] or 0)
    if state["speaker_kind"] is not None:
        found.speaker, found.speaker_id = _text(state, "speaker"), _text(state, "speaker_id")
        found.speaker_kind, found.speaker_basis = str(state["speaker_kind"]), "human"
    if state["spans_json"] is not None:
        spans = readings.pieces(str(state["spans_json"]))
        found.spans = found.spans | spans
        for name, cell in wording.cells(wording.text_of_article(connection, found.article), spans).items():
            if hasattr(found, name):
                setattr(found, name, cell)


def _judged(events: Sequence[ReviewEvent]) -> Mapping[str, object] | None:
    """What the latest decision that counts took the claim to say, to stand beside what the machine reads now."""
    taken_back = undone(events)
    for event in reversed(events):
        if event.id not in taken_back and event.after.get("judged_json") and event.undoes is None:
            judged: Mapping[str, object] = json.loads(str(event.after["judged_json"]))
            return judged
    return None


def _text(state: Row, name: str) -> str | None:
    return None if state[name] is None else str(state[name])
