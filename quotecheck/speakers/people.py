"""The persons of an article: every form of a name with the person it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import GIVEN, SHORT_FORMS
from quotecheck.speakers.mentions import Mention, given_gender, is_group_name
from quotecheck.speakers.roles import RoleWords, role_words
from quotecheck.speakers.tokens import Tokens


@dataclass(eq=False)
class Person:
    """One person: the most complete name, and all that the article says about who it is."""

    keys: tuple[str, ...]
    name: str
    gender: str | None = None
    role: str | None = None
    affiliation: str | None = None
    nouns: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    full_mentions: list[int] = field(default_factory=list)
    """Indices of the mentions that give at least two parts of the name."""

    @property
    def surname(self) -> str:
        """The key of the family name, as far as the order of the words tells."""
        return surname(self.keys)

    def learn(self, mention: Mention, said: RoleWords) -> None:
        """Take over a longer form of the name, gender and role from one mention."""
        if (len(mention.keys), len(mention.name)) > (len(self.keys), len(self.name)) or (
            len(mention.keys) == len(self.keys) and self.name.isupper()
        ):
            self.keys, self.name = mention.keys, mention.name
        self.gender = self.gender or mention.gender
        for noun in said.nouns:
            self.gender = self.gender or lx.GENDERED_NOUNS.get(noun)
        self.role, self.affiliation = self.role or said.role, self.affiliation or said.affiliation
        (self.former if said.former else self.nouns).update(said.nouns)
        self.words.update(said.words)


@dataclass(frozen=True)
class People:
    """All persons of an article, for each mention (by index) those who bear the name, and the one who is meant."""

    persons: tuple[Person, ...]
    bearers: dict[int, tuple[Person, ...]]
    owner: dict[int, Person]


def surname(keys: Sequence[str]) -> str:
    """The last part of a name that is no suffix."""
    return next((k for k in reversed(keys) if k not in lx.SUFFIXES), keys[-1] if keys else "")


def find_people(tokens: Tokens, mentions: Sequence[Mention]) -> People:
    """Group the mentions by person."""
    said = {i: role_words(tokens, m) for i, m in enumerate(mentions) if m.kind in {"person", "unknown"}}
    addressed = {surname(m.keys) for m in mentions if m.kind == "person" and m.titles}
    persons: list[Person] = []
    by_surname: dict[str, list[Person]] = defaultdict(list)
    full = [
        i
        for i, m in enumerate(mentions)
        if _is_full(tokens, m, said.get(i), addressed) or (i in said and _beside_person(tokens, mentions, i))
    ]
    for i in full:
        _register(mentions[i], said[i], i, persons, by_surname[surname(mentions[i].keys)])
    _register_single_names(mentions, said, persons)
    index = _index(persons)
    bearers = {i: _bearers(m, said[i], index) for i, m in enumerate(mentions) if i in said}
    bearers |= {i: _shouted(m, index) for i, m in enumerate(mentions) if i not in said}
    owner = _owners(tokens, mentions, bearers)
    for i, person in owner.items():
        if i in said:
            person.learn(mentions[i], said[i])
    return People(tuple(persons), {i: b for i, b in bearers.items() if b}, owner)


def _owners(tokens: Tokens, mentions: Sequence[Mention], bearers: dict[int, tuple[Person, ...]]) -> dict[int, Person]:
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


def _register_single_names(mentions: Sequence[Mention], said: dict[int, RoleWords], persons: list[Person]) -> None:
    """Add persons known by one name only: by a form of address first, since it shows whose namesake it is not."""
    addressed = [i for i in said if mentions[i].titles and mentions[i].titles[-1] in lx.HONORIFICS]
    index = _index(persons)
    for i in [*addressed, *said]:
        mention = mentions[i]
        if mention.kind == "person" and _stands_alone(mention) and not _bearers(mention, said[i], index):
            person = Person(mention.keys, mention.name)
            person.learn(mention, said[i])
            person.gender = person.gender or given_gender(mention.keys)
            persons.append(person)
            index = _index(persons)


def _shouted(mention: Mention, index: dict[str, tuple[Person, ...]]) -> tuple[Person, ...]:
    """Bearers of a surname in capitals, as transcripts write it."""
    if len(mention.keys) != 1 or len(mention.keys[0]) < 4 or not mention.name.isupper():
        return ()
    return tuple(p for p in index.get(mention.keys[0], ()) if p.surname == mention.keys[0])


def _is_full(tokens: Tokens, mention: Mention, said: RoleWords | None, addressed: set[str]) -> bool:
    if said is None or len([k for k in mention.keys if k not in lx.SUFFIXES]) < 2:
        return False
    if mention.kind == "person":
        return True
    before = tokens.items[mention.first - 1] if mention.first else None
    if len(mention.keys) > 4 or (before is not None and before.key == "the") or is_group_name(mention.keys):
        return False
    if mention.keys[0] in lx.NATIONALITIES | lx.PLACES | lx.COUNTRIES:
        return False
    told = bool(said.nouns) or surname(mention.keys) in addressed or _beside_speech(tokens, mention)
    return told or (said.affiliation is not None and tokens.items[mention.last].text == ",")


def _beside_person(tokens: Tokens, mentions: Sequence[Mention], i: int) -> bool:
    """Whether a two-part name is joined by `and` to the name of a person."""
    if len(mentions[i].keys) != 2 or mentions[i].kind != "unknown" or is_group_name(mentions[i].keys):
        return False
    return any(
        0 <= k < len(mentions)
        and mentions[k].kind == "person"
        and len(mentions[k].keys) > 1
        and [t.key for t in tokens.items[mentions[min(i, k)].last : mentions[max(i, k)].titled]] == ["and"]
        for k in (i - 1, i + 1)
    )


def _beside_speech(tokens: Tokens, mention: Mention) -> bool:
    items = tokens.items
    after = items[mention.last] if mention.last < len(items) else None
    before = items[mention.first - 1] if mention.first else None
    aged = after is not None and after.text == "," and mention.last + 1 < len(items)
    if aged and re.fullmatch(r"\d\d", items[mention.last + 1].text):
        return True
    return any(t is not None and t.key in lx.SAYING for t in (before, after))


def _stands_alone(mention: Mention) -> bool:
    """Whether a single name is a person by its title or as a given name."""
    return mention.kind == "person" and (bool(mention.titles) or mention.keys[0] in GIVEN)


def _register(mention: Mention, said: RoleWords, index: int, persons: list[Person], namesakes: list[Person]) -> None:
    person = next((p for p in namesakes if _compatible(p, mention)), None)
    if person is None:
        person = Person(mention.keys, mention.name)
        persons.append(person)
        namesakes.append(person)
    person.learn(mention, said)
    person.full_mentions.append(index)


def _compatible(person: Person, mention: Mention) -> bool:
    if person.gender and mention.gender and person.gender != mention.gender:
        return False
    ours, theirs = set(person.keys) & lx.SUFFIXES, set(mention.keys) & lx.SUFFIXES
    if ours and theirs and ours != theirs:
        return False
    return _same_given(person.keys[0], mention.keys[0])


def _same_given(one: str, other: str) -> bool:
    if one == other or one[:1] == other[:1] and min(len(one), len(other)) <= 2:
        return True
    return SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other)


def _index(persons: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
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
        same = [p for p in index.get(core[-1], ()) if surname(p.keys) == core[-1] and _same_given(p.keys[0], core[0])]
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


def _bearers(mention: Mention, said: RoleWords, index: dict[str, tuple[Person, ...]]) -> tuple[Person, ...]:
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
