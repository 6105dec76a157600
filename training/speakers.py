"""Fit how sure names are on dev: `python -m training.speakers GOLD` prints the weights and the trade-off.

The weights go into `quotecheck/speakers/confidence.py`: they tell from an attribution's confidence how likely its
source is right (as in `quotecheck.scoring`), given that its content is. The trade-off is from five-fold
cross-validation over articles; a name for a source that the article never names counts as invented.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

import quotecheck
from quotecheck import scoring
from quotecheck.speakers import confidence, read
from quotecheck.types import Attribution
from quotecheck.vocabulary import ROLES
from training.calibrate import cross_validated, fit
from training.examples import articles

FLOORS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95)


@dataclass(frozen=True, slots=True)
class Case:
    """One attribution whose content was found: its article's number, its confidence, whether the source is right.

    `rule` is the share of right answers of the rule that named its speaker; `score` counts the speaker, if gold has
    one.
    """

    article: int
    confidence: float
    source_right: bool
    rule: float
    score: scoring.Score


def main() -> None:
    """Read the command line, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    cases = [case for number, article in enumerate(articles(options.gold)) for case in observe(number, article)]
    evidence = np.array([[confidence.evidence(case.confidence)] for case in cases])
    right = np.array([float(case.source_right) for case in cases])
    print("WEIGHTS =", tuple(fit(evidence, right).round(3).tolist()))
    sure = cross_validated(evidence, right, np.array([float(case.article) for case in cases]))
    for floor in FLOORS:
        scores = (
            case.score if case.rule * source >= floor else scoring.unnamed(case.score)
            for case, source in zip(cases, sure, strict=True)
        )
        total = sum(scores, scoring.Score())
        print(
            f"confidence >= {floor:.2f}: right {100 * total.right_share:.1f} %, "
            f"wrong {100 * total.wrong_share:.1f} % of {total.right + total.wrong}, "
            f"invented {total.invented} of {total.anonymous}"
        )


@cache
def _pipeline() -> Language:
    return quotecheck.load()


def observe(number: int, article: dict[str, Any]) -> Iterator[Case]:
    """The cases of one annotated article, as the shipped pipeline reads it."""
    text = article["text"]
    found = list(_pipeline()(text)._.attributions)
    speakers = read(text, found, weigh=False).speakers
    predicted = [_scored(one) for one in found]
    wanted = [one for one in article["attributions"] or [] if one.get("content") and not one.get("optional")]
    for g, p in scoring.match(text, wanted, predicted):
        named = [speaker for speaker in speakers[p] if speaker.name]
        given = {"speaker": "; ".join(str(speaker.name) for speaker in named)}
        yield Case(
            number,
            found[p].confidence,
            scoring.same_source(text, wanted[g], predicted[p]),
            min((speaker.confidence for speaker in named), default=0.0),
            scoring.speaker_score(wanted[g], given),
        )


def _scored(attribution: Attribution) -> dict[str, list[list[int]]]:
    return {role: [[span.start, span.end] for span in getattr(attribution, role)] for role in ROLES}


if __name__ == "__main__":
    main()
