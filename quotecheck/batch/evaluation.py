"""Extraction measured against articles that people annotated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotecheck import scoring, sources
from quotecheck.batch import jsonl
from quotecheck.batch.extraction import Extracted, extract_all
from quotecheck.errors import InputError
from quotecheck.scoring import Attributions, Score
from quotecheck.sources.opening import expand, reading
from quotecheck.vocabulary import ROLES


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of the articles that were read, by their ids, and what could not be read."""

    scores: dict[str, Score]
    skipped: list[InputError]

    @property
    def total(self) -> Score:
        """The counts of all articles together."""
        return sum(self.scores.values(), Score())


def evaluate(path: Path, *, model: str | None, workers: int) -> Evaluation:
    """Read the articles of a gold file and score what is found in them.

    `path`: JSON lines with `id`, `text` and `attributions` (source, cue and content as lists of [start, end] in code
    points; `speaker` and `optional` if there are any), also .gz or .xz. Raises InputError if a line holds no gold.
    """
    gold = dict(_gold(path))
    scores: dict[str, Score] = {}
    skipped: list[InputError] = []
    for event in extract_all(sources.read([path]), model=model, workers=workers):
        if isinstance(event, InputError):
            skipped.append(event)
        elif isinstance(event, Extracted):
            predicted = json.loads(jsonl.line(event.article, event.claims))["attributions"]
            name = jsonl.record_id(event.article)
            scores[name] = scoring.score(event.article.text, gold.get(name, []), predicted)
    return Evaluation(scores, skipped)


def _gold(path: Path) -> Iterator[tuple[str, Attributions]]:
    with reading(str(path)), path.open("rb") as raw:
        for number, line in enumerate(expand(raw, path, str(path)), start=1):
            if line.strip():
                yield _record(f"{path}:{number}", line)


def _record(source_ref: str, line: bytes) -> tuple[str, Attributions]:
    try:
        record = json.loads(line)
        name, length = str(record["id"]), len(record["text"])
        attributions = record["attributions"] or []
        fits = all(0 <= start < end <= length for start, end in _spans(attributions))
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        message = "not an annotated article: id, text and attributions with lists of [start, end] are needed"
        raise InputError(source_ref, "bad_gold", message) from error
    if not fits:
        raise InputError(source_ref, "bad_gold", "a span lies outside the text; offsets are code points into text")
    return name, attributions


def _spans(attributions: list[dict[str, Any]]) -> Iterator[list[int]]:
    return (span for attribution in attributions for role in ROLES for span in attribution.get(role) or [])
