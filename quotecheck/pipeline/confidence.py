"""How sure an attribution is: a logistic regression over the decoder's evidence, fitted on held-out articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from quotecheck.pipeline.decoding import FEATURES, Found


def weights(heads: Mapping[str, Any]) -> list[float]:
    """The weights from a model's head parameters, the constant last; without calibration all evidence counts alike."""
    return list(heads.get("confidence") or [1.0] * len(FEATURES) + [1.0])


def probability(found: Found, weigh: Sequence[float]) -> float:
    """Probability that content and source are both right, rounded to four digits."""
    total = weigh[-1] + sum(weight * value for weight, value in zip(weigh, found.evidence, strict=False))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)
