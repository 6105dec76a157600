"""From annotated articles to training windows."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from quotecheck.pipeline import words as reading
from quotecheck.pipeline.crf import TAGS
from quotecheck.pipeline.words import Ints, Window, Words
from training import damage

IGNORED = -100
NULL = -1
"""Link target of a content without a cue, or of a cue without a source."""
_LINE_BREAK = 2


@dataclass(frozen=True)
class Labelled:
    """An article's words with what the annotators said of each.

    `tags`: (n,) index into `TAGS`; `content_cue`: for content words the first word of their cue; `cue_source`: for the
    first word of a cue the first word of its source (`NULL` if none, `IGNORED` elsewhere); `source_cues`: pairs of a
    source word and the first word of a cue of it.
    """

    words: Words
    tags: Ints
    content_cue: Ints
    cue_source: Ints
    source_cues: list[tuple[int, int]]


@dataclass(frozen=True)
class Example:
    """One window as arrays; link targets are word indices within the window."""

    ids: Ints
    features: Ints
    positions: Ints
    tags: Ints
    content_cue: Ints
    cue_source: Ints
    source_cues: list[tuple[int, int]]


def articles(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file, xz-compressed or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def label(article: dict[str, Any], tokenizer: Tokenizer, generator: random.Random | None) -> Labelled:
    """Words and targets of an article; damaged first if a generator is given."""
    text, attributions = article["text"], article["attributions"] or []
    if generator is not None:
        text, moved = damage.apply(text, damage.damage(text, generator))
        attributions = [
            {role: [[moved[s], moved[e]] for s, e in a[role] or []] for role in ("source", "cue", "content")}
            for a in attributions
        ]
    words = reading.read(text, tokenizer)
    return _targets(words, attributions)


def _targets(words: Words, attributions: list[dict[str, Any]]) -> Labelled:
    n = len(words)
    tags = np.zeros(n, dtype=np.int64)
    content_cue, cue_source = np.full(n, IGNORED), np.full(n, IGNORED)
    source_cues: list[tuple[int, int]] = []
    for role in ("content", "source", "cue"):
        for attribution in attributions:
            for start, end in _ranges(words, attribution[role]):
                tags[start:end] = TAGS.index(f"I-{role}")
                tags[start] = TAGS.index(f"B-{role}")
    for attribution in attributions:
        cues, sources = _ranges(words, attribution["cue"]), _ranges(words, attribution["source"])
        cue = cues[0][0] if cues else NULL
        for start, end in _ranges(words, attribution["content"]):
            content_cue[start:end] = cue
        if cues:
            cue_source[cue] = sources[0][0] if sources else NULL
            source_cues.extend((word, cue) for start, end in sources for word in range(start, end))
    return Labelled(words, tags, content_cue, cue_source, source_cues)


def _ranges(words: Words, spans: list[list[int]] | None) -> list[tuple[int, int]]:
    found = sorted(reading.word_range(words, start, end) for start, end in spans or [])
    return [(start, end) for start, end in found if end > start]


def cut(labelled: Labelled, special: tuple[int, int], generator: random.Random) -> Iterator[Example]:
    """Windows of an article, cut at line breaks where possible, beginning at another place in every epoch."""
    words = labelled.words
    breaks = words.features[:, 1] >= _LINE_BREAK
    start, first = 0, True
    while start < len(words):
        room = generator.randint(40, reading.WINDOW) if first or generator.random() < 0.1 else reading.WINDOW
        limit = max(int(np.searchsorted(words.first, words.first[start] + room - 2, side="right")) - 1, start + 1)
        end = min(limit, len(words))
        if end < len(words):
            candidates = np.flatnonzero(breaks[start + 1 : end + 1])
            end = start + 1 + int(candidates[-1]) if len(candidates) and candidates[-1] > 20 else end
        yield _example(labelled, Window(start, end, start, end), special)
        start, first = end, False


def _example(labelled: Labelled, window: Window, special: tuple[int, int]) -> Example:
    ids, features, positions = reading.window_inputs(labelled.words, window, special)
    low, high = window.start, window.end
    source_cues = [(s - low, c - low) for s, c in labelled.source_cues if low <= s < high and low <= c < high]
    return Example(
        ids,
        features,
        positions,
        labelled.tags[low:high],
        _within(labelled.content_cue[low:high], low, high),
        _within(labelled.cue_source[low:high], low, high),
        source_cues,
    )


def _within(targets: Ints, low: int, high: int) -> Ints:
    outside = (targets >= 0) & ((targets < low) | (targets >= high))
    moved = np.where(targets >= 0, targets - low, targets)
    return np.where(outside, IGNORED, moved)


def batches(examples: list[Example], pieces: int, generator: random.Random) -> list[list[Example]]:
    """Batches of about `pieces` padded pieces, of windows of like length, in random order."""
    examples = sorted(examples, key=lambda e: (len(e.ids), generator.random()))
    made: list[list[Example]] = [[]]
    for example in examples:
        if made[-1] and (len(made[-1]) + 1) * len(example.ids) > pieces:
            made.append([])
        made[-1].append(example)
    generator.shuffle(made)
    return made
