"""Sources that run over a line's end: a name ends with its line, and the line nearest to its words counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecheck.types import Attribution, Span

BREAK = re.compile(r"\s*\n\s*\n\s*")
"""A blank line; a single line end may stand inside a wrapped sentence."""


def source_ranges(text: str, attribution: Attribution) -> Iterator[tuple[int, int]]:
    """The character ranges of `text` in which to look for a source, the likeliest first; offsets half open."""
    for span in attribution.source:
        ranges = list(_lines(text, span))
        yield from reversed(ranges) if _precedes(span, attribution.content) else ranges


def _lines(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for gap in BREAK.finditer(text, span.start, span.end):
        if start < gap.start():
            yield start, gap.start()
        start = gap.end()
    if start < span.end or start == span.start:
        yield start, span.end


def _precedes(span: Span, content: tuple[Span, ...]) -> bool:
    return bool(content) and content[0].start >= span.end
