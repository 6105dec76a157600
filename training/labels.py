"""The label sets of the token heads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from training.treebank import Document, convert

KINDS = (
    *("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    *("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
"""The entity names of OntoNotes, which spaCy's English pipelines use."""
ENTITIES = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
_RARE = 3


@dataclass(frozen=True)
class Labels:
    """Fine tags, coarse tags, morphological features, dependency labels, entity tags."""

    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...] = ENTITIES

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Labels:
        """The labels of treebanks, without those that hardly occur."""
        counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
        for document in documents:
            for sentence in document.sentences:
                values = [(token.xpos, token.upos, token.feats) for token in sentence.tokens]
                for count, column in zip(counts, zip(*values, strict=True), strict=False):
                    count.update(column)
                counts[3].update(convert(sentence.tokens)[1])
        return cls(*(tuple(sorted(label for label, n in count.items() if n >= _RARE)) for count in counts))

    def write(self, path: Path) -> None:
        """Keep the labels beside the weights."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Labels:
        """The labels that `write` kept."""
        return cls(**{name: tuple(labels) for name, labels in json.loads(path.read_text("utf-8")).items()})
