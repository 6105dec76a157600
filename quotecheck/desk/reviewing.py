"""What a reviewer sends from a page, checked and written as review events."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace

from quotecheck.desk import spanning
from quotecheck.desk.cards import card
from quotecheck.desk.forms import NOBODY, Form, Outcome, Request, bad, number, tags, text
from quotecheck.errors import InputError
from quotecheck.store import edits, reviews
from quotecheck.store.state import ReviewEvent

REJECT_REASONS: dict[str, str] = {
    "not_speech": "nothing was said",
    "scare_quotes_or_title": "scare quotes or a title",
    "wrong_speaker": "wrong speaker",
    "wrong_span": "wrong words",
    "duplicate": "a duplicate",
    "not_a_statement": "not a statement",
    "other": "another reason",
}


def act(connection: sqlite3.Connection, claim_id: str, actor: str, form: Form, everything: bool = False) -> Outcome:
    """Do what the posted form of a claim's card asks for in its field `action`.

    Raises InputError if a field is missing or has a value that the desk does not offer, ConflictError if the claim
    has changed since the version that the form names, StoreError if the action cannot be.
    """
    action = form.get("action", "")
    if action not in ACTIONS:
        raise bad("action", f"choose one of {', '.join(ACTIONS)}")
    version = form.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise bad("version", "reload the page and decide again")
    return ACTIONS[action](connection, Request(claim_id, actor, int(version), form, everything))


def act_on_article(connection: sqlite3.Connection, article: int | None, actor: str, form: Form) -> Outcome | None:
    """Do what the posted form of an article page asks for: add, undo, redo, complete, incomplete.

    Without an article only undo and redo are there, of the person's last action anywhere. None if there is nothing to
    undo or redo. Raises like `act`.
    """
    match form.get("action", ""):
        case "add" if article is not None:
            return spanning.add(connection, article, actor, form)
        case "undo":
            return _outcome(reviews.undo_last(connection, actor, article))
        case "redo":
            return _outcome(reviews.redo_last(connection, actor, article))
        case "complete" | "incomplete" as answer if article is not None:
            return _outcome(reviews.mark_article(connection, article, actor, complete=answer == "complete"))
    raise bad("action", "choose one of add, undo, redo, complete, incomplete")


def wanted(form: Form) -> dict[str, str]:
    """What a refused form asked for, in words, to show beside what stands now."""
    fields = {
        "note": "the note",
        "reason": "the reason",
        "who": "the speaker",
        "kind": "the kind",
        "said_date": "the date",
    }
    told = {label: form[name].strip() for name, label in fields.items() if form.get(name, "").strip()}
    return {"action": form.get("action", ""), **told}


def _decide(connection: sqlite3.Connection, asked: Request) -> Outcome:
    reason = asked.form.get("reason") or None
    if reason is not None and reason not in REJECT_REASONS:
        raise bad("reason", f"choose one of {', '.join(REJECT_REASONS)}")
    reason = reason if asked.form["action"] == "reject" else None
    return _record(connection, asked, note=_new_note(connection, asked), reason=reason)


def _note(connection: sqlite3.Connection, asked: Request) -> Outcome:
    changes = {"tags": tags(asked.form["tags"])} if "tags" in asked.form else {}
    return _record(connection, asked, note=text(asked.form, "note"), changes=changes)


def _flag(connection: sqlite3.Connection, asked: Request) -> Outcome:
    shown = card(connection, asked.claim_id, asked.actor)
    return _record(connection, asked, action="unflag" if shown and shown.flagged else "flag")


def _link(connection: sqlite3.Connection, asked: Request) -> Outcome:
    return _record(
        connection, asked, changes={name: asked.form.get(name) for name in ("fact_check_url", "fact_check_rating")}
    )


def _speaker(connection: sqlite3.Connection, asked: Request) -> Outcome:
    who, kind = asked.form.get("who", "").strip(), asked.form.get("speaker_kind", "")
    if who.casefold() in NOBODY or who.casefold() == NOBODY["unnamed"]:
        changes: dict[str, str | None] = {
            "speaker": None,
            "speaker_kind": "unknown" if who.casefold() == "unknown" else "unnamed",
        }
    elif not who:
        raise bad("who", "type a name, or unknown")
    else:
        changes = {"speaker": who, **({"speaker_kind": kind} if kind else {})}
    return replace(_record(connection, asked, action="correct", changes=changes), structural=True)


def _kind(connection: sqlite3.Connection, asked: Request) -> Outcome:
    made = _record(connection, asked, action="correct", changes={"kind": asked.form.get("kind")})
    return replace(made, structural=True)


def _date(connection: sqlite3.Connection, asked: Request) -> Outcome:
    return _record(connection, asked, action="correct", changes={"said_date": asked.form.get("said_date")})


def _renew(connection: sqlite3.Connection, asked: Request) -> Outcome:
    reviews.renew(connection, asked.claim_id, actor=asked.actor, expected_version=asked.version)
    return Outcome(asked.claim_id, structural=True)


def _undo(connection: sqlite3.Connection, asked: Request) -> Outcome:
    """Take one event of the claim's history back, or bring it back; others' work only an adjudicator."""
    key = number(asked.form.get("event", ""))
    mine = any(event.id == key and event.actor == asked.actor for event in reviews.history(connection, asked.claim_id))
    if not mine and not asked.everything:
        raise InputError("the form", "not_yours", "only an adjudicator may take back what somebody else did")
    event = reviews.undo(connection, key, asked.actor, expected_version=asked.version)
    return Outcome(str(event.claim_id), structural=True)


def _adjudicate(connection: sqlite3.Connection, asked: Request) -> Outcome:
    edits.adjudicate(
        connection,
        asked.claim_id,
        actor=asked.actor,
        take=asked.form.get("take") or None,
        changes=_adjudicated(asked.form),
        reason=text(asked.form, "reason"),
        expected_version=asked.version,
    )
    return Outcome(asked.claim_id, structural=True)


Action = Callable[[sqlite3.Connection, Request], Outcome]
ACTIONS: dict[str, Action] = {
    "accept": _decide,
    "reject": _decide,
    "unsure": _decide,
    "renew": _renew,
    "note": _note,
    "flag": _flag,
    "link": _link,
    "speaker": _speaker,
    "kind": _kind,
    "date": _date,
    "move": spanning.move,
    "words": spanning.words,
    "split": spanning.split,
    "merge": spanning.merge,
    "undo": _undo,
    "adjudicate": _adjudicate,
}
"""What can be done to a claim: the field `action` of its forms."""


def _record(
    connection: sqlite3.Connection,
    asked: Request,
    *,
    action: str | None = None,
    changes: Mapping[str, str | None] | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> Outcome:
    reviews.record(
        connection,
        asked.claim_id,
        actor=asked.actor,
        action=action or asked.form["action"],
        expected_version=asked.version,
        changes=changes,
        reason=reason,
        note=note,
    )
    return Outcome(asked.claim_id)


def _new_note(connection: sqlite3.Connection, asked: Request) -> str | None:
    """The note in the form if it is another than the claim has."""
    if "note" not in asked.form:
        return None
    note = text(asked.form, "note")
    shown = card(connection, asked.claim_id, asked.actor)
    return note if shown is None or note != (shown.note or "") else None


def _adjudicated(form: Form) -> dict[str, str | None]:
    return {name: form[field] for name, field in (("speaker", "who"), ("kind", "kind")) if form.get(field, "").strip()}


def _outcome(event: ReviewEvent | None) -> Outcome | None:
    return None if event is None else Outcome(event.claim_id or "", structural=True)
