"""The spaCy component `quotecheck_encoder`: reads a Doc once, for all components behind it.

`doc.tensor` holds a vector for each token: the mean of the states of its first and its last word piece, plus what
tells tokens of one piece apart ("can" and "not" in "cannot"). White space has zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.attrs import IDX, LENGTH
from spacy.language import Language
from spacy.tokens import Doc

from quotecheck.pipeline import encoder, headed, readings
from quotecheck.pipeline import words as reading_words
from quotecheck.pipeline.arrays import Head
from quotecheck.pipeline.crf import Floats
from quotecheck.pipeline.encoder import WIDTH, Encoder, Reading

_HEAD = "head"


class EncoderComponent:
    """Runs the encoder. Without `from_disk` or `from_bytes` it uses the shipped weights."""

    def __init__(self, name: str = "quotecheck_encoder") -> None:
        self.name = name
        self._encoder: Encoder | None = None
        self._head: Head | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded when first needed."""
        if self._encoder is None:
            self._encoder = encoder.shipped()
        return self._encoder

    @property
    def head(self) -> Head:
        """What tells tokens of one piece apart."""
        if self._head is None:
            self._head = headed.shipped("quotecheck_encoder")
        return self._head

    def __call__(self, doc: Doc) -> Doc:
        """Read a Doc."""
        reading = self.encoder.read(doc.text)
        doc.tensor = vectors(reading, self.head, doc).astype(np.float16)
        # From here on only attributions are read out.
        readings.put(doc, self.encoder.sha256, replace(reading, mixed=np.zeros((0, WIDTH), dtype=np.float32)))
        return doc

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write the component's files into a folder."""
        self.encoder.to_disk(Path(path))
        self.head.to_disk(Path(path))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> EncoderComponent:
        """Read the component's files from a folder; ModelError if one is missing."""
        self._encoder, self._head = Encoder.from_disk(Path(path)), Head.from_disk(Path(path))
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """The component's files as bytes."""
        return bytes(srsly.msgpack_dumps(self.encoder.to_dict() | {_HEAD: self.head.to_bytes()}))

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> EncoderComponent:
        """The component from the result of `to_bytes`."""
        files = srsly.msgpack_loads(data)
        self._encoder = Encoder(files[encoder.WEIGHTS], files[encoder.VOCABULARY])
        self._head = Head.from_bytes(files[_HEAD])
        return self

    def __reduce__(self) -> tuple[Callable[..., EncoderComponent], tuple[Any, ...]]:
        return _restore, (self.name, self.to_bytes())


def _restore(name: str, data: bytes) -> EncoderComponent:
    return EncoderComponent(name).from_bytes(data)


def vectors(reading: Reading, head: Head, doc: Doc) -> Floats:
    """The vectors (tokens, `WIDTH`) of a Doc's tokens."""
    spans = np.cumsum(doc.to_array([IDX, LENGTH]).astype(np.int64).reshape(-1, 2), axis=1)
    places = reading_words.places(reading.words, spans)
    found = np.zeros((len(spans), WIDTH), dtype=np.float32)
    read = np.flatnonzero(places[:, 0] >= 0)
    first, last, part = places[read].T
    found[read] = (reading.mixed[first] + reading.mixed[last]) / 2 + head["parts"][part]
    return found


@Language.factory("quotecheck_encoder", assigns=["doc.tensor"])
def make_encoder(nlp: Language, name: str) -> EncoderComponent:
    """The factory behind `nlp.add_pipe("quotecheck_encoder")`."""
    return EncoderComponent(name)
