"""The spaCy component `quotecheck_ner`: named entities under OntoNotes' names."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span

from quotecheck.pipeline.crf import Floats, Ints
from quotecheck.pipeline.headed import HeadedComponent, spaces

HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. doctor prof prof. professor sir lord lady dame president vice senator sen "
    "sen. rep rep. representative congressman congresswoman gov gov. governor mayor judge justice chief gen "
    "gen. general lt lt. col col. colonel capt capt. captain sgt sgt. sergeant maj maj. major adm adm. admiral "
    "rev rev. reverend pope king queen prince princess sheikh imam ayatollah prophet minister secretary "
    "chancellor ambassador chairman chairwoman prime attorney st. saint uncle aunt father brother sister "
    "officer detective lieutenant deputy speaker mullah rabbi bishop".split()
)
"""Titles before a person's name, in lower case; they are no part of it."""
_CERTAIN = 5.0
"""Lead of "no entity" over all other tags from which a token is left out of the search."""
_IMPOSSIBLE = -1e4


class EntityComponent(HeadedComponent):
    """Adds to `doc.ents`; entities that are there already stay, and none is laid over them."""

    folder = "quotecheck_ner"

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of entities."""
        return tuple(tag.removeprefix("B-") for tag in self.head.labels("entities") if tag.startswith("B-"))

    def annotate(self, doc: Doc, x: Floats) -> None:
        """Find the entities of a Doc."""
        tags = self.head.labels("entities")
        words = ~spaces(doc)
        scores = self.head.layer("entities", x)
        taken = np.zeros(len(doc), dtype=np.bool_)
        for span in doc.ents:
            taken[span.start : span.end] = True
        scores[taken | ~words, 1:] = _IMPOSSIBLE
        found = []
        for start, end, tag in spans(best(scores, tags), tags):
            label = tags[tag].partition("-")[2]
            begin = start + titles([token.lower_ for token in doc[start:end]]) if label == "PERSON" else start
            found.append(Span(doc, begin, end, label=label))
        doc.set_ents([*doc.ents, *found])

    def score(self, examples: Any, **_: Any) -> dict[str, Any]:
        """Precision, recall and F1 over all entities and by label, as spaCy's own component reports them."""
        return dict(get_ner_prf(examples))


def best(scores: Floats, tags: tuple[str, ...]) -> Ints:
    """The best tags (n,) of which none continues an entity that has not begun; scores (n, tags), "O" first."""
    found = np.zeros(len(scores), dtype=np.int64)
    steps = _steps(tags)
    doubtful = scores[:, 0] - scores[:, 1:].max(axis=1) < _CERTAIN
    edges = np.flatnonzero(np.diff(np.concatenate([[False], doubtful, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        found[start:end] = _path(scores[start:end], steps)
    return found


@cache
def _steps(tags: tuple[str, ...]) -> Floats:
    allowed = np.array([[_may_follow(before, after) for after in tags] for before in tags])
    return np.where(allowed, 0.0, _IMPOSSIBLE).astype(np.float32)


def _path(scores: Floats, steps: Floats) -> Ints:
    """The best path through one stretch, which is entered from "O"."""
    back = np.zeros(scores.shape, dtype=np.int64)
    score = steps[0] + scores[0]
    for place in range(1, len(scores)):
        reached = score[:, None] + steps
        back[place] = reached.argmax(axis=0)
        score = reached.max(axis=0) + scores[place]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = score.argmax()
    for place in range(len(scores) - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


def titles(words: list[str]) -> int:
    """How many titles a person's name begins with; none if it is nothing else."""
    return next((place for place, word in enumerate(words) if word not in HONORIFICS), 0)


def _may_follow(before: str, after: str) -> bool:
    """No tag continues what has not begun, and no two names of persons touch: they would be one."""
    if after.startswith("I-"):
        return before[2:] == after[2:]
    return after != "B-PERSON" or not before.endswith("-PERSON")


def spans(path: Ints, tags: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Start, end and the tag of the first token of each entity."""
    found = []
    for start in np.flatnonzero(path).tolist():
        if tags[path[start]].startswith("B-"):
            end = start + 1
            while end < len(path) and tags[path[end]].startswith("I-"):
                end += 1
            found.append((start, end, int(path[start])))
    return found


@Language.factory(
    "quotecheck_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=["doc.tensor"],
    default_score_weights={"ents_f": 1.0},
)
def make_entities(nlp: Language, name: str) -> EntityComponent:
    """The factory behind `nlp.add_pipe("quotecheck_ner")`."""
    return EntityComponent(name)
