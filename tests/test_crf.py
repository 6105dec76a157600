"""The chain over tags against all sequences written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.pipeline.crf import TAGS, Chain


def drawn(words: int, seed: int, spread: float) -> tuple[Chain, np.ndarray]:
    random = np.random.default_rng(seed)
    scores = (random.normal(size=shape) * spread for shape in ((len(TAGS), len(TAGS)), len(TAGS), (words, len(TAGS))))
    transitions, first, emissions = (values.astype(np.float32) for values in scores)
    return Chain.of(transitions, first), emissions


def total(chain: Chain, emissions: np.ndarray, tags: tuple[int, ...]) -> float:
    steps = sum(float(chain.transitions[before, after]) for before, after in pairwise(tags))
    return float(chain.first[tags[0]]) + steps + sum(float(emissions[word, tag]) for word, tag in enumerate(tags))


@given(st.integers(1, 4), st.integers(0, 10_000), st.sampled_from([0.5, 3.0, 20.0]))
@settings(max_examples=30, deadline=None)
def test_best_sequence_and_marginals(words: int, seed: int, spread: float) -> None:
    chain, emissions = drawn(words, seed, spread)
    every = list(product(range(len(TAGS)), repeat=words))
    totals = np.array([total(chain, emissions, tags) for tags in every])
    assert total(chain, emissions, tuple(chain.best(emissions).tolist())) == pytest.approx(totals.max(), abs=1e-3)
    chances = np.exp(totals - totals.max())
    expected = np.zeros((words, len(TAGS)))
    for tags, chance in zip(every, chances / chances.sum(), strict=True):
        expected[np.arange(words), tags] += chance
    assert chain.marginals(emissions) == pytest.approx(expected, abs=1e-4)


def test_long_texts_and_extreme_scores_stay_numbers() -> None:
    chain, emissions = drawn(5000, 0, 20.0)
    marginals = chain.marginals(emissions)
    assert np.isfinite(marginals).all()
    assert marginals.sum(axis=1) == pytest.approx(np.ones(5000), abs=1e-4)


def test_no_words() -> None:
    chain, emissions = drawn(0, 0, 1.0)
    assert (chain.best(emissions).shape, chain.marginals(emissions).shape) == ((0,), (0, len(TAGS)))
