"""From word scores to whole attributions: spans by the CRF, then who belongs to whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from quotecheck.pipeline import links, repair
from quotecheck.pipeline.crf import TAGS, Chain, Floats, Ints
from quotecheck.pipeline.links import Chooser, Layout, Range, Tagged
from quotecheck.pipeline.scores import Scores
from quotecheck.pipeline.words import Words


@dataclass(frozen=True)
class Found:
    """One attribution in words, and what speaks for it (see `FEATURES`)."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    evidence: tuple[float, ...]


FEATURES = (
    *("content", "weakest_word", "content_edges", "cue", "source", "content_link", "source_link"),
    *("no_source", "no_cue", "quoted_share", "length", "several_pieces"),
)
"""Names of the values of `Found.evidence`; those of the first line are log-probabilities."""
_FAINTEST = 1e-4


@dataclass(frozen=True)
class Decoder:
    """What decoding needs of a model besides the scores: the CRF and the two choosers."""

    chain: Chain
    cue_of_content: Chooser
    source_of_cue: Chooser

    def decode(self, words: Words, scores: Scores) -> list[Found]:
        """All attributions of a text, in the order of their contents."""
        tagged = repair.opened(words, tag(scores, self.chain))
        layout = Layout(words, tagged)
        cues = [item.chosen(self.cue_of_content) for item in links.cues_of_contents(words, scores, tagged, layout)]
        sources = [item.chosen(self.source_of_cue) for item in links.sources_of_cues(scores, tagged, layout)]
        tagged, cues = _repaired(words, tagged, cues, sources)
        contents: dict[int, list[int]] = defaultdict(list)
        for content, (cue, _) in enumerate(cues):
            contents[cue if cue else -1 - content].append(content)
        found = []
        for cue, members in contents.items():
            source, source_link = sources[cue - 1] if cue > 0 else (0, 0.0)
            content_link = min(cues[content][1] for content in members)
            found.append(_found(tagged, layout, (source, cue, members), (content_link, source_link)))
        return sorted(found, key=lambda attribution: attribution.content)


def _repaired(
    words: Words, tagged: Tagged, cues: list[tuple[int, float]], sources: list[tuple[int, float]]
) -> tuple[Tagged, list[tuple[int, float]]]:
    """Spans and choices with the contents that sure cues must have, instead of those that they take over."""
    chosen = {cue: choice - 1 for cue, (choice, _) in enumerate(sources)}
    missing = repair.missing(words, tagged, [choice - 1 for choice, _ in cues], chosen)
    gone = {content for item in missing for content in item.replaces}
    pairs = list(zip(tagged.content, cues, strict=True))
    kept = [pair for number, pair in enumerate(pairs) if number not in gone]
    kept += [(item.content, (item.cue + 1, 0.0)) for item in missing]
    kept.sort()
    marginals = repair.assumed(tagged.marginals, missing)
    return replace(tagged, content=[span for span, _ in kept], marginals=marginals), [cue for _, cue in kept]


def tag(scores: Scores, chain: Chain) -> Tagged:
    """The spans of the best tag sequence, and all marginals."""
    tags = chain.best(scores.emissions)
    source, cue, content = (_ranges(tags, role) for role in ("source", "cue", "content"))
    return Tagged(source, cue, content, chain.marginals(scores.emissions))


def _ranges(tags: Ints, role: str) -> list[Range]:
    begin, inside = TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")
    found = []
    for start in np.flatnonzero(tags == begin).tolist():
        end = start + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        found.append((start, end))
    return found


def _found(tagged: Tagged, layout: Layout, choice: tuple[int, int, list[int]], linked: tuple[float, float]) -> Found:
    """The attribution of a choice: source and cue counted from 1 (none: 0 or less), contents from 0."""
    source = (tagged.source[choice[0] - 1],) if choice[0] > 0 else ()
    cue = (tagged.cue[choice[1] - 1],) if choice[1] > 0 else ()
    content = tuple(tagged.content[member] for member in choice[2])
    certainty = _certainty(tagged.marginals, content, "content")
    evidence = (
        float(certainty.mean()),
        float(certainty.min()),
        _edges(tagged.marginals, content),
        float(_certainty(tagged.marginals, cue, "cue").mean()),
        float(_certainty(tagged.marginals, source, "source").mean()),
        *linked,
        float(not source),
        float(not cue),
        float(np.mean([layout.quoted_share(piece) for piece in content])),
        float(np.log(sum(end - start for start, end in content))),
        float(len(content) > 1),
    )
    return Found(source, cue, content, evidence)


def _certainty(marginals: Floats, ranges: tuple[Range, ...], role: str) -> Floats:
    """Log-probability of each word that it has its role; a single zero if there is no word."""
    if not ranges:
        return np.zeros(1, dtype=np.float32)
    columns = [TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")]
    words = np.concatenate([marginals[start:end, columns].sum(axis=1) for start, end in ranges])
    return np.asarray(np.log(np.maximum(words, _FAINTEST)), dtype=np.float32)


def _edges(marginals: Floats, ranges: tuple[Range, ...]) -> float:
    """Mean log-probability that the pieces of a content begin and end where they do."""
    begin, inside = TAGS.index("B-content"), TAGS.index("I-content")
    starts = [marginals[start, begin] for start, _ in ranges]
    ends = [1 - marginals[end, inside] if end < len(marginals) else 1.0 for _, end in ranges]
    return float(np.log(np.maximum([*starts, *ends], _FAINTEST)).mean())
