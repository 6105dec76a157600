"""Focus view: one claim with the sentences around it, for a phone or for speed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from quotecheck import passages
from quotecheck.desk.articles import marks
from quotecheck.desk.cards import Card, card, cards_of_article
from quotecheck.desk.queue import BATCH, Filters, next_claim, previous_claim
from quotecheck.desk.segments import Segment, cut
from quotecheck.store import wording
from quotecheck.store.double import seen_by
from quotecheck.store.state import load_events

SENTENCES = 2
"""Sentences shown before and after the claim's own."""


@dataclass(frozen=True, slots=True)
class FocusPage:
    """One claim of the queue; `done` counts those gone through in this sitting, of `batch`."""

    card: Card
    segments: list[Segment]
    names: list[str]
    previous: str | None
    next: str | None
    done: int
    batch: int = BATCH


def focus_page(
    connection: sqlite3.Connection, claim_id: str, filters: Filters, reviewer: str | None, done: int = 0
) -> FocusPage | None:
    """The focus view of a claim, or None if there is no such claim."""
    shown = card(connection, claim_id, reviewer)
    if shown is None:
        return None
    text = wording.text_of_article(connection, shown.article)
    start, end = _window(text, shown)
    inside = [
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks([shown])
        if mark.start < end and mark.end > start
    ]
    names = [name for other in cards_of_article(connection, shown.article, reviewer) for name in other.names]
    return FocusPage(
        shown,
        cut(text[start:end], inside),
        list(dict.fromkeys(names)),
        previous_claim(connection, filters, claim_id) if not filters.batch else None,
        following(connection, filters, claim_id, reviewer),
        done,
    )


def following(connection: sqlite3.Connection, filters: Filters, after: str, reviewer: str | None) -> str | None:
    """The claim that comes after this one for this reviewer: in a batch, the next that they have not judged."""
    if not filters.batch:
        return next_claim(connection, filters, after)
    return next(
        (claim_id for claim_id in open_in_batch(connection, int(filters.batch), reviewer) if claim_id != after), None
    )


def open_in_batch(connection: sqlite3.Connection, batch: int, reviewer: str | None) -> list[str]:
    """The claims of a double-review batch that a reviewer has not judged yet, in the batch's order."""
    sql = "SELECT claim_id FROM batch_claims WHERE batch = ? ORDER BY seq"
    claims = [str(claim_id) for (claim_id,) in connection.execute(sql, (batch,))]
    return [
        claim_id
        for claim_id in claims
        if seen_by(load_events(connection, claim_id), reviewer)["status"] in ("unreviewed", "stale")
    ]


def _window(text: str, shown: Card) -> tuple[int, int]:
    """From `SENTENCES` before all parts of the claim to as many behind."""
    places = [place for role in ("source", "cue", "content") for span in shown.spans.get(role, ()) for place in span]
    start, end = min(places), max(places)
    start, end = passages.sentence_start(text, start), passages.sentence_end(text, end)
    for _ in range(SENTENCES):
        start = passages.sentence_start(text, max(0, len(text[:start].rstrip()) - 1))
        end = passages.sentence_end(text, min(len(text), end + len(text[end:]) - len(text[end:].lstrip()) + 1))
    return start, end
