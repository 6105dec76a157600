"""The encoder: an ONNX model that reads windows of word pieces. The only door to onnxruntime and tokenizers.

The heads that turn its states into attributions, tags, trees and entities are the components' own; the one of the
attributions is an ONNX model as well.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from quotecheck.errors import ModelError
from quotecheck.pipeline import model_path
from quotecheck.pipeline import words as reading
from quotecheck.pipeline.crf import Floats
from quotecheck.pipeline.words import Ints, Window, Words

WEIGHTS, VOCABULARY = "encoder.onnx", "tokenizer.json"
FILES = (WEIGHTS, VOCABULARY)
WIDTH = 384
"""Length of the state of a word piece."""


@dataclass(frozen=True)
class WindowStates:
    """The last layer's states (1 + words that count, `WIDTH`), for attributions.

    The first row is the leading special piece's, each other one that of a word's first piece.
    """

    window: Window
    states: Floats


@dataclass(frozen=True)
class Reading:
    """A text as the encoder has read it: its words, what it makes of them window by window, and of their pieces.

    `mixed`: (m, `WIDTH`) the states of all layers mixed, of each piece from the window that counts for its word.
    """

    words: Words
    windows: list[WindowStates]
    mixed: Floats


class Encoder:
    """Weights and vocabulary of one model directory.

    Every session call holds one window of one article, so a result never depends on what is read beside it.
    """

    def __init__(self, weights: bytes, vocabulary: str) -> None:
        self._weights, self._vocabulary = weights, vocabulary
        self.sha256 = hashlib.sha256(weights + vocabulary.encode()).hexdigest()
        self._session = session(weights)
        self._tokenizer = Tokenizer.from_str(vocabulary)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._special = reading.special(self._tokenizer)

    @classmethod
    def from_disk(cls, folder: Path) -> Encoder:
        """Read the files of a model directory; ModelError if one is missing."""
        require(folder, FILES)
        return cls((folder / WEIGHTS).read_bytes(), (folder / VOCABULARY).read_text("utf-8"))

    def to_disk(self, folder: Path) -> None:
        """Write the files of a model directory."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(self._weights)
        (folder / VOCABULARY).write_text(self._vocabulary, "utf-8")

    def to_dict(self) -> dict[str, bytes | str]:
        """The files' contents, for serialisation to bytes."""
        return {WEIGHTS: self._weights, VOCABULARY: self._vocabulary}

    def __reduce__(self) -> tuple[type[Encoder], tuple[bytes, str]]:
        return Encoder, (self._weights, self._vocabulary)

    def read(self, text: str) -> Reading:
        """Words of a text, as `words.read`, and the states of the words and of their pieces."""
        words = reading.read(text, self._tokenizer)
        mixed = np.empty((len(words.pieces), WIDTH), dtype=np.float32)
        windows = []
        for window in reading.windows(words):
            ids, features, positions = reading.window_inputs(words, window, self._special)
            states, of_all_layers = self.run(ids, features)
            first = positions[window.keep_start - window.start : window.keep_end - window.start]
            windows.append(WindowStates(window, states[np.concatenate([[0], first])]))
            low, high = int(words.first[window.keep_start]), int(words.first[window.keep_end])
            mixed[low:high] = of_all_layers[first[0] : first[0] + high - low]
        return Reading(words, windows, mixed)

    def run(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """One window through the model: piece ids (p,), features (p, 3); states and mixed states (p, `WIDTH`)."""
        states, mixed = self._session.run(None, {"ids": ids[None], "features": features[None]})
        return states, mixed


@cache
def shipped() -> Encoder:
    """The encoder of the shipped pipeline."""
    return Encoder.from_disk(model_path() / "quotecheck_encoder")


def require(folder: Path, names: tuple[str, ...]) -> None:
    """Raise ModelError if a folder lacks some of a model's files."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"{folder}: no {', '.join(missing)}; reinstall quotecheck")


def session(weights: bytes) -> onnxruntime.InferenceSession:
    """A session on one thread, which does not spin while it waits."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
