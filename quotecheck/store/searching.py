"""What full-text search finds a claim by besides the machine's words: what people made of words and speaker.

`claims.found_by` follows from `claims_current` and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from quotecheck.store.connection import Value

# Words that the machine's own columns have already are not said twice, so that most claims have none.
_SHOWN = """
SELECT nullif(trim(
  CASE WHEN v.statement IS NOT claims.statement THEN v.statement || char(10) ELSE '' END
  || CASE WHEN v.speaker IS NOT claims.speaker THEN coalesce(v.speaker, '') || char(10) ELSE '' END
  || CASE WHEN v.context IS NOT claims.context THEN v.context ELSE '' END, char(10)), '')
FROM claims_current v WHERE v.id = claims.id"""
_BRING_UP_TO_DATE = f"UPDATE claims SET found_by = ({_SHOWN}) WHERE found_by IS NOT ({_SHOWN}) AND {{which}}"


def index_claim(connection: sqlite3.Connection, claim: Value) -> None:
    """Let search find a claim, by row id, by what it shows now; the caller holds the write lock."""
    connection.execute(_BRING_UP_TO_DATE.format(which="id = ?"), (claim,))


def index_article(connection: sqlite3.Connection, article: int) -> None:
    """The same for all claims of an article: what is read anew may be by somebody whom people know already."""
    connection.execute(_BRING_UP_TO_DATE.format(which="article = ?"), (article,))


def index_known_speakers(connection: sqlite3.Connection) -> None:
    """The same for all claims of speakers about whom anything was decided."""
    known = connection.execute("SELECT uid FROM speaker_state UNION SELECT claim_id FROM speaker_parts")
    index_speakers(connection, {str(name) for (name,) in known})


def index_speakers(connection: sqlite3.Connection, ids: Collection[str]) -> None:
    """The same for all claims of speakers, by uid, about whom something was decided; claim ids may be among them."""
    sql = """SELECT p.claim FROM claim_people p WHERE p.found_uid IN (SELECT value FROM json_each(?1))
             UNION SELECT id FROM claims WHERE claim_id IN (SELECT value FROM json_each(?1))"""
    for (claim,) in connection.execute(sql, (json.dumps(sorted(ids)),)).fetchall():
        index_claim(connection, claim)
