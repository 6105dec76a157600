"""The speakers table: one row per name and kind; nothing is ever joined because it looks alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from quotecheck.store.connection import Row, first, insert, rounded
from quotecheck.store.identity import speaker_uid, stored_name
from quotecheck.types import Speaker, SpeakerMention


def speaker_key(connection: sqlite3.Connection, name: str, kind: str) -> int:
    """The key of the speaker of this name and kind, made if it is not there."""
    uid = speaker_uid(name, kind)
    if stored := first(connection, "SELECT id FROM speakers WHERE uid = ?", (uid,)):
        return int(stored["id"] or 0)
    return insert(connection, "speakers", {"uid": uid, "name": stored_name(name), "kind": kind})


def write_speakers(connection: sqlite3.Connection, claim: int, speakers: Sequence[Speaker]) -> None:
    """Write the speakers of a claim in place of those it had."""
    connection.execute("DELETE FROM claim_speakers WHERE claim = ?", (claim,))
    for seq, speaker in enumerate(speakers):
        _write(connection, claim, seq, speaker)


def write_mentions(connection: sqlite3.Connection, article: int, mentions: Sequence[SpeakerMention]) -> None:
    """Write where an article means its speakers in place of what it had."""
    connection.execute("DELETE FROM mentions WHERE article = ?", (article,))
    for mention in mentions:
        cells: Row = {
            "article": article,
            "start": mention.span.start,
            "end": mention.span.end,
            "text": mention.span.text,
            "speaker": speaker_key(connection, mention.name, mention.kind),
            "basis": mention.basis,
            "confidence": rounded(mention.confidence),
        }
        insert(connection, "mentions", cells)


def _write(connection: sqlite3.Connection, claim: int, seq: int, speaker: Speaker) -> None:
    mention = speaker.mention
    known = speaker_key(connection, speaker.name, speaker.kind) if speaker.name else None
    cells: Row = {
        "claim": claim,
        "seq": seq,
        "speaker": known,
        "as_written": mention.text if mention else None,
        "start": mention.start if mention else None,
        "end": mention.end if mention else None,
        "kind": speaker.kind,
        "basis": speaker.basis,
        "role": speaker.role,
        "affiliation": speaker.affiliation,
        "confidence": rounded(speaker.confidence),
        "why": speaker.why,
        "role_start": speaker.role_span.start if speaker.role_span else None,
        "role_end": speaker.role_span.end if speaker.role_span else None,
        "affiliation_start": speaker.affiliation_span.start if speaker.affiliation_span else None,
        "affiliation_end": speaker.affiliation_span.end if speaker.affiliation_span else None,
    }
    insert(connection, "claim_speakers", cells)
    if known is not None and mention is not None and speaker.basis in ("name", "alias"):
        connection.execute(
            "INSERT INTO speaker_aliases VALUES (?, ?, 'text') ON CONFLICT DO NOTHING", (known, mention.text)
        )
