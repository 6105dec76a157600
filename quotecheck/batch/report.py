"""What became of every input, for machines: one JSON line each."""

from __future__ import annotations

import json
from typing import Literal, TextIO

from quotecheck.batch.extraction import Event, Extracted
from quotecheck.errors import InputError
from quotecheck.types import Article

Status = Literal["ok", "warn", "skipped", "failed"]
SKIPPED = frozenset({"empty", "no_text", "not_regular", "symlink"})
"""Reasons to leave an input out: there is nothing in it, or it is no file. All others are failures."""


def status(event: Event) -> Status:
    """`ok`; `warn`: read, with something odd about it; `skipped`: nothing to read; `failed`: to be mended."""
    if isinstance(event, InputError):
        return "skipped" if event.reason in SKIPPED else "failed"
    return "warn" if event.article.warnings else "ok"


def entry(event: Event) -> dict[str, object]:
    """The report's record of one input; it holds none of the input's text."""
    if isinstance(event, InputError):
        return {
            "input": event.source_ref,
            "status": status(event),
            "code": event.reason,
            "message": event.what,
            "remedy": event.remedy,
        }
    article: Article = event.article
    extracted = isinstance(event, Extracted)
    return {
        "input": article.source_ref,
        "status": status(event),
        "code": "extracted" if extracted else "unchanged",
        "warnings": list(article.warnings),
        "reader": article.reader,
        "characters": len(article.text),
        "claims": len(event.claims) if isinstance(event, Extracted) else None,
    }


class Report:
    """Writes an entry for every event to a stream, each at once, so that a broken-off run has its report too."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, event: Event) -> None:
        """Write one event's entry."""
        self._stream.write(json.dumps(entry(event), ensure_ascii=False) + "\n")
        self._stream.flush()
