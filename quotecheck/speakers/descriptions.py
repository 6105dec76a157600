"""Whom a description stands for (`the senator`, `the former president`): only where the article has one such bearer."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.person import Person

TELLING = (lx.NATIONALITIES | lx.COUNTRIES) - frozenset({"north", "south", "east", "west", "new"})
PAST = frozenset({"former", "ex", "then", "late"})
SAME = {"gop": "republican", "us": "american"}


def bearers(noun: str, modifiers: Sequence[str], persons: Sequence[Person]) -> tuple[Person, ...]:
    """All persons whom the article calls by this noun, with modifiers that do not speak against it."""
    nouns = lx.TITLE_SYNONYMS.get(noun, frozenset({noun}))
    past = any(m in PAST for m in modifiers)
    telling = {SAME.get(m, m) for m in modifiers if m in TELLING}
    ranks = {m for m in modifiers if m in lx.TITLE_MODIFIERS} - PAST
    gender = lx.GENDERED_NOUNS.get(noun)
    return tuple(
        p
        for p in persons
        if nouns & _held(p, past) and (gender is None or p.gender in {None, gender}) and _suits(p, telling, ranks)
    )


def _held(person: Person, past: bool) -> set[str]:
    return person.former if past else person.nouns


def _suits(person: Person, telling: set[str], ranks: set[str]) -> bool:
    words = {SAME.get(w, w) for w in person.words}
    words |= {{"d": "democratic", "r": "republican"}.get(w, w) for w in words}
    return (not telling or bool(telling & words)) and ranks <= words | {"presidential", "vice-presidential"}
