"""Batches as padded tensors, and the losses of all heads on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training import losses as measures
from training.corpora import IGNORED
from training.examples import Example, TokenExample
from training.network import Network

MASKED = -1e4
WEIGHTS = {"tags": 2.0, "content_cue": 0.5, "cue_source": 0.5, "source_cues": 0.25}
"""How much each loss counts; attributions first, then tokens."""
WEIGHTS |= {"xpos": 0.5, "upos": 0.5, "feats": 0.3, "deps": 1.0, "arcs": 1.0, "begins": 0.5, "entities": 1.0}
WEIGHTS |= {"antecedents": 0.5}


def losses(network: Network, batch: list[Example]) -> dict[str, Tensor]:
    """All losses that a batch has targets for, by the names of `WEIGHTS`."""
    ids, features, mask = pieces(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, mixed = network(ids, features, mask)
    found: dict[str, Tensor] = {}
    if any(len(example.source_cues) or example.tags.any() for example in batch):
        found |= attribution_losses(network, hidden, batch)
    if all(example.tokens is not None for example in batch):
        found |= token_losses(network, mixed, [example.tokens for example in batch if example.tokens is not None])
    return found


def pieces(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Piece ids, their features, and where there is a piece."""
    size, length = len(batch), max(len(e.ids) for e in batch)
    ids, mask = torch.zeros(size, length, dtype=torch.long), torch.zeros(size, length, dtype=torch.bool)
    features = torch.zeros(size, length, 3, dtype=torch.long)
    for row, example in enumerate(batch):
        count = len(example.ids)
        ids[row, :count] = torch.from_numpy(example.ids)
        features[row, :count] = torch.from_numpy(example.features)
        mask[row, :count] = True
    return ids, features, mask


def attribution_losses(network: Network, hidden: Tensor, batch: list[Example]) -> dict[str, Tensor]:
    """Losses of tags (a word's mean), content to cue, cue to source, source to cue."""
    positions, inside, tags, content_cue, cue_source, source_cues = _words(batch)
    first = torch.arange(len(batch))[:, None]
    positions = torch.cat([torch.zeros(len(batch), 1, dtype=torch.long), positions], dim=1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, queries, keys = network.attribution(hidden[first, positions])
        scores = torch.einsum("bilv,bjlv->blij", queries[:, 1:], keys)
    emissions = emissions[:, 1:].float()
    lengths = inside.sum(dim=1)
    tagging = measures.crf(emissions, tags, lengths, network.transitions, network.first) / lengths.sum()
    reachable = torch.cat([torch.ones(len(batch), 1, dtype=torch.bool), inside], dim=1)
    scores = scores.float().masked_fill(~reachable[:, None, None, :], MASKED)
    return {
        "tags": tagging,
        "content_cue": measures.choice(scores[:, 0], content_cue),
        "cue_source": measures.choice(scores[:, 1], cue_source),
        "source_cues": measures.any_of(scores[:, 2], source_cues),
    }


def _words(batch: list[Example]) -> tuple[Tensor, ...]:
    size, count = len(batch), max(len(e.positions) for e in batch)
    positions, tags = torch.zeros(size, count, dtype=torch.long), torch.zeros(size, count, dtype=torch.long)
    inside = torch.zeros(size, count, dtype=torch.bool)
    content_cue = torch.full((size, count), IGNORED)
    cue_source = torch.full((size, count), IGNORED)
    source_cues = torch.zeros(size, count, 1 + count, dtype=torch.bool)
    for row, example in enumerate(batch):
        words = len(example.positions)
        positions[row, :words] = torch.from_numpy(example.positions)
        tags[row, :words] = torch.from_numpy(example.tags)
        inside[row, :words] = True
        content_cue[row, :words] = torch.from_numpy(example.content_cue)
        cue_source[row, :words] = torch.from_numpy(example.cue_source)
        for source, cue in example.source_cues:
            source_cues[row, source, 1 + cue] = True
    return positions, inside, tags, content_cue, cue_source, source_cues


@dataclass(frozen=True)
class Tokens:
    """The tokens of a batch, padded; `labels` (batch, tokens, 5), `heads` 0 for the root, else 1 + index."""

    places: Tensor
    labels: Tensor
    heads: Tensor
    same_sentence: Tensor
    allowed: Tensor


def collate(tokens: list[TokenExample]) -> Tokens:
    """Padded tensors of a batch's tokens."""
    size, count = len(tokens), max(1, *(len(item.places) for item in tokens))
    places = torch.zeros(size, count, 3, dtype=torch.long)
    labels, heads = torch.full((size, count, 5), IGNORED), torch.full((size, count), IGNORED)
    sentence = torch.full((size, count), -1)
    allowed = torch.ones(size, count, tokens[0].allowed.shape[1], dtype=torch.bool)
    for row, item in enumerate(tokens):
        n = len(item.places)
        places[row, :n] = torch.from_numpy(item.places)
        labels[row, :n] = torch.from_numpy(item.labels)
        governors = np.where(item.heads == np.arange(n), 0, item.heads + 1)
        heads[row, :n] = torch.from_numpy(np.where(item.heads == IGNORED, IGNORED, governors))
        sentence[row, :n] = torch.from_numpy(item.sentence)
        allowed[row, :n] = torch.from_numpy(item.allowed)
    return Tokens(places, labels, heads, sentence[:, :, None] == sentence[:, None, :], allowed)


def token_losses(network: Network, hidden: Tensor, tokens: list[TokenExample]) -> dict[str, Tensor]:
    """Losses of whatever these tokens have labels for."""
    made, heads = collate(tokens), network.tokens
    found: dict[str, Tensor] = {}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = heads.read(hidden, made.places)
        if (made.heads != IGNORED).any():
            found |= _tree_losses(network, x, made)
        if not made.allowed.all():
            scores = heads.entities(x).float()
            possible = torch.logsumexp(scores.masked_fill(~made.allowed, MASKED), dim=-1)
            known = ~made.allowed.all(dim=-1)
            found["entities"] = (torch.logsumexp(scores, dim=-1) - possible)[known].mean()
        if any(item.mentions for item in tokens):
            found["antecedents"] = _antecedent_loss(network, x, tokens)
    return found


def _tree_losses(network: Network, x: Tensor, made: Tokens) -> dict[str, Tensor]:
    heads = network.tokens
    columns = heads.tags(x).float().split(heads.tag_sizes, dim=-1)
    found = {name: _cross(columns[i], made.labels[:, :, i]) for i, name in enumerate(("xpos", "upos", "feats"))}
    root = torch.ones_like(made.same_sentence[:, :, :1])
    apart = ~torch.cat([root, made.same_sentence], dim=2)
    found["arcs"] = _cross(heads.arc_scores(x).float().masked_fill(apart, MASKED), made.heads)
    own = torch.arange(x.shape[1]).expand(made.heads.shape)
    governors = torch.where(made.heads > 0, made.heads - 1, own)
    deps = torch.where(made.heads == IGNORED, IGNORED, made.labels[:, :, 3])
    found["deps"] = _cross(heads.label_scores(x, governors).float(), deps)
    known = made.labels[:, :, 4] != IGNORED
    scores = heads.begins(x).float()[:, :, 0][known]
    found["begins"] = functional.binary_cross_entropy_with_logits(scores, made.labels[:, :, 4][known].float()) * 4
    return found


def _cross(scores: Tensor, targets: Tensor) -> Tensor:
    if not (targets != IGNORED).any():
        return scores.sum() * 0
    return functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


def _antecedent_loss(network: Network, x: Tensor, tokens: list[TokenExample]) -> Tensor:
    """Negative log of the probability mass on right antecedents; a mention chooses among those before it and none."""
    count = max(len(item.mentions) for item in tokens)
    places = torch.zeros(len(tokens), count, dtype=torch.long)
    right = torch.zeros(len(tokens), count, 1 + count, dtype=torch.bool)
    for row, item in enumerate(tokens):
        places[row, : len(item.mentions)] = torch.tensor(item.mentions, dtype=torch.long)
        for mention, antecedents in enumerate(item.antecedents):
            if antecedents is not None:
                right[row, mention, [0] if not antecedents else [1 + earlier for earlier in antecedents]] = True
    scores = network.tokens.antecedent_scores(x[torch.arange(len(tokens))[:, None], places]).float()
    possible = torch.tril(torch.ones(count, 1 + count, dtype=torch.bool))
    return measures.any_of(scores.masked_fill(~possible, MASKED), right)
