"""Fit the choosers of links: `python -m training.links EXPORTED TRAIN [--limit N]` stores them in the model's heads.

The exported model reads training articles; the spans it tags are matched to the annotators', and the choosers learn
which of the tagged cues and sources belong together. The encoder has seen these articles, so its votes are surer here
than elsewhere: in a part of the examples they are hidden, which keeps the choosers from leaning on them alone.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from quotecheck.pipeline import decoding
from quotecheck.pipeline import links as linking
from quotecheck.pipeline import words as reading
from quotecheck.pipeline.crf import Floats
from quotecheck.pipeline.links import FEATURES, Candidates, Range, Tagged
from quotecheck.pipeline.words import Words
from training.examples import articles
from training.reader import Reader, keep

HIDDEN = 24
EPOCHS = 12
BATCH = 64
RATE = 5e-3
HIDE_VOTES = 0.3
SEED = 7
Choice = tuple[Floats, int]
"""Candidates (rows of features) and the right one."""


def main() -> None:
    """Read the command line, fit, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("--limit", type=int, help="read only so many articles")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    corpus = articles(options.train)[: options.limit]
    halves = [corpus[start :: options.processes] for start in range(options.processes)]
    with ProcessPoolExecutor(options.processes) as pool:
        parts = list(pool.map(partial(_observe, options.exported), halves))
    cues, sources = ([choice for part in parts for choice in part[kind]] for kind in (0, 1))
    keep(options.exported, {"cue_of_content": fit(cues), "source_of_cue": fit(sources)})


def _observe(exported: Path, corpus: list[dict[str, Any]]) -> tuple[list[Choice], list[Choice]]:
    return observe(Reader.from_disk(exported), corpus)


def observe(reader: Reader, corpus: list[dict[str, Any]]) -> tuple[list[Choice], list[Choice]]:
    """Choices of cues for contents, and of sources for cues, whose right answer is among the tagged spans."""
    cues: list[Choice] = []
    sources: list[Choice] = []
    for article in corpus:
        words, scores = reader.score(article["text"])
        tagged = decoding.tag(scores, reader.attributor.chain)
        gold = [_ranges(words, attribution) for attribution in article["attributions"] or []]
        layout = linking.Layout(words, tagged)
        cues += _known(linking.cues_of_contents(words, scores, tagged, layout), _right_cues(tagged, gold))
        sources += _known(linking.sources_of_cues(scores, tagged, layout), _right_sources(tagged, gold))
    return cues, sources


def _known(candidates: list[Candidates], right: list[int | None]) -> list[Choice]:
    """Those choices whose right answer is known and among the candidates."""
    known: list[Choice] = []
    for item, choice in zip(candidates, right, strict=True):
        row = choice - item.first if choice else choice
        if row is not None and 0 <= row < len(item.rows) and (row or not choice):
            known.append((item.rows, row))
    return known


def _ranges(words: Words, attribution: dict[str, Any]) -> dict[str, list[Range]]:
    return {
        role: [reading.word_range(words, start, end) for start, end in attribution[role] or []]
        for role in ("source", "cue", "content")
    }


def _right_cues(tagged: Tagged, gold: list[dict[str, list[Range]]]) -> list[int | None]:
    right: list[int | None] = []
    for content in tagged.content:
        best = max(gold, key=lambda a: sum(_shared(content, piece) for piece in a["content"]), default=None)
        if best is None or not any(_shared(content, piece) for piece in best["content"]):
            right.append(None)
        else:
            right.append(_position(tagged.cue, best["cue"]))
    return right


def _right_sources(tagged: Tagged, gold: list[dict[str, list[Range]]]) -> list[int | None]:
    right: list[int | None] = []
    for cue in tagged.cue:
        mine = [a for a in gold if any(_shared(cue, piece) for piece in a["cue"])]
        right.append(_position(tagged.source, mine[0]["source"]) if mine else None)
    return right


def _position(tagged: list[Range], wanted: list[Range]) -> int | None:
    """1 + index of the tagged span that meets a wanted one; 0 if none is wanted, None if none was tagged."""
    if not wanted:
        return 0
    return next((1 + i for i, span in enumerate(tagged) if any(_shared(span, piece) for piece in wanted)), None)


def _shared(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def fit(choices: list[Choice]) -> dict[str, Any]:
    """Train a chooser; its weights as lists."""
    torch.manual_seed(SEED)
    inner, outer = nn.Linear(FEATURES, HIDDEN), nn.Linear(HIDDEN, 1, bias=False)
    optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=RATE, weight_decay=1e-2)
    steps = EPOCHS * (len(choices) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for step in range(steps):
        if step % (len(choices) // BATCH + 1) == 0:
            order = torch.randperm(len(choices)).tolist()
        batch = [choices[i] for i in order[(step % (len(choices) // BATCH + 1)) * BATCH :][:BATCH]]
        if not batch:
            continue
        losses = [_loss(inner, outer, rows, right) for rows, right in batch]
        loss = torch.stack(losses).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return {
        "inner": inner.weight.T.detach().numpy().round(4).tolist(),
        "bias": inner.bias.detach().numpy().round(4).tolist(),
        "outer": outer.weight[0].detach().numpy().round(4).tolist(),
    }


def _loss(inner: nn.Module, outer: nn.Module, rows: Floats, right: int) -> Tensor:
    candidates = torch.from_numpy(rows)
    if torch.rand(()) < HIDE_VOTES:
        candidates = candidates.clone()
        candidates[:, :3] = candidates[:, :3].mean(dim=0)
    scores = outer(torch.tanh(inner(candidates)))[:, 0]
    return torch.logsumexp(scores, dim=0) - scores[right]


if __name__ == "__main__":
    main()
