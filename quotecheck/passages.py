"""What follows from the spans of a statement alone: its quoted words, its kind and the sentences it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck import quotations
from quotecheck.types import Span
from quotecheck.vocabulary import Kind

CONTEXT_LIMIT = 1500
"""Characters of context that a claim carries at most; a spreadsheet cell stays readable and no article is copied."""
DIRECT_SHARE = 0.9
"""Share of a content's letters inside quotation marks from which it counts as direct."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]?[A-Z0-9])|[\n\r]+|[.!?][\"'”’»]*(?=[A-Z][a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|"
    r"Sept|Oct|Nov|Dec|U\.S|U\.K|U\.N|D\.C|a\.m|p\.m|e\.g|i\.e)|\b[A-Z])\.$"
)


def quoted_words(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The stretches of a content inside quotation marks, marks left out, nested quotations within their outer one."""
    found: list[Span] = []
    for piece in content:
        for quotation in quotations.overlapping(text, piece.start, piece.end):
            start, end = max(piece.start, quotation.inner_start), min(piece.end, quotation.inner_end)
            if text[start:end].strip():
                found.append(_trimmed(text, start, end))
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span.of(text, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def kind_of(content: tuple[Span, ...], quoted: tuple[Span, ...]) -> Kind:
    """Direct if nearly all letters stand inside quotation marks, mixed if some do, else indirect."""
    if not quoted:
        return "indirect"
    total = sum(_letters(span.text) for span in content)
    inside = sum(_letters(span.text) for span in quoted)
    return "direct" if inside > DIRECT_SHARE * total else "mixed"


def _letters(words: str) -> int:
    return sum(letter.isalnum() for letter in words)


def context_of(text: str, source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span]) -> Span:
    """The whole sentences that hold source, cue and content, cut to `CONTEXT_LIMIT` characters."""
    spans = [*source, *cue, *content]
    start = sentence_start(text, min(span.start for span in spans))
    end = sentence_end(text, max(span.end for span in spans))
    if end - start <= CONTEXT_LIMIT:
        return Span.of(text, start, end)
    anchor = cue or content
    start = max(start, min(anchor[0].start - CONTEXT_LIMIT // 2, end - CONTEXT_LIMIT))
    return Span.of(text, start, min(end, start + CONTEXT_LIMIT))


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence around an offset begins."""
    low = max(0, offset - CONTEXT_LIMIT)
    start = low
    for match in _SENTENCE_END.finditer(text, low, offset + 4):
        if match.end() <= offset and not _ABBREVIATION.search(text, low, match.end()):
            start = match.end()
    return start + len(text[start:offset]) - len(text[start:offset].lstrip())


def sentence_end(text: str, offset: int) -> int:
    """Where the sentence around an offset ends, its closing marks included."""
    high = min(len(text), offset + CONTEXT_LIMIT)
    for match in _SENTENCE_END.finditer(text, max(0, offset - 3), high):
        if match.end() >= offset and not _ABBREVIATION.search(text, max(0, match.end() - 12), match.end()):
            return match.start() if match[0].isspace() else match.end()
    return max(offset, len(text[:high].rstrip()))
