"""The spaCy component `quotecheck_coref`: which mentions stand for the same person or thing.

Mentions are names, pronouns and noun phrases, each known by its head word. Every mention chooses its antecedent among
the mentions before it, or none; chains of choices make clusters. `doc.spans["coref_clusters_1"]`, … hold one cluster
each, in the order of their first mentions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from quotecheck.pipeline.arrays import gelu, with_one
from quotecheck.pipeline.crf import Floats
from quotecheck.pipeline.headed import HeadedComponent, vectors

PREFIX = "coref_clusters_"
REACH = 60
"""Mentions before a mention among which it chooses, about as many as a window of the encoder holds."""
_CHUNK = 256
"""Mentions scored at once, so that memory stays linear in the length of a text."""
_PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours "
    "ourselves they them their theirs themselves who whom whose this that these those".split()
)


@dataclass(frozen=True)
class Choice:
    """A mention's antecedent, or None for a first mention, and how probable that choice is."""

    mention: Span
    antecedent: Span | None
    probability: float


class CoreferenceComponent(HeadedComponent):
    """Sets the span groups of clusters with at least two mentions."""

    folder = "quotecheck_coref"

    def annotate(self, doc: Doc, x: Floats) -> None:
        """Find the clusters of a Doc."""
        for key in [key for key in doc.spans if key.startswith(PREFIX)]:
            del doc.spans[key]
        for number, cluster in enumerate(clusters(self.choices(doc, x)), start=1):
            key = f"{PREFIX}{number}"
            doc.spans[key] = SpanGroup(doc, name=key, spans=cluster)

    def choices(self, doc: Doc, x: Floats | None = None) -> list[Choice]:
        """What each mention of a parsed Doc chooses, in text order."""
        found = mentions(doc)
        if not found:
            return []
        x = vectors(doc) if x is None else x
        heads = x[[head for head, _ in found]]
        queries = with_one(gelu(self.head.layer("mention", heads))) @ self.head["coreference"]
        keys = gelu(self.head.layer("antecedent", heads))
        nothing = queries @ self.head["new"]
        chosen: list[Choice] = []
        for start in range(0, len(found), _CHUNK):
            first, end = max(0, start - REACH), min(start + _CHUNK, len(found))
            scores = np.concatenate([nothing[start:end, None], queries[start:end] @ keys[first:end].T], axis=1)
            distance = np.arange(start, end)[:, None] - np.arange(first, end)
            scores[:, 1:][(distance <= 0) | (distance > REACH)] = -np.inf
            chances = np.exp(scores - scores.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            for (_, span), row, best in zip(found[start:end], chances, chances.argmax(axis=1).tolist(), strict=True):
                chosen.append(Choice(span, found[first + best - 1][1] if best else None, float(row[best])))
        return chosen


def mentions(doc: Doc) -> list[tuple[int, Span]]:
    """The head word's index and the span of every mention, in the order of the head words; names go before phrases."""
    found: dict[int, Span] = {}
    if doc.has_annotation("DEP"):
        found |= {chunk.root.i: chunk for chunk in doc.noun_chunks}
    pronouns = np.array([doc.vocab.strings[word] for word in _PRONOUNS], dtype=np.uint64)
    for number in np.flatnonzero(np.isin(doc.to_array([LOWER]), pronouns)).tolist():
        if doc[number].pos_ != "SCONJ":
            found[number] = doc[number : number + 1]
    found |= {span.root.i: span for span in doc.ents if span.label_ in _NAMED}
    return sorted(found.items())


_NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})


def clusters(choices: list[Choice]) -> list[list[Span]]:
    """The mentions that choices join, two at least in each cluster."""
    members: dict[tuple[int, int], list[Span]] = {}
    for choice in choices:
        mention = choice.mention
        before = choice.antecedent
        group = members[before.start, before.end] if before is not None else []
        if _is_another(mention, group):
            group = []
        group.append(mention)
        members[mention.start, mention.end] = group
    unique = {id(group): group for group in members.values() if len(group) > 1}
    return list(unique.values())


def _is_another(mention: Span, group: list[Span]) -> bool:
    """Whether a person's name shares no word with any name that a cluster already has."""
    if mention.label_ != "PERSON":
        return False
    words = {token.lower_ for token in mention}
    names = [{token.lower_ for token in span} for span in group if span.label_ == "PERSON"]
    return bool(names) and not any(words & name for name in names)


@Language.factory(
    "quotecheck_coref",
    assigns=["doc.spans"],
    requires=["doc.tensor", "token.dep", "token.pos", "doc.ents"],
)
def make_coreference(nlp: Language, name: str) -> CoreferenceComponent:
    """The factory behind `nlp.add_pipe("quotecheck_coref")`."""
    return CoreferenceComponent(name)
