"""The speaker pages: who spoke, under which names and roles, and what was said."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from quotecheck.desk.rows import Page, columns, count, read, read_page


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's identity in the database: a name and a kind."""

    id: int
    uid: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """One speaker in a list, with the number of statements and of articles they are in."""

    uid: str
    name: str
    kind: str
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role and affiliation in an article's words, and how many statements give it."""

    role: str | None
    affiliation: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement in a list."""

    claim_id: str
    article: int
    status: str
    kind: str
    speaker: str | None
    speaker_id: str | None
    speaker_as_written: str | None
    cue: str | None
    statement: str
    is_statement: int
    article_title: str | None
    outlet: str | None
    published_at: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """All that the speaker page shows."""

    speaker: Speaker
    aliases: list[str]
    roles: list[RoleLine]
    statements: Page[StatementLine]


# A claim is a speaker's if a person says so, or if the machine does and no person has said otherwise.
CLAIMS_OF_SPEAKER = """
  v.id IN (SELECT claim FROM claim_speakers WHERE speaker = ? UNION SELECT claim FROM claim_state WHERE speaker_id = ?)
  AND (v.speaker_basis <> 'human' OR v.speaker_id = ?) AND v.is_statement = 1
"""
COUNTS = """
SELECT p.uid, p.name, p.kind, count(DISTINCT v.id) AS statements, count(DISTINCT v.article) AS articles
FROM speakers p JOIN claim_speakers s ON s.speaker = p.id
JOIN claims_current v ON v.id = s.claim AND v.is_statement = 1 AND v.status <> 'rejected'
  AND (v.speaker_basis <> 'human' OR v.speaker_id = p.uid)
{where} GROUP BY p.id ORDER BY statements DESC, p.name, p.kind
"""
MATCHING = """
WHERE p.name LIKE ? ESCAPE '\\'
  OR p.id IN (SELECT speaker FROM speaker_aliases WHERE form LIKE ? ESCAPE '\\')
"""


def speaker_page(connection: sqlite3.Connection, uid: str, number: int = 1) -> SpeakerPage | None:
    """The page of the speaker with this uid, newest statements first, or None if there is none."""
    found = read(connection, Speaker, f"SELECT {columns(Speaker)} FROM speakers WHERE uid = ?", (uid,))
    if not found:
        return None
    speaker = found[0]
    statements = f"""SELECT {columns(StatementLine, "v")} FROM claims_current v WHERE {CLAIMS_OF_SPEAKER}
                     ORDER BY v.published_at DESC, v.article, v.char_start"""
    of_speaker = (speaker.id, uid, uid)
    return SpeakerPage(
        speaker,
        _aliases(connection, speaker),
        _roles(connection, speaker),
        read_page(connection, StatementLine, statements, of_speaker, number, count(connection, statements, of_speaker)),
    )


def speaker_counts(connection: sqlite3.Connection, words: str = "", number: int = 1) -> Page[SpeakerCount]:
    """All speakers, those with most statements first; with `words`, those whose name or alias contains them."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql, parameters = (COUNTS.format(where=MATCHING), (f"%{escaped}%",) * 2) if words else (COUNTS.format(where=""), ())
    return read_page(connection, SpeakerCount, sql, parameters, number, count(connection, sql, parameters))


def top_speakers(connection: sqlite3.Connection, most: int) -> list[SpeakerCount]:
    """The speakers with most statements, at `most` so many."""
    return read(connection, SpeakerCount, COUNTS.format(where="") + " LIMIT ?", (most,))


def _aliases(connection: sqlite3.Connection, speaker: Speaker) -> list[str]:
    sql = "SELECT form FROM speaker_aliases WHERE speaker = ? AND form <> ? ORDER BY form"
    return [str(form) for (form,) in connection.execute(sql, (speaker.id, speaker.name))]


def _roles(connection: sqlite3.Connection, speaker: Speaker) -> list[RoleLine]:
    sql = """SELECT role, affiliation, count(*) FROM claim_speakers
             WHERE speaker = ? AND (role IS NOT NULL OR affiliation IS NOT NULL)
             GROUP BY role, affiliation ORDER BY count(*) DESC, role, affiliation"""
    return read(connection, RoleLine, sql, (speaker.id,))
