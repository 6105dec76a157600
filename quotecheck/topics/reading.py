"""The topics of an article and its claims, and the claims' triples, from the parse of its Doc."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck.topics import keyterms, terms, triples
from quotecheck.topics.terms import Key, Term
from quotecheck.types import Reading, Span, Topic

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read(doc: Doc, reading: Reading) -> Reading:
    """The reading of a Doc with its topics, and those and the triples of each claim; as it was without a parse.

    Offsets are those of `doc.text`.
    """
    if not doc.has_annotation("DEP"):
        return reading
    topics = _topics(doc, reading)
    found = triples.find(doc, [claim.content for claim in reading.claims])
    claims = tuple(
        replace(claim, topics=topics_within(topics, claim.content), triples=of_claim)
        for claim, of_claim in zip(reading.claims, found, strict=True)
    )
    return replace(reading, claims=claims, topics=tuple(topics))


def topics_within(topics: Iterable[Topic], content: Sequence[Span]) -> tuple[str, ...]:
    """The terms of the topics that have a mention within one of the spans."""
    return tuple(topic.term for topic in topics if any(_lies_in(mention, content) for mention in topic.mentions))


def _lies_in(mention: Span, content: Iterable[Span]) -> bool:
    return any(span.start <= mention.start and mention.end <= span.end for span in content)


def _topics(doc: Doc, reading: Reading) -> list[Topic]:
    """The key terms of the article, and then the other names that stand in a claim's content."""
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

    content = [span for claim in reading.claims for span in claim.content]
    named = (topic(key) for key in uses if key not in ranked and uses[key][0].kind == "name")
    return [*(topic(key) for key in ranked), *(other for other in named if topics_within([other], content))]


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
