"""Scores of arcs become one tree for each sentence."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.pipeline import trees


def is_tree(heads: list[int]) -> bool:
    """Whether exactly one token is its own head and all others lead to it."""
    for start in range(len(heads)):
        token, steps = start, 0
        while heads[token] != token and steps <= len(heads):
            token, steps = heads[token], steps + 1
        if heads[token] != token:
            return False
    return sum(head == token for token, head in enumerate(heads)) == 1


def total(scores: np.ndarray, heads: list[int]) -> float:
    return sum(float(scores[t, 0 if head == t else 1 + head]) for t, head in enumerate(heads))


def best_of_all(scores: np.ndarray) -> float:
    every = product(range(len(scores)), repeat=len(scores))
    return max(total(scores, list(heads)) for heads in every if is_tree(list(heads)))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[1.0, 0.0]], [0]),
        # Both want to be the root; the second loses less by giving way.
        ([[5.0, 0.0, 1.0], [4.0, 3.0, 0.0]], [0, 0]),
        # The best heads of the two last tokens are each other.
        ([[9.0, 0.0, 0.0, 0.0], [0.0, 4.0, 0.0, 8.0], [0.0, 1.0, 8.0, 0.0]], [0, 0, 1]),
    ],
)
def test_small_sentences(scores: list[list[float]], expected: list[int]) -> None:
    assert trees.heads(np.array(scores, dtype=np.float32)).tolist() == expected


def test_no_words() -> None:
    assert trees.heads(np.zeros((0, 1), dtype=np.float32)).tolist() == []


@given(st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_always_a_tree_and_all_but_never_a_worse_one(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    heads = trees.heads(scores).tolist()
    assert is_tree(heads)
    greedy = scores.copy()
    greedy[np.arange(count), 1 + np.arange(count)] = -np.inf
    best = greedy.argmax(axis=1)
    if is_tree([token if head == 0 else head - 1 for token, head in enumerate(best)]):
        assert total(scores, heads) == pytest.approx(best_of_all(scores), abs=1e-4)


@given(st.integers(2, 60), st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_sentences_of_any_length_get_a_tree(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    assert is_tree(trees.heads(scores).tolist())
