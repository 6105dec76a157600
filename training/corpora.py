"""The corpora of the token heads as texts with targets for each token."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from quotecheck.pipeline.entities import titles
from quotecheck.pipeline.words import Ints
from training.labels import KINDS, Labels
from training.treebank import Document, Sentence, convert

IGNORED = -100
Bools = npt.NDArray[np.bool_]

PLACES = ("GPE", "LOC", "FAC")
THINGS = ("NORP", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")
COARSE = {
    "LOC": PLACES,
    "LOCATION": PLACES,
    "ORGANIZATION": ("ORG",),
    "MISC": THINGS,
    "NUMBER": ("CARDINAL", "QUANTITY"),
}
"""What a coarser label of a corpus may be."""
COARSE |= {"DURATION": ("DATE", "TIME"), "SET": ("DATE",)}
UNNAMED = {
    "uner_ewt": (*THINGS, *NUMBERS),
    "wikigold": NUMBERS,
    "wnut17": ("NORP", "LAW", "LANGUAGE", "EVENT", *NUMBERS),
    "crossner_politics": NUMBERS,
    "gum": (*THINGS, *NUMBERS),
    "litbank": ("NORP", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "PRODUCT", *NUMBERS),
    "polnear": ("WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "FAC"),
}
"""What a corpus leaves unlabelled: its words outside entities may be these."""
_NATURE = re.compile(
    r"\b(Sea|Ocean|Gulf|River|Lake|Mountains?|Mount|Valley|Coast|Islands?|Middle East|Midwest|West|East|South|North|"
    r"Europe|Africa|Asia|America|Bay|Desert|Peninsula|Western|Eastern|Southern|Northern|Caribbean|Balkans|Arctic|Pacific|Atlantic)\b"
)
_AMERICA = re.compile(r"\b(North|South|West)\s+(America|Carolina|Dakota|Virginia|Korea|Africa)\b")
_BUILT = re.compile(
    r"\b(Airport|Bridge|Street|St|Tower|Towers|Hall|Building|Stadium|Avenue|Boulevard|Highway|Square|Plaza|Hotel|Wall)$"
)
_PARTY = re.compile(
    r"^(Republicans?|Democrats?|Democratic|Libertarians?|Muslims?|Christians?|Jews?|Jewish|Catholics?|Evangelicals?|"
    r"Islamic|Hispanics?|Latinos?|Arabs?|Islamists?|Mormons?|Kurds?|Kurdish|Sunnis?|Shiites?|Westerners?|Marxists?)$"
)


@dataclass
class Annotated:
    """A text and what is known of its tokens, before damage.

    `spans`: (t, 2); the label columns hold indices or `IGNORED`; `heads`: index of the head, a token's own for a root;
    `allowed`: (t, entity tags), which tags a token may have, all where nothing is known; `mentions`: index of each
    mention's head token, in text order; `antecedents`: for each mention the numbers of earlier mentions of the same
    entity, none if it is new, None if nobody knows.
    """

    text: str
    spans: Ints
    xpos: Ints
    upos: Ints
    feats: Ints
    deps: Ints
    heads: Ints
    begins: Ints
    allowed: Bools
    mentions: list[int] = field(default_factory=list)
    antecedents: list[list[int] | None] = field(default_factory=list)

    @classmethod
    def plain(cls, text: str, spans: Sequence[Sequence[int]], labels: Labels) -> Annotated:
        """Tokens of which nothing is known yet."""
        count = len(spans)
        xpos, upos, feats, deps, heads, begins = (np.full(count, IGNORED) for _ in range(6))
        allowed = np.ones((count, len(labels.entities)), dtype=np.bool_)
        rows = np.array(spans, dtype=np.int64).reshape(-1, 2)
        return cls(text, rows, xpos, upos, feats, deps, heads, begins, allowed)


_QUOTES = (("“", "”"), ("«", "»"), ("``", "''"))


def treebank(document: Document, labels: Labels, generator: random.Random | None) -> Annotated:
    """A treebank's document as running text, with spaces lost and marks changed at random if a generator is given."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    style = generator.choice(_QUOTES) if generator and generator.random() < 0.35 else None
    curly = generator is not None and generator.random() < 0.35
    gap = _gap(generator)
    for number, sentence in enumerate(document.sentences):
        if number:
            before = "\n\n" if sentence.paragraph and (not generator or generator.random() < 0.8) else gap()
            parts.append(before)
            length += len(before)
        for index, token in enumerate(sentence.tokens):
            form = _restyled(token.form, token.xpos, style, curly)
            spans.append((length, length + len(form)))
            space = " " if token.space and index < len(sentence.tokens) - 1 else ""
            parts.append(form + space)
            length += len(form) + len(space)
    annotated = Annotated.plain("".join(parts), spans, labels)
    start = 0
    for sentence in document.sentences:
        _fill(annotated, sentence, start, labels)
        start += len(sentence.tokens)
    return annotated


def _gap(generator: random.Random | None) -> Any:
    """What separates the sentences of this document: now and then nothing, or line breaks."""
    if generator is None or generator.random() < 0.7:
        return lambda: " "
    share, other = generator.choice((0.3, 0.8)), generator.choice(("", "\n", ""))
    return lambda: other if generator.random() < share else " "


def _restyled(form: str, xpos: str, style: tuple[str, str] | None, curly: bool) -> str:
    if style and form == '"' and xpos in ("``", "''"):
        return style[xpos == "''"]
    return form.replace("'", "’") if curly else form


def _fill(annotated: Annotated, sentence: Sentence, start: int, labels: Labels) -> None:
    heads, deps = convert(sentence.tokens)
    end = start + len(sentence.tokens)
    annotated.xpos[start:end] = [_index(labels.xpos, token.xpos) for token in sentence.tokens]
    annotated.upos[start:end] = [_index(labels.upos, token.upos) for token in sentence.tokens]
    annotated.feats[start:end] = [_index(labels.feats, token.feats) for token in sentence.tokens]
    annotated.deps[start:end] = [_index(labels.deps, dep) for dep in deps]
    annotated.heads[start:end] = [start + head for head in heads]
    annotated.begins[start:end] = 0
    annotated.begins[start] = 1


def _index(labels: tuple[str, ...], label: str) -> int:
    return labels.index(label) if label in labels else IGNORED


def add_entities(
    annotated: Annotated, corpus: str, entities: Iterable[Sequence[Any]], labels: Labels, demonyms: Demonyms
) -> None:
    """Narrow the entity tags to what a corpus says; entities as (start, end, label)."""
    tags = labels.entities
    outside = np.zeros(len(tags), dtype=np.bool_)
    outside[[0, *(tags.index(f"{place}-{kind}") for kind in UNNAMED[corpus] for place in "BI")]] = True
    annotated.allowed[:] = outside
    for start, end, label in entities:
        kinds = fine(label, annotated.text[start:end], corpus, demonyms)
        touched = tokens_of(annotated.spans, start, end)
        if label == "PERSON":
            words = [annotated.text[slice(*annotated.spans[token])].casefold() for token in touched]
            touched = touched[titles(words) :]
        for position, token in enumerate(touched):
            row = np.zeros(len(tags), dtype=np.bool_)
            row[[tags.index(f"{'I' if position else 'B'}-{kind}") for kind in kinds]] = True
            annotated.allowed[token] = row


@dataclass(frozen=True)
class Demonyms:
    """Words for nationalities and names of countries, in lower case."""

    peoples: frozenset[str]
    countries: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Demonyms:
        """From a table with the columns demonym and countries."""
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
        peoples = {row[0].casefold() for row in rows}
        countries = {country.strip().casefold() for row in rows for country in row[1].split(";")}
        return cls(frozenset(peoples), frozenset(countries))


def fine(label: str, text: str, corpus: str, demonyms: Demonyms) -> tuple[str, ...]:
    """The kinds that an entity with a corpus's label may have."""
    key = text.casefold()
    if label in ("LOC", "LOCATION") and corpus != "litbank":
        return _place(text, corpus, demonyms)
    if label == "MISC":
        if key in demonyms.peoples or key.removesuffix("s") in demonyms.peoples or _PARTY.match(text):
            return ("NORP",)
        return THINGS if corpus != "gum" else (*THINGS, "DATE", "CARDINAL", "QUANTITY", "MONEY")
    return COARSE.get(label, (label,) if label in KINDS else THINGS)


def _place(text: str, corpus: str, demonyms: Demonyms) -> tuple[str, ...]:
    """News names cities and countries; elsewhere a place that no word gives away may be any."""
    if text.casefold() in demonyms.countries:
        return ("GPE",)
    if _BUILT.search(text):
        return ("FAC",)
    if _NATURE.search(text) and not _AMERICA.search(text):
        return PLACES if corpus == "gum" else ("LOC",)
    return ("GPE",) if corpus == "polnear" else PLACES


def tokens_of(spans: Ints, start: int, end: int) -> list[int]:
    """The tokens that a stretch of text touches."""
    low = int(np.searchsorted(spans[:, 1], start, side="right"))
    high = int(np.searchsorted(spans[:, 0], end, side="left"))
    return list(range(low, high))


_AFTER_THE_HEAD = frozenset(
    "of in on at for from with to by who whom whose which that where when , ( - – — : ; and or as about among between "
    "against near".split()
)


def head_of(annotated: Annotated, start: int, end: int) -> int | None:
    """The head token of a mention: its syntactic head if the tree is known, else what stands before "of", "who", …."""
    touched = tokens_of(annotated.spans, start, end)
    if not touched:
        return None
    inside = set(touched)
    outward = [t for t in touched if annotated.heads[t] != IGNORED and int(annotated.heads[t]) not in inside]
    if len(outward) == 1 or (outward and annotated.heads[touched[0]] != IGNORED):
        return outward[0]
    roots = [t for t in touched if int(annotated.heads[t]) == t]
    if roots:
        return roots[0]
    words = [annotated.text[slice(*annotated.spans[t])].casefold() for t in touched]
    for position, word in enumerate(words):
        if position and word in _AFTER_THE_HEAD:
            return touched[position - 1]
    return touched[-2] if len(touched) > 1 and words[-1] in ("'s", "’s", "'") else touched[-1]


def add_chains(
    annotated: Annotated, chains: Iterable[Iterable[Sequence[int]]], single: Iterable[Sequence[int]]
) -> None:
    """Mentions and antecedents from chains of spans, and from mentions that stand alone."""
    entity: dict[int, int] = {}
    for number, chain in enumerate(chains):
        for start, end in chain:
            head = head_of(annotated, start, end)
            if head is not None:
                entity.setdefault(head, number)
    for number, (start, end) in enumerate(single):
        head = head_of(annotated, start, end)
        if head is not None:
            entity.setdefault(head, -1 - number)
    annotated.mentions = sorted(entity)
    numbers = [entity[mention] for mention in annotated.mentions]
    annotated.antecedents = [
        [earlier for earlier in range(place) if numbers[earlier] == number] for place, number in enumerate(numbers)
    ]


def gap(article: dict[str, Any], labels: Labels) -> Annotated:
    """A text of GAP: one pronoun and two names, one of them or neither its antecedent."""
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", article["text"])]
    annotated = Annotated.plain(article["text"], spans, labels)
    named = {name: head_of(annotated, *span) for name, span in article["candidates"].items()}
    pronoun = head_of(annotated, *article["pronoun"])
    heads = sorted({head for head in (*named.values(), pronoun) if head is not None})
    annotated.mentions = heads
    annotated.antecedents = [None] * len(heads)
    if pronoun is None:
        return annotated
    place = heads.index(pronoun)
    right = [heads.index(head) for name, head in named.items() if article["labels"][name] and head is not None]
    # A pronoun before its name, or one that refers to neither name, tells nothing about the mentions before it.
    annotated.antecedents[place] = [other for other in right if other < place] or None
    return annotated


def packed(items: Sequence[dict[str, Any]], separator: str) -> dict[str, Any]:
    """Several short items as one text."""
    texts = [item["text"] for item in items]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + len(separator))
    return {
        "text": separator.join(texts),
        "tokens": [
            [s + start, e + start] for item, start in zip(items, starts, strict=False) for s, e in item["tokens"]
        ],
        "entities": [
            [entity[0] + start, entity[1] + start, entity[2]]
            for item, start in zip(items, starts, strict=False)
            for entity in item["entities"]
        ],
    }


def groups(items: Sequence[dict[str, Any]], characters: int) -> Iterator[list[dict[str, Any]]]:
    """Runs of items of about so many characters in all."""
    bounds = [0]
    length = 0
    for number, item in enumerate(items):
        length += len(item["text"])
        if length >= characters:
            bounds.append(number + 1)
            length = 0
    for low, high in pairwise([*bounds, len(items)]):
        if high > low:
            yield list(items[low:high])
