"""What stands before a relative pronoun: a name, a name with an apposition, or a noun phrase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.tokens import Tokens

LONGEST_APPOSITION = 8
PASSED_OVER = frozenset({",", ")", "(", "—", "–", "-", "."})


@dataclass(frozen=True)
class Relatives:
    """Finds what relative pronouns of one article refer to. `starts` are the first tokens of the mentions."""

    tokens: Tokens
    mentions: Sequence[Mention]
    starts: Sequence[int]

    def before(self, token: int, word: str) -> int | None:
        """The mention (by index) that `who`, `which` or `that` at `token` refers to, None if there is none."""
        at = self._before_apposition(token)
        return self._right_before(token) if at is None and word != "that" else at

    def _right_before(self, token: int) -> int | None:
        """The mention (by index) right before `who` or `which`; None if none does, or another noun competes."""
        at = bisect_left(self.starts, token) - 1
        if at < 0:
            return None
        while at > 0 and self.mentions[at].kind in {"place", "unknown"} and self._is_residence(at):
            at -= 1
        between = self.tokens.items[self.mentions[at].last : token]
        depth = 0
        for t in between:
            depth += (t.text == "(") - (t.text == ")")
            if not (
                depth or t.text in PASSED_OVER or t.text[0].isdigit() or t.is_capitalised or t.key in {"of", "from"}
            ):
                return None
        return None if self._is_contested(self.mentions[at]) else at

    def _before_apposition(self, token: int) -> int | None:
        """The mention (by index) that a noun phrase before a relative pronoun explains (`Marn, a port that`)."""
        end = token - 1 if self.tokens[token - 1].text == "," else token
        for first in range(end - 1, max(1, end - LONGEST_APPOSITION), -1):
            word = self.tokens[first]
            if not word.is_word or word.key in lx.SAYING or word.key in lx.PRONOUNS - lx.DETERMINERS:
                return None
            comma = first - 2 if self.tokens[first - 1].key in {"now", "then"} else first - 1
            if word.key in lx.DETERMINERS and self.tokens[comma].text in {",", "—", "–"}:
                at = bisect_left(self.starts, first) - 1
                while at > 0 and self.mentions[at].first >= comma:
                    at -= 1
                return at if at >= 0 and self.mentions[at].last == comma else None
        return None

    def phrase_before(self, token: int) -> tuple[int, int] | None:
        """Tokens [first, last) of the noun phrase with a determiner right before a relative pronoun, None without."""
        last = token
        while last > 0 and self.tokens[last - 1].text in {",", "—", "–", "-"}:
            last -= 1
        for first in range(last - 1, max(-1, last - LONGEST_APPOSITION), -1):
            word = self.tokens[first]
            if not word.is_word or word.sentence != self.tokens[token].sentence:
                return None
            if word.key in lx.DETERMINERS:
                return (first, last) if last - first > 1 else None
        return None

    def _is_residence(self, at: int) -> bool:
        """Whether the place only says where the person before it is from (`Ada Lind, 59, of Marn,`)."""
        between = self.tokens.items[self.mentions[at - 1].last : self.mentions[at].first]
        return bool(between) and len(between) < 6 and between[-1].key in {"of", "from", ","}

    def _is_contested(self, mention: Mention) -> bool:
        """Whether `aides to LIND who`, `Roe and LIND, who` leave the clause to somebody else, too."""
        i = mention.titled - 1
        if i < 1:
            return False
        if self.tokens[i].key == "the":
            i -= 1
        link, noun = self.tokens[i].key, self.tokens[i - 1].key
        if link in {"and", "or"}:
            return True
        people = noun in lx.PERSON_NOUNS or noun in lx.GROUP_NOUNS or noun.endswith("s")
        verb = noun.endswith("ed") and link == "to"
        return link in {"of", "to", "for"} and (people or mention.kind != "person") and not verb
