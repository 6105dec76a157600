"""Whom a description stands for (`the senator`, `the former president`): only where the article has one such bearer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.person import Person

COMPASS = frozenset({"north", "south", "east", "west", "new"})
NO_DEMONYMS = COMPASS | frozenset("us uk eu un nato gop soviet labour u.s".split())
TELLING = (lx.NATIONALITIES | lx.COUNTRIES) - COMPASS
PAST = frozenset({"former", "ex", "then", "late"})
SAME = {"gop": "republican", "us": "american"}


OFFICES = lx.TITLES - lx.HONORIFICS.keys() | frozenset(
    """candidate nominee hopeful contender challenger incumbent frontrunner mogul tycoon billionaire businessman
    businesswoman developer lawmaker politician""".split()
)
"""What an article calls its protagonist without a word of introduction (`the Republican nominee`)."""
RELATIVES = frozenset(
    """wife husband ex-wife ex-husband mother father sister brother daughter son widow widower""".split()
)


def is_demonym(key: str) -> bool:
    """Whether a capitalised word calls somebody by origin (`the Norwegian`, `the Frenchman`)."""
    return key in lx.NATIONALITIES - NO_DEMONYMS or (_origin(key) != key and _origin(key) in lx.NATIONALITIES)


def _origin(key: str) -> str:
    """The adjective in `Frenchman`, `Irishwoman`; other words stay."""
    return re.sub(r"(wo)?m[ae]n$", "", key)


def gender_of_noun(noun: str) -> str | None:
    """The gender that a noun for a person settles, None if it goes with either."""
    if is_demonym(noun) and noun.endswith("man"):
        return "f" if noun.endswith("woman") else "m"
    return lx.GENDERED_NOUNS.get(noun)


def bearers(noun: str, modifiers: Sequence[str], persons: Sequence[Person]) -> tuple[Person, ...]:
    """All persons whom the article calls by this noun, with modifiers that do not speak against it."""
    if is_demonym(noun) and noun not in lx.TITLES:
        origin, gender = {SAME.get(_origin(noun), _origin(noun))}, gender_of_noun(noun)
        return tuple(p for p in persons if p.gender in {None, gender or p.gender} and _suits(p, origin, set()))
    nouns = lx.TITLE_SYNONYMS.get(noun, frozenset({noun}))
    past = any(m in PAST for m in modifiers)
    telling = {SAME.get(m, m) for m in modifiers if m in TELLING}
    ranks = {m for m in modifiers if m in lx.TITLE_MODIFIERS} - PAST
    gender = gender_of_noun(noun)
    return tuple(
        p
        for p in persons
        if nouns & _held(p, past) and (gender is None or p.gender in {None, gender}) and _suits(p, telling, ranks)
    )


def called(noun: str, persons: Sequence[Person], modifiers: Sequence[str] = ()) -> tuple[Person, ...]:
    """All persons whom the article calls by this noun, now or formerly, of the party or country in the modifiers."""
    nouns = lx.TITLE_SYNONYMS.get(noun, frozenset({noun}))
    telling = {SAME.get(m, m) for m in modifiers if m in lx.NATIONALITIES - COMPASS}
    return tuple(p for p in persons if nouns & (p.nouns | p.former) and (not telling or _suits(p, telling, set())))


def _held(person: Person, past: bool) -> set[str]:
    return person.former if past else person.nouns


def _suits(person: Person, telling: set[str], ranks: set[str]) -> bool:
    words = {SAME.get(w, w) for w in person.words}
    words |= {{"d": "democratic", "r": "republican"}.get(w, w) for w in words}
    return (not telling or bool(telling & words)) and ranks <= words | {"presidential", "vice-presidential"}
