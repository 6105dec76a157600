"""From annotated texts to training windows: attributions of words, and labels of tokens."""

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
from training.corpora import IGNORED, Annotated, Bools

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
    tokens: TokenExample | None = None


@dataclass(frozen=True)
class TokenExample:
    """The tokens of one window; heads, mentions and antecedents are indices within it, as in `Annotated`.

    `places`: (t, 3) as `words.places`; `labels`: (t, 5) fine tag, coarse tag, features, dependency, sentence start;
    `sentence`: (t,) number of the token's sentence.
    """

    places: Ints
    labels: Ints
    heads: Ints
    sentence: Ints
    allowed: Bools
    mentions: list[int]
    antecedents: list[list[int] | None]


def articles(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file, xz-compressed or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def damaged(article: dict[str, Any], generator: random.Random) -> dict[str, Any]:
    """An article as scraping might have left it; tokens and entities, where it has them, move along."""
    text, moved = damage.apply(article["text"], damage.damage(article["text"], generator))
    changed: dict[str, Any] = {"text": text}
    changed["attributions"] = [
        {role: [[moved[s], moved[e]] for s, e in a[role] or []] for role in ("source", "cue", "content")}
        for a in article["attributions"] or []
    ]
    for key in ("tokens", "entities"):
        spans = [[moved[start], moved[end], *rest] for start, end, *rest in article.get(key) or []]
        changed[key] = [span for span in spans if span[0] < span[1]]
    return changed


def label(article: dict[str, Any], tokenizer: Tokenizer) -> Labelled:
    """Words and targets of an article."""
    return _targets(reading.read(article["text"], tokenizer), article["attributions"] or [])


def unlabelled(text: str, tokenizer: Tokenizer) -> Labelled:
    """The words of a text of whose attributions nothing is known."""
    return _targets(reading.read(text, tokenizer), [])


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


def cut(
    labelled: Labelled,
    special: tuple[int, int],
    generator: random.Random,
    annotated: Annotated | None = None,
    shortest: int = reading.WINDOW,
) -> Iterator[Example]:
    """Windows of an article, cut where possible at line breaks, or at sentences that are known.

    They begin at another place in every epoch, and have between `shortest` pieces and a full window's.
    """
    words = labelled.words
    breaks, places = words.features[:, 1] >= _LINE_BREAK, None
    if annotated is not None:
        places = reading.places(words, annotated.spans)
        begins = places[(annotated.begins == 1) & (places[:, 0] >= 0), 0]
        if len(begins):
            breaks = np.isin(words.first[:-1], begins)
    start, first = 0, True
    while start < len(words):
        room = generator.randint(40, reading.WINDOW) if first else generator.randint(shortest, reading.WINDOW)
        limit = max(int(np.searchsorted(words.first, words.first[start] + room - 2, side="right")) - 1, start + 1)
        end = min(limit, len(words))
        if end < len(words):
            candidates = np.flatnonzero(breaks[start + 1 : end + 1])
            end = start + 1 + int(candidates[-1]) if len(candidates) and candidates[-1] > 20 else end
        window = Window(start, end, start, end)
        tokens = None if annotated is None or places is None else _tokens(words, window, annotated, places)
        yield _example(labelled, window, special, tokens)
        start, first = end, False


def _tokens(words: Words, window: Window, annotated: Annotated, places: Ints) -> TokenExample:
    """The tokens that a window holds whole; a dependency, a mention or an antecedent outside it is not known."""
    low, high = int(words.first[window.start]), int(words.first[window.end])
    rows = np.flatnonzero((places[:, 0] >= low) & (places[:, 1] < high))
    renumbered = np.full(len(places), IGNORED)
    renumbered[rows] = np.arange(len(rows))
    heads = annotated.heads[rows]
    heads = np.where(heads == IGNORED, IGNORED, renumbered[np.maximum(heads, 0)])
    columns = (annotated.xpos, annotated.upos, annotated.feats, annotated.deps, annotated.begins)
    mentions = [number for number, head in enumerate(annotated.mentions) if renumbered[head] != IGNORED]
    known = {number: place for place, number in enumerate(mentions)}
    return TokenExample(
        places[rows] - np.array([low - 1, low - 1, 0]),
        np.stack([column[rows] for column in columns], axis=1) if len(rows) else np.zeros((0, 5), dtype=np.int64),
        heads,
        np.cumsum(annotated.begins == 1)[rows],
        annotated.allowed[rows],
        [int(renumbered[annotated.mentions[number]]) for number in mentions],
        [_within_window(annotated.antecedents[number], known) for number in mentions],
    )


def _within_window(antecedents: list[int] | None, known: dict[int, int]) -> list[int] | None:
    """Antecedents in the window; where all stand before it nothing is known."""
    if not antecedents:
        return antecedents
    return [known[number] for number in antecedents if number in known] or None


def _example(
    labelled: Labelled, window: Window, special: tuple[int, int], tokens: TokenExample | None = None
) -> Example:
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
        tokens,
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
