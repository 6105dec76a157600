"""The training's tasks: each an endless stream of batches from one kind of corpus."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from quotecheck.pipeline import words as reading
from training import corpora, examples, treebank
from training.corpora import Annotated, Demonyms
from training.examples import Example
from training.labels import Labels

Maker = Callable[[random.Random], Iterator[Example]]
"""Makes the windows of one epoch."""

SHARES = {"attribution": 0.42, "ewt": 0.31, "gum": 0.1, "entities": 0.12, "coreference": 0.05}
"""The part of all steps that belongs to each task."""
_SHORTEST = 96
"""Pieces in the shortest windows of tasks other than attribution, which train faster so."""


class Tasks:
    """All corpora below a data folder, read once."""

    def __init__(self, data: Path, labels: Labels, tokenizer: Tokenizer, limit: int | None = None) -> None:
        self._data, self._labels, self._tokenizer, self._limit = data, labels, tokenizer, limit
        self._special = reading.special(tokenizer)
        nationalities = data / "lexicons" / "lex_nationalities.tsv"
        self._demonyms = Demonyms.of(nationalities.read_text("utf-8").splitlines())

    def makers(self) -> dict[str, Maker]:
        """The tasks by the names of `SHARES`."""
        return {
            "attribution": self._attribution(),
            "ewt": self._treebank("en_ewt-ud-train"),
            "gum": self._treebank("en_gum-ud-train"),
            "entities": self._entities(),
            "coreference": self._coreference(),
        }

    def _lines(self, path: str) -> list[dict[str, Any]]:
        return examples.articles(self._data / path)[: self._limit]

    def _windows(self, annotated: Annotated, generator: random.Random) -> Iterator[Example]:
        labelled = examples.unlabelled(annotated.text, self._tokenizer)
        return examples.cut(labelled, self._special, generator, annotated, _SHORTEST)

    def _attribution(self) -> Maker:
        silver = {line["id"]: line for line in self._lines("polnear/polnear_corenlp_silver.train.jsonl.xz")}
        articles = self._lines("polnear/polnear.train.jsonl.xz")
        for article in articles:
            article |= {key: silver.get(article["id"], {}).get(key) for key in ("tokens", "entities")}

        def make(generator: random.Random) -> Iterator[Example]:
            for article in articles:
                changed = examples.damaged(article, generator)
                annotated = Annotated.plain(changed["text"], changed["tokens"], self._labels)
                if changed["tokens"]:
                    entities = changed["entities"]
                    corpora.add_entities(annotated, "polnear", entities, self._labels, self._demonyms)
                labelled = examples.label(changed, self._tokenizer)
                yield from examples.cut(labelled, self._special, generator, annotated)

        return make

    def _treebank(self, name: str) -> Maker:
        documents = list(treebank.documents(self._data / "treebanks" / f"{name}.conllu.xz"))[: self._limit]
        gum = {line["id"].partition("/")[2]: line for line in self._lines("coref/gum.train.jsonl.xz")}

        def make(generator: random.Random) -> Iterator[Example]:
            for document in documents:
                annotated = corpora.treebank(document, self._labels, generator)
                more = gum.get(document.name)
                if more is not None and len(more["tokens"]) == len(annotated.spans):
                    self._add_gum(annotated, more)
                yield from self._windows(annotated, generator)

        return make

    def _add_gum(self, annotated: Annotated, more: dict[str, Any]) -> None:
        """Entities and chains, whose offsets are those of another text with the same tokens."""
        place = {start: number for number, (start, _) in enumerate(more["tokens"])}
        stop = {end: number for number, (_, end) in enumerate(more["tokens"])}

        def moved(span: list[Any]) -> list[Any] | None:
            if span[0] not in place or span[1] not in stop:
                return None
            return [int(annotated.spans[place[span[0]], 0]), int(annotated.spans[stop[span[1]], 1]), *span[2:3]]

        def all_moved(spans: list[list[Any]]) -> list[list[Any]]:
            return [found for found in map(moved, spans) if found is not None]

        corpora.add_entities(annotated, "gum", all_moved(more["entities"]), self._labels, self._demonyms)
        chains = [[span[:2] for span in all_moved(chain)] for chain in more["coref"]]
        corpora.add_chains(annotated, chains, [span[:2] for span in all_moved(more["mentions"])])

    def _entities(self) -> Maker:
        names = ("wikigold.train", "wnut17.train", "crossner_politics.train")
        chat = self._lines("entities/uner_ewt.train.jsonl.xz")
        lines = [(name, self._lines(f"entities/{name}.jsonl.xz")) for name in names]
        # Small, and the only one with letters and chat: it is read thrice.
        lines += [("uner_ewt.train", chat)] * 3

        def make(generator: random.Random) -> Iterator[Example]:
            for name, items in lines:
                corpus = name.partition(".")[0]
                for group in corpora.groups(items, generator.choice((500, 1500))):
                    item = corpora.packed(group, generator.choice((" ", "\n", "\n\n")))
                    annotated = Annotated.plain(item["text"], item["tokens"], self._labels)
                    corpora.add_entities(annotated, corpus, item["entities"], self._labels, self._demonyms)
                    yield from self._windows(annotated, generator)

        return make

    def _coreference(self) -> Maker:
        novels, pronouns = self._lines("coref/litbank.train.jsonl.xz"), self._lines("coref/gap.train.jsonl.xz")

        def make(generator: random.Random) -> Iterator[Example]:
            for line in novels:
                annotated = Annotated.plain(line["text"], line["tokens"], self._labels)
                corpora.add_entities(annotated, "litbank", line["entities"], self._labels, self._demonyms)
                corpora.add_chains(annotated, line["coref"], [span[:2] for span in line["mentions"]])
                labelled = examples.unlabelled(line["text"], self._tokenizer)
                yield from examples.cut(labelled, self._special, generator, annotated, 200)
            for line in pronouns:
                yield from self._windows(corpora.gap(line, self._labels), generator)

        return make


def stream(make: Maker, pieces: int, seed: int) -> Iterator[list[Example]]:
    """Batches of about so many pieces, epoch after epoch."""
    epoch = 0
    while True:
        generator = random.Random(seed * 1000 + epoch)
        yield from examples.batches(list(make(generator)), pieces, generator)
        epoch += 1
