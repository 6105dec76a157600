"""Predict with weights as trained, before export: `python -m training.evaluate WEIGHTS GOLD PREDICTIONS`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from quotecheck.pipeline import decoding
from quotecheck.pipeline import words as reading
from quotecheck.pipeline.crf import TAGS, Chain
from quotecheck.pipeline.scores import Scores
from quotecheck.pipeline.words import Words
from training import backbone
from training.examples import articles
from training.network import LINK_WIDTH, LINKS, Network


def main() -> None:
    """Read the command line, predict, write the scorer's form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    options = parser.parse_args()
    network, tokenizer = load(options.weights), backbone.tokenizer()
    with options.predictions.open("w", encoding="utf-8") as lines:
        for article in articles(options.gold):
            print(json.dumps(predict(network, tokenizer, article)), file=lines)


def load(weights: Path) -> Network:
    """A network with saved weights, ready to predict."""
    network = Network()
    network.load_state_dict(torch.load(weights))
    return network.eval()


def chain_of(network: Network) -> Chain:
    """The network's CRF."""
    return Chain.of(network.transitions.detach().numpy(), network.first.detach().numpy())


def predict(network: Network, tokenizer: Tokenizer, article: dict[str, Any]) -> dict[str, Any]:
    """One line of predictions."""
    words = reading.read(article["text"], tokenizer)
    found = decoding.decode(score(network, words, backbone.special(tokenizer)), chain_of(network))
    return {"id": article["id"], "attributions": [spans_of(words, attribution) for attribution in found]}


def spans_of(words: Words, found: decoding.Found) -> dict[str, list[list[int]]]:
    """The offsets of an attribution in the scorer's form."""
    return {
        role: [[int(words.starts[start]), int(words.ends[end - 1])] for start, end in getattr(found, role)]
        for role in ("source", "cue", "content")
    }


@torch.no_grad()
def score(network: Network, words: Words, special: tuple[int, int]) -> Scores:
    """Scores of all words, window by window."""
    n = len(words)
    emissions = np.zeros((n, len(TAGS)), dtype=np.float32)
    queries = np.zeros((n, LINKS, LINK_WIDTH), dtype=np.float32)
    keys, nothing = np.zeros_like(queries), np.zeros((n, LINKS), dtype=np.float32)
    for window in reading.windows(words):
        ids, features, positions = reading.window_inputs(words, window, special)
        out = [value[0].numpy() for value in network(torch.from_numpy(ids)[None], torch.from_numpy(features)[None])]
        keep = slice(window.keep_start, window.keep_end)
        rows = positions[window.keep_start - window.start : window.keep_end - window.start]
        emissions[keep], queries[keep], keys[keep] = (value[rows] for value in out)
        nothing[keep] = np.einsum("nlw,lw->nl", queries[keep], out[2][0])
    return Scores(emissions, queries, keys, nothing)


if __name__ == "__main__":
    main()
