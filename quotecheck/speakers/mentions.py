"""Proper names of an article: capitalised sequences, cut into title, affiliation and name, and sorted by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import GIVEN
from quotecheck.speakers.headlines import headline_mentions
from quotecheck.speakers.mention import Mention, MentionKind
from quotecheck.speakers.persons import belongs_to_title, person
from quotecheck.speakers.runs import capitalised_runs, without_opener
from quotecheck.speakers.tokens import Token, Tokens

LINKS = frozenset("of for on to".split())
ROLE_OBJECTS = frozenset(
    "state defense defence treasury justice education homeland security affairs energy labor".split()
)
FIELDS = frozenset("services studies development commerce crafts sport culture science technology welfare".split())
NAMES_TOO = frozenset(
    "baker butcher carpenter clerk guard head mate cook fellow champion star man boy baby child parent elder".split()
)
OCCUPATIONS = lx.PERSON_NOUNS - lx.NAME_LIKE_TITLES - NAMES_TOO
"""Nouns that, capitalised before two or more words of a name, say what somebody does (`Hydrologist Ada Lind`)."""
COMPASS = frozenset("north south east west new".split())
PREFIXES = frozenset("united national federal european world".split())


def find_mentions(tokens: Tokens, headlines: frozenset[int]) -> list[Mention]:
    """All proper names of the article, in order, none overlapping; `headlines` as `headline_sentences` gives them."""
    common = {t.key for t in tokens.items if t.text[0].islower()}
    proper = {t.key for t in tokens.items if not t.opens and t.is_capitalised and t.sentence not in headlines}
    lower = frozenset(common - proper)
    found: list[Mention] = []
    for start, last in capitalised_runs(tokens):
        first = without_opener(tokens, start, last, lower)
        if first < last and tokens.items[first].sentence not in headlines:
            found.extend(_mentions_of_run(tokens, first, last))
    found = [m for m in _joined_bodies(tokens, found) if m.kind != "unknown" or not _only_title(m)]
    found = _without_papers(tokens, found)
    return sorted([*found, *headline_mentions(tokens, headlines, found)], key=lambda m: m.first)


def _without_papers(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """What is only ever called `the Orlando NAME` is no person."""
    free = {m.keys for m in mentions if not (m.first and tokens.items[m.first - 1].key == "the")}
    return [
        replace(m, kind="organisation", gender=None)
        if m.kind == "person" and not m.titles and m.keys not in free and len(m.keys) > 1 and _closes(tokens, m.last)
        else m
        for m in mentions
    ]


def _closes(tokens: Tokens, i: int) -> bool:
    """Whether no common noun follows that the name only modifies."""
    return i >= len(tokens.items) or not tokens.items[i].is_word or tokens.items[i].key in lx.FUNCTION_WORDS | lx.SAYING


def _only_title(mention: Mention) -> bool:
    return all(belongs_to_title(k) or k in lx.NATIONALITIES for k in mention.keys)


def _mentions_of_run(tokens: Tokens, first: int, last: int) -> Iterator[Mention]:
    while last - first > 1 and _is_no_name_part(tokens.items[last - 1]):
        last -= 1
    keys = [t.key for t in tokens.items[first:last]]
    if len(keys) > 1 and all(t.text.isupper() for t in tokens.items[first:last]) and _is_shouted(tokens, first, last):
        return
    if len(keys) > 1 and keys[0] in ROLE_OBJECTS and _follows_title(tokens, first):
        yield person(tokens, first + 1, last, first + 1)
        return
    titled = _title_end(keys)
    if titled and _looks_personal(keys[titled:]):
        yield from _titled_person(tokens, first, first + titled, last)
        return
    given = _given_start(tokens, first, last)
    if given is not None:
        if given > first:
            yield _mention(tokens, first, given, _kind(tokens, first, given))
        yield person(tokens, given, _name_end(tokens, given, last), first)
        return
    yield _mention(tokens, _without_origin(tokens, first, last), last, _kind(tokens, first, last))


def _is_shouted(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a run in capitals is a line in capitals: longer than a name, or with more such words around it."""
    around = [*tokens.items[max(first - 1, 0) : first], *tokens.items[last : last + 1]]
    here = tokens.items[first].sentence
    return last - first > 3 or any(t.sentence == here and t.text.isupper() and len(t.text) > 1 for t in around)


def _without_origin(tokens: Tokens, first: int, last: int) -> int:
    """Where the name starts in `the Swedish NAME`: after the adjective, if the rest is one word of no other kind."""
    definite = first > 0 and tokens.items[first - 1].key == "the"
    if not definite or last - first != 2 or tokens.items[first].key not in lx.NATIONALITIES - COMPASS:
        return first
    return first + 1 if _kind(tokens, first, last) == "unknown" else first


def _is_no_name_part(token: Token) -> bool:
    """Whether the last word of a run is a title or a post-nominal (`Ada Lind KC`)."""
    letters = token.key in lx.POST_NOMINALS and (token.text[-1:].isupper() or "." in token.text or len(token.key) > 2)
    return letters or token.key in lx.TITLES - lx.NAME_LIKE_TITLES


def _follows_title(tokens: Tokens, i: int) -> bool:
    """Whether token `i` ends a title such as `Secretary of State`."""
    return i > 1 and tokens.items[i - 1].key == "of" and tokens.items[i - 2].key in lx.TITLES


def _title_end(keys: list[str]) -> int:
    """Index just behind the last title that a name follows; 0 if there is none."""
    for i in range(len(keys) - 2, -1, -1):
        if keys[i] in lx.HONORIFICS or (i and keys[i] in lx.AFTER_HONORIFICS and _is_address(keys[i - 1])):
            return i + 1
        if keys[i] in OCCUPATIONS and len(keys) - i > 2:
            return i + 1
        if keys[i] not in lx.TITLES:
            continue
        before = keys[i - 1] if i else None
        if keys[i] in lx.NAME_LIKE_TITLES and before is not None and not _may_precede_title(before):
            continue
        return i + 1
    return 0


def _is_address(key: str) -> bool:
    return key in lx.HONORIFICS or key == "tan"


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
        if i and keys[i - 1] in COMPASS:
            continue
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
    if (len(keys) == 1 and keys[0] in lx.METONYMS | lx.COUNTRIES) or whole in lx.PLACE_METONYMS:
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
    while first_title > first and belongs_to_title(tokens.items[first_title - 1].key):
        first_title -= 1
    while first_title < titles and tokens.items[first_title].key in lx.NATIONALITIES:
        first_title += 1
    if first_title > first:
        yield _mention(tokens, first, first_title, _kind(tokens, first, first_title))
    yield person(tokens, name, last, first_title)


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
    if keys[0] in LINKS and (len(keys) == 1 or keys[1] in {"the", "a", "an"}):
        return left.kind != "person" and heads and left.keys[-1] not in {"times", "post", "news", "kremlin"}
    if keys == ("and",):
        half = left.kind == "unknown" and len(left.keys) == 1 and right.keys[-1] in lx.BODY_NOUNS
        return (half and len(right.keys) > 1) or (bool(LINKS & set(left.keys)) and right.keys[-1] in FIELDS)
    return False
