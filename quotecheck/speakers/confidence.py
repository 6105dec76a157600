"""How sure a name is: that the model found the right source, times that the rule names the right one for it."""

from __future__ import annotations

from math import exp, log

WEIGHTS = (0.98, 1.535)
"""From an attribution's log-odds to those of its source being right: slope and constant, by `training.speakers`."""
SUREST = 0.995
"""Nothing counts as surer than this."""


def evidence(attribution: float) -> float:
    """The log-odds of an attribution's confidence, 0 to 1."""
    share = min(max(attribution, 1 - SUREST), SUREST)
    return log(share / (1 - share))


def probability(rule: float, attribution: float) -> float:
    """Probability that a name is right, rounded to four digits.

    `rule` is the share of right answers of the rule that gave the name, `attribution` the attribution's confidence.
    """
    slope, constant = WEIGHTS
    return round(rule / (1 + exp(-(slope * evidence(attribution) + constant))), 4)
