"""Claims as JSON lines: one line per article, offsets in Unicode code points into its text, half open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePath

from quotecheck.types import Article, Claim, Evidence, Span, Speaker, Topic, Triple

_RECORD = re.compile(r"(?P<path>.+?)(?P<line>:\d+)?")


def line(article: Article, claims: Iterable[Claim], topics: Iterable[Topic] = ()) -> str:
    """The article's JSON line, without a line end."""
    record = {
        "id": record_id(article),
        "topics": [asdict(topic) | {"mentions": _offsets(topic.mentions)} for topic in topics],
        "attributions": [_attribution(claim) for claim in claims],
    }
    return json.dumps(record, ensure_ascii=False)


def record_id(article: Article) -> str:
    """The article's own id, else its file's name without folder and extension (with the line of a record in a file)."""
    if article.id is not None:
        return article.id
    if article.source_ref == "-":
        return "stdin"
    reference = _RECORD.fullmatch(article.source_ref)
    path, number = (reference["path"], reference["line"]) if reference else (article.source_ref, None)
    name = re.sub(r"\.(gz|xz)$", "", PurePath(path).name)
    return PurePath(name).stem + (number or "")


def _attribution(claim: Claim) -> dict[str, object]:
    return {
        "source": _offsets(claim.source),
        "cue": _offsets(claim.cue),
        "content": _offsets(claim.content),
        "quoted": _offsets(claim.quoted),
        "context": [claim.context.start, claim.context.end],
        "kind": claim.kind,
        "statement": claim.statement,
        "cue_class": claim.cue_class,
        "confidence": claim.confidence,
        "speaker": claim.speaker,
        "speakers": [_speaker(speaker) for speaker in claim.speakers],
        **_evidence(claim.evidence),
        "topics": claim.topics,
        "triples": [_triple(triple) for triple in claim.triples],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    """The evidence; `nested_in` is the index of the attribution in the same list that this one is reported within."""
    return {
        "polarity": evidence.polarity,
        "mode": evidence.mode,
        "said_date": evidence.said.value or None,
        "said_date_basis": evidence.said.basis,
        "circumstances": {role: _offsets(spans) for role, spans in evidence.spans.items()},
        "anonymity": evidence.anonymity,
        "source_count": evidence.source_count,
        "nested_in": evidence.nested_in,
        "hop": evidence.hop,
        "claim_type": evidence.claim_types,
        "check_score": evidence.check_score,
        "check_reasons": evidence.check_reasons,
    }


def _triple(triple: Triple) -> dict[str, object]:
    spans = {name: getattr(triple, name) for name in ("subject", "verb", "object")}
    return asdict(triple) | {name: [span.start, span.end] for name, span in spans.items()}


def _speaker(speaker: Speaker) -> dict[str, object]:
    spans = {name: getattr(speaker, name) for name in ("mention", "role_span", "affiliation_span")}
    return asdict(speaker) | {name: span and [span.start, span.end] for name, span in spans.items()}


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
