"""The figures of an evaluation, each with the interval within which it lies for other articles of the same sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from random import Random

from quotecheck.scoring import KINDS, ArticleScore, Score

SAMPLES = 1000
SEED = 0
LEVEL = 0.95
"""The interval holds this share of the figures of `SAMPLES` sets of articles drawn with replacement (bootstrap)."""
FLOORS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its value (0 to 1), and the ends of its interval."""

    name: str
    value: float
    low: float
    high: float


_MEASURES: dict[str, Callable[[ArticleScore], float]] = {
    "whole attributions: right content and right source, F1": lambda s: s.all.attributed_f1,
    "precision": lambda s: s.all.precision,
    "recall": lambda s: s.all.recall,
    "the same without beliefs, intentions and decrees, F1": lambda s: s.statements.attributed_f1,
    "content found, whoever its source, F1": lambda s: s.all.found_f1,
    **{
        f"recall, {kind}": lambda s, kind=kind: s.kinds.get(kind, Score()).recall  # type: ignore[misc]
        for kind in KINDS
    },
    "speakers that the article names and that are named right": lambda s: s.all.right_share,
    "names given to speakers that are wrong": lambda s: s.all.wrong_share,
    "names invented for sources that the article does not name": lambda s: s.all.invented / max(s.all.anonymous, 1),
}


def figures(scores: Sequence[ArticleScore]) -> list[Figure]:
    """All figures over some articles, with their intervals."""
    total, drawn = sum(scores, ArticleScore()), _samples(scores)
    return [_figure(name, measure, total, drawn) for name, measure in _MEASURES.items()]


def _figure(
    name: str, measure: Callable[[ArticleScore], float], total: ArticleScore, drawn: Sequence[ArticleScore]
) -> Figure:
    values = sorted(measure(sample) for sample in drawn)
    if not values:
        return Figure(name, measure(total), 0.0, 0.0)
    edge = (1 - LEVEL) / 2
    low, high = values[int(edge * len(values))], values[min(int((1 - edge) * len(values)), len(values) - 1)]
    return Figure(name, measure(total), low, high)


def _samples(scores: Sequence[ArticleScore]) -> list[ArticleScore]:
    """Sums over `SAMPLES` sets of as many articles, drawn with replacement, the same ones every time."""
    if not scores:
        return []
    random = Random(SEED)
    counts = [_flat(score) for score in scores]
    return [_unflat([sum(column) for column in zip(*random.choices(counts, k=len(counts)), strict=True)])
            for _ in range(SAMPLES)]  # fmt: skip


def _flat(score: ArticleScore) -> tuple[int, ...]:
    parts = (score.all, score.statements, *(score.kinds.get(kind, Score()) for kind in KINDS))
    return tuple(count for part in parts for count in astuple(part))


def _unflat(counts: Sequence[int]) -> ArticleScore:
    width = len(astuple(Score()))
    parts = [Score(*counts[at : at + width]) for at in range(0, len(counts), width)]
    return ArticleScore(parts[0], parts[1], dict(zip(KINDS, parts[2:], strict=True)))


def trade_off(by_floor: Mapping[float, Score]) -> list[tuple[str, str, str, str]]:
    """Rows of a table: how sure names must be, and how many are then right, wrong and invented."""
    return [
        (
            f"{floor:.2f}",
            f"{100 * score.right_share:.1f} %",
            f"{100 * score.wrong_share:.1f} % of {score.right + score.wrong:,}",
            f"{score.invented:,} of {score.anonymous:,}",
        )
        for floor, score in by_floor.items()
    ]


def percent(figure: Figure) -> str:
    """The figure as people read it."""
    return f"{100 * figure.value:.1f} %"


def interval(figure: Figure) -> str:
    """Its interval as people read it."""
    return f"{100 * figure.low:.1f} to {100 * figure.high:.1f}"
