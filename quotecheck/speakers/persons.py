"""A person's name as a mention: its titles, and the gender they or the given name go with."""

from __future__ import annotations

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention, given_gender
from quotecheck.speakers.tokens import Tokens


def belongs_to_title(key: str) -> bool:
    """Whether the word is a title, a form of address, or part of a title."""
    return key in lx.TITLES or key in lx.TITLE_MODIFIERS or key in lx.HONORIFICS


def person(tokens: Tokens, first: int, last: int, titled: int) -> Mention:
    """The person named by tokens [first, last), whose titles begin at token `titled` or later."""
    items = tokens.items
    keys = tuple(t.key for t in items[first:last] if t.is_word)
    while titled < first and not belongs_to_title(items[titled].key):
        titled += 1
    titles = tuple(lx.ABBREVIATIONS.get(t.key, t.key) for t in items[titled:first])
    return Mention(first, last, titled, tokens.slice(first, last), keys, "person", titles, _gender(keys, titles))


def _gender(keys: tuple[str, ...], titles: tuple[str, ...]) -> str | None:
    for title in titles:
        known = lx.HONORIFICS.get(title) or lx.GENDERED_NOUNS.get(title)
        if known:
            return known
    return given_gender(keys) if len(keys) > 1 else None
