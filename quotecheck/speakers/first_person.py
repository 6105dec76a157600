"""Who says “I”: inside a quotation the one who is quoted, elsewhere the author of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotecheck.speakers import lexicon as lx
from quotecheck.types import Attribution, Speaker

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i’m"})
BYLINE = re.compile(r"(?:by\s+)?(?P<name>[^\W\d_][^\d,;/|@&]*?)\.?", re.IGNORECASE)
"""A byline that may be one person's name: no digits, no commas, no addresses."""
LONGEST_NAME = 5
LABEL = re.compile(r"^[^\S\n]*(?:\(\([^()\n]+\)\)|[^\W\d_a-z][^\n:.!?]{0,40}:)(?=\s)", re.MULTILINE)
"""What says in a transcript or an interview who speaks next: `Ada Lind:`, `Q:`, `((Ada Lind))`."""
LABELS_OF_TRANSCRIPT = 3


def is_transcript(text: str) -> bool:
    """Whether several lines say who speaks next, so that “I” outside quotation marks need not be the author."""
    return sum(1 for _ in LABEL.finditer(text)) >= LABELS_OF_TRANSCRIPT


def is_first_person(attribution: Attribution) -> bool:
    """Whether the source is the word “I” and no more."""
    return len(attribution.source) == 1 and attribution.source[0].text.strip().casefold() in FIRST_PERSON


def enclosing(attribution: Attribution, attributions: Sequence[Attribution]) -> int | None:
    """The index of the attribution in whose content the source stands, the innermost one; None if in none."""
    at = attribution.source[0].start
    around = [
        (span.end - span.start, i)
        for i, other in enumerate(attributions)
        if other is not attribution
        for span in other.content
        if span.start <= at < span.end
    ]
    return min(around)[1] if around else None


def by_quoted(attribution: Attribution, speakers: Sequence[Speaker]) -> Speaker | None:
    """The one who is quoted, for “I” in their words; None if those are several or nobody is named."""
    if len(speakers) != 1 or speakers[0].name is None:
        return None
    quoted, mention = speakers[0], attribution.source[0]
    why = f"“{mention.text}” in the words of {quoted.name}"
    confidence = round(quoted.confidence * 0.95, 3)
    return replace(quoted, basis="pronoun", mention=mention, confidence=confidence, why=why)


def by_author(attribution: Attribution, author: str | None) -> Speaker:
    """The author of the article, by name if the byline is one person's name."""
    mention, name = attribution.source[0], author_name(author)
    if name is None:
        return Speaker(None, "person", "pronoun", mention, confidence=0.85, why="the author, whom no byline names")
    return Speaker(name, "person", "pronoun", mention, confidence=0.85, why=f"“{mention.text}” is the author")


def author_name(byline: str | None) -> str | None:
    """The name in a byline of one person, None if it names several people, a desk or an agency."""
    found = BYLINE.fullmatch(" ".join((byline or "").split()))
    words = found["name"].split() if found else []
    if not 2 <= len(words) <= LONGEST_NAME or not all(word[0].isupper() or word in lx.PARTICLES for word in words):
        return None
    keys = [word.casefold().strip(".") for word in words]
    return None if set(keys) & (lx.BODY_NOUNS | {"and", "staff", "editors", "correspondent"}) else " ".join(words)
