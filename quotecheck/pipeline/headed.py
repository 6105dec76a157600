"""What the components with a numpy head have in common: loading, saving, and the check that their encoder has read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc

from quotecheck.errors import ModelError
from quotecheck.pipeline import model_path
from quotecheck.pipeline.arrays import Head, one_thread
from quotecheck.pipeline.crf import Floats

Bools = npt.NDArray[np.bool_]


class HeadedComponent:
    """A component that reads `doc.tensor`. Without `from_disk` or `from_bytes` it uses the shipped weights."""

    folder: ClassVar[str]
    """Where the shipped pipeline keeps the head's file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._head: Head | None = None

    @property
    def head(self) -> Head:
        """The parameters, loaded when first needed."""
        if self._head is None:
            self._head = shipped(self.folder)
        return self._head

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc that the encoder has read."""
        if len(doc):
            if len(doc.tensor) != len(doc) or doc.tensor.shape[1:] != (self.head.information["width"],):
                raise ModelError(
                    f"{self.name} reads what quotecheck_encoder leaves on the Doc; add that before it or enable it"
                )
            with one_thread():
                self.annotate(doc, vectors(doc))
        return doc

    def annotate(self, doc: Doc, x: Floats) -> None:
        """Put on a Doc what its tokens' vectors (n, width) say."""
        raise NotImplementedError

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write the head's file into a folder."""
        self.head.to_disk(Path(path))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> Self:
        """Read the head's file from a folder; ModelError if it is missing."""
        self._head = Head.from_disk(Path(path))
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """The head's file as bytes."""
        return self.head.to_bytes()

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> Self:
        """The component from the result of `to_bytes`."""
        self._head = Head.from_bytes(data)
        return self

    def __reduce__(self) -> tuple[Callable[..., HeadedComponent], tuple[Any, ...]]:
        return _restore, (type(self), self.name, self.to_bytes())


def vectors(doc: Doc) -> Floats:
    """The vectors (n, width) of a Doc in single precision: made once for all components, kept until the next Doc's."""
    tensor: Any = doc.tensor
    if getattr(_latest, "tensor", None) is not tensor:
        _latest.tensor, _latest.vectors = tensor, tensor.astype(np.float32)
    found: Floats = _latest.vectors
    return found


_latest = threading.local()


def spaces(doc: Doc) -> Bools:
    """Which tokens (n,) are white space."""
    return np.asarray(doc.to_array([IS_SPACE]), dtype=np.bool_)


def _restore(kind: type[HeadedComponent], name: str, data: bytes) -> HeadedComponent:
    return kind(name).from_bytes(data)


@cache
def shipped(folder: str) -> Head:
    """A head of the shipped pipeline."""
    return Head.from_disk(model_path() / folder)
