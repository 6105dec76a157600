"""One person of an article, and what its mentions tell about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import SHORT_FORMS
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.roles import RoleWords, Words


def surname(keys: Sequence[str]) -> str:
    """The last part of a name that is no suffix."""
    return next((k for k in reversed(keys) if k not in lx.SUFFIXES), keys[-1] if keys else "")


@dataclass(eq=False)
class Person:
    """One person: the most complete name, and all that the article says about who it is."""

    keys: tuple[str, ...]
    name: str
    gender: str | None = None
    role: Words | None = None
    affiliation: Words | None = None
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
        told = (lx.GENDERED_NOUNS.get(noun) for noun in sorted(said.nouns))
        self.gender = self.gender or mention.gender or next((gender for gender in told if gender), None)
        self.role, self.affiliation = self.role or said.role, self.affiliation or said.affiliation
        (self.former if said.former else self.nouns).update(said.nouns)
        self.words.update(said.words)


def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one person's: the same, an initial of it, or its short form."""
    if one == other or (one[:1] == other[:1] and min(len(one), len(other)) <= 2):
        return True
    return SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other)
