"""What the words around a person's name say: role, affiliation, and the nouns by which the text may call the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.mentions import LINKS, ROLE_OBJECTS
from quotecheck.speakers.tokens import SENTENCE_END, Token, Tokens

LONGEST_APPOSITION = 30
DASHES = frozenset("—–-")
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "your"})
AFFILIATING = frozenset("of at for with from in".split())


class Words(NamedTuple):
    """Words of the article: as text with single blanks, and where they stand (tokens [first, last))."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The article's words for a role, each None or empty where it gives none."""

    role: Words | None = None
    affiliation: Words | None = None
    nouns: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    former: bool = False


NONE = RoleWords()


def role_words(tokens: Tokens, mention: Mention) -> RoleWords:
    """Role and affiliation before the name, in brackets behind it, or in apposition to it."""
    before = _before(tokens, mention)
    after, bracket = _after(tokens, mention)
    apposed = _apposed_before(tokens, mention)
    titled = frozenset(t for t in mention.titles if t not in lx.HONORIFICS)
    role = before.role or after.role
    affiliation = before.affiliation or bracket or after.affiliation
    return RoleWords(
        role,
        affiliation,
        before.nouns | after.nouns | apposed.nouns | _nouns(mention.titles),
        before.words
        | after.words
        | apposed.words
        | frozenset((bracket.text if bracket else "").lower().split("-"))
        | titled,
        before.former or ("former" in after.words and not before.role),
    )


def _nouns(keys: Sequence[str]) -> frozenset[str]:
    """The nouns among the words; a vice president is no president."""
    found = {k for k in keys if k in lx.PERSON_NOUNS}
    if "vice" in keys and "president" in found:
        found = found - {"president"} | {"vice-president"}
    return frozenset(found)


def _before(tokens: Tokens, mention: Mention) -> RoleWords:
    items = tokens.items
    linked = _linked_title(tokens, mention)
    start = mention.titled if linked is None else linked
    while start > 0 and items[start].follows and _is_role_word(tokens, start - 1):
        start -= 1
    if start == mention.first:
        owner = start > 1 and items[start - 1].key == "s" and items[start - 2].text.isupper() and items[start].follows
        return RoleWords(affiliation=_words(tokens, start - 2, start - 1)) if owner else NONE
    role = _words(tokens, start, mention.first)
    keys = [lx.ABBREVIATIONS.get(t.key, t.key) for t in items[start : mention.first]]
    if not any(k in lx.PERSON_NOUNS or k in lx.HONORIFICS for k in keys):
        return NONE
    affiliation, begins = _affiliation_before(tokens, start)
    former = any(t.key in {"former", "ex", "then", "late"} for t in items[max(begins - 1, 0) : mention.first])
    words = frozenset(t.key for t in items[begins : mention.first])
    only_honorific = all(k in lx.HONORIFICS for k in keys)
    nouns = _nouns(keys)
    return RoleWords(None if only_honorific else role, affiliation, nouns, words, former)


def _apposed_before(tokens: Tokens, mention: Mention) -> RoleWords:
    """The nouns of a phrase that a comma joins to the name (`her brother, NAME,`, `the mayor of Marn, NAME,`)."""
    items, comma = tokens.items, mention.titled - 1
    closed = mention.last >= len(items) or not items[mention.last].is_word
    if comma < 1 or items[comma].text != "," or not closed:
        return NONE
    first = comma
    while first > 0 and comma - first < 9 and not items[first].opens and _is_phrase_word(items[first - 1]):
        first -= 1
    keys = [lx.ABBREVIATIONS.get(t.key, t.key) for t in items[first : comma + 1]]
    leads = [i for i, k in enumerate(keys) if k in lx.DETERMINERS or k == "s"] or [-1] * items[first].opens
    for i in range(leads[0] + 1, len(keys) - 1) if leads else ():
        if keys[i] in lx.PERSON_NOUNS and (keys[i + 1] == "," or keys[i + 1] in lx.PREPOSITIONS):
            return RoleWords(nouns=_nouns(keys[: i + 1]), words=frozenset(keys))
    return NONE


def _is_phrase_word(token: Token) -> bool:
    return (
        (token.is_word or token.key == "s") and token.key not in lx.SAYING and token.key not in lx.PRONOUNS - POSSESSIVE
    )


def _linked_title(tokens: Tokens, mention: Mention) -> int | None:
    """Where the title begins in `Secretary of State NAME`, `Ambassador to the United Nations NAME`."""
    items, i = tokens.items, mention.titled
    while i > 0 and items[i].follows and items[i - 1].is_capitalised and mention.titled - i < 6:
        i -= 1
    if i == mention.titled and not (i and items[i - 1].key in ROLE_OBJECTS):
        return None
    j = i - 1
    if j > 0 and items[j].key == "the":
        j -= 1
    if j <= 0 or items[j].key not in LINKS | {"at"} or items[j - 1].key not in lx.TITLES:
        return None
    return j - 1


def _is_role_word(tokens: Tokens, i: int) -> bool:
    token = tokens.items[i]
    if not token.is_word:
        return False
    key = lx.ABBREVIATIONS.get(token.key, token.key)
    if key in lx.FUNCTION_WORDS or (key == "house" and i and tokens.items[i - 1].key == "white"):
        return False
    if token.text[0].islower():
        return key in lx.PERSON_NOUNS or _is_modifier(tokens, i)
    return key in lx.TITLES or key in lx.TITLE_MODIFIERS


def _is_modifier(tokens: Tokens, i: int) -> bool:
    key = tokens.items[i].key
    if key == "campaign" and i and tokens.items[i - 1].is_capitalised:
        return False
    return key in lx.TITLE_MODIFIERS or "-" in key or key in {"top", "campaign"}


def _affiliation_before(tokens: Tokens, start: int) -> tuple[Words | None, int]:
    items = tokens.items
    last = start - 1 if start and items[start - 1].key == "s" and items[start].follows else start
    if last == start and not items[start].follows:
        return None, start
    first = last - 1 if last == start and items[last - 1].key in {"campaign", "government"} else last
    while first > 0 and _may_affiliate(tokens, first - 1) and (first == last or items[first].follows):
        first -= 1
    if first == last or not items[first].is_capitalised:
        return None, start
    return _words(tokens, first, last), first


def _may_affiliate(tokens: Tokens, i: int) -> bool:
    token = tokens.items[i]
    if not token.is_capitalised or token.key in lx.TEMPORAL:
        return False
    if token.key in lx.FUNCTION_WORDS:
        return token.text.isupper() and len(token.key) > 1
    return not (token.opens and token.key not in lx.NATIONALITIES and i + 1 < len(tokens) and token.key.endswith("ly"))


def _after(tokens: Tokens, mention: Mention) -> tuple[RoleWords, Words | None]:
    items, n = tokens.items, len(tokens.items)
    i, bracket = mention.last, None
    if i < n and items[i].text == "(":
        closing = next((k for k in range(i + 1, min(i + 12, n)) if items[k].text == ")"), None)
        if closing is not None:
            bracket = _words(tokens, i + 1, closing) if closing > i + 1 else None
            i = closing + 1
    if i + 1 < n and items[i].key in {"of", "from"} and items[i + 1].is_capitalised:
        return RoleWords(affiliation=_capitalised_from(tokens, i + 1)), bracket
    if i >= n or not (items[i].text == "," or items[i].text in DASHES):
        return NONE, bracket
    i += 1
    age: frozenset[str] = frozenset()
    if i + 1 < n and items[i].text[0].isdigit() and items[i + 1].text == ",":
        age = frozenset({items[i].text})
        i += 2
    if i + 1 < n and items[i].key in {"of", "from"} and items[i + 1].is_capitalised:
        return RoleWords(affiliation=_capitalised_from(tokens, i + 1), words=age), bracket
    apposed = _apposition(tokens, i)
    return replace(apposed, words=apposed.words | age), bracket


def _apposition(tokens: Tokens, start: int) -> RoleWords:
    items, n = tokens.items, len(tokens.items)
    if start < n and items[start].key in lx.DETERMINERS:
        start += 1
    head = None
    i = start
    while i < min(start + 9, n):
        token = items[i]
        key = lx.ABBREVIATIONS.get(token.key, token.key)
        if key in lx.PERSON_NOUNS:
            head = i
        elif (
            not (token.is_word or token.key == "s")
            or key in lx.PREPOSITIONS
            or key in lx.PRONOUNS
            or head is not None
            or key in lx.FUNCTION_WORDS
            or key in lx.SAYING
        ):
            break
        i += 1
    if head is None or (head + 1 < n and not _may_follow_head(items[head], items[head + 1])):
        return NONE
    end = _apposition_end(tokens, head + 1)
    role_end, affiliation = _split_affiliation(tokens, head + 1, end)
    nouns = _nouns([lx.ABBREVIATIONS.get(t.key, t.key) for t in items[start : head + 1]])
    words = frozenset(t.key for t in items[start:end])
    return RoleWords(_words(tokens, start, role_end), affiliation, nouns, words)


def _may_follow_head(head: Token, following: Token) -> bool:
    """Whether the words up to `head` can be an apposition: a verb or a name behind it says otherwise."""
    if following.is_capitalised and following.follows:
        return not head.is_capitalised and following.opens
    key = following.key
    known = key in lx.PREPOSITIONS or key in lx.RELATIVES or key in {"and", "or", "as", "now", "whose", "but"}
    return known or not following.is_word or key.endswith(("ing", "ed")) or key in lx.SAYING


def _apposition_end(tokens: Tokens, i: int) -> int:
    items, stop = tokens.items, min(i + LONGEST_APPOSITION, len(tokens.items))
    while i < stop and items[i].text not in SENTENCE_END and items[i].text not in {",", ";", ":", "(", ")", "—", "–"}:
        if items[i].opens or items[i].key in lx.SAYING:
            break
        i += 1
    return i


def _split_affiliation(tokens: Tokens, first: int, end: int) -> tuple[int, Words | None]:
    """Cut `chief executive | of the | National Urban League`; the role ends before the preposition."""
    items = tokens.items
    if first + 1 >= end or items[first].key not in AFFILIATING:
        return end, None
    name = first + 2 if items[first + 1].key == "the" else first + 1
    if name >= end or not items[name].is_capitalised:
        return end, None
    return first, _capitalised_from(tokens, name)


def _capitalised_from(tokens: Tokens, first: int) -> Words:
    items, n, last = tokens.items, len(tokens.items), first + 1
    while last < n:
        token = items[last]
        if token.follows and token.is_capitalised and not token.opens:
            last += 1
        elif token.key == "s" and last + 1 < n and items[last + 1].is_capitalised:
            last += 2
        elif token.follows and token.key in {"of", "for", "and", "the", "on", "&"}:
            ahead = last + 1
            if ahead < n and items[ahead].key == "the":
                ahead += 1
            if ahead >= n or not items[ahead].is_capitalised or token.key == "the":
                break
            last = ahead + 1
        else:
            break
    return _words(tokens, first, last)


def _words(tokens: Tokens, first: int, last: int) -> Words:
    return Words(tokens.slice(first, last), first, last)
