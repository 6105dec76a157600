"""Whom a pronoun stands for: few rules, each with the share of right answers it had on annotated news."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention, is_group_name
from quotecheck.speakers.people import People
from quotecheck.speakers.person import Person
from quotecheck.speakers.tokens import Tokens

REACH = 6
"""How many sentences back an antecedent may lie."""
NEAR_SPEAKER = 3
NEAR_STRANGER = 1
MARGIN = 1.5
QUOTED_SHARE = 2
"""So many sentences inside a quotation count as one that is told."""
WIDE_MARGIN = 2.0
POSSESSIVES = frozenset({"his", "her"})
NO_PERSONS = frozenset("day week month act bill award prize cup war game games league".split())
GOVERNING = frozenset("of to for with by from about against between than like as on at over in called".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """A source that has been resolved: where it stands, who it was, and whether a name stood there."""

    token: int
    person: Person
    by_name: bool


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A person for a pronoun, how safe that is, and the reason."""

    person: Person
    confidence: float
    why: str


@dataclass(frozen=True)
class Pronouns:
    """Finds antecedents in one article."""

    tokens: Tokens
    mentions: Sequence[Mention]
    people: People
    spoken: set[Person] = field(default_factory=set)
    """Everybody who has spoken so far."""

    @cached_property
    def starts(self) -> list[int]:
        """The first token of each mention."""
        return [m.first for m in self.mentions]

    @cached_property
    def narrated(self) -> list[int]:
        """For each sentence, how many sentences up to it have words outside quotation marks: only those count."""
        last = self.tokens[len(self.tokens) - 1].sentence if len(self.tokens) else 0
        told = {t.sentence for t in self.tokens.items if t.is_word and not t.quoted}
        return list(accumulate(int(s in told) for s in range(last + 1)))

    def distance(self, earlier: int, later: int) -> int:
        """Narrated sentences from token `earlier` to token `later`; negative if the order is the other way round."""
        first, last = self.tokens[earlier].sentence, self.tokens[later].sentence
        if last <= first or self.tokens[later].quoted:
            return last - first
        told = self.narrated[last] - self.narrated[first]
        return max(1, told + (last - first - told) // QUOTED_SHARE)

    def antecedent(self, token: int, gender: str, turns: Sequence[Turn]) -> Antecedent | None:
        """The person that `he` or `she` at `token` stands for, None where two come too close or nobody fits."""
        scores = self._scores(token, gender, turns)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] <= 0:
            return None
        best, score = ranked[0]
        margin = round(score - max(ranked[1][1] if len(ranked) > 1 else 0.0, self._strongest_stranger(token)), 6)
        word = self.tokens[token]
        has_spoken = best in self.spoken
        if margin < (MARGIN if has_spoken and word.key not in POSSESSIVES else WIDE_MARGIN):
            return None
        if not has_spoken:
            return Antecedent(best, 0.65, f"nearest person that “{word.text}” fits")
        confidence = 0.8 if word.key in POSSESSIVES else _confidence(margin)
        return Antecedent(best, confidence, f"the speaker last named before “{word.text}”")

    def named_before(self, token: int, sentences: int) -> Iterator[int]:
        """The mentions (by index) before a token, the nearest first, from at most so many sentences back."""
        for i in range(bisect_left(self.starts, token) - 1, -1, -1):
            if self.distance(self.mentions[i].first, token) > sentences:
                return
            yield i

    def _scores(self, token: int, gender: str, turns: Sequence[Turn]) -> dict[Person, float]:
        scores: dict[Person, float] = defaultdict(float)
        first = bisect_left(self.starts, token)
        for i in range(first - 1, -1, -1):
            mention = self.mentions[i]
            away = self.distance(mention.first, token)
            if away > REACH:
                break
            owner = self.people.owner.get(i)
            if owner and _agrees(owner, gender):
                scores[owner] = max(scores[owner], self._weight(mention, away, token))
        for turn in self._recent(turns, token):
            away = self.distance(turn.token, token)
            if turn.token < token and _agrees(turn.person, gender):
                scores[turn.person] = max(scores[turn.person], 5.5 - 0.9 * away + (0.5 if turn.by_name else 0.0))
        last = turns[-1] if turns else None
        if last and last.person in scores and self.distance(last.token, token) <= NEAR_SPEAKER:
            scores[last.person] += 1.5
        for person in scores:
            scores[person] += 0.3 if person.gender else 0.0
        return scores

    def _recent(self, turns: Sequence[Turn], token: int) -> Iterator[Turn]:
        """The turns within reach before a token, the latest first."""
        for turn in reversed(turns):
            away = self.distance(turn.token, token)
            if away > REACH:
                return
            if away >= 0:
                yield turn

    def _strongest_stranger(self, token: int) -> float:
        """The weight of the nearest short name of which nothing is known: it may be a person, so it competes."""
        best = 0.0
        for i in range(bisect_left(self.starts, token) - 1, -1, -1):
            mention = self.mentions[i]
            away = self.distance(mention.first, token)
            if away > NEAR_STRANGER:
                break
            if i not in self.people.owner and self._competes(i):
                best = max(best, self._weight(mention, away, token))
        return best

    def _competes(self, i: int) -> bool:
        """Whether a mention without owner may be a person: a namesake, or of unknown kind and no place."""
        mention = self.mentions[i]
        before = self.tokens.items[mention.first - 1].key if mention.first else ""
        return i in self.people.bearers or (
            mention.kind == "unknown" and before not in {"in", "at", "near", "the"} and _may_be_person(mention)
        )

    def _weight(self, mention: Mention, away: int, token: int) -> float:
        weight = 4.5 - 0.9 * away
        weight += 0.8 if self._is_subject(mention) else 0.0
        weight -= 2.0 if self.tokens[mention.first].quoted and not self.tokens[token].quoted else 0.0
        following = self.tokens.items[mention.last] if mention.last < len(self.tokens) else None
        weight -= 0.8 if following is not None and following.key == "s" else 0.0
        before = self.tokens.items[mention.titled - 1] if mention.titled else None
        weight -= 0.8 if before is not None and before.key in GOVERNING else 0.0
        return weight

    def _is_subject(self, mention: Mention) -> bool:
        start = mention.titled
        for _ in range(4):
            token = self.tokens.items[start]
            if token.opens:
                return True
            before = self.tokens.items[start - 1] if start else None
            if before is None or before.text in {",", ".", "”", '"'} or before.key in lx.SAYING:
                return True
            if before.key in lx.DETERMINERS or before.is_capitalised or before.key in lx.PERSON_NOUNS:
                start -= 1
                continue
            return False
        return False


def _may_be_person(mention: Mention) -> bool:
    key = mention.keys[0]
    if len(mention.keys) > 2 or mention.keys[-1] in NO_PERSONS:
        return False
    return len(key) > 2 and key not in lx.NATIONALITIES and not is_group_name(mention.keys)


def gender_of(key: str) -> str | None:
    """`m` for he, `f` for she, None for other words."""
    if key in lx.MALE_PRONOUNS:
        return "m"
    return "f" if key in lx.FEMALE_PRONOUNS else None


def _agrees(person: Person, gender: str) -> bool:
    return person.gender is None or person.gender == gender


def _confidence(margin: float) -> float:
    return min(0.95, 0.86 + 0.02 * margin)
