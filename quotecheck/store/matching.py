"""Which claim of an earlier extraction is which claim of this one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from quotecheck.types import Span

LEAST_OVERLAP = 0.5

Pieces = Sequence[tuple[int, int]]
"""Half-open stretches of one text, in order, not overlapping."""


def length(pieces: Pieces) -> int:
    """How many code points the pieces cover."""
    return sum(end - start for start, end in pieces)


def overlap(one: Pieces, other: Pieces) -> float:
    """Intersection over union of the code points that two sets of pieces cover; 1.0 if both are empty."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    union = length(one) + length(other) - shared
    return shared / union if union else 1.0


def pieces(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The offsets of spans."""
    return [(span.start, span.end) for span in spans]


def match(old: Mapping[int, tuple[Pieces, Pieces, bool]], new: Sequence[tuple[Pieces, Pieces]]) -> dict[int, int]:
    """Pair new claims with old ones: the best content overlap first, each used once.

    `old` maps a key to content, source and whether the claim is still live; `new` holds content and source. The
    answer maps an index of `new` to a key of `old`. Equal overlaps are decided by the sources' overlap, then for
    live claims, then by the lower key and index, so that the same input always pairs the same way.
    """
    near = _Near({key: content for key, (content, _, _) in old.items()})
    candidates = sorted(
        (-content, -overlap(old[key][1], new_source), not old[key][2], key, index)
        for index, (new_content, new_source) in enumerate(new)
        for key in near.keys(new_content)
        if (content := overlap(old[key][0], new_content)) >= LEAST_OVERLAP
    )
    paired: dict[int, int] = {}
    used: set[int] = set()
    for *_, key, index in candidates:
        if index not in paired and key not in used:
            paired[index] = key
            used.add(key)
    return paired


class _Near:
    """Which contents may overlap another, without comparing it with all of them: long articles have thousands."""

    def __init__(self, contents: Mapping[int, Pieces]) -> None:
        hulls = sorted((*_hull(content), key) for key, content in contents.items())
        self._starts = [start for start, _, _ in hulls]
        self._keys = [key for _, _, key in hulls]
        self._longest = max((end - start for start, end, _ in hulls), default=0)

    def keys(self, content: Pieces) -> list[int]:
        """The keys of all contents that begin close enough to reach into this one."""
        start, end = _hull(content)
        return self._keys[bisect_left(self._starts, start - self._longest) : bisect_right(self._starts, end)]


def _hull(content: Pieces) -> tuple[int, int]:
    """From the first to the last code point of the pieces."""
    return min((start for start, _ in content), default=0), max((end for _, end in content), default=0)
