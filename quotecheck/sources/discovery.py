"""Paths, folders and patterns to the files behind them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from glob import has_magic
from itertools import takewhile
from pathlib import Path

from quotecheck.errors import InputError
from quotecheck.sources.registry import REFUSED, extension, reader_for
from quotecheck.sources.source import printable


def discover(given: str | Path) -> Iterator[Path | InputError]:
    """The files that a path, folder or glob pattern stands for, in a fixed order, found one by one.

    A named file is taken whatever its extension, and a named link is followed. In folders only regular files with
    a known extension count; hidden files are left out and links are not followed. What cannot be taken comes as an
    InputError value: `not_found`, `unsupported`, `not_regular`, `symlink`, `unreadable`.
    """
    path = Path(given)
    if os.path.lexists(path) or not has_magic(str(given)):
        yield from _named(path)
        return
    matches = _matches(path)
    if not matches:
        yield InputError(printable(path), "not_found", "no file matches this pattern; check the folder and spelling")
    for match in matches:
        yield from _named(match)


def _matches(pattern: Path) -> list[Path]:
    """What a shell would put in the place of `pattern`; with `**`, files only, since it goes into folders itself."""
    literal = list(takewhile(lambda part: not has_magic(part), pattern.parts))
    root, wild = Path(*literal), pattern.parts[len(literal) :]
    recursive = "**" in wild
    if wild[-1] == "**":
        wild = (*wild, "*")
    hidden_wanted = any(part.startswith(".") for part in wild)
    try:
        found = sorted(root.glob("/".join(wild)))
    except ValueError:  # ** within a name
        return []
    return [
        path
        for path in found
        if not (recursive and path.is_dir())
        and (hidden_wanted or not any(part.startswith(".") for part in path.relative_to(root).parts))
    ]


def _named(path: Path) -> Iterator[Path | InputError]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield InputError(printable(path), "not_found", "no such file or folder; check the spelling")
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
    else:
        if stat.S_ISDIR(mode):
            yield from _in_folder(path)
        elif extension(path) in REFUSED:
            yield InputError(printable(path), "unsupported", "not read; save the article's words as a .txt file")
        else:
            yield _regular(path, mode)


def _in_folder(folder: Path) -> Iterator[Path | InputError]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.lstat().st_mode if path is not folder else stat.S_IFDIR
            if stat.S_ISDIR(mode):
                shown = (child for child in path.iterdir() if not child.name.startswith("."))
                waiting.extend(sorted(shown, reverse=True))
            elif reader_for(path):
                yield _regular(path, mode)
        except OSError as error:
            yield _unreadable(path, error)


def _regular(path: Path, mode: int) -> Path | InputError:
    if stat.S_ISREG(mode):
        return path
    if stat.S_ISLNK(mode):
        return InputError(printable(path), "symlink", "a link in a folder is not followed; name the file itself")
    return InputError(printable(path), "not_regular", "not a regular file but a device, pipe or socket; name a file")


def _unreadable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(printable(path), "unreadable", f"cannot be read ({reason}); check its permissions")
