"""The head of the attributions: from the encoder's states to scores of words, and what decoding needs besides."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from quotecheck.errors import ModelError
from quotecheck.pipeline import model_path
from quotecheck.pipeline.crf import Chain, Floats
from quotecheck.pipeline.decoding import Decoder
from quotecheck.pipeline.encoder import Reading, require, session
from quotecheck.pipeline.links import Chooser
from quotecheck.pipeline.scores import Scores

WEIGHTS, HEADS = "attribution.onnx", "heads.json"
FILES = (WEIGHTS, HEADS)
CHOOSERS = ("cue_of_content", "source_of_cue")


class Attributor:
    """Weights and head parameters of one model directory."""

    def __init__(self, weights: bytes, heads: str) -> None:
        self._weights, self._heads = weights, heads
        self._session = session(weights)
        self.heads = json.loads(heads)
        self.chain = Chain.of(
            np.array(self.heads["transitions"], dtype=np.float32), np.array(self.heads["first"], dtype=np.float32)
        )

    @classmethod
    def from_disk(cls, folder: Path) -> Attributor:
        """Read the files of a model directory; ModelError if one is missing."""
        require(folder, FILES)
        return cls((folder / WEIGHTS).read_bytes(), (folder / HEADS).read_text("utf-8"))

    def to_disk(self, folder: Path) -> None:
        """Write the files of a model directory."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(self._weights)
        (folder / HEADS).write_text(self._heads, "utf-8")

    def to_dict(self) -> dict[str, bytes | str]:
        """The files' contents, for serialisation to bytes."""
        return {WEIGHTS: self._weights, HEADS: self._heads}

    def __reduce__(self) -> tuple[type[Attributor], tuple[bytes, str]]:
        return Attributor, (self._weights, self._heads)

    @property
    def encoder_sha256(self) -> str | None:
        """The encoder whose states these heads were trained on."""
        found: str | None = self.heads.get("encoder_sha256")
        return found

    def decoder(self) -> Decoder:
        """What turns scores into attributions; ModelError if the model has no weights for it."""
        missing = [name for name in CHOOSERS if name not in self.heads]
        if missing:
            raise ModelError(f"the model's {HEADS} lacks {', '.join(missing)}; reinstall quotecheck")
        return Decoder(self.chain, *(Chooser.of(self.heads[name]) for name in CHOOSERS))

    def score(self, reading: Reading) -> Scores:
        """Scores of all words, window by window."""
        scores = Scores.empty(len(reading.words))
        for part in reading.windows:
            emissions, queries, keys = self.run(part.states)
            # The leading special piece's key stands for no link.
            nothing = np.einsum("nlw,lw->nl", queries[1:], keys[0])
            counting = slice(part.window.keep_start, part.window.keep_end)
            scores.fill(counting, (emissions[1:], queries[1:], keys[1:], nothing))
        return scores

    def run(self, states: Floats) -> tuple[Floats, Floats, Floats]:
        """States of words (w, width) through the head: emissions (w, tags), link queries and keys (w, links, width)."""
        emissions, queries, keys = self._session.run(None, {"states": states})
        return emissions, queries, keys


@cache
def shipped() -> Attributor:
    """The head of the shipped pipeline."""
    return Attributor.from_disk(model_path() / "quotecheck")
