"""What `quotecheck doctor` checks beside the database: versions, libraries, the model, the key of the desk."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
import stat
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from quotecheck import pipeline
from quotecheck.errors import ModelError
from quotecheck.store.health import Finding, examine

_PACKAGES = ("quotecheck", "spacy", "onnxruntime", "textacy", "datasette", "sqlite-utils", "trafilatura", "lxml")
_EXTRAS = {"pypdf": "PDF", "docx": "Word"}
_SAMPLE = '"The dam is safe," said Ana Reyes, the chief engineer.'


def diagnose(database: Path | None) -> Iterator[Finding]:
    """The findings about this installation and, if one is named, about a database."""
    yield from _versions()
    yield _model()
    if database is not None:
        yield from examine(database)
        yield from _secret(database)


def _versions() -> Iterator[Finding]:
    yield Finding("python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield Finding("sqlite", "ok", sqlite3.sqlite_version)
    for package in _PACKAGES:
        try:
            yield Finding(package, "ok", importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(package, "problem", "not installed", "pip install quotecheck")
    if missing := [what for module, what in _EXTRAS.items() if find_spec(module) is None]:
        yield Finding(
            "documents", "note", f"{' and '.join(missing)} files are not read", "pip install 'quotecheck[documents]'"
        )


def _model() -> Finding:
    """Whether the shipped pipeline loads and finds one plain quotation."""
    import quotecheck

    try:
        sha256 = pipeline.model_sha256()
        found = [claim.speaker for claim in quotecheck.extract(_SAMPLE)]
    except (ModelError, ImportError) as error:
        return Finding("model", "problem", str(error), "pip install --force-reinstall quotecheck")
    if found != ["Ana Reyes"]:
        return Finding("model", "problem", f"it reads a plain quotation as {found}", "reinstall quotecheck")
    return Finding("model", "ok", f"{sha256[:12]}, reads")


def _secret(database: Path) -> Iterator[Finding]:
    path = database.with_name(f"{database.name}.key")
    if not path.exists():
        return
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("key", "problem", f"others may read {path}", f"chmod 600 {path}")
    else:
        yield Finding("key", "ok", f"{path} is yours alone")
