"""What the encoder has read last, handed from one component to the next.

A Doc cannot carry it: everything on a Doc is stored with it. So the latest reading of a thread waits here until the
component that decodes it takes it away, or the next Doc's takes its place; there is never more than one.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.pipeline.encoder import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class _Latest:
    doc: Doc
    encoder_sha256: str
    reading: Reading


_waiting = threading.local()


def put(doc: Doc, encoder_sha256: str, reading: Reading) -> None:
    """Keep a Doc's reading until it is taken or another one comes."""
    _waiting.latest = _Latest(doc, encoder_sha256, reading)


def take(doc: Doc, encoder_sha256: str | None) -> Reading | None:
    """The reading of this very Doc, by the encoder with this hash (None: by any), if it waits; it is forgotten then."""
    latest: _Latest | None = getattr(_waiting, "latest", None)
    if latest is None or latest.doc is not doc or encoder_sha256 not in (None, latest.encoder_sha256):
        return None
    _waiting.latest = None
    return latest.reading
