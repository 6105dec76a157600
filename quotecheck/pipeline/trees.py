"""From scores of arcs to a tree: every token's best head, repaired where that makes a cycle or not one root.

Chu and Liu 1965, Edmonds 1967, in the form for dense graphs; with one root, as the treebanks have it.
"""

from __future__ import annotations

from operator import itemgetter

import numpy as np

from quotecheck.pipeline.crf import Floats, Ints

_NEVER = -1e9
_ROUNDING = 1e-6
"""How far sums of the same scores may differ by the order in which they are added."""
_LIKELIEST = 5
"""Roots that are tried when the best heads make no tree; the best tree hangs on one of them all but always."""


def heads(scores: Floats) -> Ints:
    """The best tree below one of the likeliest roots.

    scores (n, 1 + n): how well each token is headed by the root (column 0) or by each token.

    Returns (n,) the index of each token's head, its own for the one root.
    """
    n = len(scores)
    if not n:
        return np.zeros(0, dtype=np.int64)
    padded = np.full((n + 1, n + 1), _NEVER)
    padded[1:] = scores
    np.fill_diagonal(padded, _NEVER)
    found = _one_root(padded)[1:]
    return np.asarray(np.where(found == 0, np.arange(n), found - 1), dtype=np.int64)


def _one_root(scores: Floats) -> Ints:
    """The best tree with exactly one child of node 0; scores (child, head), row 0 unused."""
    best: Ints = scores.argmax(axis=1).astype(np.int64)
    best[0] = 0
    roots = np.flatnonzero(best[1:] == 0) + 1
    if len(roots) == 1 and _reaches_root(best):
        return best
    if len(roots) != 1:
        roots = np.argsort(-scores[1:, 0], kind="stable")[:_LIKELIEST] + 1
    below = scores.copy()
    below[1:, 0] = _NEVER
    # What a root's tree reaches at most: the best heads, whether they make a tree or not.
    reach = below.max(axis=1)
    limits = reach[1:].sum() - reach[roots] + scores[roots, 0]
    most, tree = -np.inf, best
    for root, limit in sorted(zip(roots.tolist(), limits.tolist(), strict=True), key=itemgetter(1), reverse=True):
        if limit < most - _ROUNDING:
            break
        only = below.copy()
        only[root] = _NEVER
        only[root, 0] = scores[root, 0]
        found = _arborescence(only)
        total = scores[np.arange(1, len(scores)), found[1:]].sum()
        if total > most:
            most, tree = total, found
    return tree


def _reaches_root(best: Ints) -> bool:
    """Whether all heads lead to node 0: after so many doublings every path is longer than any tree is deep."""
    above = best
    for _ in range(len(best).bit_length()):
        above = above[above]
    return not above.any()


def _cycle(best: Ints) -> list[int] | None:
    """The nodes of a cycle among best heads, if there is one; node 0 is the root."""
    above: list[int] = best.tolist()
    last_visit = [0, *[-1] * (len(above) - 1)]
    for start in range(1, len(above)):
        path = []
        node = start
        while last_visit[node] < 0:
            last_visit[node] = start
            path.append(node)
            node = above[node]
        if last_visit[node] == start:
            return path[path.index(node) :]
    return None


def _arborescence(scores: Floats) -> Ints:
    """The best tree below node 0: contract a cycle, solve the smaller graph, open the cycle where it is entered."""
    best: Ints = scores.argmax(axis=1).astype(np.int64)
    best[0] = 0
    cycle = _cycle(best)
    if cycle is None:
        return best
    inside = np.zeros(len(scores), dtype=np.bool_)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    members = np.array(cycle)
    size = len(rest) + 1
    smaller = np.full((size, size), _NEVER)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    # Out of the cycle: the best member as a head. Into it: what entering at a member gains over its head in the cycle.
    leaving = scores[np.ix_(rest, members)]
    smaller[:-1, -1] = leaving.max(axis=1)
    entering = scores[np.ix_(members, rest)] - scores[members, best[members]][:, None]
    smaller[-1, :-1] = entering.max(axis=0)
    np.fill_diagonal(smaller, _NEVER)
    solved = _arborescence(smaller)
    tree = best.copy()
    for place, node in enumerate(rest):
        if node:
            head = solved[place]
            tree[node] = members[leaving[place].argmax()] if head == size - 1 else rest[head]
    door = solved[-1]
    entered = members[entering[:, door].argmax()]
    tree[entered] = rest[door]
    return tree
