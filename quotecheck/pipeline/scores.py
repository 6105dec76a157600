"""What the encoder says about the words of a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quotecheck.pipeline.crf import TAGS, Floats

CONTENT_TO_CUE, CUE_TO_SOURCE, SOURCE_TO_CUE = range(3)
LINKS, WIDTH = 3, 192
"""Kinds of links, and the length of their queries and keys."""


@dataclass(frozen=True)
class Scores:
    """Per word: tag emissions (n, tags), link queries and keys (n, links, width), score of no link (n, links)."""

    emissions: Floats
    queries: Floats
    keys: Floats
    nothing: Floats

    @classmethod
    def empty(cls, words: int) -> Scores:
        """Room for the scores of so many words; queries and keys in half precision, they are most of the memory."""
        vectors = (words, LINKS, WIDTH)
        return cls(
            np.zeros((words, len(TAGS)), dtype=np.float32),
            np.zeros(vectors, dtype=np.float16),
            np.zeros(vectors, dtype=np.float16),
            np.zeros((words, LINKS), dtype=np.float32),
        )

    def fill(self, words: slice, values: tuple[Floats, Floats, Floats, Floats]) -> None:
        """Put in the scores of some words, in the order of the fields."""
        for field, value in zip((self.emissions, self.queries, self.keys, self.nothing), values, strict=True):
            field[words] = value

    def links(self, kind: int, words: slice, targets: list[int]) -> Floats:
        """Log-probability of each target for each word; (words, 1 + targets), column 0 is no link."""
        keys = self.keys[targets, kind] if targets else self.keys[:0, kind]
        found = self.queries[words, kind].astype(np.float32) @ keys.astype(np.float32).T
        raw = np.concatenate([self.nothing[words, kind, None], found], axis=1)
        raw -= raw.max(axis=1, keepdims=True)
        return np.asarray(raw - np.log(np.exp(raw).sum(axis=1, keepdims=True)), dtype=np.float32)
