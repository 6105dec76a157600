"""What the article's own pronouns say about the gender of its persons."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.person import Person
from quotecheck.speakers.tokens import Tokens

REFLEXIVE_WEIGHT = 3
BALTIC_MEN = ("us", "as", "is")
WOMEN = ("ova", "eva", "skaya", "dottir", "aite", "yte", "ute", "iene", "kyzy")
"""Endings of family names that only women bear."""
Votes = dict[Person, dict[str, int]]


def learn_genders(tokens: Tokens, mentions: Sequence[Mention], owner: Mapping[int, Person]) -> None:
    """Set the gender of persons whom pronouns of one gender follow, where nobody else can be meant."""
    votes = _votes(tokens, mentions, owner)
    for person in dict.fromkeys(owner.values()):
        male, female = votes[person]["m"], votes[person]["f"]
        seen = None if male == female else "m" if male > female else "f"
        if person.gender is None:
            person.gender = seen or _by_ending(person.keys)


def _votes(tokens: Tokens, mentions: Sequence[Mention], owner: Mapping[int, Person]) -> Votes:
    votes: Votes = defaultdict(lambda: defaultdict(int))
    starts = [m.first for m in mentions]
    for i, token in enumerate(tokens.items):
        gender = "m" if token.key in lx.MALE_PRONOUNS else "f" if token.key in lx.FEMALE_PRONOUNS else None
        at = bisect_right(starts, i) - 1
        if gender is None or at < 0 or token.quoted:
            continue
        if token.key in {"himself", "herself"} and mentions[at].last == i and at in owner:
            votes[owner[at]][gender] += REFLEXIVE_WEIGHT
            continue
        person = _only_one(tokens, mentions, owner, at, i)
        if person is not None:
            votes[person][gender] += 1
    return votes


def _only_one(
    tokens: Tokens, mentions: Sequence[Mention], owner: Mapping[int, Person], at: int, token: int
) -> Person | None:
    """The one person named before the token in its sentence; at a sentence's start, in the sentence before it."""
    here = tokens.items[token].sentence
    sentence = here
    if tokens.items[mentions[at].first].sentence != here and _opens_or_nearly(tokens, token):
        sentence = here - 1
    persons: set[Person] = set()
    while at >= 0 and tokens.items[mentions[at].first].sentence >= sentence:
        mention = mentions[at]
        if at in owner and not tokens.items[mention.first].quoted:
            persons.add(owner[at])
        elif mention.kind == "unknown" and len(mention.keys) < 3 and not _in_place(tokens, mention):
            return None
        at -= 1
    return persons.pop() if len(persons) == 1 else None


def _opens_or_nearly(tokens: Tokens, token: int) -> bool:
    return any(t.opens for t in tokens.items[max(0, token - 1) : token + 1])


def _in_place(tokens: Tokens, mention: Mention) -> bool:
    return mention.first > 0 and tokens.items[mention.first - 1].key in {"in", "at", "near", "from", "of", "the"}


def _by_ending(keys: tuple[str, ...]) -> str | None:
    """The gender that the form of a name goes with in languages that mark it."""
    if len(keys) < 2:
        return None
    if keys[-1].endswith(WOMEN):
        return "f"
    return "m" if keys[0].endswith(BALTIC_MEN) and keys[-1].endswith(BALTIC_MEN) else None
