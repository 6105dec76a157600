"""Evidence for all claims of an article at once: some of it needs the claims around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from quotecheck.evidence import anonymity, check, circumstances, nesting, polarity
from quotecheck.evidence.claim_type import claim_types
from quotecheck.evidence.dates import published_day, said_date
from quotecheck.evidence.frame import Frame, frame_of
from quotecheck.types import Claim, Evidence, Span, texts
from quotecheck.vocabulary import EvidenceRole, Mode

_LOOK_BEFORE = 40
"""Code points in front of a source in which a condition (“if”, “should”) is looked for."""
_SAME_BREATH = 300
"""Code points from a quotation to the one it continues, at most."""


def gather(
    text: str, claims: Sequence[Claim], published_at: str | None = None, scorer: check.Scorer | None = None
) -> list[Evidence]:
    """The evidence of each claim of an article, in the order of the claims, which is that of the text.

    `published_at` is ISO 8601; without it relative dates stay unknown. `scorer` holds the check weights, the shipped
    ones if None.
    """
    published = published_day(published_at)
    contents = sorted(span for claim in claims for span in claim.content)
    outer = nesting.containers(claims)
    found: list[Evidence] = []
    mouths: list[int] = []
    for index, claim in enumerate(claims):
        evidence, relayed = _of_claim(text, claim, contents, published)
        if index and _continues(claims[index - 1], claim):
            evidence = _shared(found[-1], evidence)
        found.append(_checked(evidence, claim, scorer or check.load()))
        mouths.append(relayed)
    for index, claim in enumerate(claims):
        mouths[index] += index not in outer and nesting.retells(claim)
    hops = nesting.hops(outer, mouths)
    return [
        replace(evidence, nested_in=container, hop=hop)
        for evidence, container, hop in zip(found, outer, hops, strict=True)
    ]


def gather_one(text: str, claim: Claim, contents: Sequence[Span] = (), published_at: str | None = None) -> Evidence:
    """The evidence of a claim by itself, scored with the shipped weights; `contents` are the article's other claims'.

    What follows from the claims around it, being reported within another, is left open.
    """
    around = sorted({*contents, *claim.content})
    evidence, _ = _of_claim(text, claim, around, published_day(published_at))
    return _checked(evidence, claim, check.load())


def _of_claim(text: str, claim: Claim, contents: Sequence[Span], published: date | None) -> tuple[Evidence, int]:
    """What the reporting clause says, and how many further mouths it names."""
    frame = frame_of(text, claim, contents)
    mode = _mode(text, claim, frame)
    kind = claim.speakers[0].kind if claim.speakers else "unknown"
    said, when = said_date(text, frame, texts(claim.cue), published, mode=mode, kind=kind)
    told = circumstances.addressees(text, frame)
    occasion = circumstances.occasions(text, frame, told)
    relay, mouths = circumstances.relays(text, frame, claim.source)
    place = circumstances.places(text, frame, (*told, *occasion, *relay, *when, *claim.source))
    reason = anonymity.reason(text, claim, contents)
    spans: dict[EvidenceRole, tuple[Span, ...]] = {
        "time": when,
        "place": place,
        "occasion": occasion,
        "addressee": told,
        "relay": relay,
        "reason": (reason,) if reason else (),
    }
    evidence = Evidence(
        polarity=polarity.polarity_of(claim.cue_class, mode, texts(claim.cue), _words(claim), bool(claim.quoted)),
        mode=mode,
        said=said,
        spans={role: found for role, found in spans.items() if found},
        anonymity=anonymity.grade(claim),
        source_count=anonymity.source_count(claim),
    )
    return evidence, mouths


def _mode(text: str, claim: Claim, frame: Frame) -> Mode:
    """The mode by the words of cue and source; those of a source that has none of its own are empty."""
    if not claim.cue:
        return "plain"
    between = text[slice(*frame.between)]
    head = min(span.start for span in (*claim.cue, *claim.source))
    before = text[max(0, head - _LOOK_BEFORE) : head]
    verb = f"{between if between.count(' ') <= 3 else ''} {' '.join(span.text for span in claim.cue)}"
    return polarity.mode_of(" ".join(span.text for span in claim.source), verb, before, _words(claim))


def _words(claim: Claim) -> str:
    """The words of the content, without a mark where pieces are missing."""
    return " ".join(span.text for span in claim.content)


def _continues(before: Claim, claim: Claim) -> bool:
    """Whether a quotation without a cue of its own carries on the one before it."""
    near = 0 <= claim.start - before.end <= _SAME_BREATH
    return not claim.cue and near and claim.speaker is not None and claim.speaker == before.speaker


def _shared(before: Evidence, evidence: Evidence) -> Evidence:
    shared = {role: before.spans[role] for role in circumstances.ROLES if role in before.spans}
    return replace(evidence, said=before.said, spans={**evidence.spans, **shared})


def _checked(evidence: Evidence, claim: Claim, scorer: check.Scorer) -> Evidence:
    """With the types of the claim and its check score, both by the content alone."""
    statement = _words(claim)
    score, reasons = scorer.score(statement)
    types = claim_types(statement, claim.cue_class)
    return replace(evidence, claim_types=types, check_score=score, check_reasons=reasons)
