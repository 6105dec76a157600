"""Train the network: `python -m training.train --data DIR --run DIR`. Resumes from the last checkpoint of its run."""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import backbone, losses
from training.examples import IGNORED, Example, articles, batches, cut, label
from training.network import Network, from_backbone

MASKED = -1e4


@dataclass(frozen=True)
class Settings:
    """Hyperparameters, stored beside the weights."""

    epochs: int = 8
    pieces_per_batch: int = 3072
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    warm_up: float = 0.05
    averaging: float = 0.998
    seed: int = 7


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/polnear.train.jsonl.xz")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--limit", type=int, help="read only so many articles")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    train(options.data, options.run, Settings(epochs=options.epochs), options.limit)


def train(data: Path, run: Path, settings: Settings, limit: int | None = None) -> None:
    """Train for all epochs; after each one a checkpoint and a copy of the averaged weights are written to `run`."""
    torch.manual_seed(settings.seed)
    tokenizer = backbone.tokenizer()
    corpus = articles(data / "polnear" / "polnear.train.jsonl.xz")[:limit]
    network = from_backbone(backbone.weights())
    network.words.weight.requires_grad_(False)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=0.01)
    steps = len(_epoch(corpus, tokenizer, settings, 0)) * settings.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, settings.warm_up))
    (run / "settings.json").write_text(json.dumps(asdict(settings) | {"steps": steps}))
    done = _resume(run, network, average, optimizer, schedule)
    for epoch in range(done, settings.epochs):
        _one_epoch(_epoch(corpus, tokenizer, settings, epoch), network, average, optimizer, schedule, settings, epoch)
        torch.save(average, run / f"average-{epoch + 1}.pt")
        state = {"network": network.state_dict(), "average": average, "epoch": epoch + 1}
        state |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, run / "last.tmp")
        (run / "last.tmp").replace(run / "last.pt")


def _resume(
    run: Path,
    network: Network,
    average: dict[str, Tensor],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    if not (run / "last.pt").exists():
        return 0
    state = torch.load(run / "last.pt")
    network.load_state_dict(state["network"])
    average.update(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])


def _groups(network: Network, settings: Settings) -> list[dict[str, object]]:
    encoder = [*network.layers.parameters(), *network.positions.parameters(), *network.embedding_norm.parameters()]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    return [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]


def _rate(step: int, steps: int, warm_up: float) -> float:
    progress = step / max(steps, 1)
    return progress / warm_up if progress < warm_up else max(0.02, (1 - progress) / (1 - warm_up))


def _epoch(
    corpus: list[dict[str, object]], tokenizer: Tokenizer, settings: Settings, epoch: int
) -> list[list[Example]]:
    generator = random.Random(settings.seed * 1000 + epoch)
    special = backbone.special(tokenizer)
    examples = [
        example for article in corpus for example in cut(label(article, tokenizer, generator), special, generator)
    ]
    return batches(examples, settings.pieces_per_batch, generator)


def _one_epoch(
    made: list[list[Example]],
    network: Network,
    average: dict[str, Tensor],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    settings: Settings,
    epoch: int,
) -> None:
    network.train()
    begun, pieces, sums = time.time(), 0, np.zeros(4)
    for index, batch in enumerate(made, start=1):
        parts = batch_losses(network, batch)
        loss = 2 * parts[0] + 0.5 * parts[1] + 0.5 * parts[2] + 0.25 * parts[3]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        _average(average, network, min(settings.averaging, schedule.last_epoch / (schedule.last_epoch + 10)))
        pieces += sum(len(example.ids) for example in batch)
        sums += [part.item() for part in parts]
        if index % 20 == 0 or index == len(made):
            speed = pieces / (time.time() - begun)
            print(f"epoch {epoch + 1} {index}/{len(made)} {speed:.0f} pieces/s", (sums / 20).round(4), flush=True)
            sums[:] = 0


@torch.no_grad()
def _average(average: dict[str, Tensor], network: Network, decay: float) -> None:
    for name, value in network.state_dict().items():
        if name != "words.weight":
            average[name].mul_(decay).add_(value, alpha=1 - decay)


def batch_losses(network: Network, batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Losses of tags (a word's mean), content to cue, cue to source, source to cue."""
    ids, features, mask, positions, inside, tags, content_cue, cue_source, source_cues = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, queries, keys = network(ids, features, mask)
        first = torch.arange(len(batch))[:, None]
        queries = queries[first, positions]
        keys = torch.cat([keys[:, :1], keys[first, positions]], dim=1)
        scores = torch.einsum("bilv,bjlv->blij", queries, keys)
    emissions = emissions[first, positions].float()
    lengths = inside.sum(dim=1)
    tagging = losses.crf(emissions, tags, lengths, network.transitions, network.first) / lengths.sum()
    reachable = torch.cat([torch.ones(len(batch), 1, dtype=torch.bool), inside], dim=1)
    scores = scores.float().masked_fill(~reachable[:, None, None, :], MASKED)
    return (
        tagging,
        losses.choice(scores[:, 0], content_cue),
        losses.choice(scores[:, 1], cue_source),
        losses.any_of(scores[:, 2], source_cues),
    )


def collate(batch: list[Example]) -> tuple[Tensor, ...]:
    """Padded tensors of a batch."""
    size, length = len(batch), max(len(e.ids) for e in batch)
    count = max(len(e.positions) for e in batch)
    ids, mask = torch.zeros(size, length, dtype=torch.long), torch.zeros(size, length, dtype=torch.bool)
    features = torch.zeros(size, length, 3, dtype=torch.long)
    positions, tags = torch.zeros(size, count, dtype=torch.long), torch.zeros(size, count, dtype=torch.long)
    inside = torch.zeros(size, count, dtype=torch.bool)
    content_cue = torch.full((size, count), IGNORED)
    cue_source = torch.full((size, count), IGNORED)
    source_cues = torch.zeros(size, count, 1 + count, dtype=torch.bool)
    for row, example in enumerate(batch):
        pieces, words = len(example.ids), len(example.positions)
        ids[row, :pieces] = torch.from_numpy(example.ids)
        features[row, :pieces] = torch.from_numpy(example.features)
        mask[row, :pieces] = True
        positions[row, :words] = torch.from_numpy(example.positions)
        tags[row, :words] = torch.from_numpy(example.tags)
        inside[row, :words] = True
        content_cue[row, :words] = torch.from_numpy(example.content_cue)
        cue_source[row, :words] = torch.from_numpy(example.cue_source)
        for source, cue in example.source_cues:
            source_cues[row, source, 1 + cue] = True
    return ids, features, mask, positions, inside, tags, content_cue, cue_source, source_cues


if __name__ == "__main__":
    main()
