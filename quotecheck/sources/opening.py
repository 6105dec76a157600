"""Opening inputs within limits: compression, sizes, and failures turned into InputError."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

from quotecheck.errors import InputError

MAX_BYTES = 20_000_000
"""Most bytes read for one article or one record: the longest text at four bytes a character."""
MAX_RATIO = 200
"""Highest expansion of a compressed file, checked once `MAX_BYTES` have come out of it."""
_OPENERS: dict[str, Callable[[BinaryIO], object]] = {".gz": gzip.open, ".tgz": gzip.open, ".xz": lzma.open}
COMPRESSED = frozenset({".gz", ".xz"})
"""Extensions that stand after the one that says what is compressed."""


class _Decompressor(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class _Expansion(io.RawIOBase):
    """A decompressing stream that refuses to expand without end."""

    def __init__(self, stream: BinaryIO, suffix: str, source_ref: str) -> None:
        self._stream = stream
        self._inner = cast(_Decompressor, _OPENERS[suffix](stream))
        self._source_ref = source_ref
        self._expanded = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._inner.read1(len(buffer))
        self._expanded += len(chunk)
        if self._expanded > max(MAX_BYTES, MAX_RATIO * self._stream.tell()):
            message = f"expands to more than {MAX_RATIO} times its size; if you trust it, unpack it first"
            raise InputError(self._source_ref, "too_large", message)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def expand(stream: BinaryIO, path: PurePath, source_ref: str) -> BinaryIO:
    """`stream` decompressed as the extension of `path` says (.gz, .tgz, .xz, else as it is)."""
    suffix = path.suffix.lower()
    if suffix not in _OPENERS:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Expansion(stream, suffix, source_ref), 1 << 16))


def read_whole(stream: BinaryIO, source_ref: str, head: bytes = b"") -> bytes:
    """`head` and the rest of `stream`; raises InputError `too_large` beyond `MAX_BYTES`."""
    raw = head + stream.read(max(1, MAX_BYTES + 1 - len(head)))
    if len(raw) > MAX_BYTES:
        message = f"more than {MAX_BYTES:,} bytes; split it into articles, or write it as JSON Lines"
        raise InputError(source_ref, "too_large", message)
    return raw


@contextmanager
def reading(source_ref: str) -> Iterator[None]:
    """Turns whatever goes wrong while bytes are read into InputError `truncated`, `corrupt` or `unreadable`."""
    try:
        yield
    except EOFError:
        message = "the compressed file ends too early; copy or download it again"
        raise InputError(source_ref, "truncated", message) from None
    except (gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError) as error:
        message = f"the compressed file is damaged ({error}); copy or download it again"
        raise InputError(source_ref, "corrupt", message) from None
    except OSError as error:
        message = f"cannot be read ({error.strerror or error}); check the file and its permissions"
        raise InputError(source_ref, "unreadable", message) from None
