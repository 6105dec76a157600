"""The spaCy component `quotecheck_parser`: sentence starts and dependencies, in the style of spaCy's pipelines.

A deep biaffine parser (Dozat and Manning 2017): every token is scored as the head of every other one of its sentence,
and the best tree is taken; then each arc gets its best label.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token

from quotecheck.pipeline import trees
from quotecheck.pipeline.arrays import gelu, with_one
from quotecheck.pipeline.crf import Floats, Ints
from quotecheck.pipeline.headed import Bools, HeadedComponent, spaces
from quotecheck.pipeline.words import ABBREVIATIONS

LONGEST = 250
"""Tokens in the longest sentence that is parsed as one; longer stretches are cut, so that memory stays bounded."""
STOPS = frozenset(".!?…")
OPENING = frozenset('"“„«')
_ROOT, _SPACE = "ROOT", "dep"
_CHUNK = 128
"""Governors whose arcs are labelled at once, so that memory stays bounded and in a core's cache."""


class ParserComponent(HeadedComponent):
    """Sets `token.head`, `token.dep_` and sentence starts. Starts that are set already are kept."""

    folder = "quotecheck_parser"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of dependencies."""
        return self.head.labels("deps")

    def annotate(self, doc: Doc, x: Floats) -> None:
        """Find sentences and parse each."""
        words = ~spaces(doc)
        starts = _given(doc)
        if starts is None:
            starts = self.starts(x, words, _forced(doc, words))
        inside = [start + np.flatnonzero(words[start:end]) for start, end in pairwise([*starts, len(doc)])]
        heads = self.heads(x, inside)
        deps = np.full(len(doc), doc.vocab.strings.add(_SPACE), dtype=np.uint64)
        labels = [doc.vocab.strings.add(label) for label in self.head.labels("deps")]
        rows = np.flatnonzero(words)
        deps[rows] = np.array(labels, dtype=np.uint64)[self.arc_labels(x, heads, rows)]
        _attach_space(heads, starts, words)
        begins = np.full(len(doc), -1, dtype=np.int64)
        begins[starts] = 1
        columns = [(heads - np.arange(len(doc))).astype(np.uint64), deps, begins.astype(np.uint64)]
        doc.from_array([HEAD, DEP, SENT_START], np.stack(columns, axis=1))  # type: ignore[arg-type]

    def starts(self, x: Floats, words: Bools, forced: Bools) -> list[int]:
        """The tokens that begin sentences; white space belongs to the sentence before it."""
        likely = (self.head.layer("begins", x)[:, 0] > 0) | forced
        found = [0]
        seen = False
        for number in np.flatnonzero(words).tolist():
            if seen and (likely[number] or number - found[-1] >= LONGEST):
                found.append(number)
            seen = True
        return found

    def heads(self, x: Floats, sentences: list[Ints]) -> Ints:
        """The head of every token (n,), of a root its own; x (n, width), sentences as their tokens' indices."""
        head = self.head
        children = with_one(gelu(head.layer("arc_child", x))) @ head["arcs"]
        governors = gelu(head.layer("arc_head", x))
        root = children @ head["root"]
        found = np.arange(len(x))
        for tokens in sentences:
            scores = np.concatenate([root[tokens, None], children[tokens] @ governors[tokens].T], axis=1)
            found[tokens] = tokens[trees.heads(scores)] if len(tokens) else tokens
        return found

    def arc_labels(self, x: Floats, heads: Ints, rows: Ints) -> Ints:
        """The labels' indices of the arcs to some tokens."""
        head = self.head
        weights = head["labels"]
        flat = weights.reshape(-1, weights.shape[2]).T
        # Fewer than half of the words govern others, and only for those the large product is needed.
        above, places = np.unique(heads[rows], return_inverse=True)
        order = np.argsort(places, kind="stable")
        edges = np.searchsorted(places[order], np.arange(len(above) + 1)).tolist()
        children = with_one(gelu(head.layer("label_child", x[rows[order]])))
        governors = with_one(gelu(head.layer("label_head", x[above])))
        scores = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
        for start in range(0, len(above), _CHUNK):
            products = (governors[start : start + _CHUNK] @ flat).reshape(-1, *weights.shape[:2])
            for number, product in enumerate(products, start=start):
                below = slice(edges[number], edges[number + 1])
                np.matmul(children[below], product, out=scores[below])
        scores[:, head.labels("deps").index(_ROOT)] = np.where((heads[rows] == rows)[order], np.inf, -np.inf)
        found = np.empty(len(rows), dtype=np.int64)
        found[order] = scores.argmax(axis=1)
        return found

    def score(self, examples: Any, **_: Any) -> dict[str, Any]:
        """Attachment scores without punctuation, and sentence boundaries, as spaCy's parser reports them."""
        found = Scorer.score_spans(examples, "sents", has_annotation=_has_sentences)
        found.pop("sents_per_type", None)
        return found | Scorer.score_deps(examples, "dep", getter=_name, ignore_labels=("p", "punct"))


def _given(doc: Doc) -> list[int] | None:
    """The sentence starts that another component has set; None if there are none."""
    known = doc.to_array([SENT_START])
    return [0, *(1 + np.flatnonzero(known[1:] == 1)).tolist()] if known[1:].any() else None


def _forced(doc: Doc, words: Bools) -> Bools:
    """Which tokens (n,) begin a sentence whatever the scores say."""
    forms, spaced = doc.to_array([ORTH, SPACY]).T
    stops, opening = (
        np.isin(forms, np.array([doc.vocab.strings[mark] for mark in marks], dtype=np.uint64))
        for marks in (STOPS, OPENING)
    )
    spaced = spaced.astype(np.bool_)
    forced = np.zeros(len(doc), dtype=np.bool_)
    forced[0] = True
    behind_nothing = ~spaced[:-1] & (~words | stops)[:-1]
    opens = spaced[:-1] & stops[:-1] & opening[1:] & ~spaced[1:]
    for number in (1 + np.flatnonzero(behind_nothing | opens)).tolist():
        forced[number] = _must_start(doc[number])
    return forced


def _must_start(token: Token) -> bool:
    """Behind an empty line, between a full stop and a capital without a space, at a mark that opens a sentence.

    Such a mark has a full stop and a space before it and a capital right behind it.
    """
    before = token.nbor(-1)
    if before.whitespace_:
        return _ends_sentence(before) and token.i + 1 < len(token.doc) and token.nbor(1).text[0].isupper()
    if before.is_space and before.text.count("\n") > 1:
        return True
    if token.i < 2 or not token.text[0].isupper():
        return False
    if before.is_space:
        return "\n" in before.text and token.nbor(-2).text[-1] in STOPS
    return _ends_sentence(before)


def _ends_sentence(stop: Token) -> bool:
    if stop.i < 1 or stop.text not in STOPS:
        return False
    word = stop.nbor(-1)
    return word.is_alpha and len(word) > 2 and word.lower_ not in ABBREVIATIONS


def _attach_space(heads: Ints, starts: list[int], words: Bools) -> None:
    """White space hangs on the token before it, at the start of a sentence on the first word."""
    for start, end in pairwise([*starts, len(words)]):
        inside = words[start:end]
        if inside.all():
            continue
        first = start + int(inside.argmax())
        for number in (start + np.flatnonzero(~inside)).tolist():
            heads[number] = first if number < first or not inside.any() else number - 1


def _has_sentences(doc: Doc) -> bool:
    return bool(doc.has_annotation("SENT_START"))


def _name(token: Any, attribute: str) -> str:
    return str(token.vocab.strings.as_string(getattr(token, attribute)))


@Language.factory(
    "quotecheck_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    requires=["doc.tensor"],
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5},
)
def make_parser(nlp: Language, name: str) -> ParserComponent:
    """The factory behind `nlp.add_pipe("quotecheck_parser")`."""
    return ParserComponent(name)
