"""Puts the readings together: each source of an article with the speakers it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quotecheck.speakers import descriptions
from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.bodies import Bodies, Body, body_of, find_bodies
from quotecheck.speakers.lines import source_ranges
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.mentions import find_mentions
from quotecheck.speakers.namesakes import misspelt
from quotecheck.speakers.people import People, find_people
from quotecheck.speakers.person import Person
from quotecheck.speakers.pronouns import Pronouns, Turn, gender_of
from quotecheck.speakers.runs import headline_sentences
from quotecheck.speakers.sources import Part, SourceReader
from quotecheck.speakers.tokens import Tokens, tokenise
from quotecheck.types import Attribution, Span, Speaker
from quotecheck.vocabulary import SpeakerBasis, SpeakerKind

EPITHET_NOUNS = (
    lx.PERSON_NOUNS - lx.TITLES - lx.GENDERED_NOUNS.keys() | lx.TITLES & {"coach", "director", "author", "activist"}
) - frozenset(
    """witness person resident official source expert neighbour neighbor student victim suspect defendant plaintiff
    patient partner colleague friend cousin supporter critic opponent worker employee voter reporter journalist
    interpreter translator moderator guard driver passenger owner reader figure child baby parent""".split()
)
"""Nouns that sports and feature writers use for the one who has just spoken."""
OPENING_MARKS = tuple("\"“„«‘'`")
VAGUE = frozenset({"new", "recent", "latest", "first", "one", "the", "a", "an", "this", "that", "another", "own"})
UNRESOLVED = Speaker(None, "unknown", "unresolved", why="no source is given")


def resolve(text: str, attributions: Sequence[Attribution]) -> list[tuple[Speaker, ...]]:
    """Whom each attribution's source stands for, parallel to `attributions`.

    Offsets are code points into `text`, half open. A joint source gives several speakers, any other exactly one;
    a speaker that the article does not name, or that cannot be told safely, has the name None. Raises nothing.
    """
    if not attributions:
        return []
    scene = _scene(text)
    found: dict[int, tuple[Speaker, ...]] = {}
    previous: int | None = None
    for i in sorted(range(len(attributions)), key=lambda i: _position(attributions[i])):
        speakers = scene.speakers(attributions[i])
        if not speakers and previous is not None and _runs_on(text, attributions[previous], attributions[i]):
            speakers = tuple(_carried(s) for s in found[previous])
        found[i] = speakers or (UNRESOLVED,)
        previous = i
    return [found[i] for i in range(len(attributions))]


@dataclass
class _Scene:
    """Everybody and everything an article names, and who has spoken so far."""

    tokens: Tokens
    mentions: list[Mention]
    people: People
    bodies: Bodies
    reader: SourceReader
    pronouns: Pronouns
    turns: list[Turn] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)
    voices: list[tuple[int, Body]] = field(default_factory=list)
    """Bodies and documents that have spoken, with the token where they were named."""

    def speakers(self, attribution: Attribution) -> tuple[Speaker, ...]:
        """The speakers of the first line of the source that has words; empty if there is none."""
        for start, end in source_ranges(self.tokens.text, attribution):
            parts = self.reader.parts(start, end)
            if parts:
                return tuple(dict.fromkeys(self._speaker(part) for part in parts))
        return ()

    def _speaker(self, part: Part) -> Speaker:
        if part.kind in {"name", "utterance"} and part.mention is not None:
            return self._named(part, part.mention)
        if part.kind == "body" and part.mention is not None:
            return self._owned(part, self.mentions[part.mention])
        if part.kind == "pronoun":
            return self._pronoun(part)
        if part.kind == "description":
            return self._described(part)
        if part.kind == "document":
            return self._document(part)
        return self._unnamed(part, "group" if part.kind == "group" else "unnamed")

    def _named(self, part: Part, at: int) -> Speaker:
        mention, owner, bearers = self.mentions[at], self.people.owner.get(at), self.people.bearers.get(at, ())
        if owner and owner.name == mention.name and len(bearers) == 1:
            return self._person(part, owner, "name", 0.97, "named in full")
        if owner:
            confidence = 0.95 if len(bearers) == 1 else 0.85
            return self._person(part, owner, "alias", confidence, f"part of the name {owner.name}")
        if bearers:
            return self._open(part, "may be " + " or ".join(p.name for p in bearers))
        meant = misspelt(mention.keys, self.people.persons) if mention.kind == "unknown" else None
        if meant:
            return self._person(part, meant, "alias", 0.8, f"probably a misspelling of {meant.name}")
        if part.definite and any(mention.keys == (p.surname + "s",) for p in self.people.persons):
            return self._unnamed(part, "group")
        body = self.bodies.full_form(body_of(mention))
        if body.kind == "document" and (year := self.reader.year_before(part)):
            body = replace(body, name=f"{year} {body.name}")
        basis: SpeakerBasis = "metonym" if body.kind == "place_metonym" else "alias" if body.expanded else "name"
        return self._body(part, body, basis, 0.93, "full name in the article" if body.expanded else "named as written")

    def _owned(self, part: Part, owner: Mention) -> Speaker:
        body = self.bodies.owned(owner.keys, part.head, part.name)
        return self._body(part, body, "alias" if body.expanded else "name", 0.9, f"named after {owner.name}")

    def _pronoun(self, part: Part) -> Speaker:
        gender = gender_of(part.head)
        if part.head in {"who", "which"}:
            return self._relative(part)
        if part.head == "it" and self.voices and 0 <= self.pronouns.distance(self.voices[-1][0], part.first) <= 1:
            body = self.voices[-1][1]
            return self._body(part, body, "pronoun", 0.8, "the body that spoke right before “it”")
        found = self.pronouns.antecedent(part.first, gender, self.turns) if gender else None
        if found is None:
            return self._open(part, f"“{part.head}” is left open")
        return self._person(part, found.person, "pronoun", found.confidence, found.why)

    def _relative(self, part: Part) -> Speaker:
        at = self.pronouns.before_relative(part.first)
        person = self.people.owner.get(at) if at is not None else None
        why = f"the name right before “{part.head}”"
        if person and part.head == "who":
            return self._person(part, person, "pronoun", 0.93, why)
        if at is None or part.head == "who" or at in self.people.bearers:
            return self._open(part, f"“{part.head}” is left open")
        return self._body(part, self.bodies.full_form(body_of(self.mentions[at])), "pronoun", 0.85, why)

    def _described(self, part: Part) -> Speaker:
        if not part.definite:
            return self._unnamed(part, "unnamed")
        found = descriptions.bearers(part.head, part.modifiers, self.people.persons)
        if len(found) == 1:
            return self._person(part, found[0], "title_only", 0.9, f"the only {part.head} in the article")
        if not found:
            return self._described_body(part) or self._epithet(part)
        names = " or ".join(p.name for p in found)
        return self._open(part, f"may be {names}")

    def _described_body(self, part: Part) -> Speaker | None:
        body = self.bodies.described(part.head, part.modifiers, self.tokens[part.last - 1].is_capitalised)
        if body:
            return self._body(part, body, "title_only", 0.85, f"the only {part.head} in the article")
        if part.is_institution:
            institution = Body(part.name, (), "organisation")
            return self._body(part, institution, "name", 0.8, "the institution as described")
        return None

    def _epithet(self, part: Part) -> Speaker:
        """A noun by which the article calls nobody else (`the striker`): the one who has just spoken."""
        gender = descriptions.gender_of_noun(part.head)
        found = self.pronouns.epithet(part.first, gender, self.turns) if self._is_epithet(part) else None
        if found is None:
            return self._open(part, f"the article calls nobody “{part.head}” by name")
        return self._person(part, found.person, "title_only", found.confidence, found.why)

    def _is_epithet(self, part: Part) -> bool:
        telling = part.head in EPITHET_NOUNS or descriptions.is_demonym(part.head)
        return telling and not part.modifiers and self.tokens[part.first].key == "the"

    def _document(self, part: Part) -> Speaker:
        known = self._known_document(part) if part.definite else None
        if known:
            why = "the document described before"
            return self._body(part, Body(known, (), "document"), "title_only", 0.8, why)
        if not set(part.name.casefold().split()[:-1]) - VAGUE:
            return self._unnamed(part, "document")
        self.documents.append((part.head, part.name))
        return self._body(part, Body(part.name, (), "document"), "name", 0.8, "the document as described")

    def _known_document(self, part: Part) -> str | None:
        """The one document of this kind described before in more words; after `this` the last one."""
        words = set(part.name.casefold().split())
        fuller = [name for head, name in self.documents if head == part.head and words < set(name.casefold().split())]
        nearest = self.tokens[part.first].key == "this"
        return fuller[-1] if fuller and (nearest or len(set(fuller)) == 1) else None

    def _person(self, part: Part, person: Person, basis: SpeakerBasis, confidence: float, why: str) -> Speaker:
        self.turns.append(Turn(part.first, person, by_name=basis in {"name", "alias"}))
        mention = self._span(part)
        return Speaker(person.name, "person", basis, mention, person.role, person.affiliation, confidence, why)

    def _body(self, part: Part, body: Body, basis: SpeakerBasis, confidence: float, why: str) -> Speaker:
        self.voices.append((part.first, body))
        return Speaker(body.name, body.kind, basis, self._span(part), confidence=confidence, why=why)

    def _unnamed(self, part: Part, kind: SpeakerKind) -> Speaker:
        return Speaker(None, kind, "title_only", self._span(part), confidence=0.85, why="described, not named")

    def _open(self, part: Part, why: str) -> Speaker:
        return Speaker(None, "unknown", "unresolved", self._span(part), confidence=0.3, why=why)

    def _span(self, part: Part) -> Span:
        return Span.of(self.tokens.text, self.tokens[part.first].start, self.tokens[part.last - 1].end)


def _scene(text: str) -> _Scene:
    tokens = tokenise(text)
    headlines = headline_sentences(tokens)
    mentions = find_mentions(tokens, headlines)
    people = find_people(tokens, mentions)
    persons = frozenset(people.bearers)
    at_token = {t: i for i, m in enumerate(mentions) for t in range(m.first, m.last)}
    reader = SourceReader(tokens, mentions, at_token, headlines, persons)
    bodies = find_bodies(tokens, mentions, persons)
    return _Scene(tokens, mentions, people, bodies, reader, Pronouns(tokens, mentions, people))


def _runs_on(text: str, before: Attribution, after: Attribution) -> bool:
    """Whether a quotation without source and cue only continues the one before it: nothing stands between them."""
    if after.source or after.cue or not after.content:
        return False
    start = after.content[0].start
    end = max((s.end for s in (*before.source, *before.cue, *before.content) if s.end <= start), default=-1)
    opens = text.startswith(OPENING_MARKS, start) or text.startswith(OPENING_MARKS, max(0, start - 1))
    return end >= 0 and opens and not any(c.isalnum() for c in text[end:start])


def _carried(speaker: Speaker) -> Speaker:
    """The speaker of the quotation before, for one that continues it."""
    why = "continues the quotation before it"
    if speaker.name is None:
        return replace(speaker, mention=None, why=why)
    confidence = round(speaker.confidence * 0.85, 3)
    return replace(speaker, basis="carry_over", mention=None, confidence=confidence, why=why)


def _position(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0
