"""Claims for the tests of evidence, their parts marked in a sentence: {S source}, {C cue}, {K content}."""

from __future__ import annotations

import re

from quotecheck.claims import from_attributions
from quotecheck.types import Attribution, Claim, Span

_MARKED = re.compile(r"\{([SCK])(\d?) |\}")


def read(marked: str, published_at: str | None = "2023-08-17T10:00:00+02:00") -> list[Claim]:
    """The claims of a marked text, in the order of their numbers ({S2 …} belongs to the second; none is the first).

    Marks may stand inside one another.
    """
    text, parts = _parts(marked)
    numbers = sorted({number for number, _ in parts})
    attributions = [
        Attribution(*(tuple(parts.get((number, role), ())) for role in "SCK"), confidence=0.9) for number in numbers
    ]
    return from_attributions(text, attributions, published_at=published_at)


def _parts(marked: str) -> tuple[str, dict[tuple[int, str], list[Span]]]:
    text, open_marks, found, end = "", [], [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        end = match.end()
        if match[1]:
            open_marks.append((int(match[2] or 1), match[1], len(text)))
        else:
            number, role, start = open_marks.pop()
            found.append((number, role, start, len(text)))
    text += marked[end:]
    parts: dict[tuple[int, str], list[Span]] = {}
    for number, role, start, stop in sorted(found, key=lambda part: part[2]):
        parts.setdefault((number, role), []).append(Span.of(text, start, stop))
    return text, parts


def claim(marked: str, published_at: str | None = "2023-08-17T10:00:00+02:00") -> Claim:
    """The only claim of a marked text."""
    (found,) = read(marked, published_at)
    return found
