"""The encoder: an ONNX model that reads windows of word pieces. The only door to onnxruntime and tokenizers."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from quotecheck.errors import ModelError
from quotecheck.pipeline import words as reading
from quotecheck.pipeline.crf import Chain, Floats
from quotecheck.pipeline.decoding import Decoder
from quotecheck.pipeline.links import Chooser
from quotecheck.pipeline.scores import Scores
from quotecheck.pipeline.words import Ints, Words

WEIGHTS, VOCABULARY, HEADS = "encoder.onnx", "tokenizer.json", "heads.json"
FILES = (WEIGHTS, VOCABULARY, HEADS)
CHOOSERS = ("cue_of_content", "source_of_cue")


class Encoder:
    """Weights, vocabulary and head parameters of one model directory.

    Every session call holds one window of one article, so a result never depends on what is read beside it.
    """

    def __init__(self, weights: bytes, vocabulary: str, heads: str) -> None:
        self._weights, self._vocabulary, self._heads = weights, vocabulary, heads
        self.sha256 = hashlib.sha256(weights + vocabulary.encode() + heads.encode()).hexdigest()
        self._session = onnxruntime.InferenceSession(weights, _options(), providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(vocabulary)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._special = reading.special(self._tokenizer)
        self.heads = json.loads(heads)
        self.chain = Chain.of(
            np.array(self.heads["transitions"], dtype=np.float32), np.array(self.heads["first"], dtype=np.float32)
        )

    def decoder(self) -> Decoder:
        """What turns this model's scores into attributions; ModelError if the model has no weights for it."""
        missing = [name for name in CHOOSERS if name not in self.heads]
        if missing:
            raise ModelError(f"the model's {HEADS} lacks {', '.join(missing)}; reinstall quotecheck")
        return Decoder(self.chain, *(Chooser.of(self.heads[name]) for name in CHOOSERS))

    @classmethod
    def from_disk(cls, folder: Path) -> Encoder:
        """Read the files of a model directory; ModelError if one is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: no {', '.join(missing)}; reinstall quotecheck")
        weights, vocabulary, heads = (folder / name for name in FILES)
        return cls(weights.read_bytes(), vocabulary.read_text("utf-8"), heads.read_text("utf-8"))

    def to_disk(self, folder: Path) -> None:
        """Write the files of a model directory."""
        folder.mkdir(parents=True, exist_ok=True)
        weights, vocabulary, heads = (folder / name for name in FILES)
        weights.write_bytes(self._weights)
        vocabulary.write_text(self._vocabulary, "utf-8")
        heads.write_text(self._heads, "utf-8")

    def to_dict(self) -> dict[str, bytes | str]:
        """The files' contents, for serialisation to bytes."""
        return {WEIGHTS: self._weights, VOCABULARY: self._vocabulary, HEADS: self._heads}

    def __reduce__(self) -> tuple[type[Encoder], tuple[bytes, str, str]]:
        return Encoder, (self._weights, self._vocabulary, self._heads)

    def read(self, text: str) -> Words:
        """Words of a text, as `words.read`."""
        return reading.read(text, self._tokenizer)

    def score(self, words: Words) -> Scores:
        """Scores of all words, window by window."""
        scores = Scores.empty(len(words))
        for window in reading.windows(words):
            ids, features, positions = reading.window_inputs(words, window, self._special)
            outputs = self.run(ids, features, np.concatenate([[0], positions]))
            keep = slice(window.keep_start - window.start, window.keep_end - window.start)
            scores.fill(slice(window.keep_start, window.keep_end), _kept(outputs, keep))
        return scores

    def run(self, ids: Ints, features: Ints, positions: Ints) -> tuple[Floats, Floats, Floats]:
        """One window through the model: piece ids (p,), features (p, 3), positions of the first pieces (w,).

        Returns emissions (w, tags), link queries and link keys (w, links, width).
        """
        inputs = {"ids": ids[None], "features": features[None], "positions": positions}
        emissions, queries, keys = self._session.run(None, inputs)
        return emissions, queries, keys


def _kept(outputs: tuple[Floats, Floats, Floats], keep: slice) -> tuple[Floats, Floats, Floats, Floats]:
    """The words that count, without the leading special piece, whose key stands for no link."""
    emissions, queries, keys = (values[1:][keep] for values in outputs)
    return emissions, queries, keys, np.einsum("nlw,lw->nl", queries, outputs[2][0])


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
