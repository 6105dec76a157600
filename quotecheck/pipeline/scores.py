"""What the encoder says about the words of a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quotecheck.pipeline.crf import Floats

CONTENT_TO_CUE, CUE_TO_SOURCE, SOURCE_TO_CUE = range(3)


@dataclass(frozen=True)
class Scores:
    """Per word: tag emissions (n, tags), link queries and keys (n, links, width), score of no link (n, links)."""

    emissions: Floats
    queries: Floats
    keys: Floats
    nothing: Floats

    def links(self, kind: int, words: slice, targets: list[int]) -> Floats:
        """Log-probability of each target for each word; (words, 1 + targets), column 0 is no link."""
        keys = self.keys[targets, kind] if targets else self.keys[:0, kind]
        found = self.queries[words, kind] @ keys.T
        raw = np.concatenate([self.nothing[words, kind, None], found], axis=1)
        raw -= raw.max(axis=1, keepdims=True)
        return np.asarray(raw - np.log(np.exp(raw).sum(axis=1, keepdims=True)), dtype=np.float32)
