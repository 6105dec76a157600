"""Reads the words of a source: who in it speaks, as one part for each speaker, before anybody is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.bodies import EPITHETS
from quotecheck.speakers.mentions import Mention, is_group_name
from quotecheck.speakers.tokens import Tokens

PartKind = Literal["name", "pronoun", "description", "body", "document", "utterance", "group", "unnamed"]
COORDINATORS = frozenset({"and", "&", "or"})
CLOSERS = frozenset("each all both alike together himself herself themselves itself".split())
OPENERS = frozenset("both either neither not only even".split())
DASHES = frozenset({"—", "–", "-"})
DOCUMENT_LINKS = frozenset({"of", "by", "on", "in", "from"})
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


@dataclass(frozen=True, slots=True)
class _Item:
    first: int
    last: int
    key: str
    mention: int | None = None
    comma: bool = False


@dataclass(frozen=True)
class SourceReader:
    """Reads sources of one article."""

    tokens: Tokens
    mentions: Sequence[Mention]
    at_token: dict[int, int]
    """Token index -> index of the mention that covers it."""
    headlines: frozenset[int]
    """Numbers of the sentences that are headlines, where a source may run on into the verb."""

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The speakers named or described in the characters [start, end); empty if there are no words."""
        first, last = self.tokens.within(start, end)
        items = _trimmed(self._items(first, last))
        if not items:
            return ()
        if items[0].mention is not None and self.tokens[first].sentence in self.headlines:
            items = items[: 2 if len(items) > 1 and items[1].key in lx.GROUPS_AS_BODIES else 1]
        return tuple(self._part(piece) for piece in self._conjuncts(items) if piece)

    def _items(self, first: int, last: int) -> list[_Item]:
        items: list[_Item] = []
        depth, i = 0, first
        while i < last:
            token = self.tokens.items[i]
            depth = max(0, depth + (token.text in "([") - (token.text in ")]"))
            index = self.at_token.get(i)
            if depth or token.text in ")]":
                i += 1
            elif index is not None:
                mention = self.mentions[index]
                items.append(_Item(i, min(mention.last, last), "", index))
                i = min(mention.last, last)
            else:
                items.append(_Item(i, i + 1, token.key, comma=token.text in {",", ";", ":"} or token.text in DASHES))
                i += 1
        return items

    def _conjuncts(self, items: list[_Item]) -> list[list[_Item]]:
        """Cut `A, B and C` into its members; an apposition stays with its name."""
        segments: list[list[_Item]] = [[]]
        joined = False
        for i, item in enumerate(items):
            if item.key in COORDINATORS and segments[-1]:
                joined = True
                segments.append([])
            elif item.comma:
                if joined:
                    break
                segments.append([])
            elif _is_boundary(item) and not self._absorbed(items, i):
                if not joined or not segments[-1]:
                    return [items]
                break
            else:
                segments[-1].append(item)
        segments = [s for s in segments if s]
        if not joined or len(segments) < 2 or not all(self._ends_in_name(s) for s in segments[:-1]):
            return [items] if not joined or len(segments) != 2 else self._pair(items, segments)
        return segments

    def _pair(self, items: list[_Item], segments: list[list[_Item]]) -> list[list[_Item]]:
        return segments if self._ends_in_name(segments[1]) and any(i.key in lx.GROUPS_AS_BODIES for i in segments[0]) else [items]

    def _absorbed(self, items: list[_Item], i: int) -> bool:
        """Whether the preposition only joins a place or body to the name before it (`Lind of Freeland`)."""
        if items[i].key not in {"of", "from", "for", "at"} or i == 0 or items[i - 1].mention is None:
            return False
        following = items[i + 1 : i + 3]
        return any(f.mention is not None and self.mentions[f.mention].kind != "person" for f in following)

    def _ends_in_name(self, segment: list[_Item]) -> bool:
        core = _trimmed(segment)
        last = core[-1] if core else None
        return last is not None and (last.mention is not None or last.key in lx.GROUPS_AS_BODIES)

    def _part(self, items: list[_Item]) -> Part:
        items = _trimmed(items)
        if not items:
            return Part("unnamed", 0, 0)
        first, last = items[0].first, items[-1].last
        base = _base(items)
        if not base:
            return Part("unnamed", first, last, items[0].key)
        pronoun = next((i for i in base if i.key in lx.PRONOUNS), None)
        if len(base) == 1 and pronoun is not None:
            return Part("pronoun", first, last, pronoun.key)
        head = base[-1]
        if head.mention is not None:
            return self._named(head, base, first, last)
        return self._common(items, base, first, last)

    def _named(self, head: _Item, base: list[_Item], first: int, last: int) -> Part:
        assert head.mention is not None
        mention = self.mentions[head.mention]
        if mention.kind != "person" and is_group_name(mention.keys):
            return Part("group", first, last, mention.keys[-1])
        return Part("name", first, last, mention.keys[-1], head.mention, definite=base[0].key in lx.DEFINITE)

    def _common(self, items: list[_Item], base: list[_Item], first: int, last: int) -> Part:
        at = _head_index(base)
        head = lx.ABBREVIATIONS.get(base[at].key, base[at].key)
        definite = base[0].key in lx.DEFINITE
        modifiers = tuple(self._words(base[:at]))
        owner = next((i.mention for i in reversed(base[:at]) if i.mention is not None), None)
        if head in lx.UTTERANCE_NOUNS or (head == "release" and owner is not None):
            issuer = owner if owner is not None else self._issuer(items[len(base) :])
            if issuer is not None:
                return Part("utterance", first, last, head, issuer)
        if head in lx.PERSON_NOUNS or head in lx.HONORIFICS:
            named = self._apposed(items, len(base))
            if named is not None:
                return Part("name", first, last, head, named)
            return Part("description", first, last, head, None, "", modifiers, definite)
        if head in lx.DOCUMENT_NOUNS or head in lx.UTTERANCE_NOUNS:
            name = self._document_name(items, base, at)
            return Part("document", first, last, head, owner, name, modifiers, definite)
        if head in lx.GROUPS_AS_BODIES and owner is not None and self._is_adjacent(base, at):
            whole = at == len(base) - 1 and head not in EPITHETS
            return Part("body" if whole else "name", first, last, head, owner, self._phrase(base, at), modifiers, definite)
        if head in lx.GROUP_NOUNS or _is_plural_person(head):
            return Part("group", first, last, head)
        if head in lx.BODY_SYNONYMS or head in lx.GROUPS_AS_BODIES:
            return Part("description", first, last, head, None, "", modifiers, definite)
        named = self._apposed(items, len(base))
        return Part("name", first, last, head, named) if named is not None else Part("unnamed", first, last, head)

    def _words(self, base: list[_Item]) -> list[str]:
        return [t.key for i in base for t in self.tokens.items[i.first : i.last] if t.is_word and t.key not in lx.DETERMINERS]

    def _is_adjacent(self, base: list[_Item], at: int) -> bool:
        """Whether only adjectives, no other name, stand between the owner and the head."""
        return base[0].mention is not None or base[0].key in lx.DETERMINERS | lx.TEMPORAL | lx.HONORIFICS.keys()

    def _phrase(self, base: list[_Item], at: int) -> str:
        start = 1 if base[0].key in lx.DETERMINERS and at else 0
        return self.tokens.slice(base[start].first, base[at].last)

    def _document_name(self, items: list[_Item], base: list[_Item], at: int) -> str:
        """The phrase with what it is about or by whom (`analysis of the harbour fees`), without dates and clauses."""
        end = next(i for i, item in enumerate(items) if item.first == base[at].first) + 1
        while end < len(items) and items[end].mention is None and items[end].key in DOCUMENT_LINKS:
            stop = end + 1
            while stop < len(items) and not items[stop].comma and not _is_boundary(items[stop]):
                stop += 1
            if stop == end + 1:
                break
            end = stop
        start = 0
        while start < at and base[start].mention is None and base[start].key in lx.DETERMINERS | {"latest"}:
            start += 1
        return self.tokens.slice(base[start].first, items[end - 1].last)

    def _issuer(self, rest: list[_Item]) -> int | None:
        if not rest or rest[0].key not in ISSUERS:
            return None
        return next((i.mention for i in rest[1:3] if i.mention is not None), None)

    def _apposed(self, items: list[_Item], after: int) -> int | None:
        """The name in `a lawyer for the town, Ada Lind,` or `chief of the Freeland Bank Ada Lind`."""
        for i in range(after, len(items)):
            index = items[i].mention
            if index is None or self.mentions[index].kind not in {"person", "unknown"}:
                continue
            stands_free = i + 1 == len(items) or items[i + 1].comma
            before = items[i - 1]
            if before.comma and stands_free:
                return index
            if stands_free and self.mentions[index].kind == "person" and self._closes_phrase(before):
                return index
        return None

    def _closes_phrase(self, before: _Item) -> bool:
        if before.mention is not None:
            return True
        token = self.tokens.items[before.first]
        return token.is_capitalised and token.key not in lx.FUNCTION_WORDS | lx.TITLES | lx.HONORIFICS.keys()


def _trimmed(items: list[_Item]) -> list[_Item]:
    """Without marks, prepositions and `both` before, and without marks, `'s` and `each` behind."""
    start, end = 0, len(items)
    while start < end and items[start].mention is None and _is_lead(items[start].key):
        start += 1
    while end > start and items[end - 1].mention is None and _is_tail(items[end - 1].key):
        end -= 1
    return items[start:end]


def _is_lead(key: str) -> bool:
    return not key[:1].isalnum() or key in lx.PREPOSITIONS or key in OPENERS or key in COORDINATORS or key in {"s", "according"}


def _is_tail(key: str) -> bool:
    return not key[:1].isalnum() or key in CLOSERS or key == "s"


def _is_boundary(item: _Item) -> bool:
    return item.mention is None and (item.key in lx.PREPOSITIONS or item.key in lx.RELATIVES)


def _base(items: list[_Item]) -> list[_Item]:
    """The words up to the first comma, preposition or relative pronoun; of `one of those` the words to `of`."""
    if items[0].key in lx.RELATIVES:
        return items[:1]
    end = next((i for i, item in enumerate(items) if item.comma or _is_boundary(item)), len(items))
    base = [i for i in items[:end] if i.mention is not None or i.key[:1].isalnum()]
    while base and base[-1].mention is None and (base[-1].key in CLOSERS or base[-1].key == "s"):
        base.pop()
    return base


def _head_index(base: list[_Item]) -> int:
    """The last word, or the last noun we know where what follows it is no name."""
    for i in range(len(base) - 1, -1, -1):
        if base[i].mention is not None:
            break
        key = lx.ABBREVIATIONS.get(base[i].key, base[i].key)
        if key in KNOWN_NOUNS or _is_plural_person(key):
            return i
    return len(base) - 1


def _is_plural_person(key: str) -> bool:
    singular = {key.removesuffix("s"), key.removesuffix("es"), key.removesuffix("men") + "man", key.removesuffix("women") + "woman"}
    return key.endswith(("s", "men")) and key not in lx.PERSON_NOUNS and bool(singular & lx.PERSON_NOUNS)


KNOWN_NOUNS = (
    lx.PERSON_NOUNS | lx.GROUP_NOUNS | lx.DOCUMENT_NOUNS | lx.UTTERANCE_NOUNS | lx.GROUPS_AS_BODIES
    | frozenset(lx.BODY_SYNONYMS)
)  # fmt: skip
