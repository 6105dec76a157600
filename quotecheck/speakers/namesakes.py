"""Which person a form of a name means: by the parts that fit, and where several bear it, by custom of the press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import GIVEN
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.person import Person, same_given, surname
from quotecheck.speakers.roles import RoleWords
from quotecheck.speakers.tokens import Tokens


def index_of(persons: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    """The persons by each part of their names."""
    index: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        for key in dict.fromkeys(person.keys):
            index[key].append(person)
    return {key: tuple(found) for key, found in index.items()}


def _fitting(index: dict[str, tuple[Person, ...]], keys: tuple[str, ...]) -> tuple[Person, ...]:
    """Bearers by the first test that anybody passes: whole name, family name, first part, any run of parts."""
    core = tuple(k for k in keys if k not in lx.SUFFIXES)
    if not core:
        return ()
    possible = [p for p in index.get(core[-1], ()) if all(k in p.keys or len(k) == 1 for k in core)]
    if len(core) > 1:
        same = [p for p in index.get(core[-1], ()) if surname(p.keys) == core[-1] and same_given(p.keys[0], core[0])]
        return tuple(same or possible)
    for test in (
        lambda p: surname(p.keys) == core[0],
        lambda p: p.keys[0] == core[0],
        lambda p: core[0] not in GIVEN and len(core[0]) > 3,
    ):
        found = tuple(p for p in possible if test(p))
        if found:
            return found
    return ()


def bearers_of(mention: Mention, said: RoleWords, index: dict[str, tuple[Person, ...]]) -> tuple[Person, ...]:
    """All whom the mention may name: form of address and title leave out those whom they do not suit."""
    found = _fitting(index, mention.keys)
    if len(found) == 1 and mention.gender and len(mention.keys) == 1 and found[0].gender not in {None, mention.gender}:
        return ()
    if len(found) > 1 and mention.gender:
        found = tuple(p for p in found if p.gender in {None, mention.gender}) or found
    if len(found) > 1 and said.nouns:
        found = tuple(p for p in found if (p.former if said.former else p.nouns) & said.nouns) or found
    if len(found) > 1:
        found = tuple(p for p in found if p.keys == mention.keys) or found
    return found


def shouted(mention: Mention, index: dict[str, tuple[Person, ...]]) -> tuple[Person, ...]:
    """Bearers of a surname in capitals, as transcripts write it."""
    if len(mention.keys) != 1 or len(mention.keys[0]) < 4 or not mention.name.isupper():
        return ()
    return tuple(p for p in index.get(mention.keys[0], ()) if p.surname == mention.keys[0])


def owners_of(tokens: Tokens, mentions: Sequence[Mention], bearers: dict[int, tuple[Person, ...]]) -> dict[int, Person]:
    """The one person of each mention, where it can be told."""
    addressed = {b[0] for i, b in bearers.items() if len(b) == 1 and set(mentions[i].titles) & lx.HONORIFICS.keys()}
    owner: dict[int, Person] = {}
    for i, found in bearers.items():
        here = tokens.items[mentions[i].first].sentence
        recent = i
        while recent and tokens.items[mentions[recent - 1].first].sentence >= here - 1:
            recent -= 1
        chosen = found[0] if len(found) == 1 else _principal(found, i, recent, addressed) if found else None
        if chosen:
            owner[i] = chosen
    return owner


def _principal(owners: Sequence[Person], mention: int, recent: int, addressed: set[Person]) -> Person | None:
    """Of several bearers of a surname, the one whom the bare surname means at a mention: the only one who is
    addressed as Mr or Ms, or the first named in full.

    None if another bearer is named in full between the mentions `recent` and `mention`, so that either may be meant.
    """
    known = [p for p in owners if p in addressed]
    if len(known) == 1:
        return known[0]
    named = [p for p in owners if any(i < mention for i in p.full_mentions)]
    if not named:
        return None
    first = min(named, key=lambda p: p.full_mentions[0])
    disturbed = any(recent <= i < mention for p in owners if p is not first for i in p.full_mentions)
    last = max(i for p in owners for i in p.full_mentions if i < mention) if disturbed else None
    return first if last is None or last in first.full_mentions else None


def misspelt(keys: Sequence[str], persons: Sequence[Person]) -> Person | None:
    """The one person whose family name is a letter away from a single longer word, None if there is none or several."""
    if len(keys) != 1 or len(keys[0]) < 5:
        return None
    found = [p for p in persons if len(p.keys) > 1 and _one_edit(surname(p.keys), keys[0])]
    return found[0] if len(found) == 1 else None


def _one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[same:], other[same:]
    return rest[1:] == other_rest or rest == other_rest[1:] or rest[1:] == other_rest[1:]
