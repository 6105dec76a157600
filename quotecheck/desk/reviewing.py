"""What a reviewer sends from a claim card, checked and written as a review event."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from quotecheck.desk.cards import Card, card
from quotecheck.errors import InputError
from quotecheck.store import reviews, state

ACTIONS = ("accept", "reject", "unsure", "note")
REJECT_REASONS: dict[str, str] = {
    "not_speech": "nothing was said",
    "scare_quotes_or_title": "scare quotes or a title",
    "wrong_speaker": "wrong speaker",
    "wrong_span": "wrong words",
    "duplicate": "a duplicate",
    "not_a_statement": "not a statement",
    "other": "another reason",
}
MAX_NOTE = 5_000


@dataclass(frozen=True, slots=True)
class Decision:
    """One action on one claim; `version` is the version of the claim that the reviewer had before them."""

    action: str
    version: int
    note: str
    reason: str | None = None


def decision(form: Mapping[str, str]) -> Decision:
    """The decision in a posted form with the fields `action`, `version`, `note` and `reason`.

    Raises InputError if a field is missing or has a value that the desk does not offer.
    """
    action, version = form.get("action", ""), form.get("version", "")
    if action not in ACTIONS:
        raise _bad_form("action", f"choose one of {', '.join(ACTIONS)}")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise _bad_form("version", "reload the page and decide again")
    reason = form.get("reason") or None
    if reason is not None and reason not in REJECT_REASONS:
        raise _bad_form("reason", f"choose one of {', '.join(REJECT_REASONS)}")
    note = form.get("note", "").replace("\r\n", "\n").strip()
    if len(note) > MAX_NOTE:
        raise _bad_form("note", f"write at most {MAX_NOTE} characters")
    return Decision(action, int(version), note, reason if action == "reject" else None)


def review(connection: sqlite3.Connection, claim_id: str, actor: str, made: Decision) -> Card | None:
    """Write a decision as an event of `actor`; returns the claim's card as it then stands, None if there is no claim.

    Raises ConflictError if the claim has changed since the version that the decision was made on.
    """
    shown = card(connection, claim_id)
    if shown is None:
        return None
    is_new_note = made.action == "note" or made.note != (shown.note or "")
    reviews.record(
        connection,
        claim_id,
        actor=actor,
        action=made.action,
        expected_version=made.version,
        changes={},
        reason=made.reason,
        note=made.note if is_new_note else None,
    )
    return card(connection, claim_id)


def undo_last(connection: sqlite3.Connection, article: int, actor: str) -> str | None:
    """Take back the latest event of `actor` in an article; returns its claim's id, None if nothing is left to undo."""
    sql = """SELECT e.id, e.claim_id FROM review_events e JOIN claims c ON c.claim_id = e.claim_id
             WHERE c.article = ? AND e.actor = ? AND e.action <> 'undo' ORDER BY e.id DESC"""
    for event_id, claim_id in connection.execute(sql, (article, actor)).fetchall():
        if event_id not in state.undone(reviews.history(connection, claim_id)):
            reviews.undo(connection, event_id, actor)
            return str(claim_id)
    return None


def _bad_form(field: str, remedy: str) -> InputError:
    return InputError("review form", f"bad_{field}", f"{field} is missing or unknown; {remedy}")
