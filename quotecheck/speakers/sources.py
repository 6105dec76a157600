"""Reads the words of a source: who in it speaks, as one part for each speaker, before anybody is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.bodies import EPITHETS
from quotecheck.speakers.descriptions import is_demonym
from quotecheck.speakers.mention import Mention, is_group_name
from quotecheck.speakers.phrases import (
    COORDINATORS,
    DASHES,
    Item,
    base_of,
    document_name,
    head_index,
    headline_subject,
    is_boundary,
    is_group,
    is_institution,
    phrase,
    trimmed,
    words_of,
)
from quotecheck.speakers.tokens import Tokens

PartKind = Literal["name", "pronoun", "description", "body", "document", "utterance", "group", "unnamed"]
KNOWN_HEADS = lx.PERSON_NOUNS | lx.BODY_SYNONYMS.keys() | lx.GROUPS_AS_BODIES
ISSUERS = frozenset({"by", "from", "of"})


@dataclass(frozen=True, slots=True)
class Part:
    """One speaker of a source: tokens [first, last), its head word, and the mention (by index) that names it.

    `modifiers` are the words before the head, `definite` says that the reader is supposed to know who is meant.
    """

    kind: PartKind
    first: int
    last: int
    head: str = ""
    mention: int | None = None
    name: str = ""
    modifiers: tuple[str, ...] = ()
    definite: bool = False
    is_institution: bool = False
    """Whether the words alone name a body that is one of its kind (`the Chilean foreign ministry`)."""


@dataclass(frozen=True)
class SourceReader:
    """Reads sources of one article."""

    tokens: Tokens
    mentions: Sequence[Mention]
    at_token: dict[int, int]
    """Token index -> index of the mention that covers it."""
    headlines: frozenset[int]
    """Numbers of the sentences that are headlines, where a source may run on into the verb."""
    persons: frozenset[int]
    """Indices of the mentions that name persons."""

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The speakers named or described in the characters [start, end); empty if there are no words."""
        first, last = self.tokens.within(start, end)
        items = trimmed(self._items(first, last))
        if not items:
            return ()
        if items[0].mention is not None and self.tokens[first].sentence in self.headlines:
            items = headline_subject(items)
        return tuple(self._part(piece) for piece in self._conjuncts(items) if piece)

    def _items(self, first: int, last: int) -> list[Item]:
        items: list[Item] = []
        depth, i = 0, first
        while i < last:
            token = self.tokens.items[i]
            depth = max(0, depth + (token.text in "([") - (token.text in ")]"))
            index = self.at_token.get(i)
            if depth or token.text in ")]":
                i += 1
            elif index is not None:
                mention = self.mentions[index]
                items.append(Item(i, min(mention.last, last), "", index))
                i = min(mention.last, last)
            else:
                items.append(Item(i, i + 1, token.key, comma=token.text in {",", ";", ":"} or token.text in DASHES))
                i += 1
        return items

    def _conjuncts(self, items: list[Item]) -> list[list[Item]]:
        """Cut `A, B and C` into its members; an apposition stays with its name."""
        segments: list[list[Item]] = [[]]
        joined = False
        for i, item in enumerate(items):
            if item.key in COORDINATORS and segments[-1]:
                joined = True
                segments.append([])
            elif item.comma:
                if joined:
                    break
                segments.append([])
            elif is_boundary(item) and not self._absorbed(items, i):
                if not joined or not segments[-1]:
                    return [items]
                break
            else:
                segments[-1].append(item)
        segments = [s for s in segments if s]
        if joined and self._shares_noun(segments[-1]):
            return [items]
        if not joined or len(segments) < 2 or not all(self._ends_in_name(s) for s in segments[:-1]):
            return [items] if not joined or len(segments) != 2 else self._pair(items, segments)
        return [items] if self._is_affiliated(segments) else segments

    def _is_affiliated(self, segments: list[list[Item]]) -> bool:
        """Whether what follows a person's name is a body with `and` in its own name (`Lind, Ports and Docks Union`)."""
        named = [any(i.mention in self.persons for i in s) for s in segments]
        return len(segments) > 2 and named[0] and not any(named[1:])

    def _shares_noun(self, segment: list[Item]) -> bool:
        """Whether the last member ends in a noun that all members share (`town and county officials`)."""
        return segment[0].mention is not None and segment[-1].mention is None and is_group(segment[-1].key)

    def _pair(self, items: list[Item], segments: list[list[Item]]) -> list[list[Item]]:
        """Two members of which the first is no name: `the campaign and NAME`, `the mayor and her aides`."""
        one, other = segments
        named = self._ends_in_name(other) and any(i.key in lx.GROUPS_AS_BODIES for i in one)
        followed = other[0].key in lx.DEFINITE - {"the", "this", "that"} and is_group(other[-1].key)
        singular = one[0].key in lx.DEFINITE and one[-1].key in lx.PERSON_NOUNS
        return segments if named or (followed and singular) else [items]

    def _absorbed(self, items: list[Item], i: int) -> bool:
        """Whether the preposition only joins a place or body to the name before it (`Lind of Freeland`)."""
        before = items[i - 1].mention if i else None
        if items[i].key not in {"of", "from", "for", "at"} or before is None:
            return False
        if is_group_name(self.mentions[before].keys):
            return False
        following = items[i + 1 : i + 3]
        return any(f.mention is not None and self.mentions[f.mention].kind != "person" for f in following)

    def _ends_in_name(self, segment: list[Item]) -> bool:
        core = trimmed(segment)
        if not core:
            return False
        last = core[-1]
        pronoun = len(core) == 1 and last.key in {"he", "she"}
        return last.mention is not None or last.key in lx.GROUPS_AS_BODIES or pronoun

    def _part(self, items: list[Item]) -> Part:
        items = trimmed(items)
        if not items:
            return Part("unnamed", 0, 0)
        first, last = items[0].first, items[-1].last
        base = base_of(items)
        if not base:
            return Part("unnamed", first, last, items[0].key)
        pronoun = next((i for i in base if i.key in lx.PRONOUNS), None)
        if len(base) == 1 and pronoun is not None:
            return Part("pronoun", first, last, pronoun.key)
        if len(base) > 2 and base[0].mention in self.persons and base[1].key.endswith("ed"):
            base = base[:1]
        if self._ends_in_letters(base):
            base = base[:-1]
        head = base[-1]
        if head.mention is not None:
            return self._named(head, base, first, last)
        return self._common(items, base, first, last)

    def _ends_in_letters(self, base: list[Item]) -> bool:
        """Whether letters such as KC stand behind a name of two or more words."""
        named = base[-2].mention if len(base) > 1 and base[-1].key in lx.POST_NOMINALS else None
        return named is not None and len(self.mentions[named].keys) > 1

    def _named(self, head: Item, base: list[Item], first: int, last: int) -> Part:
        assert head.mention is not None
        mention = self.mentions[head.mention]
        if head.mention not in self.persons and is_group_name(mention.keys):
            return Part("group", first, last, mention.keys[-1])
        definite = base[0].key in lx.DEFINITE
        lone = head.mention not in self.persons and len(mention.keys) == 1 and len(base) < 3
        if lone and (is_demonym(mention.keys[0]) or mention.keys[0] in lx.GENERIC_BODIES):
            return Part("description", first, last, mention.keys[0], definite=definite)
        if self._is_common_noun(mention, base, last):
            return Part("unnamed", first, last, mention.keys[-1])
        return Part("name", first, last, mention.keys[-1], head.mention, definite=definite)

    def _is_common_noun(self, mention: Mention, base: list[Item], last: int) -> bool:
        """Whether a lone unknown word has its capital from the sentence's start (`Neighbours of the mill`)."""
        opens = mention.kind == "unknown" and len(mention.keys) == 1 and self.tokens[mention.first].opens
        return opens and base[-1].last < last and self.tokens[base[-1].last].key in lx.PREPOSITIONS

    def _common(self, items: list[Item], base: list[Item], first: int, last: int) -> Part:
        """A phrase with a common noun as its head."""
        at = head_index(base)
        head = lx.ABBREVIATIONS.get(base[at].key, base[at].key)
        owner = next((i.mention for i in reversed(base[:at]) if i.mention is not None), None)
        described = Part(
            "description", first, last, head, owner, phrase(self.tokens, base, at), words_of(self.tokens, base[:at]),
            base[0].key in lx.DEFINITE, is_institution(self.tokens, base, at),
        )  # fmt: skip
        issuer = self._issuer(items[len(base) :]) if owner is None else owner
        if issuer is not None and head in lx.UTTERANCE_NOUNS | {"release"}:
            return replace(described, kind="utterance", mention=issuer)
        if head in lx.DOCUMENT_NOUNS | lx.UTTERANCE_NOUNS:
            kind: PartKind = "unnamed" if self._is_heading(items, base) else "document"
            return replace(described, kind=kind, name=document_name(self.tokens, items, base, at))
        if head in lx.GROUPS_AS_BODIES and owner is not None and self._is_adjacent(base):
            whole = at == len(base) - 1 and head not in EPITHETS
            return replace(described, kind="body" if whole else "name")
        if is_group(head) and head not in lx.PERSON_NOUNS and not described.is_institution:
            return replace(described, kind="group")
        named = self._apposed(items, len(base))
        if named is not None:
            return replace(described, kind="name", mention=named)
        known = described.is_institution or head in KNOWN_HEADS
        return described if known else replace(described, kind="unnamed")

    def year_before(self, part: Part) -> str | None:
        """The year in `the 1951 Convention`, which belongs to the name of a document."""
        year = self.tokens.items[part.first + 1].text if part.last - part.first > 2 else ""
        return year if part.definite and len(year) == 4 and year.isdigit() else None

    def _is_heading(self, items: list[Item], base: list[Item]) -> bool:
        """Whether a bare singular noun opens a line, as `Partial transcript:` does."""
        plural = base[-1].key.endswith("s")
        bare = (
            len(items) == len(base)
            and base[0].key not in lx.DETERMINERS
            and all(i.mention is None or (i is base[0] and self.mentions[i.mention].kind == "unknown") for i in base)
        )
        return bare and not plural and self.tokens[base[0].first].opens

    def _is_adjacent(self, base: list[Item]) -> bool:
        """Whether the phrase starts with the owner's name, but for determiners and titles."""
        before = takewhile(lambda item: item.mention is None, base)
        return all(i.key in lx.DETERMINERS | lx.TEMPORAL | lx.HONORIFICS.keys() | lx.TITLES for i in before)

    def _issuer(self, rest: list[Item]) -> int | None:
        if not rest or rest[0].key not in ISSUERS:
            return None
        return next((i.mention for i in rest[1:3] if i.mention is not None), None)

    def _apposed(self, items: list[Item], after: int) -> int | None:
        """The name in `a lawyer for the town, Ada Lind,` or `chief of the Freeland Bank Ada Lind`."""
        for i in range(after, len(items)):
            index = items[i].mention
            if index is None or self.mentions[index].kind not in {"person", "unknown"}:
                continue
            stands_free = i + 1 == len(items) or items[i + 1].comma
            before = items[i - 1]
            lead = next(k for k in range(i + 1) if items[k].first >= self.mentions[index].titled)
            if items[lead - 1].comma and stands_free:
                return index
            if stands_free and self.mentions[index].kind == "person" and self._closes_phrase(before):
                return index
        return None

    def _closes_phrase(self, before: Item) -> bool:
        if before.mention is not None:
            return True
        token = self.tokens.items[before.first]
        return token.is_capitalised and token.key not in lx.FUNCTION_WORDS | lx.TITLES | lx.HONORIFICS.keys()
