"""Folders that are looked at again and again for files that are new or have changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotecheck.errors import InputError
from quotecheck.sources.discovery import discover

_Stamp = tuple[int, int]
"""A file's size and time of change in nanoseconds."""


class Watcher:
    """Remembers what it has seen in folders."""

    def __init__(self, folders: Sequence[str | Path]) -> None:
        self._folders = folders
        self._seen: dict[Path, _Stamp] = {}
        self._given: dict[Path, _Stamp] = {}

    def changed(self) -> list[Path]:
        """The files that are new or changed since they were last given, in a fixed order.

        A file that may still be in the making waits: it is given once it looks the same in two calls.
        """
        now = self._stamps()
        settled = {path: stamp for path, stamp in now.items() if self._seen.get(path) == stamp}
        self._seen = now
        fresh = [path for path, stamp in settled.items() if self._given.get(path) != stamp]
        self._given |= {path: settled[path] for path in fresh}
        return fresh

    def _stamps(self) -> dict[Path, _Stamp]:
        stamps: dict[Path, _Stamp] = {}
        for folder in self._folders:
            for path in discover(folder):
                if isinstance(path, InputError):
                    continue
                try:
                    stat = path.stat()
                except OSError:  # gone since it was listed
                    continue
                stamps[path] = stat.st_size, stat.st_mtime_ns
        return stamps
