"""Who belongs to whom: a small network that weighs the encoder's votes against where the spans stand in the text.

For every content it chooses one of the tagged cues or none; for every cue one of the tagged sources or none. A
candidate is a row of features; two layers make one score of it, and the highest score is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quotecheck.pipeline.crf import TAGS, Floats, Ints
from quotecheck.pipeline.scores import CONTENT_TO_CUE, CUE_TO_SOURCE, SOURCE_TO_CUE, Scores
from quotecheck.pipeline.words import BREAK_LINE, BREAK_PARAGRAPH, QUOTE_NONE, Words

Range = tuple[int, int]
"""Words from the first up to, not including, the second."""

Bools = npt.NDArray[np.bool_]
FEATURES = 19
_MOST = 5
_FAINTEST = 1e-4
_IMPOSSIBLE = -1e4


@dataclass(frozen=True)
class Tagged:
    """The spans that the tagger found, in text order, and the probability of every tag at every word."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    marginals: Floats


@dataclass(frozen=True)
class Chooser:
    """Two layers: features to hidden units, hidden units to a score."""

    inner: Floats
    bias: Floats
    outer: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Any]) -> Chooser:
        """A chooser from the lists in a model's head parameters."""
        return cls(*(np.array(weights[name], dtype=np.float32) for name in ("inner", "bias", "outer")))

    def choose(self, rows: Floats, forbidden: Bools | None = None) -> tuple[int, float]:
        """The best candidate's row and the log-probability of that choice; rows (candidates, features).

        `forbidden` (candidates,) marks those that cannot be.
        """
        scores = np.tanh(rows @ self.inner + self.bias) @ self.outer
        if forbidden is not None:
            scores = np.where(forbidden, _IMPOSSIBLE, scores)
        scores -= scores.max()
        best = int(scores.argmax())
        return best, float(scores[best] - np.log(np.exp(scores).sum()))


class Layout:
    """Where words, spans, sentence ends, paragraph breaks and quotations of one text stand, as running counts."""

    def __init__(self, words: Words, tagged: Tagged) -> None:
        self._counts = np.stack(
            [
                _running(words.stops),
                _running(words.features[:, 1] >= BREAK_LINE),
                _running(words.features[:, 1] >= BREAK_PARAGRAPH),
                _running(words.features[:, 2] != QUOTE_NONE),
                *(_running(_starts(spans, len(words))) for spans in (tagged.cue, tagged.content, tagged.source)),
            ],
            axis=1,
        )

    def between(self, span: Range, others: Sequence[Range]) -> Floats:
        """What lies between a span and each of others, (others, 12): distance, side, and counts."""
        if not others:
            return np.zeros((0, 12), dtype=np.float32)
        start, end = span
        starts, ends = np.array(others, dtype=np.int64).T
        after, before = starts >= end, ends <= start
        low = np.where(after, end, np.where(before, ends, start))
        high = np.where(after, starts, np.where(before, start, start))
        gap = high - low
        passed = self._counts[high] - self._counts[low]
        # A break stands before the word that follows it, so the far span's own first word counts too.
        passed[:, 1:3] = (self._counts[high + 1] - self._counts[low])[:, 1:3]
        passed[:, 3] = np.log1p(passed[:, 3])
        columns = [np.log1p(gap), after, before, gap == 0, gap <= 2, *np.minimum(passed.T, _MOST)]
        return np.stack(columns, axis=1).astype(np.float32)

    def quoted_share(self, span: Range) -> float:
        """Share of a span's words inside quotations."""
        start, end = span
        return float(self._counts[end, 3] - self._counts[start, 3]) / (end - start)


def _running(flags: Any) -> Ints:
    return np.concatenate([[0], np.cumsum(flags)]).astype(np.int64)


def _starts(spans: Sequence[Range], count: int) -> Ints:
    flags = np.zeros(count, dtype=np.int64)
    flags[[start for start, _ in spans]] = 1
    return flags


def content_rows(scores: Scores, tagged: Tagged, layout: Layout) -> list[Floats]:
    """For every content its candidates: no cue, then every cue; each (1 + cues, `FEATURES`)."""
    heads = [start for start, _ in tagged.cue]
    known = np.log(np.maximum(tagged.marginals[heads, TAGS.index("B-cue")], _FAINTEST))
    rows = []
    for content in tagged.content:
        votes = scores.links(CONTENT_TO_CUE, slice(*content), heads)
        evidence = np.stack([votes.mean(axis=0), votes[0], votes[-1]], axis=1)
        own = (layout.quoted_share(content), float(np.log(content[1] - content[0])))
        rows.append(_rows(evidence, known, layout.between(content, tagged.cue), own))
    return rows


def strangers(words: Words, tagged: Tagged) -> list[Bools]:
    """For every content the candidates that cannot be, (1 + cues,).

    Words outside quotation marks that begin within a sentence ("…, that the port may close") belong to a cue of the
    same sentence or to none.
    """
    sentence, marks = words.sentence, words.features[:, 2]
    homes = np.array([sentence[start] for start, _ in tagged.cue], dtype=np.int64)
    found = []
    for start, _ in tagged.content:
        within = start > 0 and sentence[start - 1] == sentence[start] and marks[start] == QUOTE_NONE
        elsewhere = (homes != sentence[start]) & within
        found.append(np.concatenate([[False], elsewhere]))
    return found


def source_rows(scores: Scores, tagged: Tagged, layout: Layout) -> list[Floats]:
    """For every cue its candidates: no source, then every source; each (1 + sources, `FEATURES`)."""
    heads = [start for start, _ in tagged.cue]
    starts = [start for start, _ in tagged.source]
    known = np.log(np.maximum(tagged.marginals[starts, TAGS.index("B-source")], _FAINTEST))
    back = [scores.links(SOURCE_TO_CUE, slice(*source), heads).mean(axis=0)[1:] for source in tagged.source]
    rows = []
    for number, cue in enumerate(tagged.cue):
        votes = scores.links(CUE_TO_SOURCE, slice(cue[0], cue[0] + 1), starts)[0]
        returned = np.array([0.0, *(vote[number] for vote in back)], dtype=np.float32)
        evidence = np.stack([votes, returned, votes + returned], axis=1)
        own = (float(known_cue(tagged, cue)), float(np.log(cue[1] - cue[0])))
        rows.append(_rows(evidence, known, layout.between(cue, tagged.source), own))
    return rows


def known_cue(tagged: Tagged, cue: Range) -> float:
    """Log-probability that a cue begins where it does."""
    return float(np.log(max(float(tagged.marginals[cue[0], TAGS.index("B-cue")]), _FAINTEST)))


def _rows(evidence: Floats, known: Floats, between: Floats, own: tuple[float, float]) -> Floats:
    rows = np.zeros((len(evidence), FEATURES), dtype=np.float32)
    rows[:, 0:3] = evidence
    rows[1:, 3] = known
    rows[1:, 4:16] = between
    rows[0, 16] = 1.0
    rows[:, 17:19] = own
    return rows
