"""How sure an attribution is: a logistic regression over what speaks for it, fitted on held-out articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from quotecheck import cues
from quotecheck.pipeline import decoding
from quotecheck.pipeline.decoding import Found
from quotecheck.pipeline.words import Words

FEATURES = (*decoding.FEATURES, "plain_cue", "stance")


def evidence(text: str, words: Words, found: Found) -> tuple[float, ...]:
    """The values of `FEATURES`: the decoder's evidence, and what the cue's words say."""
    cue = " ".join(text[int(words.starts[start]) : int(words.ends[end - 1])] for start, end in found.cue)
    stance = not cues.is_statement(cues.classify(cue), quoted=False)
    return (*found.evidence, float(cues.is_plain(cue)), float(stance))


def weights(heads: Mapping[str, Any]) -> list[float]:
    """The weights from a model's head parameters, the constant last; all zero before calibration."""
    return list(heads.get("confidence") or [0.0] * (len(FEATURES) + 1))


def probability(values: Sequence[float], weigh: Sequence[float]) -> float:
    """Probability that content and source are both right, rounded to four digits."""
    total = weigh[-1] + sum(weight * value for weight, value in zip(weigh, values, strict=False))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)
