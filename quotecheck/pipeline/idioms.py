"""Turns of phrase that mislead the tagger, set right by their words.

"The agency quoted Haddad as saying …" is Haddad's statement, not the agency's; "said a prayer" and "told the truth"
report that somebody spoke, not what was said; and one bare word that stands in no quotation marks ("criticised Haddad")
says nothing that could be checked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotecheck import quotations
from quotecheck.types import Attribution, Span

_RELAYS = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)\b", re.IGNORECASE)
_RELAYED = re.compile(
    r"(?P<source>[^,;:.\"“]{2,80}?),?\s+as\s+(?P<cue>(?:also\s+)?(?:saying|telling\s+\w+|warning|claiming|arguing|adding))"
    r"[\s,:]+(?P<content>\S.*)",
    re.DOTALL,
)
_NO_STATEMENT = re.compile(
    r"(?:(?:a|an|the|his|her|their|its|my|our|your|some|no|many|one|few|last)\s+)*(?:short\s+|quiet\s+|silent\s+)?"
    r"(?:prayers?|grace|mass|farewells?|goodbyes?|hellos?|truth|lies?|jokes?|stor(?:y|ies)|tales?|time)",
    re.IGNORECASE,
)
_ANSWERS = frozenset("yes no yeah nope sorry thanks never nothing maybe".split())


def read(text: str, attribution: Attribution) -> Attribution | None:
    """The attribution as its words mean it; None if it is none."""
    relayed = _relayed(text, attribution)
    return None if _says_nothing(text, relayed) else relayed


def _relayed(text: str, attribution: Attribution) -> Attribution:
    """`X quoted Y as saying Z` with Y as its source; anything else as it is."""
    if len(attribution.cue) != 1 or not _RELAYS.search(attribution.cue[0].text):
        return attribution
    first = attribution.content[0]
    match = _RELAYED.match(text, first.start, first.end)
    if not match or first.start < attribution.cue[0].end:
        return attribution
    source, cue, content = (Span.of(text, *match.span(role)) for role in ("source", "cue", "content"))
    return replace(attribution, source=(source,), cue=(cue,), content=(content, *attribution.content[1:]))


def _says_nothing(text: str, attribution: Attribution) -> bool:
    if len(attribution.content) != 1 or _quoted(text, attribution.content[0]):
        return False
    words = attribution.content[0].text
    if _NO_STATEMENT.fullmatch(words):
        return True
    return len(words.split()) == 1 and words.casefold() not in _ANSWERS


def _quoted(text: str, span: Span) -> bool:
    return bool(quotations.overlapping(text, span.start, span.end))
