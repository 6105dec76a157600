"""The topics of an article and its claims, and the claims' triples, from the parse of its Doc."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck.topics import keyterms, terms, triples
from quotecheck.topics.terms import Key, Term
from quotecheck.types import Reading, Span, Topic

if TYPE_CHECKING:
    from spacy.tokens import Doc

Place = tuple[int, int, int]
"""Where a topic is meant: start, end, and the topic's place in the list of topics."""


def read(doc: Doc, reading: Reading) -> Reading:
    """The reading of a Doc with its topics, and those and the triples of each claim; as it was without a parse.

    Offsets are those of `doc.text`.
    """
    if not doc.has_annotation("DEP"):
        return reading
    topics = _topics(doc, reading)
    places = sorted((span.start, span.end, rank) for rank, topic in enumerate(topics) for span in topic.mentions)
    named = [_named(places, claim.content) for claim in reading.claims]
    acts = triples.find(doc, [claim.content for claim in reading.claims])
    claims = tuple(
        replace(claim, topics=tuple(topics[rank].term for rank in sorted(ranks)), triples=of_claim)
        for claim, ranks, of_claim in zip(reading.claims, named, acts, strict=True)
    )
    spoken_of = set().union(*named)
    kept = (topic for rank, topic in enumerate(topics) if topic.score is not None or rank in spoken_of)
    return replace(reading, claims=claims, topics=tuple(kept))


def _named(places: Sequence[Place], content: Sequence[Span]) -> set[int]:
    """The topics that are meant within one of the spans; `places` are sorted."""
    within = (
        (end <= span.end, rank)
        for span in content
        for _, end, rank in places[bisect_left(places, (span.start,)) : bisect_left(places, (span.end,))]
    )
    return {rank for fits, rank in within if fits}


def _topics(doc: Doc, reading: Reading) -> list[Topic]:
    """The key terms of the article, the most important first, and then all its other names."""
    text = doc.text
    uses: defaultdict[Key, list[Term]] = defaultdict(list)
    found = terms.find(doc, reading.mentions)
    for term in found:
        uses[term.key].append(term)
    ranked = dict(keyterms.rank(found))
    places = {key: {(term.start, term.end) for term in of_key} for key, of_key in uses.items()}
    for key, start in _printed(doc, [key for key in ranked if uses[key][0].kind == "phrase"]):
        places[key].add((start, start + len(key)))

    def topic(key: Key) -> Topic:
        spans = (Span.of(text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in places[key])
        return Topic(keyterms.spelling(uses[key]), uses[key][0].kind, ranked.get(key), tuple(sorted(spans)))

    others = (key for key in uses if key not in ranked and uses[key][0].kind == "name")
    return [topic(key) for key in (*ranked, *others)]


def _printed(doc: Doc, keys: Collection[Key]) -> Iterator[tuple[Key, int]]:
    """Where the words of phrases stand, within longer phrases, too: the phrase and the index of its first token."""
    if not keys:
        return
    words = terms.words(doc)
    starting: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys:
        starting[key[0]].append(key)
    for start, word in enumerate(words):
        for key in starting.get(word, ()):
            if words[start : start + len(key)] == key:
                yield key, start
