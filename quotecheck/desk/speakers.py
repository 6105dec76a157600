"""The speaker pages: who spoke, under which names and roles, and what was said."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.desk.remembered import remembered
from quotecheck.desk.rows import Page, columns, count, page_of, read, read_page
from quotecheck.store import people
from quotecheck.store.people import SpeakerEvent, Suggestion
from quotecheck.store.state import undone


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, body or the like, under the name that people decided on; `uid` is the one all its names lead to."""

    uid: str
    name: str
    kind: str
    role: str | None
    wikidata: str | None


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
    """A role and affiliation in an article's words, how many statements give it, and from when to when."""

    role: str | None
    affiliation: str | None
    statements: int
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class MergedName:
    """A speaker that was merged into a person."""

    uid: str
    name: str
    kind: str


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
    """All that the speaker page shows. `undone` are the ids of events that were taken back."""

    speaker: Speaker
    names: list[str]
    merged: list[MergedName]
    roles: list[RoleLine]
    statements: Page[StatementLine]
    events: list[SpeakerEvent]
    undone: set[int]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Speakers who may be the same, the likeliest first, and what was decided last about anybody."""

    suggestions: Sequence[Suggestion]
    more: bool
    events: list[SpeakerEvent]
    undone: set[int]
    names: dict[str, str]


MOST_SUGGESTIONS = 20
LATEST_EVENTS = 20
COUNTS = """
SELECT p.person, p.name, p.kind, count(DISTINCT v.id) AS statements, count(DISTINCT v.article) AS articles
FROM claim_people p
JOIN claims_current v ON v.id = p.claim AND v.is_statement = 1 AND v.status <> 'rejected'
{where} GROUP BY p.person ORDER BY statements DESC, p.name, p.kind
"""
MATCHING = """
WHERE p.name LIKE ? ESCAPE '\\' OR p.found_name LIKE ? ESCAPE '\\' OR p.found_uid IN (
  SELECT s.uid FROM speaker_aliases a JOIN speakers s ON s.id = a.speaker WHERE a.form LIKE ? ESCAPE '\\')
"""
PERSON = """
SELECT s.uid, coalesce(st.name, s.name), coalesce(st.kind, s.kind), st.role, st.wikidata
FROM speakers s LEFT JOIN speaker_state st ON st.uid = s.uid
WHERE s.uid = coalesce((SELECT person FROM speaker_state WHERE uid = ?1), ?1)
"""
ROLES = """
SELECT cs.role, cs.affiliation, count(*), min(a.published_at), max(a.published_at)
FROM claim_people p JOIN claim_speakers cs ON cs.claim = p.claim AND cs.seq = p.seq
JOIN claims c ON c.id = p.claim JOIN articles a ON a.id = c.article
WHERE p.person = ? AND (cs.role IS NOT NULL OR cs.affiliation IS NOT NULL)
GROUP BY cs.role, cs.affiliation ORDER BY count(*) DESC, cs.role, cs.affiliation LIMIT 40
"""
KNOWN = """
SELECT DISTINCT coalesce(st.name, s.name), coalesce(st.kind, s.kind)
FROM speakers s LEFT JOIN speaker_state st ON st.uid = s.uid
WHERE s.name LIKE ? ESCAPE '\\' ORDER BY s.name LIKE ? ESCAPE '\\' DESC, length(s.name), 1 LIMIT ?
"""


def speaker_page(connection: sqlite3.Connection, uid: str, number: int = 1) -> SpeakerPage | None:
    """The page of the person whom a speaker's uid leads to, newest statements first, or None if there is none."""
    found = read(connection, Speaker, PERSON, (uid,))
    if not found:
        return None
    speaker = found[0]
    statements = f"""SELECT {columns(StatementLine, "v")} FROM claims_current v
                     WHERE v.id IN (SELECT claim FROM claim_people WHERE person = ?) AND v.is_statement = 1
                     ORDER BY v.published_at DESC, v.article, v.char_start"""
    merged = """SELECT s.uid, s.name, s.kind FROM speaker_state st JOIN speakers s ON s.uid = st.uid
                WHERE st.person = ?1 AND st.uid <> ?1 ORDER BY s.name"""
    events = people.history(connection, speaker.uid)
    of_speaker = (speaker.uid,)
    return SpeakerPage(
        speaker,
        [name for name in people.names_of(connection, speaker.uid) if name != speaker.name],
        read(connection, MergedName, merged, of_speaker),
        read(connection, RoleLine, ROLES, of_speaker),
        read_page(connection, StatementLine, statements, of_speaker, number, count(connection, statements, of_speaker)),
        events,
        undone(events),
    )


def speaker_counts(connection: sqlite3.Connection, words: str = "", number: int = 1) -> Page[SpeakerCount]:
    """All speakers, those with most statements first; with `words`, those whose name or alias contains them."""
    if not words:
        return page_of(remembered(connection, "speakers", _ranking), number)
    like = f"%{_escaped(words)}%"
    return page_of(read(connection, SpeakerCount, COUNTS.format(where=MATCHING), (like,) * 3), number)


def top_speakers(connection: sqlite3.Connection, most: int) -> list[SpeakerCount]:
    """The speakers with most statements, at `most` so many."""
    return remembered(connection, "speakers", _ranking)[:most]


def _ranking(connection: sqlite3.Connection) -> list[SpeakerCount]:
    return read(connection, SpeakerCount, COUNTS.format(where=""))


def known_names(connection: sqlite3.Connection, words: str, most: int = 8) -> list[tuple[str, str]]:
    """Names and kinds of known speakers that contain `words`, those that begin so first."""
    if not words:
        return []
    escaped = _escaped(words)
    return connection.execute(KNOWN, (f"%{escaped}%", f"{escaped}%", most)).fetchall()


def people_page(connection: sqlite3.Connection) -> PeoplePage:
    """Who may be whom, and what was decided last."""
    found = remembered(connection, "suggestions", lambda asked: people.suggestions(asked, MOST_SUGGESTIONS + 1))
    events = people.history(connection)
    names = {
        uid: str(name)
        for uid, name in connection.execute(
            "SELECT s.uid, s.name FROM speakers s WHERE s.uid IN (SELECT speaker FROM speaker_events "
            "UNION SELECT other FROM speaker_events)"
        )
    }
    latest = list(reversed(events))[:LATEST_EVENTS]
    return PeoplePage(found[:MOST_SUGGESTIONS], len(found) > MOST_SUGGESTIONS, latest, undone(events), names)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
