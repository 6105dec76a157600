"""What an article is about: its terms in the order of textacy's PositionRank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from quotecheck.topics.terms import Key, Term

MOST = 8
"""Key terms of an article; more make a facet that nobody reads."""
WINDOW = 10
"""Terms that count as near each other, as in Florescu and Caragea, who count words."""
LONGEST = 5_000
"""Terms from the beginning of an article that are ranked; no newspaper's has more, and the graph stays small."""


def rank(terms: Sequence[Term]) -> list[tuple[Key, float]]:
    """The keys of the most important terms, with their scores (0 to 1), the best first.

    This is `textacy.extract.keyterms.textrank` with `window_size=10, edge_weighting="count", position_bias=True`, that
    is PositionRank (Florescu and Caragea 2017, ACL), with one difference: the nodes of its graph are names and
    phrases, not words. Over words a phrase scores the sum of its words, so that “Trade Department licence processing
    centre”, named once, goes before the minister of whom every paragraph speaks.
    """
    from textacy.representations import network

    ranked = terms[:LONGEST]
    keys = [" ".join(term.key) for term in ranked]
    if len(set(keys)) < 2:
        return [(term.key, 1.0) for term in ranked[:1]]
    places: defaultdict[str, float] = defaultdict(float)
    for term, key in zip(ranked, keys, strict=True):
        places[key] += 1 / (term.start + 1)
    graph = network.build_cooccurrence_network(keys, window_size=WINDOW, edge_weighting="count")
    scores = network.rank_nodes_by_pagerank(graph, weight="weight", personalization=places)
    order = {key: place for place, key in reversed(list(enumerate(keys)))}
    best = sorted(scores, key=lambda key: (-round(scores[key], 9), order[key]))
    return [(ranked[order[key]].key, float(scores[key])) for key in best[:MOST]]


def spelling(terms: Sequence[Term]) -> str:
    """How the article spells a term most often; at a tie, first."""
    return Counter(term.spelling for term in terms).most_common(1)[0][0]
