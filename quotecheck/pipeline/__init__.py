"""The spaCy pipeline: where the model lies and how it is loaded. spaCy itself is imported only when it is loaded."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

_MODEL = Path(__file__).resolve().parent.parent / "model"


def model_path() -> Path:
    """The directory of the shipped pipeline, for `spacy.load`."""
    return _MODEL


@cache
def model_sha256() -> str:
    """Hash over names and bytes of all files of the shipped pipeline; names a result together with text and options."""
    if not (_MODEL / "config.cfg").is_file():
        raise ModelError(f"{_MODEL}: no pipeline; reinstall quotecheck")
    return folder_sha256(_MODEL)


def folder_sha256(folder: Path) -> str:
    """Hash over names and bytes of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load() -> Language:
    """The shipped spaCy pipeline. Raises ModelError if its files are missing or damaged."""
    from quotecheck.pipeline import component

    return component.load()
