"""What makes an article, a claim and a speaker the same one again; every id is derived, none is drawn."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable

from quotecheck.store.connection import sha256, storable
from quotecheck.types import Article, Span

# Crockford's base 32, but without e (u, which it lacks, stands in): a spreadsheet takes 12e4 for a number.
ALPHABET = "0123456789abcdfghjkmnpqrstuvwxyz"
SHORTEST = 8
"""Characters of a claim id; a taken one is lengthened. Ids that cannot be lengthened get `SAFE`."""
SAFE = 12
RECORD_IN_FILE = re.compile(r"[:#]\d+$")
"""How `source_ref` ends for a record in a file: `wire.jsonl:17`, `wire.json#3`."""


def short_id(prefix: str, key: str, length: int = SAFE) -> str:
    """An id such as `qc-k7f3-m2qa`: `length` characters of the hash of `key` after `prefix`, in groups of four."""
    number = int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest())
    characters = [ALPHABET[(number >> (5 * place)) & 31] for place in range(length)]
    return "-".join([prefix, *("".join(characters[at : at + 4]) for at in range(0, length, 4))])


def article_id(article: Article) -> str:
    """What names an article through all its versions.

    The input's own id, which must be unique within one database; without one a hash of its URL; without either a
    hash of its path as given (an edited file is a new version of the same article); for standard input and for
    records in a file, whose places shift, a hash of the text.
    """
    if article.id:
        return storable(article.id) or ""
    if article.url:
        return short_id("qa", f"url {storable(article.url)}")
    if article.source_ref == "-" or RECORD_IN_FILE.search(article.source_ref):
        return short_id("qa", f"text {article.text}")
    return short_id("qa", f"path {posixpath.normpath(storable(article.source_ref) or '')}")


def article_uid(article: Article) -> str:
    """What names one version of an article: its `article_id` and its text. The same text again is the same row."""
    return version_uid(article_id(article), sha256(article.text))


def version_uid(article_id: str, text_sha256: str) -> str:
    """The uid of the version of an article that has this text."""
    return short_id("qv", f"{article_id} {text_sha256}", 16)


def speaker_uid(name: str, kind: str) -> str:
    """The id of a speaker; name and kind are its identity, likeness never is."""
    return short_id("qs", f"{kind} {stored_name(name)}")


def stored_name(name: str) -> str:
    """A speaker's name as it is stored: `;` separates names inside a cell, so none may hold it."""
    return (storable(name) or "").replace(";", ",")


def mint_claim_id(uid: str, content: Iterable[Span], taken: Callable[[str], bool]) -> str:
    """A claim's id from its article version's uid and its content's offsets; longer until `taken` says no.

    Two statements with one content (two sources of the same words) would get one id; a counter keeps them apart.
    """
    spans = " ".join(f"{span.start}-{span.end}" for span in content)
    for attempt in range(1_000_000):
        length = SHORTEST if attempt == 0 else SAFE
        claim_id = short_id("qc", f"{uid} {spans}" + (f" {attempt}" if attempt else ""), length)
        if not taken(claim_id):
            return claim_id
    raise AssertionError("a million claims cannot share one content")
