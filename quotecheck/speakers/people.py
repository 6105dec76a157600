"""The persons of an article: every form of a name with the person it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.genders import learn_genders
from quotecheck.speakers.given_names import GIVEN
from quotecheck.speakers.mention import Mention, given_gender, is_group_name
from quotecheck.speakers.namesakes import bearers_of, index_of, owners_of, shouted
from quotecheck.speakers.person import Person, same_given, surname
from quotecheck.speakers.roles import RoleWords, role_words
from quotecheck.speakers.tokens import Tokens


@dataclass(frozen=True)
class People:
    """All persons of an article, for each mention (by index) those who bear the name, and the one who is meant."""

    persons: tuple[Person, ...]
    bearers: dict[int, tuple[Person, ...]]
    owner: dict[int, Person]


def find_people(tokens: Tokens, mentions: Sequence[Mention]) -> People:
    """Group the mentions by person."""
    said = {i: role_words(tokens, m) for i, m in enumerate(mentions) if m.kind in {"person", "unknown"}}
    addressed = {surname(m.keys) for i, m in enumerate(mentions) if i in said and _shows_person(tokens, m, said[i])}
    persons: list[Person] = []
    by_surname: dict[str, list[Person]] = defaultdict(list)
    full = [
        i
        for i, m in enumerate(mentions)
        if _is_full(tokens, m, said.get(i), addressed) or (i in said and _beside_person(tokens, mentions, i))
    ]
    # What another name ends in is short for it (`Vargas Lind` of `Ada Vargas Lind`).
    shortened = {mentions[i].keys[at:] for i in full for at in range(1, len(mentions[i].keys))}
    for i in [i for i in full if mentions[i].keys not in shortened]:
        _register(mentions[i], said[i], i, persons, by_surname[surname(mentions[i].keys)])
    _register_single_names(mentions, said, persons)
    index = index_of(persons)
    bearers = {i: bearers_of(m, said[i], index) for i, m in enumerate(mentions) if i in said}
    bearers |= {i: shouted(m, index) for i, m in enumerate(mentions) if i not in said}
    owner = owners_of(tokens, mentions, bearers)
    for i, person in owner.items():
        if i in said:
            person.learn(mentions[i], said[i])
    learn_genders(tokens, mentions, owner)
    return People(tuple(persons), {i: b for i, b in bearers.items() if b}, owner)


def _register_single_names(mentions: Sequence[Mention], said: dict[int, RoleWords], persons: list[Person]) -> None:
    """Add persons known by one name only: by a form of address first, since it shows whose namesake it is not."""
    addressed = [i for i in said if mentions[i].titles and mentions[i].titles[-1] in lx.HONORIFICS]
    index = index_of(persons)
    for i in [*addressed, *said]:
        mention = mentions[i]
        if mention.kind == "person" and _stands_alone(mention) and not bearers_of(mention, said[i], index):
            person = Person(mention.keys, mention.name)
            person.learn(mention, said[i])
            person.gender = person.gender or given_gender(mention.keys)
            persons.append(person)
            index = index_of(persons)


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
    told = told or _beside_pronoun(tokens, mention) or _is_subject_of_pronoun(tokens, mention)
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


def _shows_person(tokens: Tokens, mention: Mention, said: RoleWords) -> bool:
    """Whether the words around a single name are such as only a person has."""
    if mention.kind == "person" and mention.titles:
        return True
    if (len(mention.keys) > 1 and mention.keys[0] not in lx.PARTICLES) or is_group_name(mention.keys):
        return False
    return bool(said.nouns) or _beside_speech(tokens, mention) or _beside_pronoun(tokens, mention)


def _beside_pronoun(tokens: Tokens, mention: Mention) -> bool:
    """Whether `who`, `himself`, `herself` or letters such as KC follow."""
    after = tokens.items[mention.last : mention.last + 2]
    if after and after[0].text == ",":
        return len(after) > 1 and after[1].key in {"who", "whose", "himself", "herself"}
    letters = bool(after) and after[0].key in lx.POST_NOMINALS and after[0].is_capitalised
    return letters or (bool(after) and after[0].key in {"who", "himself", "herself"})


def _is_subject_of_pronoun(tokens: Tokens, mention: Mention) -> bool:
    """Whether the name opens a sentence that goes on with `he` or `she`, and with no other name before it."""
    items = tokens.items
    if not items[mention.first].opens:
        return False
    for at in range(mention.last, len(items)):  # a slice would copy the rest of the article
        token = items[at]
        if token.sentence != items[mention.first].sentence or token.is_capitalised or token.quoted:
            return False
        if token.key in {"he", "she"}:
            return True
    return False


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
    return same_given(person.keys[0], mention.keys[0])
