"""Whom a description of a person means (`the mayor`, `his wife`, `the 54-year-old`, `they`): each rule by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.speakers import descriptions
from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.person import Person
from quotecheck.speakers.phrases import is_group
from quotecheck.speakers.pronouns import Antecedent, Pronouns, Turn, gender_of
from quotecheck.speakers.relatives import LONGEST_APPOSITION
from quotecheck.speakers.sources import Part

NEAR_PAIR = 2
NEAR_DESCRIBED = 2
"""Within so many sentences a description means the one of several who is named there."""
LEAD = 10
"""Sentences at the head of a story in which news describes people before it names them."""
EPITHET_NOUNS = (
    lx.PERSON_NOUNS - lx.TITLES - lx.GENDERED_NOUNS.keys() | lx.TITLES & {"coach", "director", "author", "activist"}
) - frozenset(
    """witness person resident official source expert neighbour neighbor student victim suspect defendant plaintiff
    patient partner colleague friend cousin supporter critic opponent worker employee voter reporter journalist
    interpreter translator moderator guard driver passenger owner reader figure child baby parent""".split()
)
"""Nouns that sports and feature writers use for the one who has just spoken."""
FORETOLD = lx.PERSON_NOUNS - frozenset(
    """witness person resident official source expert student victim critic opponent supporter worker employee voter
    reporter journalist man woman boy girl child reader figure friend colleague neighbour neighbor aide adviser advisor
    strategist analyst lawmaker player spokesman spokeswoman spokesperson""".split()
)
"""Nouns of which a story has one as a rule; of the others there are many about."""
NOT_FORETOLD = frozenset("another one any every each some other no".split())


@dataclass(frozen=True)
class DescribedPeople:
    """Finds the people whom descriptions of one article mean; `headlines` are the numbers of such sentences."""

    pronouns: Pronouns
    headlines: frozenset[int]

    def bearers(self, part: Part) -> tuple[Person, ...]:
        """All whom the article calls so, with modifiers that do not speak against it."""
        return descriptions.bearers(part.head, part.modifiers, self.pronouns.people.persons)

    def nearest(self, among: Sequence[Person], token: int) -> Antecedent | None:
        """The only one of several persons who is named in this sentence or the two before `token`."""
        owners = {self._owner(i) for i in self.pronouns.named_before(token, NEAR_DESCRIBED)}
        close = [person for person in among if person in owners]
        if len(close) != 1:
            return None
        return Antecedent(close[0], 0.8, f"of those it may mean, only {close[0].name} is named close by")

    def aged(self, part: Part, turns: Sequence[Turn]) -> Antecedent | None:
        """`the 54-year-old`: the one person whose age the article gives so, or the one who has just spoken."""
        words = self.pronouns.tokens[part.first : part.last]
        age = next((t.key.partition("-")[0] for t in words if t.key.endswith("-year-old")), None)
        if age is None or words[0].key != "the":
            return None
        gender = descriptions.gender_of_noun(part.head)
        of_age = [p for p in self.pronouns.people.persons if age in p.words and _agrees(p, gender)]
        if len(of_age) == 1:
            return Antecedent(of_age[0], 0.9, "the only one of that age in the article")
        return None if of_age else self._last_speaker(part.first, gender, turns)

    def relative(self, part: Part, turns: Sequence[Turn]) -> Antecedent | None:
        """`his wife`, `her brother`: the one person of that sex who bears the family name of whom the pronoun means."""
        owner_gender, gender = gender_of(self._word(part)), descriptions.gender_of_noun(part.head)
        if owner_gender is None or gender is None or part.head not in descriptions.RELATIVES:
            return None
        owner = self.pronouns.antecedent(part.first, owner_gender, turns)
        if owner is None:
            return None
        kin = [
            person
            for person in self.pronouns.people.persons
            if person is not owner.person and person.surname == owner.person.surname and person.gender == gender
        ]
        why = f"the only one who bears the name of {owner.person.name} and may be the {part.head}"
        return Antecedent(kin[0], 0.75, why) if len(kin) == 1 else None

    def foretold(self, part: Part) -> Antecedent | None:
        """Whom the head of a story describes before it names them (`A Marn judge rejected … Judge Ada Lind wrote`)."""
        noun = lx.ABBREVIATIONS.get(part.head, part.head)
        here = self.pronouns.tokens[part.first].sentence
        if here > LEAD or noun not in FORETOLD or self._word(part) in NOT_FORETOLD or self._is_plural(part):
            return None
        if part.definite and not descriptions.PAST & set(part.modifiers):
            return None
        called = descriptions.called(noun, self.pronouns.people.persons, part.modifiers)
        found = [person for person in called if self._is_introduced(person, here)]
        return Antecedent(found[0], 0.75, f"the only {noun} whom the article then names") if len(found) == 1 else None

    def epithet(self, part: Part, turns: Sequence[Turn]) -> Antecedent | None:
        """A noun by which the article calls nobody else: `the striker`, `the Republican nominee`."""
        gender = descriptions.gender_of_noun(part.head)
        definite = self._word(part) == "the"
        if definite and not part.modifiers and (part.head in EPITHET_NOUNS or descriptions.is_demonym(part.head)):
            return self._last_speaker(part.first, gender, turns)
        if not definite or part.head not in descriptions.OFFICES or self._is_qualified(part):
            return None
        found = self._topic(part.first, gender)
        # Whom the article calls so with other words before the noun is somebody else.
        others = descriptions.called(part.head, self.pronouns.people.persons)
        return None if found and found.person in others else found

    def pair(self, token: int) -> tuple[Person, Person] | None:
        """The two persons whom `and` joined last before `they`, if no other people were spoken of since."""
        for i in self.pronouns.named_before(token, NEAR_PAIR):
            if i and (pair := self._joined(i)):
                since = self.pronouns.tokens[self.pronouns.mentions[i].last : token]
                return None if any(is_group(t.key) and t.key not in lx.DETERMINERS for t in since) else pair
        return None

    def _last_speaker(self, token: int, gender: str | None, turns: Sequence[Turn]) -> Antecedent | None:
        """The last speaker, if it was named no more than a sentence ago and nobody else was since."""
        last = turns[-1] if turns else None
        if last is None or not 0 <= self.pronouns.distance(last.token, token) <= 1:
            return None
        first, end = (bisect_left(self.pronouns.starts, at) for at in (last.token, token))
        others = {self._owner(i) for i in range(first, end)} - {last.person, None}
        if others or not _agrees(last.person, gender):
            return None
        word = self.pronouns.tokens[token + 1].text
        return Antecedent(last.person, 0.8, f"“{word}” right after {last.person.name} spoke")

    def _topic(self, token: int, gender: str | None) -> Antecedent | None:
        """Whom a description without a bearer means: news varies its words.

        That is the subject of this sentence or of the one before, or else the person of whom the article speaks most
        if nobody else is named close by.
        """
        subject = self._subject_before(token)
        if subject is not None and _agrees(subject, gender):
            return Antecedent(subject, 0.75, f"{subject.name}, of whom the sentence before speaks")
        before = range(bisect_left(self.pronouns.starts, token))
        counts = Counter(owner for i in before if (owner := self._owner(i)))
        near = self.nearest(self.pronouns.people.persons, token)
        if near is None or near.person is not counts.most_common(1)[0][0] or not _agrees(near.person, gender):
            return None
        return Antecedent(near.person, 0.75, f"{near.person.name}, of whom the article speaks most")

    def _subject_before(self, token: int) -> Person | None:
        """The person with whose name this sentence begins, or else the one before it; None if that is nobody's."""
        tokens = self.pronouns.tokens
        for i in self.pronouns.named_before(token, 1):
            mention = self.pronouns.mentions[i]
            opens = tokens[mention.titled].opens or tokens[mention.first].opens
            if opens and not self._only_modifies(mention):
                person = self._owner(i)
                if person is not None or tokens[mention.first].sentence < tokens[token].sentence:
                    return person
        return None

    def _is_plural(self, part: Part) -> bool:
        """Whether the words speak of several people (`attorneys general`)."""
        return any(
            is_group(t.key) and t.key not in lx.DETERMINERS for t in self.pronouns.tokens[part.first : part.last]
        )

    def _is_qualified(self, part: Part) -> bool:
        """Whether the words say whose or which it is (`the spokesman for the ministry`, `the town’s doctor`)."""
        words = self.pronouns.tokens[part.first : part.last]
        return any(t.key in lx.PREPOSITIONS | lx.RELATIVES | {"s"} or t.text == "," for t in words)

    def _only_modifies(self, mention: Mention) -> bool:
        """Whether `’s` follows, or a noun that the name only modifies (`Lind aides`)."""
        tokens = self.pronouns.tokens
        key = tokens[mention.last].key if mention.last < len(tokens) else ""
        return key == "s" or key in lx.GROUP_NOUNS or key in lx.GROUPS_AS_BODIES

    def _joined(self, i: int) -> tuple[Person, Person] | None:
        one, other = self._owner(i - 1), self._owner(i)
        between = self.pronouns.tokens[self.pronouns.mentions[i - 1].last : self.pronouns.mentions[i].titled]
        if one is None or other is None or one is other or not between or between[-1].key != "and":
            return None
        bare = len(between) == 1 or (between[0].text in {",", "("} and len(between) < LONGEST_APPOSITION)
        return (one, other) if bare and len({token.sentence for token in between}) == 1 else None

    def _is_introduced(self, person: Person, sentence: int) -> bool:
        """Whether a person is first named soon after a sentence at the head of the story, or in a headline."""
        first = next((i for i, owner in sorted(self.pronouns.people.owner.items()) if owner is person), None)
        if first is None:
            return False
        named = self.pronouns.tokens[self.pronouns.mentions[first].first].sentence
        return sentence <= named <= sentence + LEAD or named in self.headlines

    def _owner(self, i: int) -> Person | None:
        return self.pronouns.people.owner.get(i)

    def _word(self, part: Part) -> str:
        return self.pronouns.tokens[part.first].key


def _agrees(person: Person, gender: str | None) -> bool:
    return gender is None or person.gender in {None, gender}
