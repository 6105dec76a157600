"""Fit the confidence on dev: `python -m training.calibrate EXPORTED GOLD` stores its weights in the model's heads.

An attribution counts as right as in `quotecheck.scoring`. The printed reliability is from five-fold cross-validation
over articles; the stored weights are fitted on all of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotecheck import scoring
from quotecheck.pipeline import confidence
from training.evaluate import spans_of
from training.examples import articles
from training.reader import Reader, keep

Floats = npt.NDArray[np.float64]
FOLDS = 5
STRENGTH = 1.0
"""L2 penalty; small against some two thousand attributions."""


def main() -> None:
    """Read the command line, fit, store, print the reliability."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    evidence, right, group = observe(Reader.from_disk(options.exported), articles(options.gold))
    keep(options.exported, {"confidence": fit(evidence, right).round(4).tolist()})
    predicted = cross_validated(evidence, right, group)
    for floor in (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        kept = predicted >= floor
        share = f"{100 * right[kept].mean():.1f} % right" if kept.any() else "none"
        print(f"confidence >= {floor:.2f}: {kept.sum():5d} kept, {share}")


def observe(reader: Reader, gold: list[dict[str, Any]]) -> tuple[Floats, Floats, Floats]:
    """Evidence (n, features), right or not (n,), and article number (n,) of all predictions."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    group: list[int] = []
    for number, article in enumerate(gold):
        words, found = reader.attributions(article["text"])
        predicted = [spans_of(words, item) for item in found]
        rows.extend(confidence.evidence(article["text"], words, item) for item in found)
        right.extend(judge(article["text"], predicted, article["attributions"] or []))
        group.extend([number] * len(found))
    return np.array(rows), np.array(right, dtype=float), np.array(group, dtype=float)


def judge(text: str, predicted: scoring.Attributions, gold: scoring.Attributions) -> list[bool]:
    """For every prediction whether it is right, by the rule of the module's docstring."""
    right = [False] * len(predicted)
    for wanted, given in scoring.match(text, gold, predicted):
        right[given] = scoring.same_source(text, gold[wanted], predicted[given])
    return right


def fit(evidence: Floats, right: Floats) -> Floats:
    """Logistic regression by Newton's method; weights, the constant last."""
    x = np.hstack([evidence, np.ones((len(evidence), 1))])
    weights = np.zeros(x.shape[1])
    penalty = np.diag([STRENGTH] * evidence.shape[1] + [0.0])
    for _ in range(30):
        probability = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (probability - right) + penalty @ weights
        curvature = (x * (probability * (1 - probability))[:, None]).T @ x + penalty
        weights -= np.linalg.solve(curvature + 1e-6 * np.eye(len(weights)), gradient)
    return weights


def cross_validated(evidence: Floats, right: Floats, group: Floats) -> Floats:
    """Probabilities of each fold by weights fitted on the others."""
    predicted = np.zeros(len(right))
    for fold in range(FOLDS):
        held = group % FOLDS == fold
        weights = fit(evidence[~held], right[~held])
        predicted[held] = 1 / (1 + np.exp(-(evidence[held] @ weights[:-1] + weights[-1])))
    return predicted


if __name__ == "__main__":
    main()
