"""What a reviewer sends from the people pages, checked and written as people events."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.desk.forms import Form, bad, number, text
from quotecheck.store import people


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would change: both names with all their forms, and how many claims get the kept name."""

    gone: str
    gone_name: str
    kept: str
    kept_name: str
    gone_names: Sequence[str]
    kept_names: Sequence[str]
    claims: int


def preview(connection: sqlite3.Connection, gone: str, kept: str) -> Preview:
    """The merge of one speaker into another, before it is made. Raises StoreError if there is no such speaker."""
    gone, kept = people.find(connection, gone), people.find(connection, kept)
    name = "SELECT coalesce(st.name, s.name) FROM speakers s LEFT JOIN speaker_state st USING (uid) WHERE uid = ?"
    return Preview(
        gone,
        str(connection.execute(name, (gone,)).fetchone()[0]),
        kept,
        str(connection.execute(name, (kept,)).fetchone()[0]),
        people.names_of(connection, gone),
        people.names_of(connection, kept),
        people.touched(connection, gone),
    )


def act(connection: sqlite3.Connection, actor: str, form: Form, claims: Sequence[str] = ()) -> str:
    """Do what a form of the people pages asks for in its field `action`; returns the uid of the speaker to show.

    `claims` are the claim ids ticked for a split. Raises InputError, StoreError or ConflictError like the functions
    of `store.people`.
    """
    speaker, other = form.get("speaker", ""), form.get("other", "").strip()
    reason = text(form, "reason") or None
    match form.get("action", ""):
        case "merge":
            people.merge(connection, speaker, other, actor=actor, reason=reason)
            return other
        case "different":
            people.different(connection, speaker, other, actor=actor, reason=reason)
        case "later":
            people.later(connection, speaker, other, actor=actor, reason=reason)
        case "split":
            if "name" in form and not claims:
                raise bad("claim", "tick the statements that are somebody else's")
            name = form.get("name", "").strip() or None
            people.split(connection, speaker, claims=claims, name=name, actor=actor, reason=reason)
        case "alias":
            people.alias(connection, speaker, form.get("alias", "").strip(), actor=actor, reason=reason)
        case "identify":
            wikidata, role = form.get("wikidata", "").strip(), form.get("role", "").strip()
            people.identify(connection, speaker, wikidata=wikidata, role=role, actor=actor, reason=reason)
        case "undo":
            people.undo(connection, number(form.get("event", "")), actor, reason=reason)
        case _:
            raise bad("action", "use the buttons of the page")
    return speaker
