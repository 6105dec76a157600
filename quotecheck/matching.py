"""What makes two statements one in print: the same words, however they are set.

The only door to textacy, which is imported on first use: it takes a second or two and some 90 MB, and neither
`quotecheck --help` nor the database nor the desk needs it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache

LENGTH = 16
"""Hexadecimal digits of a key: 64 bits, so that a database of millions of statements shares none by chance."""
FEWEST_WORDS = 3
"""Too many people say fewer words than these for them to mean anything (“no comment”)."""

_RULES = (
    # Hyphens inside words and at line ends; textacy's `hyphenated_words` takes time quadratic in the length of a word.
    (re.compile(r"\u00ad\s*|(?<=[^\W\d])[-‐‑]\s*(?=[^\W\d])"), ""),
    # Punctuation that belongs to a number is spelled out or it would be lost: 3.5 is not 35, 5% not 5, -5 not 5.
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (re.compile(r"(?<![^\W\d])(?<!\.)\.(?=\d)"), " point "),
    (re.compile(r"(?<![\w–—-])[-−–](?=[\d.])"), " minus "),
    (re.compile(r"%|\bper\s+cent\b", re.IGNORECASE), " percent "),
)


def load() -> None:
    """Import textacy now instead of at the first statement."""
    _preprocess()


def key(words: str) -> str:
    """The key that every printing of the same words has: 16 hexadecimal digits, "" for fewer than three words.

    Case, accents, white space, hyphens inside words and all other punctuation do not count. A word, a number or a
    “not” that is changed, added or lost makes another key. Takes any text.
    """
    normal = _preprocess()(words).casefold().split()
    if len(normal) < FEWEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(normal).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


@cache
def _preprocess() -> Callable[[str], str]:
    from textacy.preprocessing import make_pipeline, normalize, remove

    steps = (
        normalize.unicode,
        normalize.quotation_marks,
        _spelled_out,
        remove.punctuation,
        remove.accents,
        normalize.whitespace,
    )
    pipeline: Callable[[str], str] = make_pipeline(*steps)
    return pipeline


def _spelled_out(words: str) -> str:
    for pattern, replacement in _RULES:
        words = pattern.sub(replacement, words)
    return words
