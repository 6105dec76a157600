"""Capitalised sequences of an article, and where capitals mean nothing: headlines and the starts of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import GIVEN
from quotecheck.speakers.tokens import Token, Tokens

NICKNAME_MARKS = frozenset("\"“”'‘’")


def headline_sentences(tokens: Tokens) -> frozenset[int]:
    """Numbers of the sentences that are headlines: lines in which nearly every longer word is capitalised."""
    found: set[int] = set()
    first = 0
    for i, (token, following) in enumerate(pairwise(tokens.items)):
        if "\n" not in tokens.text[token.end : following.start]:
            continue
        line = tokens.items[first : i + 1]
        capital = [t.text[0].isupper() for t in line if t.is_word and len(t.text) > 3]
        if (first == 0 or token.text != ".") and 4 <= len(capital) <= 25 and sum(capital) >= 0.75 * len(capital):
            found.update(t.sentence for t in line)
        first = i + 1
    return frozenset(found)


def _nameable(token: Token, previous: Token | None) -> bool:
    if not token.is_capitalised:
        return False
    if token.key in lx.FUNCTION_WORDS:
        if token.text.isupper() and len(token.key) > 1:
            return token.key in {"us", "un"}
        named_before = (
            previous is not None and token.follows and (previous.key in GIVEN or previous.key in lx.HONORIFICS)
        )
        return token.key in {"may", "will"} and (named_before or (token.key == "will" and not token.opens))
    return not (token.key in lx.MONTHS_AND_DAYS and (previous is None or previous.key not in GIVEN))


def capitalised_runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Token indices [first, last) of each sequence of capitalised words, with the particles and initials inside."""
    items, i, n = tokens.items, 0, len(tokens.items)
    while i < n:
        if not _nameable(items[i], items[i - 1] if i else None):
            i += 1
            continue
        last = i + 1
        while (step := _extension(tokens, last)) and not _ends_at(items[last - 1], items[last]):
            last += step
        yield i, last
        i = last


def _ends_at(token: Token, following: Token) -> bool:
    return following.opens and token.key not in lx.ABBREVIATIONS and token.key not in lx.HONORIFICS


def _extension(tokens: Tokens, i: int) -> int:
    """How many tokens from `i` on still belong to the run that ends there; 0 for none."""
    items, n = tokens.items, len(tokens.items)
    if i >= n:
        return 0
    token, following = items[i], items[i + 1] if i + 1 < n else None
    if token.follows and _nameable(token, items[i - 1]):
        return 1
    if following and token.text == "," and following.key in {"jr", "sr"}:
        return 2
    if following and token.text == "&" and following.is_capitalised:
        return 2
    if token.follows and token.text in NICKNAME_MARKS:
        return _nickname(tokens, i)
    return _particles(tokens, i)


def _particles(tokens: Tokens, i: int) -> int:
    """Length of `von der NAME` from token `i` on, 0 if no particle is there or no name follows."""
    ahead = tokens.items[i : i + 3]
    width = next((k for k, t in enumerate(ahead) if not (t.key in lx.PARTICLES and t.text.islower())), len(ahead))
    named = 0 < width < len(ahead) and ahead[width].is_capitalised and all(t.follows for t in ahead[: width + 1])
    return width + 1 if named else 0


def _nickname(tokens: Tokens, i: int) -> int:
    items, n = tokens.items, len(tokens.items)
    for width in (1, 2):
        closing = i + width + 1
        if closing + 1 >= n or not all(items[k].is_capitalised for k in range(i + 1, closing)):
            return 0
        if items[closing].text in NICKNAME_MARKS:
            named = items[closing + 1].follows and _nameable(items[closing + 1], None)
            return width + 2 if named and items[i - 1].key in GIVEN else 0
    return 0


def without_opener(tokens: Tokens, first: int, last: int, lower: frozenset[str]) -> int:
    """Leave out a first word that is capitalised only because a sentence starts there.

    `lower` are the words that the article writes without a capital, and never with one inside a sentence.
    """
    token = tokens.items[first]
    if token.opens and last - first == 1 and token.key in lx.DOCUMENT_NOUNS:
        return last
    if not token.opens or token.key in lx.PARTICLES or token.key not in lower or token.text.isupper():
        return first
    if last - first == 1 and token.key not in GIVEN:
        return first if token.key in lx.GROUP_NOUNS or token.key in lx.TITLES else last
    known = (
        token.key in GIVEN or token.key in lx.TITLES or token.key in lx.TITLE_MODIFIERS or token.key in lx.NATIONALITIES
    )
    following = tokens.items[first + 1].key
    return first if known or following in lx.BODY_NOUNS else first + 1
