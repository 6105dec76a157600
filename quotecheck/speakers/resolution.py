"""Puts the readings together: each source of an article with the speakers it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotecheck.speakers import descriptions, lexicon as lx
from quotecheck.speakers.bodies import Bodies, Body, body_of, find_bodies
from quotecheck.speakers.mentions import Mention, find_mentions, headline_sentences
from quotecheck.speakers.people import People, Person, find_people, misspelt
from quotecheck.speakers.pronouns import Antecedent, Pronouns, Turn, gender_of
from quotecheck.speakers.sources import Part, SourceReader
from quotecheck.speakers.tokens import Tokens, tokenise
from quotecheck.types import Attribution, Span, Speaker

VAGUE = frozenset({"new", "recent", "latest", "first", "one", "the", "a", "an", "this", "that", "another", "own"})
UNRESOLVED = Speaker(None, "unknown", "unresolved", why="no source is given")


def resolve(text: str, attributions: Sequence[Attribution]) -> list[tuple[Speaker, ...]]:
    """Whom each attribution's source stands for, parallel to `attributions`.

    Offsets are code points into `text`, half open. A joint source gives several speakers, any other exactly one;
    a speaker that the article does not name, or that cannot be told safely, has the name None. Raises nothing.
    """
    if not attributions:
        return []
    return _Resolver(text).resolve(attributions)


class _Resolver:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: Tokens = tokenise(text)
        headlines = headline_sentences(self.tokens)
        self.mentions: list[Mention] = find_mentions(self.tokens, headlines)
        self.people: People = find_people(self.tokens, self.mentions)
        self.bodies: Bodies = find_bodies(self.tokens, self.mentions, frozenset(self.people.bearers))
        at_token = {t: i for i, m in enumerate(self.mentions) for t in range(m.first, m.last)}
        self.reader = SourceReader(self.tokens, self.mentions, at_token, headlines)
        self.pronouns = Pronouns(self.tokens, self.mentions, self.people)
        self.turns: list[Turn] = []
        self.documents: list[tuple[str, str]] = []

    def resolve(self, attributions: Sequence[Attribution]) -> list[tuple[Speaker, ...]]:
        found: dict[int, tuple[Speaker, ...]] = {}
        for i in sorted(range(len(attributions)), key=lambda i: _position(attributions[i])):
            found[i] = self._speakers(attributions[i])
        return [found[i] for i in range(len(attributions))]

    def _speakers(self, attribution: Attribution) -> tuple[Speaker, ...]:
        for span in attribution.source:
            parts = self.reader.parts(span.start, span.end)
            if parts:
                speakers = tuple(self._speaker(part) for part in parts)
                return tuple(dict.fromkeys(speakers))
        return (UNRESOLVED,)

    def _speaker(self, part: Part) -> Speaker:
        match part.kind:
            case "name" | "utterance":
                return self._named(part)
            case "pronoun":
                return self._pronoun(part)
            case "description":
                return self._described(part)
            case "body":
                return self._owned(part)
            case "document":
                return self._document(part)
            case "group":
                return self._unnamed(part, "group", "a group that the article does not name")
            case _:
                return self._unnamed(part, "unnamed", "the article does not name this source")

    def _mention_span(self, part: Part) -> Span | None:
        if part.first >= part.last:
            return None
        start, end = self.tokens[part.first].start, self.tokens[part.last - 1].end
        return Span.of(self.text, start, end)

    def _unnamed(self, part: Part, kind: str, why: str) -> Speaker:
        return Speaker(None, kind, "title_only", self._mention_span(part), confidence=0.85, why=why)

    def _open(self, part: Part, why: str) -> Speaker:
        return Speaker(None, "unknown", "unresolved", self._mention_span(part), confidence=0.3, why=why)

    def _speaking(self, part, body, basis, confidence, why):
        return Speaker(body.name, body.kind, basis, self._mention_span(part), confidence=confidence, why=why)

    def _person(self, part: Part, person: Person, basis, confidence: float, why: str, by_name: bool) -> Speaker:
        self.turns.append(Turn(part.first, person, by_name))
        role, affiliation = person.role, person.affiliation
        return Speaker(person.name, "person", basis, self._mention_span(part), role, affiliation, confidence, why)

    def _named(self, part: Part) -> Speaker:
        mention = self.mentions[part.mention]
        owner, bearers = self.people.owner.get(part.mention), self.people.bearers.get(part.mention, ())
        if owner:
            whole = owner.name == mention.name
            why = "named in full" if whole else f"part of the name {owner.name}"
            confidence = 0.85 if len(bearers) > 1 else 0.97 if whole else 0.95
            return self._person(part, owner, "name" if whole else "alias", confidence, why, True)
        if bearers:
            return self._open(part, "may be " + " or ".join(p.name for p in bearers))
        meant = misspelt(mention.keys, self.people.persons) if mention.kind == "unknown" else None
        if meant:
            return self._person(part, meant, "alias", 0.8, f"probably a misspelling of {meant.name}", True)
        if part.definite and mention.name.endswith("s") and self._is_family(mention):
            return self._unnamed(part, "group", "a family, none of them named alone")
        body = self.bodies.full_form(body_of(mention))
        basis = "metonym" if body.kind == "place_metonym" else "alias" if body.expanded else "name"
        return self._speaking(part, body, basis, 0.93, "full name given in the article" if body.expanded else "named as written")

    def _is_family(self, mention: Mention) -> bool:
        return any(mention.keys == (p.surname + "s",) for p in self.people.persons)

    def _owned(self, part: Part) -> Speaker:
        owner = self.mentions[part.mention]
        body = self.bodies.owned(owner.keys, part.head, part.name)
        return self._speaking(part, body, "alias" if body.expanded else "name", 0.9, "named after " + owner.name)

    def _pronoun(self, part: Part) -> Speaker:
        gender = gender_of(part.head)
        found: Antecedent | None = None
        if gender:
            found = self.pronouns.antecedent(part.first, gender, self.turns)
        elif part.head in {"who", "which", "that"}:
            return self._relative(part)
        if found is None:
            return self._open(part, f"“{part.head}” is left open")
        return self._person(part, found.person, "pronoun", found.confidence, found.why, False)

    def _relative(self, part: Part) -> Speaker:
        at = self.pronouns.before_relative(part.first)
        if at is None:
            return self._open(part, f"“{part.head}” is left open")
        why = f"the name right before “{part.head}”"
        person = self.people.owner.get(at)
        if person and part.head == "who":
            return self._person(part, person, "pronoun", 0.93, why, False)
        if part.head == "who" or at in self.people.bearers:
            return self._open(part, f"“{part.head}” is left open")
        return self._speaking(part, self.bodies.full_form(body_of(self.mentions[at])), "pronoun", 0.85, why)

    def _described(self, part: Part) -> Speaker:
        if not part.definite:
            return self._unnamed(part, "unnamed", "described, not named")
        found = descriptions.bearers(part.head, part.modifiers, self.people.persons)
        if len(found) == 1:
            return self._person(part, found[0], "title_only", 0.9, f"the only {part.head} in the article", False)
        body = self.bodies.described(part.head)
        if body is not None and not found:
            return self._speaking(part, body, "alias", 0.85, f"the only {part.head} in the article")
        return self._open(part, f"several may be “{part.head}”" if found else f"nobody is called “{part.head}” by name")

    def _document(self, part: Part) -> Speaker:
        known = self._known_document(part)
        if known:
            return Speaker(known, "document", "alias", self._mention_span(part), confidence=0.8, why="the document described before")
        if not set(part.name.casefold().split()[:-1]) - VAGUE:
            return self._unnamed(part, "document", "a document without a name")
        self.documents.append((part.head, part.name))
        return Speaker(part.name, "document", "name", self._mention_span(part), confidence=0.8, why="the document as described")


    def _known_document(self, part: Part) -> str | None:
        if not part.definite:
            return None
        words = set(part.name.casefold().split())
        fuller = [d for head, d in self.documents if head == part.head and words < set(d.casefold().split())]
        return fuller[-1] if len(set(fuller)) == 1 or fuller and self.tokens[part.first].key == "this" else None


def _position(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0
