"""From word scores to whole attributions: spans by the CRF, then who belongs to whom.

A content chooses its cue by the mean of its words' votes; a cue chooses its source by its own vote and the votes of the
source's words. What cannot be is repaired before the choice: a cue tagged in two pieces is one cue, and a cue without
content takes none of the neighbours' sources.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from quotecheck.pipeline.crf import TAGS, Chain, Floats, Ints
from quotecheck.pipeline.scores import CONTENT_TO_CUE, CUE_TO_SOURCE, SOURCE_TO_CUE, Scores

Range = tuple[int, int]
"""Words from the first up to, not including, the second."""


@dataclass(frozen=True)
class Found:
    """One attribution in words, and what speaks for it (see `FEATURES`)."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    evidence: tuple[float, ...]


FEATURES = ("content", "content_edges", "cue", "source", "content_link", "source_link", "no_source", "no_cue")
"""Names of the values of `Found.evidence`; the first six are log-probabilities."""


@dataclass(frozen=True)
class _Tagged:
    source: list[Range]
    cue: list[Range]
    content: list[Range]
    marginals: Floats


def decode(scores: Scores, chain: Chain) -> list[Found]:
    """All attributions of a text, in the order of their contents."""
    tagged = _tag(scores, chain)
    if not tagged.content:
        return []
    cue_of_content, content_link = _content_links(scores, tagged)
    used = sorted({cue for cue in cue_of_content if cue >= 0})
    source_of_cue, source_link = _source_links(scores, tagged, used)
    contents: dict[int, list[int]] = defaultdict(list)
    for content, cue in enumerate(cue_of_content):
        contents[cue if cue >= 0 else -1 - content].append(content)
    found = [
        _found(tagged, cue, members, source_of_cue.get(cue, []), content_link, source_link.get(cue, 0.0))
        for cue, members in contents.items()
    ]
    return sorted(found, key=lambda attribution: attribution.content)


def _tag(scores: Scores, chain: Chain) -> _Tagged:
    tags = chain.best(scores.emissions)
    spans = {role: _ranges(tags, role) for role in ("source", "cue", "content")}
    return _Tagged(spans["source"], spans["cue"], spans["content"], chain.marginals(scores.emissions))


def _ranges(tags: Ints, role: str) -> list[Range]:
    begin, inside = TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")
    found = []
    for start in np.flatnonzero(tags == begin).tolist():
        end = start + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        found.append((start, end))
    return found


def _content_links(scores: Scores, tagged: _Tagged) -> tuple[list[int], list[float]]:
    """The cue (its index, -1 for none) of every content, and the mean log-probability of that choice."""
    heads = [start for start, _ in tagged.cue]
    chosen, certainty = [], []
    for start, end in tagged.content:
        votes = scores.links(CONTENT_TO_CUE, slice(start, end), heads).mean(axis=0)
        best = int(votes.argmax())
        chosen.append(best - 1)
        certainty.append(float(votes[best]))
    return chosen, certainty


def _source_links(scores: Scores, tagged: _Tagged, used: list[int]) -> tuple[dict[int, list[int]], dict[int, float]]:
    """The sources (indices) of every used cue, and the log-probability of that choice."""
    heads = [tagged.cue[cue][0] for cue in used]
    starts = [start for start, _ in tagged.source]
    if not used:
        return {}, {}
    votes = np.zeros((len(used), 1 + len(starts)), dtype=np.float32)
    for row, head in enumerate(heads):
        votes[row] = scores.links(CUE_TO_SOURCE, slice(head, head + 1), starts)[0]
    for column, (start, end) in enumerate(tagged.source, start=1):
        back = scores.links(SOURCE_TO_CUE, slice(start, end), heads).mean(axis=0)
        votes[:, column] += back[1:]
    choice = votes.argmax(axis=1)
    return (
        {cue: [int(best) - 1] if best else [] for cue, best in zip(used, choice, strict=True)},
        {cue: float(votes[row, best]) for row, (cue, best) in enumerate(zip(used, choice, strict=True))},
    )


def _found(
    tagged: _Tagged, cue: int, contents: list[int], sources: list[int], content_link: list[float], source_link: float
) -> Found:
    content = tuple(tagged.content[index] for index in contents)
    cues = (tagged.cue[cue],) if cue >= 0 else ()
    source = tuple(tagged.source[index] for index in sources)
    evidence = (
        _certainty(tagged.marginals, content, "content"),
        _edges(tagged.marginals, content),
        _certainty(tagged.marginals, cues, "cue"),
        _certainty(tagged.marginals, source, "source"),
        min(content_link[index] for index in contents),
        source_link,
        float(not source),
        float(not cues),
    )
    return Found(source, cues, content, evidence)


def _certainty(marginals: Floats, ranges: tuple[Range, ...], role: str) -> float:
    """Mean log-probability that the words have their role."""
    if not ranges:
        return 0.0
    columns = [TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")]
    words = np.concatenate([marginals[start:end, columns].sum(axis=1) for start, end in ranges])
    return float(np.log(np.maximum(words, 1e-6)).mean())


def _edges(marginals: Floats, ranges: tuple[Range, ...]) -> float:
    """Mean log-probability that the pieces of a content begin and end where they do."""
    begin, inside = TAGS.index("B-content"), TAGS.index("I-content")
    starts = [marginals[start, begin] for start, _ in ranges]
    ends = [1 - marginals[end, inside] if end < len(marginals) else 1.0 for _, end in ranges]
    return float(np.log(np.maximum([*starts, *ends], 1e-6)).mean())
