"""Writing the claims of an article: one transaction, ids kept, nothing deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from quotecheck.errors import StoreError
from quotecheck.store import articles, readings
from quotecheck.store.articles import joined
from quotecheck.store.connection import Row, first, immediate, insert, rounded, update
from quotecheck.store.evidence import evidence_cells
from quotecheck.store.identity import mint_claim_id, speaker_uid
from quotecheck.store.matching import Pieces, match, pieces
from quotecheck.store.runs import run_of
from quotecheck.store.searching import index_article
from quotecheck.store.speakers import write_mentions, write_speakers
from quotecheck.store.topics import spans_of, topics_named, write_claim_topics, write_topics, write_triples
from quotecheck.types import Article, Claim, Span, SpeakerMention, Topic, texts


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What saving an article did: claims new, found again, and no longer found."""

    new: int
    kept: int
    superseded: int


def save_article(
    db: Database,
    run_id: int,
    article: Article,
    claims: Sequence[Claim],
    mentions: Sequence[SpeakerMention] = (),
    topics: Sequence[Topic] = (),
) -> SaveResult:
    """Store an article, its claims, where it means their speakers and what it is about, in one transaction.

    Saving the same again changes nothing.

    Claims found before in this text (content overlap of at least half) keep their `claim_id` and their reviews;
    those no longer found are marked superseded. Raises StoreError, and stores nothing, if a span's text is not the
    slice of the article's text at its offsets.
    """
    articles.check_text(article)
    for claim in claims:
        _check(article, claim)
    _check_spans(article, [mention.span for mention in mentions] + spans_of(topics, ()))
    with immediate(db.conn):
        run = run_of(db.conn, run_id)
        key = articles.store(db.conn, run_id, article)
        result = _save(db.conn, _run_in_force(db.conn, key, run), key, claims)
        write_mentions(db.conn, key, mentions)
        write_topics(db.conn, key, topics)
        return result


def insert_added(connection: sqlite3.Connection, article: int, claim: Claim) -> str:
    """Insert a claim that a person added to a stored article and return its id; the caller holds the write lock.

    No extraction touches it. It hangs on the run whose reading of the article it completes.
    """
    run = connection.execute("SELECT run_id FROM articles WHERE id = ?", (article,)).fetchone()[0]
    key = _add(connection, article, claim, _cells(claim) | {"run_id": run, "origin": "human"})
    _write_parts(connection, key, claim)
    write_claim_topics(connection, key, topics_named(connection, article, claim.content))
    return str(connection.execute("SELECT claim_id FROM claims WHERE id = ?", (key,)).fetchone()[0])


def restore_article(db: Database, run_id: int, article: Article) -> None:
    """Make a stored article's version the newest again; its claims stay as they are."""
    with immediate(db.conn):
        articles.store(db.conn, run_id, article)


def _check(article: Article, claim: Claim) -> None:
    if not claim.content:
        raise StoreError(f"{article.source_ref}: a claim without content; every claim needs at least one content span")
    mentions = (speaker.mention for speaker in claim.speakers if speaker.mention)
    evidence = (span for spans in claim.evidence.spans.values() for span in spans)
    roles = (span for one in claim.speakers for span in (one.role_span, one.affiliation_span) if span)
    acts = spans_of((), claim.triples)
    own = (*claim.source, *claim.cue, *claim.content, *claim.quoted, claim.context)
    _check_spans(article, (*own, *mentions, *evidence, *roles, *acts))


def _check_spans(article: Article, spans: Sequence[Span]) -> None:
    for span in spans:
        if not 0 <= span.start <= span.end <= len(article.text) or article.text[span.start : span.end] != span.text:
            raise StoreError(
                f"{article.source_ref}: the text at {span.start}:{span.end} is not {span.text!r}; "
                "nothing of this article was stored"
            )


def _order(claim: Claim) -> tuple[int, int, list[Span], list[Span], list[Span]]:
    return claim.start, claim.end, list(claim.content), list(claim.source), list(claim.cue)


def _run_in_force(connection: sqlite3.Connection, key: int, run: Row) -> int:
    """The run whose extraction the article shows: the earlier one if this one used the same tool, model and options."""
    stored = first(connection, "SELECT run_id FROM articles WHERE id = ?", (key,)) or {}
    earlier = run_of(connection, stored.get("run_id"))
    if all(earlier[name] == run[name] for name in ("tool_version", "model_sha256", "options_sha256")):
        return int(earlier["id"] or 0)
    update(connection, "articles", key, {"run_id": run["id"]})
    return int(run["id"] or 0)


def _save(connection: sqlite3.Connection, run_id: int, article: int, found: Sequence[Claim]) -> SaveResult:
    old = _stored(connection, article)
    order = sorted(range(len(found)), key=lambda index: _order(found[index]))
    pairs = match(old, [(pieces(found[index].content), pieces(found[index].source)) for index in order])
    keys: dict[int, int] = {}
    for place, index in enumerate(order):
        claim = found[index]
        cells = _cells(claim) | {"run_id": run_id, "superseded_by_run": None}
        found_before = place in pairs
        key = (
            _refresh(connection, pairs[place], claim, cells)
            if found_before
            else _add(connection, article, claim, cells)
        )
        _write_parts(connection, key, claim)
        keys[index] = key
    _nest(connection, found, keys)
    gone = [key for key, (_, _, live) in old.items() if live and key not in pairs.values()]
    for key in gone:
        update(connection, "claims", key, {"superseded_by_run": run_id})
    _cover(connection, article)
    index_article(connection, article)
    return SaveResult(new=len(found) - len(pairs), kept=len(pairs), superseded=len(gone))


def _nest(connection: sqlite3.Connection, found: Sequence[Claim], keys: Mapping[int, int]) -> None:
    """Link claims that are reported within another to it; `keys` maps an index of `found` to a row of `claims`."""
    sql = "UPDATE claims SET nested_in = (SELECT o.claim_id FROM claims o WHERE o.id = ?) WHERE id = ?"
    for index, claim in enumerate(found):
        outer = claim.evidence.nested_in
        connection.execute(sql, (None if outer is None else keys[outer], keys[index]))


def _cover(connection: sqlite3.Connection, article: int) -> None:
    """Mark what the machine found only after a person had added it: the person's claim stands for both."""
    added = _stored(connection, article, "human")
    later = {key: parts for key, parts in _stored(connection, article).items() if key > min(added, default=key)}
    keys = list(later)
    for index, human in match(added, [later[key][:2] for key in keys]).items():
        if keys[index] > human:
            update(connection, "claims", keys[index], {"covered_by": human})


def _stored(
    connection: sqlite3.Connection, article: int, origin: str = "machine"
) -> dict[int, tuple[Pieces, Pieces, bool]]:
    """Content, source and liveness of every claim of an article, by key."""
    sql = """
      SELECT c.id, c.superseded_by_run IS NULL, s.role, s."start", s."end"
      FROM claims c JOIN claim_spans s ON s.claim = c.id AND s.role IN ('content', 'source')
      WHERE c.article = ? AND c.origin = ? ORDER BY c.id, s.role, s.seq"""
    found: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]], bool]] = {}
    for key, live, role, start, end in connection.execute(sql, (article, origin)):
        content, source, _ = found.setdefault(key, ([], [], bool(live)))
        (content if role == "content" else source).append((start, end))
    return dict(found)


def _add(connection: sqlite3.Connection, article: int, claim: Claim, cells: Row) -> int:
    uid = connection.execute("SELECT uid FROM articles WHERE id = ?", (article,)).fetchone()[0]
    claim_id = mint_claim_id(
        uid,
        claim.content,
        lambda candidate: first(connection, "SELECT 1 FROM claims WHERE claim_id = ?", (candidate,)) is not None,
    )
    return insert(connection, "claims", {"claim_id": claim_id, "article": article, **cells})


def _refresh(connection: sqlite3.Connection, key: int, claim: Claim, cells: Row) -> int:
    """Write the machine's columns of a claim found again.

    If a reviewer would see a difference, its revision grows, and the reading that they judged is kept.
    """
    stored = first(connection, "SELECT * FROM claims WHERE id = ?", (key,)) or {}
    if readings.is_same(connection, stored, cells, readings.parts_of(claim)):
        update(connection, "claims", key, cells | {"fingerprint": stored["fingerprint"]})
    else:
        readings.keep(connection, stored)
        update(connection, "claims", key, cells | {"revision": int(stored["revision"] or 0) + 1})
    return key


def _cells(claim: Claim) -> Row:
    """The columns of `claims` that hold what the machine reads."""
    speakers = claim.speakers
    named = [speaker for speaker in speakers if speaker.name]
    cells: Row = {
        "kind": claim.kind,
        "is_statement": int(claim.statement),
        "speaker": joined(speaker.name for speaker in named),
        "speaker_id": joined(speaker_uid(speaker.name, speaker.kind) for speaker in named if speaker.name),
        "speaker_kind": joined(speaker.kind for speaker in speakers) or "unknown",
        "speaker_as_written": texts(claim.source) or None,
        "speaker_basis": joined(speaker.basis for speaker in speakers) or "unresolved",
        "speaker_role": joined(speaker.role for speaker in speakers),
        "speaker_affiliation": joined(speaker.affiliation for speaker in speakers),
        "speaker_confidence": rounded(min(speaker.confidence for speaker in speakers)) if speakers else None,
        "cue": texts(claim.cue) or None,
        "cue_class": claim.cue_class,
        "statement": texts(claim.content),
        "quoted_words": texts(claim.quoted) or None,
        "context": claim.context.text,
        "context_start": claim.context.start,
        "context_end": claim.context.end,
        "char_start": claim.start,
        "char_end": claim.end,
        "confidence": rounded(claim.confidence),
        "matching_key": claim.matching_key or None,
        **evidence_cells(claim.evidence),
    }
    return cells | {"fingerprint": readings.fingerprint(cells, readings.parts_of(claim))}


def _write_parts(connection: sqlite3.Connection, key: int, claim: Claim) -> None:
    """Write the spans, speakers, topics and triples of a claim in place of those it had."""
    connection.execute("DELETE FROM claim_spans WHERE claim = ?", (key,))
    connection.executemany(
        "INSERT INTO claim_spans VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, role, seq, span.start, span.end, span.text)
            for role, spans in readings.parts_of(claim)
            for seq, span in enumerate(spans)
        ],
    )
    write_speakers(connection, key, claim.speakers)
    write_claim_topics(connection, key, claim.topics)
    write_triples(connection, key, claim.triples)
