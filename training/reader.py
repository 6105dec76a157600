"""An exported model's encoder and head of the attributions, as one reader of articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotecheck.pipeline.attribution import HEADS, Attributor
from quotecheck.pipeline.decoding import Found
from quotecheck.pipeline.encoder import Encoder
from quotecheck.pipeline.scores import Scores
from quotecheck.pipeline.words import Words


@dataclass(frozen=True)
class Reader:
    """Reads texts with the components `quotecheck_encoder` and `quotecheck` of an exported model."""

    encoder: Encoder
    attributor: Attributor

    @classmethod
    def from_disk(cls, folder: Path) -> Reader:
        """The reader of an exported model."""
        return cls(Encoder.from_disk(folder / "quotecheck_encoder"), Attributor.from_disk(folder / "quotecheck"))

    def score(self, text: str) -> tuple[Words, Scores]:
        """The words of a text and their scores."""
        reading = self.encoder.read(text)
        return reading.words, self.attributor.score(reading)

    def attributions(self, text: str) -> tuple[Words, list[Found]]:
        """The words of a text and its attributions."""
        words, scores = self.score(text)
        return words, self.attributor.decoder().decode(words, scores)


def keep(folder: Path, values: Mapping[str, Any]) -> None:
    """Add parameters to an exported model's head of the attributions."""
    path = folder / "quotecheck" / HEADS
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | dict(values)), "utf-8")
