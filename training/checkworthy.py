"""Fit the check weights: `python -m training.checkworthy TRAIN DEV` writes them into the shipped JSON file.

TRAIN and DEV: JSON lines with `id` (`debate#sentence`), `text` and `label` (1 if fact-checkers picked the sentence),
also .xz. The questions stay as the file has them; only their weights and the bias are fitted, by L2-regularised
logistic regression on TRAIN in which positive and negative sentences weigh the same in sum. The penalty is chosen on
DEV by mean average precision, where a debate's sentences are ranked against each other. `--dry-run` only measures.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotecheck.evidence import check

Floats = npt.NDArray[np.float64]
PENALTIES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0)
STEPS = 50


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of debates: their words, whether they were picked, and the debate each is from."""

    texts: list[str]
    labels: Floats
    debates: list[str]


def main() -> None:
    """Read the command line, fit, print, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--weights", type=Path, default=check.SHIPPED, help="file of questions, written back")
    parser.add_argument("--dry-run", action="store_true", help="measure the weights that the file has")
    options = parser.parse_args()
    train, dev = read(options.train), read(options.dev)
    scorer = check.load(options.weights)
    seen, unseen = answers(scorer, train.texts), answers(scorer, dev.texts)
    if not options.dry_run:
        fitted = {penalty: fit(seen, train.labels, penalty).round(2) for penalty in PENALTIES}
        measured = {p: mean_average_precision(unseen @ weights, dev) for p, weights in fitted.items()}
        for penalty, value in measured.items():
            print(f"penalty {penalty:5.0f}: MAP on dev {value:.4f}")
        store(options.weights, fitted[max(measured, key=lambda penalty: measured[penalty])])
        scorer = check.load.__wrapped__(options.weights)
    weights = np.array([scorer.bias, *(question.weight for question in scorer.questions)])
    for name, matrix, sentences in (("train", seen, train), ("dev", unseen, dev)):
        ranked = matrix @ weights
        print(
            f"{name}: MAP {mean_average_precision(ranked, sentences):.4f}, "
            f"precision at 10 {precision_at(10, ranked, sentences):.3f}, {len(sentences.texts):,} sentences, "
            f"{int(sentences.labels.sum())} picked"
        )


def read(path: Path) -> Sentences:
    """The sentences of a file."""
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")
    records = [json.loads(line) for line in text.split("\n") if line]
    return Sentences(
        [record["text"] for record in records],
        np.array([float(record["label"]) for record in records]),
        [record["id"].partition("#")[0] for record in records],
    )


def answers(scorer: check.Scorer, texts: Sequence[str]) -> Floats:
    """One row per text: 1 for the bias, then 1 or 0 for every question."""
    rows = [[True, *(question.ask(text) for question in scorer.questions)] for text in texts]
    return np.array(rows, dtype=np.float64)


def fit(matrix: Floats, labels: Floats, penalty: float) -> Floats:
    """Weights of a logistic regression by Newton's method; both classes weigh the same in sum, the bias is free."""
    share = labels.mean()
    importance = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    ridge = np.diag([1e-6, *[penalty] * (matrix.shape[1] - 1)])
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (importance * (expected - labels)) + ridge @ weights
        curvature = (matrix * (importance * expected * (1 - expected))[:, None]).T @ matrix + ridge
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def mean_average_precision(ranked: Floats, sentences: Sentences) -> float:
    """The mean over debates of the average precision of their picked sentences; ties keep the order of speech."""
    return float(np.mean([_average_precision(labels) for labels in _by_rank(ranked, sentences) if labels.any()]))


def _average_precision(labels: Floats) -> float:
    places = np.flatnonzero(labels) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places))


def precision_at(number: int, ranked: Floats, sentences: Sentences) -> float:
    """The mean over debates of the share of picked sentences among the first `number`."""
    return float(np.mean([labels[:number].sum() / number for labels in _by_rank(ranked, sentences)]))


def _by_rank(ranked: Floats, sentences: Sentences) -> list[Floats]:
    """The labels of every debate, best-ranked sentence first."""
    members: dict[str, list[int]] = defaultdict(list)
    for index, debate in enumerate(sentences.debates):
        members[debate].append(index)
    found = []
    for indexes in members.values():
        order = np.argsort(-ranked[indexes], kind="stable")
        found.append(sentences.labels[indexes][order])
    return found


def store(path: Path, weights: Floats) -> None:
    """Write the weights into the file of questions, one question a line."""
    record = json.loads(path.read_text("utf-8"))
    record["bias"] = float(weights[0])
    for entry, weight in zip(record["questions"], weights[1:], strict=True):
        entry["weight"] = float(weight)
    path.write_text(written(record), "utf-8")


def written(record: dict[str, object]) -> str:
    """The JSON of a file of weights, laid out for people to edit."""
    head = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in record.items() if key != "questions"]
    questions: list[object] = record["questions"]  # type: ignore[assignment]
    lines = [f"    {json.dumps(entry, ensure_ascii=False)}" for entry in questions]
    return "\n".join(["{", *head, '  "questions": [', ",\n".join(lines), "  ]", "}"]) + "\n"


if __name__ == "__main__":
    main()
