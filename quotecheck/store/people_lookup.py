"""Finding speakers: by id, by name, by any form a person goes by."""

from __future__ import annotations

import sqlite3

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, first
from quotecheck.store.people_state import load_people_events, replay_people


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
