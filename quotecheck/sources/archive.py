"""Zip and tar archives: their members, one by one, nothing unpacked to disk.

A member's name is only ever a label and a hint how to read it, so `../../x` reaches nothing.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from quotecheck.errors import InputError
from quotecheck.sources.opening import MAX_BYTES, MAX_RATIO
from quotecheck.sources.source import Source, printable

MAX_MEMBERS = 200_000
_ENCRYPTED = 0x1


def zip_members(source: Source) -> Iterator[Source | InputError]:
    """The members of a zip archive as sources (`path.zip!/name`), and an InputError for each that cannot be opened.

    Raises InputError `corrupt`, or `too_large` for a bomb.
    """
    try:
        archive = zipfile.ZipFile(source.stored)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(source, error) from None
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir() and _is_wanted(info.filename)]
        size = sum(info.file_size for info in members)
        packed = sum(info.compress_size for info in members)
        if len(members) > MAX_MEMBERS or size > max(MAX_BYTES, MAX_RATIO * packed):
            raise _bomb(source)
        for info in members:
            try:
                if info.flag_bits & _ENCRYPTED:
                    raise _refused(source, info.filename, "encrypted", "needs a password; unpack the archive first")
                with archive.open(info) as member:
                    yield _member(source, info.filename, cast(BinaryIO, member))
            except InputError as error:
                yield error
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
                what = f"cannot be unpacked ({type(error).__name__}); unpack the archive first"
                yield _refused(source, info.filename, "corrupt", what)


def tar_members(source: Source) -> Iterator[Source | InputError]:
    """The regular members of a tar archive as sources (`path.tar!/name`), read as a stream.

    Raises InputError `corrupt`; what came before is kept.
    """
    try:
        with tarfile.open(fileobj=source.stream(), mode="r|") as archive:
            for number, info in enumerate(archive):
                if number >= MAX_MEMBERS:
                    raise _bomb(source)
                member = archive.extractfile(info) if info.isreg() and _is_wanted(info.name) else None
                if member is not None:
                    yield _member(source, info.name, cast(BinaryIO, member))
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise _damaged(source, error) from None


def _is_wanted(name: str) -> bool:
    """Neither hidden nor what systems add to archives."""
    return not any((part.startswith(".") and part not in ("..", ".")) or part == "__MACOSX" for part in name.split("/"))


def _member(source: Source, name: str, stream: BinaryIO) -> Source:
    path = PurePosixPath(name)
    return replace(source, source_ref=_member_ref(source, name), name=path, stored=stream)


def _member_ref(source: Source, name: str) -> str:
    return f"{source.source_ref}!/{printable(PurePosixPath(name))}"


def _refused(source: Source, name: str, reason: str, message: str) -> InputError:
    return InputError(_member_ref(source, name), reason, message)


def _damaged(source: Source, error: Exception) -> InputError:
    message = f"not a whole archive ({type(error).__name__}); copy or download it again"
    return InputError(source.source_ref, "corrupt", message)


def _bomb(source: Source) -> InputError:
    message = f"expands to more than {MAX_RATIO} times its size; if you trust it, unpack it first"
    return InputError(source.source_ref, "too_large", message)
