"""The parameters of a head in numpy: named arrays in half precision and lists of labels, in one file without pickle."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from quotecheck.pipeline.crf import Floats
from quotecheck.pipeline.encoder import require

FILE = "head.npz"
_INFORMATION = "information"


@dataclass(frozen=True)
class Head:
    """Arrays by name, in single precision, and what else the head must know (labels, the encoder's hash)."""

    arrays: Mapping[str, Floats]
    information: Mapping[str, Any]

    def __getitem__(self, name: str) -> Floats:
        return self.arrays[name]

    def labels(self, name: str) -> tuple[str, ...]:
        """A list of labels."""
        return tuple(self.information[name])

    def layer(self, name: str, x: Floats) -> Floats:
        """A linear layer: x (n, in) to (n, out)."""
        found: Floats = x @ self.arrays[f"{name}.weight"]
        found += self.arrays[f"{name}.bias"]
        return found

    def to_bytes(self) -> bytes:
        """The file's content."""
        buffer = io.BytesIO()
        halves = {name: np.asarray(value, dtype=np.float16) for name, value in self.arrays.items()}
        information = np.frombuffer(json.dumps(dict(self.information)).encode(), dtype=np.uint8)
        np.savez(buffer, allow_pickle=False, **halves, **{_INFORMATION: information})
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Head:
        """A head from the result of `to_bytes`."""
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name].astype(np.float32) for name in archive.files if name != _INFORMATION}
            return cls(arrays, json.loads(archive[_INFORMATION].tobytes()))

    @classmethod
    def from_disk(cls, folder: Path) -> Head:
        """Read a head; ModelError if its file is missing."""
        require(folder, (FILE,))
        return cls.from_bytes((folder / FILE).read_bytes())

    def to_disk(self, folder: Path) -> None:
        """Write the head's file."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())


def gelu(x: Floats) -> Floats:
    """The activation of the heads, by the tanh approximation, which differs from the exact one by less than 0.001."""
    inner = x * x
    inner *= 0.7978845608 * 0.044715
    inner += 0.7978845608
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= 0.5
    return inner


def with_one(x: Floats) -> Floats:
    """A further column of ones, for biases."""
    return np.concatenate([x, np.ones((len(x), 1), dtype=np.float32)], axis=1)


@contextmanager
def one_thread() -> Iterator[None]:
    """While anybody is inside, numpy multiplies matrices on one thread; the limit is the whole process's.

    The heads' matrices are small: several threads take four times as much of the processor, most of it waiting.
    """
    with _limit.lock:
        if not _limit.inside:
            _limit.limiter = _blas().limit(limits=1)
        _limit.inside += 1
    try:
        yield
    finally:
        with _limit.lock:
            _limit.inside -= 1
            if not _limit.inside:
                _limit.limiter.restore_original_limits()


class _Limit:
    """How many are inside `one_thread`, and what the first of them changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside = 0
        self.limiter: Any = None


_limit = _Limit()


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
