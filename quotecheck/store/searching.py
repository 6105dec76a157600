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
# Rather a claim too many than one too few: joint speakers and earlier readings are few, and to look again costs little.
_OF_SPEAKERS = """
WITH decided(id) AS (SELECT value FROM json_each(?))
SELECT cs.claim FROM decided JOIN speakers sp ON sp.uid = decided.id JOIN claim_speakers cs ON cs.speaker = sp.id
UNION SELECT s.claim FROM decided JOIN claim_state s ON s.speaker_id = decided.id
UNION SELECT s.claim FROM claim_state s WHERE s.speaker_id LIKE '%; %'
UNION SELECT j.claim FROM decided JOIN judged_readings j ON j.speaker_id = decided.id
UNION SELECT j.claim FROM judged_readings j WHERE j.speaker_id LIKE '%; %'
UNION SELECT c.id FROM decided JOIN claims c ON c.claim_id = decided.id
"""


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
    for (claim,) in connection.execute(_OF_SPEAKERS, (json.dumps(sorted(ids)),)).fetchall():
        index_claim(connection, claim)
