"""Proper names of an article: capitalised sequences, cut into title, affiliation and name, and sorted by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import EITHER, FEMALE, GIVEN, MALE
from quotecheck.speakers.tokens import Token, Tokens

MentionKind = Literal["person", "organisation", "place", "unknown"]
STRONG_PARTICLES = frozenset("von van der den di du bin al de della dos zu".split())
NICKNAME_MARKS = frozenset("\"“”'‘’")
LINKS = frozenset("of for on to".split())
ROLE_OBJECTS = frozenset("state defense defence treasury justice education homeland security affairs energy labor".split())
FIELDS = frozenset("services studies development commerce crafts sport culture science technology welfare".split())
PREFIXES = frozenset("united national federal european world".split())
PLURAL_ENDINGS = ("ers", "ists", "ians", "cans", "crats", "ives", "als")


@dataclass(frozen=True, slots=True)
class Mention:
    """One proper name: tokens [first, last) are the name, `titled` is where its titles begin."""

    first: int
    last: int
    titled: int
    name: str
    keys: tuple[str, ...]
    kind: MentionKind
    titles: tuple[str, ...] = ()
    gender: str | None = None


def find_mentions(tokens: Tokens, headlines: frozenset[int]) -> list[Mention]:
    """All proper names of the article, in order, none overlapping; `headlines` as `headline_sentences` gives them."""
    lower = frozenset(t.key for t in tokens.items if t.text[0].islower())
    found: list[Mention] = []
    for first, last in _runs(tokens):
        if tokens.items[first].sentence in headlines:
            continue
        first = _without_opener(tokens, first, last, lower)
        if first < last:
            found.extend(_mentions_of_run(tokens, first, last))
    found = [m for m in _joined_bodies(tokens, found) if m.kind != "unknown" or not _only_title(m)]
    return sorted([*found, *_headline_mentions(tokens, headlines, found)], key=lambda m: m.first)


def headline_sentences(tokens: Tokens) -> frozenset[int]:
    """Numbers of the lines (the first, and those without full stop) in which nearly every longer word is capitalised: capitals say nothing there."""
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


def _headline_mentions(tokens: Tokens, headlines: frozenset[int], found: list[Mention]) -> Iterator[Mention]:
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
        for width in range(5, 0, -1):
            keys = tuple(t.key for t in tokens.items[i : i + width])
            if i >= end and keys in known:
                yield Mention(i, i + width, i, tokens.slice(i, i + width), keys, known[keys])
                end = i + width
            elif i >= end and width == 2 and keys[0] in GIVEN and keys[1] in body and tokens.items[i + 1].is_capitalised:
                yield _person(tokens, i, i + 2, i)
                end = i + 2


def _only_title(mention: Mention) -> bool:
    return all(_belongs_to_title(k) or k in lx.NATIONALITIES for k in mention.keys)


def _nameable(token: Token, previous: Token | None) -> bool:
    if not token.is_capitalised:
        return False
    if token.key in lx.FUNCTION_WORDS:
        if token.text.isupper() and len(token.key) > 1:
            return token.key in {"us", "un"}
        named_before = previous is not None and token.follows and (previous.key in GIVEN or previous.key in lx.HONORIFICS)
        return token.key in {"may", "will"} and (named_before or (token.key == "will" and not token.opens))
    return not (token.key in lx.MONTHS_AND_DAYS and (previous is None or previous.key not in GIVEN))


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
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
    token = items[i]
    if token.follows and _nameable(token, items[i - 1]):
        return 1
    if token.text == "," and i + 1 < n and items[i + 1].key in {"jr", "sr"}:
        return 2
    if token.follows and token.key in lx.PARTICLES and token.text.islower():
        width = 2 if i + 1 < n and items[i + 1].key in lx.PARTICLES and items[i + 1].text.islower() else 1
        ends = i + width
        return width + 1 if ends < n and items[ends].follows and items[ends].is_capitalised else 0
    if token.text in NICKNAME_MARKS and token.follows:
        return _nickname(tokens, i)
    if token.text == "&" and i + 1 < n and items[i + 1].is_capitalised:
        return 2
    return 0


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


def _without_opener(tokens: Tokens, first: int, last: int, lower: frozenset[str]) -> int:
    """Leave out a first word that is capitalised only because a sentence starts there."""
    token = tokens.items[first]
    if not token.opens or token.key not in lower or token.text.isupper():
        return first
    if last - first == 1 and token.key not in GIVEN:
        return first if token.key in lx.GROUP_NOUNS or token.key in lx.TITLES else last
    known = token.key in GIVEN or token.key in lx.TITLES or token.key in lx.TITLE_MODIFIERS or token.key in lx.NATIONALITIES
    following = tokens.items[first + 1].key
    return first if known or following in lx.BODY_NOUNS else first + 1


def _mentions_of_run(tokens: Tokens, first: int, last: int) -> Iterator[Mention]:
    keys = [t.key for t in tokens.items[first:last]]
    titled = _title_end(keys)
    if titled and _looks_personal(keys[titled:]):
        yield from _titled_person(tokens, first, first + titled, last)
        return
    given = _given_start(tokens, first, last)
    if given is not None:
        if given > first:
            yield _mention(tokens, first, given, _kind(tokens, first, given))
        yield _person(tokens, given, _name_end(tokens, given, last), first)
        return
    yield _mention(tokens, first, last, _kind(tokens, first, last))


def _title_end(keys: list[str]) -> int:
    """Index just behind the last title that a name follows; 0 if there is none."""
    for i in range(len(keys) - 2, -1, -1):
        if keys[i] in lx.HONORIFICS:
            return i + 1
        if keys[i] not in lx.TITLES:
            continue
        before = keys[i - 1] if i else None
        if keys[i] in lx.NAME_LIKE_TITLES and before is not None and not _may_precede_title(before):
            continue
        return i + 1
    return 0


def _may_precede_title(key: str) -> bool:
    return key in lx.TITLES or key in lx.TITLE_MODIFIERS or key in lx.NATIONALITIES or key in lx.BODY_NOUNS


def _looks_personal(keys: list[str]) -> bool:
    return 0 < len(keys) <= 6 and not any(k in lx.BODY_NOUNS and k not in GIVEN for k in keys[-1:])


def _given_start(tokens: Tokens, first: int, last: int) -> int | None:
    """Where a known given name starts a person's name inside the run, None if nothing says so."""
    keys = [t.key for t in tokens.items[first:last]]
    if keys[-1] in lx.BODY_NOUNS or (keys[-1] in lx.PLACES and keys[-1] not in GIVEN):
        return None
    for i, key in enumerate(keys):
        rest = len(keys) - i
        if key in GIVEN and rest >= 2 and not (rest == 2 and keys[-1] in lx.COUNTRIES):
            return first + i if all(_is_prefix(tokens.items[first + j]) for j in range(i)) else None
    if len(keys) == 1 and keys[0] in GIVEN and keys[0] not in lx.COUNTRIES:
        return first
    initial = len(keys) >= 3 and len(keys[1]) <= 2 and tokens.items[first + 1].text.endswith(".")
    return first if initial or keys[-1] in {"jr", "sr"} else None


def _name_end(tokens: Tokens, first: int, last: int) -> int:
    """Cut a name that is too long for a person to its first two parts (`Ada Lind Memorial Day`)."""
    parts = tokens.items[first:last]
    plain = all(t.is_word and len(t.key) > 2 and t.key not in lx.PARTICLES for t in parts)
    return first + 2 if plain and len(parts) > 3 else last


def _is_prefix(token: Token) -> bool:
    key = token.key
    return (
        key in lx.BODY_NOUNS or key in lx.NATIONALITIES or key in lx.COUNTRIES or key in lx.PLACES
        or key in lx.TITLE_MODIFIERS or key in ROLE_OBJECTS or key in PREFIXES or key in lx.PERSON_NOUNS
        or (token.text.isupper() and len(key) > 1)
    )  # fmt: skip


def _kind(tokens: Tokens, first: int, last: int) -> MentionKind:
    keys = [t.key for t in tokens.items[first:last]]
    whole = " ".join(keys)
    if len(keys) == 1 and keys[0] in lx.METONYMS | lx.COUNTRIES or whole in lx.PLACE_METONYMS:
        return "place"
    if any(k in lx.BODY_NOUNS for k in keys[-1:]) or any(k in lx.BODY_NOUNS for k in keys[1:]):
        return "organisation"
    if keys[-1] in lx.PLACES or keys[-1] in lx.COUNTRIES:
        return "place"
    token = tokens.items[first]
    if len(keys) == 1 and token.text.isupper() and 2 <= len(keys[0]) <= 6 and token.text[0].isalpha():
        return "organisation"
    return "organisation" if keys[0] in lx.BODY_NOUNS and len(keys) > 1 else "unknown"


def _mention(tokens: Tokens, first: int, last: int, kind: MentionKind) -> Mention:
    while last - first > 1 and tokens.items[first].key in lx.TEMPORAL:
        first += 1
    keys = tuple(t.key for t in tokens.items[first:last] if t.is_word)
    return Mention(first, last, first, tokens.slice(first, last), keys, kind)


def _titled_person(tokens: Tokens, first: int, name: int, last: int) -> Iterator[Mention]:
    titles = first_title = name - 1
    while first_title > first and _belongs_to_title(tokens.items[first_title - 1].key):
        first_title -= 1
    while first_title < titles and tokens.items[first_title].key in lx.NATIONALITIES:
        first_title += 1
    if first_title > first:
        yield _mention(tokens, first, first_title, _kind(tokens, first, first_title))
    yield _person(tokens, name, last, first_title)


def _belongs_to_title(key: str) -> bool:
    return key in lx.TITLES or key in lx.TITLE_MODIFIERS or key in lx.HONORIFICS


def _person(tokens: Tokens, first: int, last: int, titled: int) -> Mention:
    items = tokens.items
    keys = tuple(t.key for t in items[first:last] if t.is_word)
    while titled < first and not _belongs_to_title(items[titled].key):
        titled += 1
    titles = tuple(lx.ABBREVIATIONS.get(t.key, t.key) for t in items[titled:first])
    return Mention(first, last, titled, tokens.slice(first, last), keys, "person", titles, _gender(keys, titles))


def _gender(keys: tuple[str, ...], titles: tuple[str, ...]) -> str | None:
    for title in titles:
        known = lx.HONORIFICS.get(title) or lx.GENDERED_NOUNS.get(title)
        if known:
            return known
    return given_gender(keys) if len(keys) > 1 else None


def given_gender(keys: tuple[str, ...]) -> str | None:
    """The gender that the given name goes with: `m`, `f` or None."""
    for key in keys[:2]:
        if key in EITHER:
            return None
        if key in MALE:
            return "m"
        if key in FEMALE:
            return "f"
    return None


def _joined_bodies(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """Join `Department` `of` `Justice`, `Securities` `and` `Exchange Commission`."""
    joined: list[Mention] = []
    for mention in mentions:
        previous = joined[-1] if joined else None
        if previous is not None and _links(tokens, previous, mention):
            joined[-1] = _mention(tokens, previous.first, mention.last, "organisation")
        else:
            joined.append(mention)
    return joined


def _links(tokens: Tokens, left: Mention, right: Mention) -> bool:
    between = tokens.items[left.last : right.first]
    if right.kind == "person" or not 1 <= len(between) <= 2 or not all(t.follows or t.key == "s" for t in between):
        return False
    if not tokens.items[right.first].follows or right.titled != right.first:
        return False
    keys = tuple(t.key for t in between)
    if left.keys[0] == "st" and keys == ("s",):
        return True
    heads = any(k in lx.BODY_NOUNS for k in left.keys)
    if keys[0] in LINKS and (len(keys) == 1 or keys[1] == "the"):
        return left.kind != "person" and heads and left.keys[-1] not in {"times", "post", "news", "kremlin"}
    if keys == ("and",):
        half = left.kind == "unknown" and len(left.keys) == 1 and right.keys[-1] in lx.BODY_NOUNS
        return (half and len(right.keys) > 1) or (bool(LINKS & set(left.keys)) and right.keys[-1] in FIELDS)
    return False


def is_group_name(keys: tuple[str, ...]) -> bool:
    """Whether a capitalised word is a plural of people (`Republicans`, `Ukrainians`)."""
    last = keys[-1]
    if last in lx.GROUP_NOUNS:
        return len(keys) == 1 or last not in lx.BODY_NOUNS
    return len(keys) == 1 and last not in lx.BODY_NOUNS and last.endswith(PLURAL_ENDINGS)
