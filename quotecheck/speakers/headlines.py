"""Names in headlines, where every word has a capital."""

from __future__ import annotations

from collections.abc import Iterator

from quotecheck.speakers.given_names import GIVEN
from quotecheck.speakers.mention import Mention, MentionKind
from quotecheck.speakers.persons import person
from quotecheck.speakers.tokens import Tokens


def headline_mentions(tokens: Tokens, headlines: frozenset[int], found: list[Mention]) -> Iterator[Mention]:
    """Names in headlines: those that the body of the article has, or a given name with a word that it has."""
    known: dict[tuple[str, ...], MentionKind] = {}
    for mention in found:
        known.setdefault(mention.keys, mention.kind)
        if mention.kind == "person":
            known.setdefault(mention.keys[-1:], "person")
    body = {k for m in found for k in m.keys}
    where = [i for i, t in enumerate(tokens.items) if t.sentence in headlines and t.is_capitalised]
    end = 0
    for i in where:
        for width in range(5 if i >= end else 0, 0, -1):
            keys = tuple(t.key for t in tokens.items[i : i + width])
            if keys in known:
                yield Mention(i, i + width, i, tokens.slice(i, i + width), keys, known[keys])
            elif width == 2 == len(keys) and keys[0] in GIVEN and keys[1] in body and tokens[i + 1].is_capitalised:
                yield person(tokens, i, i + 2, i)
            else:
                continue
            end = i + width
            break
