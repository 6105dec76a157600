"""Train the network: `python -m training.train --data DIR --run DIR`. Resumes from the last checkpoint of its run.

Every step reads one batch of one task (`tasks.SHARES`); the learning rate follows the share of `--pieces` read so far.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training import backbone, batching, tasks
from training.examples import Example
from training.labels import Labels
from training.network import Network, from_backbone
from training.treebank import documents
from training.warm import from_exported


@dataclass(frozen=True)
class Settings:
    """Hyperparameters, stored beside the weights."""

    pieces: int = 6_000_000
    pieces_per_batch: int = 1536
    encoder_rate: float = 1.2e-4
    attribution_rate: float = 4e-4
    token_rate: float = 1.5e-3
    warm_up: float = 0.04
    averaging: float = 0.9975
    save_every: int = 200
    seed: int = 7


@dataclass
class State:
    """What changes while training, and what a checkpoint keeps."""

    network: Network
    average: dict[str, Tensor]
    optimizer: torch.optim.Optimizer
    step: int = 0
    seen: int = 0


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--pieces", type=int, default=Settings.pieces, help="word pieces to read in all")
    parser.add_argument("--from", dest="exported", type=Path, help="begin with an exported model or an `average.pt`")
    parser.add_argument("--limit", type=int, help="read only so many texts of each corpus")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    train(options.data, options.run, Settings(pieces=options.pieces), options.exported, options.limit)


def train(data: Path, run: Path, settings: Settings, exported: Path | None = None, limit: int | None = None) -> None:
    """Train until all pieces are read; checkpoints, and copies of the averaged weights, are written to `run`."""
    torch.manual_seed(settings.seed)
    labels = _labels(data, run)
    network = _begun(exported, labels)
    network.words.weight.requires_grad_(False)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    state = State(network, average, torch.optim.AdamW(_groups(network, settings), weight_decay=0.01))
    (run / "settings.json").write_text(json.dumps(asdict(settings)))
    _resume(run, state)
    makers = tasks.Tasks(data, labels, backbone.tokenizer(), limit).makers()
    seeds = dict.fromkeys(makers, settings.seed + state.step)
    streams = {name: tasks.stream(make, settings.pieces_per_batch, seeds[name]) for name, make in makers.items()}
    chooser = random.Random(settings.seed + state.step)
    log = Log()
    network.train()
    while state.seen < settings.pieces:
        task = chooser.choices(list(tasks.SHARES), list(tasks.SHARES.values()))[0]
        batch = next(streams[task])
        log.add(task, _step(state, batch, settings), sum(len(example.ids) for example in batch))
        if state.step % 20 == 0:
            print(f"step {state.step} {state.seen / settings.pieces:.3f}", log.line(), flush=True)
        if state.step % settings.save_every == 0 or state.seen >= settings.pieces:
            _save(run, state)
    torch.save(state.average, run / "average.pt")


def _begun(exported: Path | None, labels: Labels) -> Network:
    if exported is None:
        return from_backbone(backbone.weights(), labels)
    if exported.is_dir():
        return from_exported(exported, labels)
    network = Network(labels)
    network.load_state_dict(torch.load(exported))
    return network


def _labels(data: Path, run: Path) -> Labels:
    """The labels of this run, gathered from the treebanks the first time."""
    path = run / "labels.json"
    if not path.exists():
        folder = data / "treebanks"
        names = ("en_ewt-ud-train", "en_gum-ud-train")
        Labels.of(d for name in names for d in documents(folder / f"{name}.conllu.xz")).write(path)
    return Labels.read(path)


def _groups(network: Network, settings: Settings) -> list[dict[str, object]]:
    encoder = [*network.layers.parameters(), *network.positions.parameters(), *network.embedding_norm.parameters()]
    encoder += list(network.features.parameters())
    tokens = [network.mix, *network.tokens.parameters()]
    known = {id(p) for p in (*encoder, *tokens)}
    attribution = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    rates = (settings.encoder_rate, settings.attribution_rate, settings.token_rate)
    groups = zip((encoder, attribution, tokens), rates, strict=True)
    return [{"params": parameters, "lr": rate, "rate": rate} for parameters, rate in groups]


def _rate(progress: float, warm_up: float) -> float:
    return progress / warm_up if progress < warm_up else max(0.02, (1 - progress) / (1 - warm_up))


def _step(state: State, batch: list[Example], settings: Settings) -> dict[str, float]:
    losses = batching.losses(state.network, batch)
    loss = torch.stack([batching.WEIGHTS[name] * value for name, value in losses.items()]).sum()
    share = _rate((state.seen + 1) / settings.pieces, settings.warm_up)
    for group in state.optimizer.param_groups:
        group["lr"] = group["rate"] * share
    state.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(state.network.parameters(), 1.0)
    state.optimizer.step()
    state.step += 1
    state.seen += sum(len(example.ids) for example in batch)
    _average(state.average, state.network, min(settings.averaging, state.step / (state.step + 10)))
    return {name: value.item() for name, value in losses.items()}


@torch.no_grad()
def _average(average: dict[str, Tensor], network: Network, decay: float) -> None:
    values = network.state_dict()
    names = [name for name in values if name != "words.weight"]
    torch._foreach_lerp_([average[name] for name in names], [values[name] for name in names], 1 - decay)


def _resume(run: Path, state: State) -> None:
    if not (run / "last.pt").exists():
        return
    kept = torch.load(run / "last.pt")
    state.network.load_state_dict(kept["network"])
    state.average.update(kept["average"])
    state.optimizer.load_state_dict(kept["optimizer"])
    state.step, state.seen = kept["step"], kept["seen"]


def _save(run: Path, state: State) -> None:
    kept = {"network": state.network.state_dict(), "average": state.average, "step": state.step, "seen": state.seen}
    torch.save(kept | {"optimizer": state.optimizer.state_dict()}, run / "last.tmp")
    (run / "last.tmp").replace(run / "last.pt")


class Log:
    """Mean losses and speed since the last line."""

    def __init__(self) -> None:
        self._losses: dict[str, list[float]] = defaultdict(list)
        self._pieces, self._begun = 0, time.time()

    def add(self, task: str, losses: dict[str, float], pieces: int) -> None:
        """Take note of a step."""
        self._pieces += pieces
        for name, value in losses.items():
            self._losses[f"{task}.{name}"].append(value)

    def line(self) -> str:
        """The figures as text; begins anew."""
        speed = self._pieces / (time.time() - self._begun)
        means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(self._losses.items()))
        self.__init__()  # type: ignore[misc]
        return f"{speed:.0f} pieces/s {means}"


if __name__ == "__main__":
    main()
