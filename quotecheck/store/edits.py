"""Changes to what a claim's words are: spans corrected, statements added, split and merged, conflicts settled.

Like `reviews`, each function is one transaction of its own over a plain SQLite connection, and appends to the chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotecheck.errors import StoreError
from quotecheck.evidence import gather_one
from quotecheck.store import readings, subject, wording
from quotecheck.store.claims import insert_added
from quotecheck.store.connection import Row, canonical_json, first, immediate
from quotecheck.store.corrections import corrected
from quotecheck.store.double import progress
from quotecheck.store.state import ReviewEvent
from quotecheck.store.subject import Subject
from quotecheck.types import Span


def correct_spans(
    connection: sqlite3.Connection,
    claim_id: str,
    spans: wording.Spans,
    *,
    actor: str,
    expected_version: int | None = None,
) -> ReviewEvent:
    """Set a claim's source, cue and content (a role left out has no span); its kind follows the quotation marks.

    Raises StoreError if a span lies outside the text or no content is left, ConflictError like `reviews.record`.
    """
    with immediate(connection):
        claim = subject.load(connection, claim_id, actor, expected_version)
        return subject.write(connection, claim, "spans", _reworded(connection, claim, spans))


def add(
    connection: sqlite3.Connection,
    article: int,
    spans: wording.Spans,
    *,
    actor: str,
    speaker: str | None = None,
    speaker_kind: str | None = None,
) -> ReviewEvent:
    """Add a statement that the machine missed to an article, by its row id.

    It gets a claim of its own that no extraction ever touches. Without a speaker's name it is that of an unnamed
    source, or of nobody if it has no source. Raises StoreError if the spans are no statement of this text or the
    same one is there already.
    """
    with immediate(connection):
        text = _text(connection, article)
        pieces = wording.checked(text, spans)
        _refuse_twice(connection, article, pieces)
        asked = {"speaker": speaker} | ({"speaker_kind": speaker_kind} if speaker_kind else {})
        told = corrected({"speaker": None, "speaker_kind": "unnamed" if pieces["source"] else "unknown"}, asked)
        made = _insert(connection, article, text, pieces, told)
        claim = subject.load(connection, made, actor)
        return subject.write(connection, claim, "add", {"added": 1, "status": "accepted"})


def split(
    connection: sqlite3.Connection, claim_id: str, at: int, *, actor: str, expected_version: int | None = None
) -> tuple[ReviewEvent, ReviewEvent]:
    """Split a claim before the code point `at`: it keeps the words before, a new claim gets the words from there on.

    The new claim has the same source, cue and speakers. Raises StoreError if no words are left on one side.
    """
    with immediate(connection):
        claim = subject.load(connection, claim_id, actor, expected_version)
        text = wording.text_of_article(connection, claim.row["article"])
        spans = claim.spans(connection)
        before = [(start, min(end, at)) for start, end in spans["content"] if start < at]
        behind = [(max(start, at), end) for start, end in spans["content"] if end > at]
        if not _has_words(text, before) or not _has_words(text, behind):
            raise StoreError("a statement is split between two of its words; choose a place within it")
        one = subject.write(connection, claim, "split", _reworded(connection, claim, {**spans, "content": before}))
        pieces = wording.checked(text, {**spans, "content": behind})
        article = int(claim.row["article"] or 0)
        other = subject.load(connection, _insert(connection, article, text, pieces, claim.current), actor)
        after: Row = {"added": 1, "status": "accepted"}
        return one, subject.write(connection, other, "split", after, part_of=one.id)


def merge(
    connection: sqlite3.Connection,
    claim_id: str,
    into: str,
    *,
    actor: str,
    expected_version: int | None = None,
) -> tuple[ReviewEvent, ReviewEvent]:
    """Merge a claim into another of the same article, which then has the words of both.

    `expected_version` is that of the claim that goes. Raises StoreError if they are not two claims of one article.
    """
    with immediate(connection):
        gone = subject.load(connection, claim_id, actor, expected_version)
        kept = subject.load(connection, into, actor)
        if claim_id == into or gone.row["article"] != kept.row["article"]:
            raise StoreError("only two statements of the same article can be merged")
        ours, theirs = kept.spans(connection), gone.spans(connection)
        spans = {
            "content": [*ours["content"], *theirs["content"]],
            "source": ours["source"] or theirs["source"],
            "cue": ours["cue"] or theirs["cue"],
        }
        one = subject.write(connection, kept, "merge", _reworded(connection, kept, spans))
        return one, subject.write(connection, gone, "merge", {"merged_into": into}, part_of=one.id)


def adjudicate(
    connection: sqlite3.Connection,
    claim_id: str,
    *,
    actor: str,
    take: str | None = None,
    changes: Mapping[str, str | None] | None = None,
    reason: str | None = None,
    expected_version: int | None = None,
) -> ReviewEvent:
    """Decide a conflict between two reviewers: take the reading of one of them (`take`), then change what is asked.

    Without `take` the machine's reading is the base. Raises StoreError if there is no conflict, or none gave a reason
    though the reviewers name different speakers.
    """
    with immediate(connection):
        claim = subject.load(connection, claim_id, actor, expected_version)
        tracks = progress(claim.events).tracks
        if claim.state["status"] != "conflicting":
            raise StoreError(f"{claim_id} is not in conflict")
        if take is not None and take not in tracks:
            raise StoreError(f"{take} did not review {claim_id}")
        if len({track["speaker"] for track in tracks.values()}) > 1 and not (reason or "").strip():
            raise StoreError("the reviewers name different speakers; say why you decide as you do")
        if take is not None:
            claim.kept = readings.kept(connection, claim.row["id"], tracks[take]["reading"])
        after = _taken(tracks[take]) if take else {"status": "adjudicated", "reject_reason": None}
        if changes:
            after |= corrected(claim.current | after, changes) | {"status": "adjudicated", "reject_reason": None}
        return subject.write(connection, claim, "adjudicate", {**after, "adjudicator": claim.actor}, reason=reason)


def open_double(
    connection: sqlite3.Connection, name: str, claim_ids: Sequence[str], reviewers: Sequence[str], actor: str
) -> int:
    """Give claims to two or more reviewers who judge them blindly; returns the batch's row id.

    Raises StoreError if the name is taken, fewer than two reviewers or no claims are given, or a claim is in an open
    double review already.
    """
    people = [subject.named(reviewer).replace(";", ",") for reviewer in dict.fromkeys(reviewers)]
    if len(people) < 2:
        raise StoreError("a double review needs two reviewers")
    if not claim_ids:
        raise StoreError("a batch needs at least one statement")
    with immediate(connection):
        if first(connection, "SELECT 1 FROM batches WHERE name = ?", (name,)):
            raise StoreError(f"there is a batch {name!r} already; choose another name")
        sql = "INSERT INTO batches (name, reviewers, made_by, made_at) VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ'))"
        batch = int(connection.execute(sql, (name, "; ".join(people), subject.named(actor))).lastrowid or 0)
        root: int | None = None
        asked: Row = {"reviewers": "; ".join(people)}
        for seq, claim_id in enumerate(dict.fromkeys(claim_ids)):
            connection.execute("INSERT INTO batch_claims VALUES (?, ?, ?)", (batch, seq, claim_id))
            claim = subject.load(connection, claim_id, actor)
            if progress(claim.events).tracks:
                raise StoreError(f"{claim_id} is in double review already")
            event = subject.write(connection, claim, "double", asked, part_of=root)
            root = root or event.id
        return batch


def _reworded(connection: sqlite3.Connection, claim: Subject, spans: wording.Spans) -> Row:
    """What new spans set: the spans, the kind that follows from them, and that the claim is corrected."""
    text = wording.text_of_article(connection, claim.row["article"])
    pieces = wording.checked(text, spans)
    return {
        "spans_json": wording.as_json(text, pieces),
        "kind": wording.kind(text, pieces),
        "status": "corrected",
        "reject_reason": None,
    }


def _taken(track: Row) -> Row:
    """A reviewer's reading as the adjudicator's."""
    fields = ("kind", "speaker", "speaker_id", "speaker_kind", "said_date", "said_date_basis", "spans_json",
              "reject_reason")  # fmt: skip
    status = track["status"] if track["status"] in ("rejected", "unsure") else "adjudicated"
    return {field: track[field] for field in fields} | {"status": status}


def _text(connection: sqlite3.Connection, article: int) -> str:
    if first(connection, "SELECT 1 FROM articles WHERE id = ?", (article,)) is None:
        raise StoreError(f"no article {article} in this database")
    return wording.text_of_article(connection, article)


def _refuse_twice(connection: sqlite3.Connection, article: int, pieces: wording.Spans) -> None:
    wanted = canonical_json([list(piece) for piece in pieces["content"]])
    sql = """
      SELECT c.claim_id FROM claims c JOIN claim_state s ON s.claim = c.id AND s.added = 1
      WHERE c.article = ? AND c.origin = 'human' AND ? = (
        SELECT json_group_array(json_array("start", "end")) FROM
          (SELECT "start", "end" FROM claim_spans WHERE claim = c.id AND role = 'content' ORDER BY seq))"""
    if twin := first(connection, sql, (article, wanted)):
        raise StoreError(f"this statement was added already: {twin['claim_id']}")


def _insert(connection: sqlite3.Connection, article: int, text: str, pieces: wording.Spans, told: Row) -> str:
    """Insert the claim that a person's spans and speakers make, with the evidence that the text gives for it."""
    claim = wording.claim_of(text, pieces, wording.speakers_of(text, pieces, told))
    live = [key for (key,) in connection.execute("SELECT id FROM claims_current WHERE article = ?", (article,))]
    sql = """SELECT "start", "end" FROM claim_spans_current WHERE claim = ? AND role = 'content'"""
    contents = [Span.of(text, start, end) for key in live for start, end in connection.execute(sql, (key,))]
    published = first(connection, "SELECT published_at FROM articles WHERE id = ?", (article,)) or {}
    published_at = published.get("published_at")
    evidence = gather_one(text, claim, contents, None if published_at is None else str(published_at))
    return insert_added(connection, article, replace(claim, evidence=evidence))


def _has_words(text: str, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(letter.isalnum() for start, end in pieces for letter in text[start:end])
