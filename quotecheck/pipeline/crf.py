"""The linear-chain CRF over tags: best sequence and marginals, in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
_FORBIDDEN = -1e4
_LOWEST = 1e-200
"""What an impossible tag counts beside the likeliest one, so that no sum is zero."""


@dataclass(frozen=True)
class Chain:
    """Scores of tag after tag (from, to) and of the first tag; no step enters an inside tag from elsewhere."""

    transitions: Floats
    first: Floats

    @classmethod
    def of(cls, transitions: Floats, first: Floats) -> Chain:
        """A chain of trained scores, with impossible steps ruled out."""
        allowed = np.array([[_may_follow(before, after) for after in TAGS] for before in TAGS])
        begins = np.array([not tag.startswith("I-") for tag in TAGS])
        return cls(
            np.where(allowed, transitions, _FORBIDDEN).astype(np.float32),
            np.where(begins, first, _FORBIDDEN).astype(np.float32),
        )

    def best(self, emissions: Floats) -> Ints:
        """The most probable tag sequence; emissions (n, tags), result (n,)."""
        n = len(emissions)
        if not n:
            return np.zeros(0, dtype=np.int64)
        reached = np.empty((n - 1, len(TAGS), len(TAGS)), dtype=np.float32)
        score = self.first + emissions[0]
        for step, emission in zip(reached, emissions[1:], strict=True):
            np.add(score[:, None], self.transitions, out=step)
            score = np.maximum.reduce(step) + emission
        tags = [int(score.argmax())]
        for before in reversed(reached.argmax(axis=1).tolist()):
            tags.append(before[tags[-1]])
        return np.array(tags[::-1], dtype=np.int64)

    def marginals(self, emissions: Floats) -> Floats:
        """Probability of every tag at every word; shapes as `best`, (n, tags)."""
        n = len(emissions)
        if not n:
            return np.zeros((0, len(TAGS)), dtype=np.float32)
        # Scaled probabilities instead of logarithms: three times as fast, and the scale cancels. Both directions go
        # at once, from the first word on and from the last one back, as the halves of one vector.
        count = len(TAGS)
        steps = np.exp(self.transitions - self.transitions.max()).astype(np.float64)
        heights = np.maximum(np.exp((emissions - emissions.max(axis=1, keepdims=True)).astype(np.float64)), _LOWEST)
        nothing = np.zeros_like(steps)
        both_steps = np.block([[steps, nothing], [nothing, steps.T]])
        sums = np.kron(np.eye(2), np.ones_like(steps))
        both_heights = np.concatenate([heights, heights[::-1]], axis=1)
        found = np.empty_like(both_heights)
        found[0] = both_heights[0]
        found[0, :count] *= np.exp(self.first - self.first.max())
        for before, here, height in zip(found, found[1:], both_heights[1:], strict=False):
            reached = (before @ both_steps) * height
            np.divide(reached, reached @ sums, out=here)
        forward, behind = found[:, :count], found[::-1, count:]
        forward[:-1] *= behind[1:] @ steps.T
        return np.asarray(forward / forward.sum(axis=1, keepdims=True), dtype=np.float32)


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]
