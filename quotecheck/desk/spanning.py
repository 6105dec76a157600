"""What a reviewer does to the words of claims: edges moved, words chosen, statements added, split and merged."""

from __future__ import annotations

import sqlite3

from quotecheck.desk.cards import Card, card
from quotecheck.desk.forms import NOBODY, Form, Outcome, Request, bad, chosen, number, pieces
from quotecheck.desk.words import moved, stretch
from quotecheck.errors import ConflictError, InputError
from quotecheck.store import edits, wording
from quotecheck.vocabulary import ROLES

MOVES = {f"{edge} {steps}": (edge, steps) for edge in ("start", "end") for steps in (-1, 1)}
"""Values of the field `move`: which edge goes which way."""


def move(connection: sqlite3.Connection, asked: Request) -> Outcome:
    """Move one edge of one part of the claim (`role`) by a word or a character (`by`)."""
    role, by = asked.form.get("role", ""), asked.form.get("by", "word")
    if role not in ROLES or by not in ("word", "character") or asked.form.get("move", "") not in MOVES:
        raise bad("role, by or move", "use the buttons of the page")
    edge, steps = MOVES[asked.form["move"]]
    article_text, spans = _before(connection, asked)
    if not spans.get(role):
        raise InputError("the form", "bad_role", f"this statement has no {role} to move; choose its words first")
    place = 0 if edge == "start" else -1
    start, end = spans[role][place]
    start, end = (
        (moved(article_text, start, edge, by, steps), end)
        if edge == "start"
        else (start, moved(article_text, end, edge, by, steps))
    )
    if start >= end:
        raise InputError("the form", "empty", "no words would be left")
    changed = list(spans[role])
    changed[place] = (start, end)
    return _spans(connection, asked, {**spans, role: changed})


def words(connection: sqlite3.Connection, asked: Request) -> Outcome:
    """Set one part of the claim: offsets from a selection, or its first and last words as typed."""
    role = asked.form.get("role", "")
    if role not in ROLES:
        raise bad("role", f"choose one of {', '.join(ROLES)}")
    article_text, spans = _before(connection, asked)
    near = spans["content"][0][0] if spans["content"] else 0
    picked = chosen(article_text, asked.form, near)
    also = list(spans[role]) if asked.form.get("also") else []
    return _spans(connection, asked, {**spans, role: [*also, *picked]})


def split(connection: sqlite3.Connection, asked: Request) -> Outcome:
    """Split the claim before a code point (`at`) or before words as typed (`first`)."""
    article_text, spans = _before(connection, asked)
    place = asked.form.get("at", "")
    if place:
        at = number(place)
    else:
        within = spans["content"][0][0]
        at = stretch(article_text, asked.form.get("first", ""), "", near=within)[0]
    one, _ = edits.split(connection, asked.claim_id, at, actor=asked.actor, expected_version=asked.version)
    return Outcome(str(one.claim_id), structural=True)


def merge(connection: sqlite3.Connection, asked: Request) -> Outcome:
    """Merge the claim into the one named, or into the one before it in the text."""
    into = asked.form.get("into") or _claim_before(connection, asked)
    if into is None:
        raise InputError("the form", "bad_into", "there is no statement before this one to merge it with")
    edits.merge(connection, asked.claim_id, into, actor=asked.actor, expected_version=asked.version)
    return Outcome(into, structural=True)


def add(connection: sqlite3.Connection, article: int, actor: str, form: Form) -> Outcome:
    """Add a statement from a selection (offsets) or from its first and last words as typed."""
    row = connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
    article_text = str(row[0]) if row else ""
    content = chosen(article_text, form, 0)
    spans: dict[str, list[tuple[int, int]]] = {"content": content}
    for role in ("source", "cue"):
        if words := form.get(f"{role}_words", "").strip():
            spans[role] = [stretch(article_text, words, "", near=content[0][0])]
        elif offsets := form.get(f"{role}_offsets", "").strip():
            spans[role] = pieces(offsets)
    who = form.get("who", "").strip()
    named = None if not who or who.casefold() in (*NOBODY, NOBODY["unnamed"]) else who
    kind = form.get("speaker_kind") or None
    added = edits.add(connection, article, spans, actor=actor, speaker=named, speaker_kind=kind if named else None)
    return Outcome(str(added.claim_id), structural=True)


def _spans(connection: sqlite3.Connection, asked: Request, spans: wording.Spans) -> Outcome:
    edits.correct_spans(connection, asked.claim_id, spans, actor=asked.actor, expected_version=asked.version)
    return Outcome(asked.claim_id, structural=True)


def _before(connection: sqlite3.Connection, asked: Request) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The article's text and the claim's spans as the person sees them."""
    shown = _card(connection, asked)
    spans: dict[str, list[tuple[int, int]]] = {role: list(shown.spans.get(role, [])) for role in ROLES}
    return wording.text_of_article(connection, shown.article), spans


def _card(connection: sqlite3.Connection, asked: Request) -> Card:
    shown = card(connection, asked.claim_id, asked.actor)
    if shown is None:
        raise ConflictError(f"{asked.claim_id} is no longer here: it was merged into another or taken back")
    return shown


def _claim_before(connection: sqlite3.Connection, asked: Request) -> str | None:
    shown = _card(connection, asked)
    sql = """SELECT claim_id FROM claims_current
             WHERE article = ?1 AND is_statement = 1 AND (char_start < ?2 OR (char_start = ?2 AND id < ?3))
             ORDER BY char_start DESC, id DESC LIMIT 1"""
    row = connection.execute(sql, (shown.article, shown.char_start, shown.id)).fetchone()
    return str(row[0]) if row else None
