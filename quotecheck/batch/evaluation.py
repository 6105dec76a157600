"""Extraction measured against articles that people annotated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotecheck import scoring, sources
from quotecheck.batch import jsonl
from quotecheck.batch.extraction import Extracted, extract_all
from quotecheck.errors import InputError
from quotecheck.scoring import ArticleScore, Attributions, Score
from quotecheck.sources.opening import expand, reading
from quotecheck.speakers import FLOOR
from quotecheck.types import Article
from quotecheck.vocabulary import ROLES


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of the articles that were read, by their ids, and what could not be read.

    `baseline` are textacy's scores of the same articles, empty if they were not asked for; `given_up` are those that
    textacy gave up, which count as read without a find. `by_floor` counts the
    speakers had only names been given that are so sure.
    """

    articles: dict[str, ArticleScore]
    skipped: list[InputError]
    baseline: dict[str, ArticleScore]
    by_floor: dict[float, Score]
    given_up: list[str]

    @property
    def scores(self) -> dict[str, Score]:
        """The scores of whole attributions and speakers, by article."""
        return {name: score.all for name, score in self.articles.items()}

    @property
    def total(self) -> Score:
        """The counts of all articles together."""
        return sum(self.scores.values(), Score())


def evaluate(
    path: Path, *, model: str | None, workers: int, baseline: bool = False, floors: Sequence[float] = ()
) -> Evaluation:
    """Read the articles of a gold file and score what is found in them.

    `path`: JSON lines with `id`, `text` and `attributions` (source, cue and content as lists of [start, end] in code
    points; `speaker` and `optional` if there are any), also .gz or .xz. With `baseline`, textacy reads them too, on
    the same pipeline. Raises InputError if a line holds no gold, ModelError if the pipeline cannot serve textacy.
    """
    gold = dict(_gold(path))
    theirs, given_up = _baseline(path, gold, model) if baseline else ({}, [])
    result = Evaluation({}, [], theirs, dict.fromkeys(floors, Score()), given_up)
    # Every name is given here, and left out below if it is not sure enough.
    given = 0.0 if floors else None
    for event in extract_all(sources.read([path]), model=model, workers=workers, speaker_confidence=given):
        if isinstance(event, InputError):
            result.skipped.append(event)
        elif isinstance(event, Extracted):
            text, name = event.article.text, jsonl.record_id(event.article)
            predicted, wanted = json.loads(jsonl.line(event.article, event.claims))["attributions"], gold.get(name, [])
            for floor in floors:
                result.by_floor[floor] += scoring.score(text, wanted, [named(one, floor) for one in predicted])
            shown = [named(one, FLOOR) for one in predicted] if floors else predicted
            result.articles[name] = scoring.score_article(text, wanted, shown)
    return result


def named(attribution: dict[str, Any], floor: float) -> dict[str, Any]:
    """The attribution with only those names that are at least so sure."""
    names = [one["name"] for one in attribution["speakers"] if one["name"] and one["confidence"] >= floor]
    return attribution | {"speaker": "; ".join(dict.fromkeys(names)) or None}


def _baseline(
    path: Path, gold: Mapping[str, Attributions], model: str | None
) -> tuple[dict[str, ArticleScore], list[str]]:
    from quotecheck.batch.baseline import quotations
    from quotecheck.batch.pipeline import load
    from quotecheck.pipeline.tokens import make_doc

    nlp = load(model)
    found: dict[str, ArticleScore] = {}
    given_up: list[str] = []
    for article in sources.read([path]):
        if isinstance(article, Article):
            name = jsonl.record_id(article)
            predicted = quotations(nlp(make_doc(nlp, article.text)))
            if predicted is None:
                given_up.append(name)
            found[name] = scoring.score_article(article.text, gold.get(name, []), predicted or [])
    return found, given_up


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
