"""From attributions on a Doc to claims: kind, quoted words, cue class, context, speakers and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck import cues, evidence, matching, speakers, topics
from quotecheck.passages import context_of, kind_of, quoted_words
from quotecheck.types import Attribution, Claim, Reading, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quotecheck.evidence.check import Scorer


def build(doc: Doc) -> list[Claim]:
    """The claims of a Doc that the component `quotecheck` has read, in text order; offsets into `doc.text`."""
    return list(read(doc).claims)


def from_attributions(text: str, attributions: list[Attribution], *, published_at: str | None = None) -> list[Claim]:
    """The claims that attributions of a text make."""
    return list(_reading(text, attributions, None, speakers.FLOOR, published_at, None).claims)


def read(
    doc: Doc,
    *,
    author: str | None = None,
    published_at: str | None = None,
    speaker_confidence: float = speakers.FLOOR,
    scorer: Scorer | None = None,
) -> Reading:
    """The claims of a Doc, where its text means their speakers, and, if it is parsed, what they are about.

    `author` is the article's byline, who says “I”; `published_at` (ISO 8601) is what dates like “on Tuesday” are
    relative to; a name less sure than `speaker_confidence` (0 to 1) is not given; `scorer` holds the check weights,
    the shipped ones if None.
    """
    reading = _reading(doc.text, doc._.attributions, author, speaker_confidence, published_at, scorer)
    return topics.read(doc, reading)


def _reading(
    text: str,
    attributions: list[Attribution],
    author: str | None,
    floor: float,
    published_at: str | None,
    scorer: Scorer | None,
) -> Reading:
    found = speakers.read(text, attributions, author=author, floor=floor)
    pairs = zip(attributions, found.speakers, strict=True)
    claims = [_claim(text, attribution, named) for attribution, named in pairs]
    gathered = zip(claims, evidence.gather(text, claims, published_at, scorer), strict=True)
    return Reading(tuple(replace(claim, evidence=known) for claim, known in gathered), found.mentions)


def _claim(text: str, attribution: Attribution, named: tuple[Speaker, ...]) -> Claim:
    words = quoted_words(text, attribution.content)
    kind = kind_of(attribution.content, words)
    cue_class = cues.classify(" ".join(span.text for span in attribution.cue), attribution.content[0].text)
    return Claim(
        kind=kind,
        statement=cues.is_statement(cue_class, bool(words)),
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        quoted=words,
        context=context_of(text, attribution.source, attribution.cue, attribution.content),
        cue_class=cue_class,
        confidence=attribution.confidence,
        speakers=named,
        matching_key=matching.key(" ".join(span.text for span in (words if kind == "direct" else attribution.content))),
    )
