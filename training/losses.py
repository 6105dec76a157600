"""Losses: the linear-chain CRF over tags, and the choice of links."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.corpora import IGNORED

_FAR = -1e4


def crf(emissions: Tensor, tags: Tensor, lengths: Tensor, transitions: Tensor, first: Tensor) -> Tensor:
    """Negative log-likelihood of the tags, summed over a batch.

    emissions (batch, words, tags), tags (batch, words), lengths (batch,), transitions (from, to), first (tags,).
    """
    words = emissions.shape[1]
    steps = torch.arange(words)
    inside = steps[None, :] < lengths[:, None]
    gold = (emissions.gather(2, tags[:, :, None])[:, :, 0] * inside).sum()
    gold = gold + first[tags[:, 0]].sum() + (transitions[tags[:, :-1], tags[:, 1:]] * inside[:, 1:]).sum()
    alpha = first + emissions[:, 0]
    for step in range(1, words):
        following = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + emissions[:, step]
        alpha = torch.where(inside[:, step, None], following, alpha)
    return torch.logsumexp(alpha, dim=1).sum() - gold


def choice(scores: Tensor, targets: Tensor) -> Tensor:
    """Mean cross entropy of the link targets; scores (batch, words, 1 + words), column 0 is the null link.

    targets (batch, words): word index, -1 for the null link, `IGNORED` where there is nothing to choose.
    """
    wanted = torch.where(targets == IGNORED, IGNORED, targets + 1)
    return functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)


def any_of(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean negative log of the probability mass on allowed targets, over words that have one; shapes as `choice`."""
    rows = allowed.any(dim=2)
    if not rows.any():
        return scores.sum() * 0
    chosen, permitted = scores[rows], allowed[rows]
    reached = torch.logsumexp(chosen.masked_fill(~permitted, _FAR), dim=1)
    return (torch.logsumexp(chosen, dim=1) - reached).mean()
