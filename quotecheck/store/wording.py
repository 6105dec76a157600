"""The spans of a claim as people set them, and every column that follows from spans and the article's text alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from quotecheck import cues, passages
from quotecheck.errors import StoreError
from quotecheck.evidence import anonymity, gather_one
from quotecheck.store.connection import Row, Value, canonical_json
from quotecheck.types import Claim, Span, Speaker, texts
from quotecheck.vocabulary import ROLES

Pieces = Sequence[tuple[int, int]]
Spans = Mapping[str, Pieces]
"""Role (source, cue, content) to half-open stretches of code points."""


def text_of_article(connection: sqlite3.Connection, article: Value) -> str:
    """The text of an article by its row id."""
    return str(connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()[0])


def stored_spans(connection: sqlite3.Connection, claim: Value, spans_json: Value) -> Spans:
    """Source, cue and content of a claim: as a person set them (`spans_json`), else as the machine read them."""
    if spans_json is not None:
        given = json.loads(str(spans_json))
        return {role: [(start, end) for start, end in given[role]] for role in ROLES}
    found: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    sql = 'SELECT role, "start", "end" FROM claim_spans WHERE claim = ? ORDER BY role, seq'
    for role, start, end in connection.execute(sql, (claim,)):
        if role in found:
            found[role].append((start, end))
    return found


def checked(text: str, spans: Spans) -> dict[str, list[tuple[int, int]]]:
    """Spans in the order of the text, blanks at their edges taken off, those that touch or overlap joined.

    Raises StoreError if one lies outside the text, a role is unknown, or nothing is left of the content.
    """
    if unknown := set(spans) - set(ROLES):
        raise StoreError(f"no such part of a statement: {', '.join(sorted(unknown))}; use {', '.join(ROLES)}")
    found: dict[str, list[tuple[int, int]]] = {}
    for role in ROLES:
        found[role] = _joined(_trimmed(text, start, end) for start, end in spans.get(role, ()))
    if not found["content"]:
        raise StoreError("a statement needs words: choose at least one for its content")
    return found


def as_json(text: str, spans: Spans) -> str:
    """Spans as they stand in an event and in `claim_state.spans_json`, with the quoted words that they make."""
    found = {role: [list(piece) for piece in spans[role]] for role in ROLES}
    words = passages.quoted_words(text, spans_of(text, spans["content"]))
    return canonical_json(found | {"quoted": [[span.start, span.end] for span in words]})


def claim_of(text: str, spans: Spans, speakers: tuple[Speaker, ...] = ()) -> Claim:
    """The claim that a person's spans make."""
    source, cue, content = (spans_of(text, spans[role]) for role in ROLES)
    words = passages.quoted_words(text, content)
    cue_class = cues.classify(" ".join(span.text for span in cue))
    return Claim(
        kind=passages.kind_of(content, words),
        statement=cues.is_statement(cue_class, bool(words)),
        source=source,
        cue=cue,
        content=content,
        quoted=words,
        context=passages.context_of(text, source, cue, content),
        cue_class=cue_class,
        confidence=1.0,
        speakers=speakers,
    )


def speakers_of(text: str, spans: Spans, told: Mapping[str, Value]) -> tuple[Speaker, ...]:
    """The speakers that a person named, as `speaker` and `speaker_kind` of a claim's state give them."""
    mention: Span | None = next(iter(spans_of(text, spans["source"])), None)
    kind = str(told["speaker_kind"]).split("; ", maxsplit=1)[0]
    names = str(told["speaker"]).split("; ") if told["speaker"] else [None]
    return tuple(
        Speaker(name, kind, "human", mention=mention, confidence=1.0, why="named by a person")  # type: ignore[arg-type]
        for name in names
    )


def cells(text: str, spans: Spans) -> Row:
    """The columns of a claim that its spans give."""
    claim = claim_of(text, spans)
    evidence = gather_one(text, claim)
    return {
        "statement": texts(claim.content),
        "quoted_words": texts(claim.quoted) or None,
        "cue": texts(claim.cue) or None,
        "cue_class": claim.cue_class,
        "speaker_as_written": texts(claim.source) or None,
        "context": claim.context.text,
        "context_start": claim.context.start,
        "context_end": claim.context.end,
        "char_start": claim.start,
        "char_end": claim.end,
        "polarity": evidence.polarity,
        "mode": evidence.mode,
        "claim_type": "; ".join(evidence.claim_types),
        "check_score": evidence.check_score,
        "check_reasons": "; ".join(evidence.check_reasons) or None,
    }


def source_cells(text: str, spans: Spans, told: Mapping[str, Value]) -> Row:
    """The columns of a claim that its source's words and its speakers give."""
    claim = claim_of(text, spans, speakers_of(text, spans, told))
    return {"anonymity": anonymity.grade(claim), "source_count": anonymity.source_count(claim)}


def kind(text: str, spans: Spans) -> str:
    """The kind of statement that the content's quotation marks make it."""
    content = spans_of(text, spans["content"])
    return passages.kind_of(content, passages.quoted_words(text, content))


def spans_of(text: str, pieces: Pieces) -> tuple[Span, ...]:
    """The pieces with their words."""
    return tuple(Span.of(text, start, end) for start, end in pieces)


def _joined(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start <= end <= len(text):
        raise StoreError(f"{start} to {end} is no stretch of this text; it has {len(text)} characters")
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
