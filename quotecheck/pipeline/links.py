"""Who belongs to whom: a small network that weighs the encoder's votes against where the spans stand in the text.

For every content it chooses one of the tagged cues or none; for every cue one of the tagged sources or none. A
candidate is a row of features; two layers make one score of it, and the highest score is taken.
"""

from __future__ import annotations

from bisect import bisect
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
NEAREST = 48
"""Spans on each side that are candidates: more than all but a few articles have."""
_MOST = 5
_FAINTEST = 1e-4
_IMPOSSIBLE = -1e4
_NO_VOTE = -20.0


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
        # How many quoted words lie between, in whole steps of the logarithm: below 2, 2 to 6, 7 to 19, …
        passed[:, 3] = np.floor(np.log1p(passed[:, 3]))
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


@dataclass(frozen=True)
class Candidates:
    """Who may belong to one span: none (row 0), and the spans from number `first` on; rows (1 + spans, `FEATURES`).

    `forbidden` (1 + spans,) marks those that cannot be.
    """

    first: int
    rows: Floats
    forbidden: Bools

    def chosen(self, chooser: Chooser) -> tuple[int, float]:
        """The number of the chosen span counted from 1 (0 for none), and the log-probability of that choice."""
        best, certainty = chooser.choose(self.rows, self.forbidden)
        return (self.first + best if best else 0), certainty


def cues_of_contents(words: Words, scores: Scores, tagged: Tagged, layout: Layout) -> list[Candidates]:
    """The candidates of every content.

    Words outside quotation marks that begin within a sentence ("…, that the port may close") belong to a cue of the
    same sentence or to none.
    """
    sentence, marks = words.sentence, words.features[:, 2]
    found = []
    for start, end in tagged.content:
        first, cues = _nearby(tagged.cue, start)
        heads = [head for head, _ in cues]
        known = np.log(np.maximum(tagged.marginals[heads, TAGS.index("B-cue")], _FAINTEST))
        votes = scores.links(CONTENT_TO_CUE, slice(start, end), heads)
        evidence = np.stack([votes.mean(axis=0), votes[0], votes[-1]], axis=1)
        own = (layout.quoted_share((start, end)), float(np.log(end - start)))
        rows = _rows(evidence, known, layout.between((start, end), cues), own)
        within = start > 0 and sentence[start - 1] == sentence[start] and marks[start] == QUOTE_NONE
        elsewhere = within & (sentence[heads] != sentence[start])
        found.append(Candidates(first, rows, np.concatenate([[False], elsewhere])))
    return found


def sources_of_cues(scores: Scores, tagged: Tagged, layout: Layout) -> list[Candidates]:
    """The candidates of every cue."""
    returned = [_votes_for_cues(scores, tagged, source) for source in tagged.source]
    found = []
    for number, cue in enumerate(tagged.cue):
        first, sources = _nearby(tagged.source, cue[0])
        starts = [start for start, _ in sources]
        known = np.log(np.maximum(tagged.marginals[starts, TAGS.index("B-source")], _FAINTEST))
        votes = scores.links(CUE_TO_SOURCE, slice(cue[0], cue[0] + 1), starts)[0]
        back = [returned[first + place].get(number, _NO_VOTE) for place in range(len(sources))]
        answered = np.array([0.0, *back], dtype=np.float32)
        evidence = np.stack([votes, answered, votes + answered], axis=1)
        own = (_known_cue(tagged, cue), float(np.log(cue[1] - cue[0])))
        rows = _rows(evidence, known, layout.between(cue, sources), own)
        found.append(Candidates(first, rows, np.zeros(len(rows), dtype=np.bool_)))
    return found


def _votes_for_cues(scores: Scores, tagged: Tagged, source: Range) -> dict[int, float]:
    """The mean log-probability that a source's words give to each cue near it, by the cue's number."""
    first, cues = _nearby(tagged.cue, source[0])
    votes = scores.links(SOURCE_TO_CUE, slice(*source), [head for head, _ in cues]).mean(axis=0)[1:]
    return {first + place: float(vote) for place, vote in enumerate(votes)}


def _nearby(spans: list[Range], word: int) -> tuple[int, list[Range]]:
    """The spans nearest to a word, at most `NEAREST` on each side, and the number of the first of them.

    The bound keeps time and memory linear in the length of a text.
    """
    place = bisect(spans, (word, word))
    first = max(0, place - NEAREST)
    return first, spans[first : place + NEAREST]


def _known_cue(tagged: Tagged, cue: Range) -> float:
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
