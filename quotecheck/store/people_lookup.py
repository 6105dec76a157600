"""Finding speakers: by id, by name, by any form a person goes by."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, first
from quotecheck.store.people_state import load_people_events, replay_people


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One speaker of the database as people decided. `aliases` are all other forms; `first` and `last` ISO 8601."""

    uid: str
    name: str
    kind: str
    role: str | None
    wikidata: str | None
    aliases: tuple[str, ...]
    claims: int
    articles: int
    outlets: int
    first: str | None
    last: str | None


# Speakers with statements, and those whom a person declared although nobody quotes them yet.
LISTED = """
SELECT s.uid, s.name, s.kind, st.role, st.wikidata, coalesce(c.claims, 0), coalesce(c.articles, 0),
  coalesce(c.outlets, 0), c.first, c.last
FROM speakers s LEFT JOIN speaker_state st ON st.uid = s.uid
LEFT JOIN (
  SELECT p.person, count(DISTINCT v.id) AS claims, count(DISTINCT v.article) AS articles,
    count(DISTINCT v.outlet) AS outlets, min(v.published_at) AS first, max(v.published_at) AS last
  FROM claim_people p JOIN claims_current v ON v.id = p.claim WHERE v.is_statement = 1 GROUP BY p.person
) c ON c.person = s.uid
WHERE coalesce(st.person, s.uid) = s.uid AND (c.claims > 0 OR st.uid IS NOT NULL)
ORDER BY coalesce(c.claims, 0) DESC, s.name, s.kind
"""
FORMS = """
SELECT coalesce(st.person, s.uid), f.form FROM (
  SELECT id AS speaker, name AS form FROM speakers UNION SELECT speaker, form FROM speaker_aliases
) f JOIN speakers s ON s.id = f.speaker LEFT JOIN speaker_state st ON st.uid = s.uid ORDER BY f.form
"""


def list_people(connection: sqlite3.Connection) -> list[PersonRow]:
    """All speakers as people decided, those with most claims first."""
    forms: dict[str, list[str]] = {}
    for person, form in connection.execute(FORMS):
        forms.setdefault(person, []).append(form)
    return [
        PersonRow(uid, name, kind, role, wikidata, tuple(f for f in forms.get(uid, []) if f != name), *counts)
        for uid, name, kind, role, wikidata, *counts in connection.execute(LISTED)
    ]


def known_speaker(connection: sqlite3.Connection, uid: str) -> Row:
    """The uid, name and kind of a speaker. Raises StoreError if there is none."""
    row = first(connection, "SELECT uid, name, kind FROM speakers WHERE uid = ?", (uid,))
    if row is None:
        raise StoreError(f"no speaker {uid} in this database; `quotecheck speakers list` shows their ids")
    return row


def find(connection: sqlite3.Connection, who: str) -> str:
    """The uid of the person meant by a uid, a name, or a form that only one person goes by.

    Raises StoreError, with what to do, if there is none or there are several.
    """
    people = replay_people(load_people_events(connection))
    for sql in (
        "SELECT uid FROM speakers WHERE uid = ?",
        "SELECT uid FROM speakers WHERE name = ?",
        "SELECT s.uid FROM speaker_aliases a JOIN speakers s ON s.id = a.speaker WHERE a.form = ?",
    ):
        found = sorted({people.root(uid) for (uid,) in connection.execute(sql, (who,))})
        if len(found) == 1:
            return found[0]
        if found:
            raise StoreError(f"several speakers go by {who!r}; name one of them by its id: {', '.join(found)}")
    raise StoreError(f"no speaker {who!r} in this database; `quotecheck speakers list` shows names and ids")


def touched(connection: sqlite3.Connection, speaker: str) -> int:
    """How many current claims are a person's: what a merge of them would change."""
    return int(
        connection.execute(
            """SELECT count(DISTINCT p.claim) FROM claim_people p JOIN claims_current v ON v.id = p.claim
               WHERE p.person = ?""",
            (speaker,),
        ).fetchone()[0]
    )


def names_of(connection: sqlite3.Connection, person: str) -> list[str]:
    """All forms under which a person goes, sorted: its own name, names merged with it, forms read in articles."""
    sql = """
      WITH members AS (SELECT ?1 AS uid UNION SELECT uid FROM speaker_state WHERE person = ?1)
      SELECT s.name FROM members m JOIN speakers s USING (uid)
      UNION SELECT a.form FROM members m JOIN speakers s USING (uid) JOIN speaker_aliases a ON a.speaker = s.id
      ORDER BY 1"""
    return [str(form) for (form,) in connection.execute(sql, (person,))]


def find_merged(connection: sqlite3.Connection, who: str) -> str:
    """The uid of the speaker with this uid or name itself, merged or not; raises StoreError as `find` does."""
    own = [uid for (uid,) in connection.execute("SELECT uid FROM speakers WHERE uid = ?1 OR name = ?1", (who,))]
    return str(own[0]) if len(own) == 1 else find(connection, who)


def claims_in(connection: sqlite3.Connection, articles: Sequence[str], who: str) -> list[str]:
    """The ids of a speaker's current claims in these articles (`article_id`). Raises StoreError if one has none."""
    found: list[str] = []
    for article in articles:
        sql = """SELECT DISTINCT v.claim_id FROM claim_people p JOIN claims_current v ON v.id = p.claim
                 WHERE v.article_id = ? AND p.person = ? ORDER BY v.char_start"""
        claims = [str(claim) for (claim,) in connection.execute(sql, (article, find(connection, who)))]
        if not claims:
            raise StoreError(f"{who} says nothing in article {article!r}; `quotecheck claims` shows who does")
        found += claims
    return found
