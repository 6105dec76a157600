"""The organisations and places of an article: short forms and acronyms with the full name that the article gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.tokens import Tokens
from quotecheck.vocabulary import SpeakerKind

SMALL_WORDS = frozenset("of for the and on in to at & s".split())
TEAMS = frozenset({"team", "camp"})
EPITHETS = frozenset(
    """agency bank company newspaper paper group network club firm magazine charity institute daily weekly tabloid
    broadcaster station journal website operator airline carrier retailer manufacturer consultancy union party
    cooperative co-operative federation association foundation watchdog think-tank start-up startup""".split()
)
"""Nouns that explain a name without being part of it (`the Lind news agency`)."""
BRANCHES = frozenset("news international television tv radio group".split())
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation or place: its fullest name, and whether the article's form was a shorter one."""

    name: str
    keys: Keys
    kind: SpeakerKind
    expanded: bool = False


@dataclass(frozen=True)
class Bodies:
    """The bodies of an article by their last word and by their initials."""

    by_last: dict[str, tuple[Body, ...]]
    by_initials: dict[str, tuple[Body, ...]]
    called: dict[str, tuple[Body, ...]]
    """The bodies that the article explains by a noun before the name."""
    introduced: dict[str, Body]
    """Letters that the article first gives with the word that completes them (`RT America`, later `RT`)."""

    def full_form(self, written: Body) -> Body:
        """The same body under the most complete name the article gives."""
        if len(written.keys) == 1 and (written.kind != "unknown" or written.name.isupper()):
            return self._spelled_out(written)
        n = len(written.keys)
        longer = [b for b in self.by_last.get(written.keys[-1], ()) if len(b.keys) > n and b.keys[-n:] == written.keys]
        fuller = _only(longer) if written.kind != "place_metonym" else None
        return replace(fuller, expanded=True) if fuller else written

    def _spelled_out(self, written: Body) -> Body:
        if not written.name.replace(".", "").isupper():
            return written
        common = lx.COMMON_ACRONYMS.get(written.keys[0])
        if common:
            return replace(written, name=common, expanded=True)
        spelled = _only(self.by_initials.get(written.keys[0], ())) or self.introduced.get(written.keys[0])
        return replace(spelled, expanded=True) if spelled else written

    def owned(self, owner: Keys, noun: str, written: str) -> Body:
        """The body in `Lind campaign`; `Lind’s team` is the campaign where the article speaks of one."""
        if noun in EPITHETS:
            return Body(written, owner, "organisation")
        if noun in TEAMS:
            campaign = next((b for b in self.by_last.get("campaign", ()) if b.keys[:-1] == owner), None)
            if campaign:
                return replace(campaign, expanded=True)
        return next(
            (b for b in self.by_last.get(noun, ()) if b.keys == (*owner, noun)), _owned_body(written, owner, noun)
        )

    def described(self, noun: str, modifiers: Sequence[str], short: bool) -> Body | None:
        """The one body that `the NOUN` may mean, None if there are several or none.

        What the article calls `the firm NAME` counts as a firm; of `the foreign ministry` all words must be there.
        `short`: whether the noun has a capital, as the short form of a name has (`the Authority`).
        """
        called = self.called.get(noun, ())
        if called:
            return called[0] if len(called) == 1 else None
        lasts = lx.BODY_SYNONYMS.get(noun, (noun,) if short else ())
        fitting = [b for last in lasts for b in self.by_last.get(last, ()) if len(b.keys) > 1]
        known = {t for b in fitting for t in b.keys}
        telling = [m for m in modifiers if m in known or m in lx.INSTITUTION_WORDS]
        return _only(b for b in fitting if set(telling) <= set(b.keys))


def find_bodies(tokens: Tokens, mentions: Iterable[Mention], people: frozenset[int]) -> Bodies:
    """Collect the bodies among the mentions; `people` are the indices of those that name persons."""
    by_last: dict[str, dict[Keys, Body]] = defaultdict(dict)
    by_initials: dict[str, dict[Keys, Body]] = defaultdict(dict)
    called: dict[str, dict[Keys, Body]] = defaultdict(dict)
    introduced: dict[str, Body | None] = {}
    for i, mention in enumerate(mentions):
        following = _following_noun(tokens, mention.last)
        if following:
            noun = tokens.items[following].key
            owned = _owned_body(tokens.slice(mention.first, following + 1), mention.keys, noun)
            by_last[noun].setdefault(owned.keys, owned)
        if i in people:
            continue
        body = body_of(mention)
        if mention.name.split()[0].isupper() and mention.keys[0] not in lx.COUNTRIES | lx.NATIONALITIES:
            introduced.setdefault(mention.keys[0], body if _completes(mention.keys) else None)
        before = tokens.items[mention.first - 1].key if mention.first and tokens.items[mention.first].follows else ""
        if before in EPITHETS and body.kind != "place_metonym":
            called[before].setdefault(body.keys, body)
        for head in {body.keys[-1], _head(body.keys)}:
            by_last[head].setdefault(body.keys, body)
        if len(body.keys) > 1:
            for initials in _initials(mention.keys):
                by_initials[initials].setdefault(body.keys, body)
    return Bodies(
        {last: tuple(found.values()) for last, found in by_last.items()},
        {initials: tuple(found.values()) for initials, found in by_initials.items()},
        {noun: tuple(found.values()) for noun, found in called.items()},
        {letters: body for letters, body in introduced.items() if body},
    )


def body_of(mention: Mention) -> Body:
    """The body under the name as written."""
    whole = " ".join(mention.keys)
    kind: SpeakerKind = "organisation" if mention.kind == "organisation" else "unknown"
    if whole in {"un", "eu", "nato"}:
        kind = "organisation"
    elif mention.keys[-1] in lx.DOCUMENT_NOUNS and len(mention.keys) > 1:
        kind = "document"
    elif mention.kind == "place" or whole in lx.PLACE_METONYMS or whole in {"united states", "united kingdom"}:
        kind = "place_metonym"
    keys = mention.keys
    if len(keys) > 1:
        keys = tuple(part for k in keys for part in lx.COMMON_ACRONYMS.get(k, k).lower().split())
    return Body(mention.name, keys, kind)


def _head(keys: Keys) -> str:
    """The noun that says what a body is: the word before `of`, `on` or `for` (`Commission on Debates`), or the last."""
    link = next((i for i, key in enumerate(keys) if key in {"of", "on", "for"} and i), len(keys))
    return keys[link - 1]


def _completes(keys: Keys) -> bool:
    """Whether the second word only says of which branch or kind a body with letters for a name is (`NBC News`)."""
    return len(keys) == 2 and (keys[1] in lx.COUNTRIES or keys[1] in BRANCHES)


def _following_noun(tokens: Tokens, i: int) -> int | None:
    items = tokens.items
    if i < len(items) and items[i].key == "s":
        i += 1
    found = i < len(items) and items[i].text.islower() and items[i].key in lx.GROUPS_AS_BODIES
    return i if found else None


def _owned_body(name: str, owner: Keys, noun: str) -> Body:
    return Body(name, (*owner, noun), "organisation")


def _only(bodies: Iterable[Body]) -> Body | None:
    found = list(bodies)
    longest = max(found, key=lambda b: len(b.keys), default=None)
    if longest is None or not all(b.keys in (longest.keys[: len(b.keys)], longest.keys[-len(b.keys) :]) for b in found):
        return None
    return longest


def _initials(keys: Keys) -> set[str]:
    content = [k for k in keys if k not in SMALL_WORDS]
    return {"".join(k[0] for k in content), "".join(k[0] for k in keys if k != "the")}
