"""From attributions on a Doc to claims: kind, quoted words, cue class, context and speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck import cues, matching, speakers
from quotecheck.passages import context_of, kind_of, quoted_words
from quotecheck.types import Attribution, Claim, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc


def build(doc: Doc) -> list[Claim]:
    """The claims of a Doc that the component `quotecheck` has read, in text order; offsets into `doc.text`."""
    return from_attributions(doc.text, doc._.attributions)


def from_attributions(text: str, attributions: list[Attribution]) -> list[Claim]:
    """The claims that attributions of a text make."""
    named = speakers.resolve(text, attributions)
    return [_claim(text, attribution, speaker) for attribution, speaker in zip(attributions, named, strict=True)]


def _claim(text: str, attribution: Attribution, named: tuple[Speaker, ...]) -> Claim:
    words = quoted_words(text, attribution.content)
    kind = kind_of(attribution.content, words)
    cue_class = cues.classify(" ".join(span.text for span in attribution.cue))
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
