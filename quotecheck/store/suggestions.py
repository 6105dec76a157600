"""Which speakers may be one: pairs of names that are alike, with what speaks for and against it; people decide."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from quotecheck.speakers.likeness import REASONS, keys, likeness
from quotecheck.store.people_state import load_people_events, replay_people

_CROWDED = 200
"""Speakers that share a key before the key says nothing (half a parliament begins alike)."""
# Current claims by person, with what is said of the person there. Only persons and bodies can be the same as another.
_WITNESSES = """
SELECT p.person, p.name, p.kind, p.wikidata, v.article, v.outlet, s.role, s.affiliation
FROM claim_people p JOIN claims_current v ON v.id = p.claim
LEFT JOIN claim_speakers s ON s.claim = p.claim AND s.seq = p.seq
WHERE v.is_statement = 1 AND p.kind IN ('person', 'organisation', 'place_metonym', 'unknown')
"""
_DECLARED = """
SELECT DISTINCT st.person, st.name, st.kind, st.wikidata, st.role FROM speaker_state st
WHERE st.uid = st.person AND st.kind IN ('person', 'organisation', 'place_metonym', 'unknown')
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of two speakers who may be the same. `claims` and `articles` count what is current."""

    uid: str
    name: str
    kind: str
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two speakers who may be the same person or body; `one` is the one with more claims.

    `reason` is the code of what makes the names alike, `why` says it in words. `evidence` are further facts for it,
    `against` facts that speak against it, each a short English sentence. `later` says that somebody put it off.
    """

    one: Candidate
    other: Candidate
    reason: str
    why: str
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    shared_articles: int
    later: bool


@dataclass
class _Known:
    """What the claims of one person tell about it."""

    uid: str
    name: str
    kind: str
    wikidata: str | None
    claims: int
    articles: set[int]
    outlets: set[str]
    roles: set[str]

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    def candidate(self) -> Candidate:
        return Candidate(self.uid, self.name, self.kind, self.claims, len(self.articles))


def suggestions(connection: sqlite3.Connection, limit: int | None = None) -> list[Suggestion]:
    """Pairs of speakers who may be the same, the likeliest first, those put off last.

    What is merged already or was declared different does not come up again. A family name alone is proposed only for
    somebody of the same role.
    """
    people = replay_people(load_people_events(connection))
    apart, put_off = set(people.apart()), {frozenset(map(people.root, pair)) for pair in people.later}
    known = _known(connection)
    found = []
    for one, other in _pairs(known):
        pair = frozenset((one.uid, other.uid))
        suggestion = None if pair in apart else _suggestion(one, other, pair in put_off)
        if suggestion:
            found.append(suggestion)
    return sorted(found, key=_order)[:limit]


def _order(suggestion: Suggestion) -> tuple[bool, int, int, int, str, str]:
    codes = ["same_item", *REASONS]
    return (
        suggestion.later,
        codes.index(suggestion.reason) - 3 * len(suggestion.evidence) + 6 * len(suggestion.against),
        -min(suggestion.one.claims, suggestion.other.claims),
        -suggestion.one.claims,
        suggestion.one.name,
        suggestion.other.name,
    )


def _known(connection: sqlite3.Connection) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for uid, name, kind, wikidata, role in connection.execute(_DECLARED):
        known[uid] = _Known(uid, name, kind, wikidata, 0, set(), set(), {role} - {None})
    for uid, name, kind, wikidata, article, outlet, role, affiliation in connection.execute(_WITNESSES):
        person = known.setdefault(uid, _Known(uid, name, kind, wikidata, 0, set(), set(), set()))
        person.claims += 1
        person.articles.add(article)
        person.outlets.update({outlet} - {None})
        person.roles.update({" ".join(filter(None, (affiliation, role)))} - {""})
    return known


def _pairs(known: dict[str, _Known]) -> Iterator[tuple[_Known, _Known]]:
    """Pairs that share a key, each once, the one with more claims first."""
    by_key: dict[str, list[_Known]] = defaultdict(list)
    for person in known.values():
        for key in set(keys(person.name, persons=person.is_person)) - {""}:
            by_key[key].append(person)
        if person.wikidata:
            by_key[person.wikidata].append(person)
    seen: set[tuple[str, str]] = set()
    for sharing in by_key.values():
        if len(sharing) > _CROWDED:
            continue
        for pair in combinations(sorted(sharing, key=lambda p: (-p.claims, p.name, p.uid)), 2):
            names = (pair[0].uid, pair[1].uid)
            if names not in seen:
                seen.add(names)
                yield pair


def _suggestion(one: _Known, other: _Known, later: bool) -> Suggestion | None:
    reason, why = _reason(one, other)
    if reason is None:
        return None
    shared = len(one.articles & other.articles)
    evidence, against = tuple(_evidence(one, other)), tuple(_against(one, other, shared))
    if reason == "surname_only" and not _same_roles(one, other):
        return None
    return Suggestion(one.candidate(), other.candidate(), reason, why, evidence, against, shared, later)


def _reason(one: _Known, other: _Known) -> tuple[str | None, str]:
    if one.wikidata and one.wikidata == other.wikidata:
        return "same_item", f"both are {one.wikidata} in Wikidata"
    if one.is_person != other.is_person and "unknown" not in (one.kind, other.kind):
        return None, ""
    if one.name == other.name:
        return "same_name", REASONS["same_name"]
    reason = likeness(one.name, other.name, persons=one.is_person or other.is_person)
    if reason == "longer_name" and "place_metonym" in (one.kind, other.kind):
        return None, ""  # a country and one of its bodies
    return reason, REASONS[reason] if reason else ""


def _evidence(one: _Known, other: _Known) -> Iterator[str]:
    if same := _same_roles(one, other):
        yield f"same role: {_some(same)}"
    if outlets := sorted(one.outlets & other.outlets):
        yield f"both in {_some(outlets)}"


def _same_roles(one: _Known, other: _Known) -> list[str]:
    theirs = {role.casefold() for role in other.roles}
    return sorted(role for role in one.roles if role.casefold() in theirs)


def _against(one: _Known, other: _Known, shared: int) -> Iterator[str]:
    if one.wikidata and other.wikidata and one.wikidata != other.wikidata:
        yield f"two Wikidata items: {one.wikidata} and {other.wikidata}"
    if shared:
        yield f"{shared} article{'s' * (shared > 1)} name{'s' * (shared == 1)} both"


def _some(words: Sequence[str], most: int = 3) -> str:
    more = len(words) - most
    return ", ".join(words[:most]) + (f" and {more} more" if more > 0 else "")
