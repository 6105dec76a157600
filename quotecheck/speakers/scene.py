"""One article as its sources need it: everybody and everything it names, and who has spoken so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quotecheck.speakers.bodies import Bodies, Body, body_of, find_bodies
from quotecheck.speakers.described import DescribedPeople
from quotecheck.speakers.documents import Documents
from quotecheck.speakers.lines import source_ranges
from quotecheck.speakers.mention import Mention
from quotecheck.speakers.mentions import find_mentions
from quotecheck.speakers.namesakes import misspelt
from quotecheck.speakers.people import People, find_people
from quotecheck.speakers.person import Person
from quotecheck.speakers.pronouns import Antecedent, Pronouns, Turn, gender_of
from quotecheck.speakers.relatives import Relatives
from quotecheck.speakers.roles import Words
from quotecheck.speakers.runs import headline_sentences
from quotecheck.speakers.sources import Part, SourceReader
from quotecheck.speakers.tokens import Tokens, tokenise
from quotecheck.types import Attribution, Span, Speaker, SpeakerMention
from quotecheck.vocabulary import SpeakerBasis, SpeakerKind

COMPANIES = frozenset(
    """bank company newspaper paper network firm magazine broadcaster station website operator airline carrier retailer
    manufacturer club""".split()
)
"""Nouns for bodies whose names do not say what they are."""
NEAR_BODY = 1
"""Sentences back in which `the bank` may have its name."""


@dataclass
class Scene:
    """Resolves the sources of one article, which must be given in text order."""

    tokens: Tokens
    mentions: list[Mention]
    people: People
    bodies: Bodies
    reader: SourceReader
    pronouns: Pronouns
    described: DescribedPeople
    relatives: Relatives
    turns: list[Turn] = field(default_factory=list)
    documents: Documents = field(default_factory=Documents)
    voices: list[tuple[int, Body]] = field(default_factory=list)
    """Bodies and documents that have spoken, with the token where they were named."""
    heard: int = -1
    """The token where the last source stands, whoever it was."""

    def speakers(self, attribution: Attribution) -> tuple[Speaker, ...]:
        """The speakers of the first line of the source that has words; empty if there is none."""
        for start, end in source_ranges(self.tokens.text, attribution):
            parts = self.reader.parts(start, end)
            if parts:
                found = self._pair(parts) or tuple(dict.fromkeys(self._speaker(part) for part in parts))
                self.heard = parts[-1].first
                return found
        return ()

    def named(self) -> Iterator[SpeakerMention]:
        """Every place that gives a person's or a body's name, whole or in part, in text order."""
        for i, mention in enumerate(self.mentions):
            owner = self.people.owner.get(i)
            if owner is not None:
                basis, confidence, _ = self._how_named(i, owner)
                yield SpeakerMention(self._words(mention.first, mention.last), owner.name, "person", basis, confidence)
            elif i not in self.people.bearers:
                body = self.bodies.full_form(body_of(mention))
                place = self._words(mention.first, mention.last)
                yield SpeakerMention(place, body.name, body.kind, *_how_called(body))

    def _pair(self, parts: tuple[Part, ...]) -> tuple[Speaker, ...]:
        """`they` after two people; empty for any other source."""
        pair = self.described.pair(parts[0].first) if len(parts) == 1 and parts[0].head == "they" else None
        found = (Antecedent(person, 0.75, "one of the two named together before “they”") for person in pair or ())
        return tuple(self._antecedent(parts[0], one, "pronoun") for one in found)

    def _speaker(self, part: Part) -> Speaker:
        if part.kind in {"name", "utterance"} and part.mention is not None:
            return self._named(part, part.mention)
        if part.kind == "body" and part.mention is not None:
            return self._owned(part, self.mentions[part.mention])
        if part.kind == "pronoun":
            return self._pronoun(part)
        if part.kind == "document":
            return self._document(part)
        return self._unnamed(part, "group") if part.kind == "group" else self._description(part)

    def _named(self, part: Part, at: int) -> Speaker:
        mention, owner, bearers = self.mentions[at], self.people.owner.get(at), self.people.bearers.get(at, ())
        if owner:
            return self._person(part, owner, *self._how_named(at, owner))
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
        basis, confidence = _how_called(body)
        why = "full name in the article" if body.expanded else "named as written"
        return self._body(part, body, basis, confidence, why)

    def _how_named(self, at: int, owner: Person) -> tuple[SpeakerBasis, float, str]:
        only = len(self.people.bearers.get(at, ())) == 1
        if owner.name == self.mentions[at].name and only:
            return "name", 0.97, "named in full"
        return "alias", 0.95 if only else 0.85, f"part of the name {owner.name}"

    def _owned(self, part: Part, owner: Mention) -> Speaker:
        body = self.bodies.owned(owner.keys, part.head, part.name)
        return self._body(part, body, "alias" if body.expanded else "name", 0.9, f"named after {owner.name}")

    def _pronoun(self, part: Part) -> Speaker:
        if part.head in {"who", "which", "that"}:
            return self._relative(part)
        voice = self._last_voice(part) if part.head in {"it", "they"} else None
        if voice:
            confidence = 0.8 if part.head == "it" else 0.75
            return self._body(part, voice, "pronoun", confidence, f"the body that spoke right before “{part.head}”")
        gender = gender_of(part.head)
        found = self.pronouns.antecedent(part.first, gender, self.turns) if gender else None
        return self._antecedent(part, found, "pronoun") if found else self._left_open(part)

    def _last_voice(self, part: Part) -> Body | None:
        """The body that spoke right before `it` or `they`; before `they` none if anybody else did since."""
        at, body = self.voices[-1] if self.voices else (-1, None)
        if body is None or not 0 <= self.pronouns.distance(at, part.first) <= 1:
            return None
        if part.head == "they" and (self.heard > at or (body.kind != "organisation" and not body.expanded)):
            return None
        return body

    def _relative(self, part: Part) -> Speaker:
        at = self.relatives.before(part.first, part.head)
        person = self.people.owner.get(at) if at is not None else None
        why = f"the name right before “{part.head}”"
        if person and part.head != "which":
            return self._person(part, person, "pronoun", 0.93, why)
        if at is None:
            return self._relative_to_phrase(part)
        if part.head == "who" or at in self.people.bearers:
            return self._left_open(part)
        return self._body(part, self.bodies.full_form(body_of(self.mentions[at])), "pronoun", 0.85, why)

    def _relative_to_phrase(self, part: Part) -> Speaker:
        """Whom the noun phrase before a relative pronoun describes (`the ministry, which`)."""
        phrase = self.relatives.phrase_before(part.first)
        words = self._words(*phrase) if phrase else None
        parts = self.reader.parts(words.start, words.end) if words else ()
        kinds = {"description"} if part.head == "who" else {"description", "document", "body"}
        if words is None or len(parts) != 1 or parts[0].kind not in kinds:
            return self._left_open(part)
        found = self._speaker(parts[0])
        why = f"“{part.head}” after “{self.tokens.slice(*phrase or (0, 0))}”: {found.why}"
        return (
            replace(found, basis="pronoun", mention=self._span(part), why=why) if found.name else self._left_open(part)
        )

    def _description(self, part: Part) -> Speaker:
        aged = self.described.aged(part, self.turns)
        if aged:
            return self._antecedent(part, aged, "title_only")
        return self._definite(part) if part.definite and part.kind == "description" else self._foretold(part)

    def _definite(self, part: Part) -> Speaker:
        bearers = self.described.bearers(part)
        if len(bearers) == 1:
            return self._person(part, bearers[0], "title_only", 0.9, f"the only {part.head} in the article")
        if bearers:
            near = self.described.nearest(bearers, part.first)
            names = " or ".join(person.name for person in bearers)
            return self._antecedent(part, near, "title_only") if near else self._open(part, f"may be {names}")
        body = self._described_body(part)
        if body:
            return body
        found = (
            self.described.relative(part, self.turns)
            or self.described.foretold(part)
            or self.described.epithet(part, self.turns)
        )
        if found:
            return self._antecedent(part, found, "title_only")
        return self._open(part, f"the article calls nobody “{part.head}” by name")

    def _foretold(self, part: Part) -> Speaker:
        """A description of somebody new: whom the article names soon after, or nobody."""
        found = self.described.foretold(part)
        return self._antecedent(part, found, "title_only") if found else self._unnamed(part, "unnamed")

    def _described_body(self, part: Part) -> Speaker | None:
        body = self.bodies.described(part.head, part.modifiers, self.tokens[part.last - 1].is_capitalised)
        if body:
            return self._body(part, body, "title_only", 0.85, f"the only {part.head} in the article")
        if part.is_institution:
            institution = Body(part.name, (), "organisation")
            return self._body(part, institution, "name", 0.8, "the institution as described")
        return self._nearby_body(part)

    def _nearby_body(self, part: Part) -> Speaker | None:
        """`the bank`, of a body whose name does not say what it is: the only body named in the sentence before."""
        if part.head not in COMPANIES or part.modifiers or self.tokens[part.first].key != "the":
            return None
        near = [
            body_of(self.mentions[i])
            for i in self.pronouns.named_before(part.first, NEAR_BODY)
            if i not in self.people.bearers and not self._is_whereabouts(self.mentions[i])
        ]
        if len({body.keys for body in near}) != 1 or near[0].kind == "place_metonym":
            return None
        why = f"the only body named right before “the {part.head}”"
        return self._body(part, self.bodies.full_form(near[0]), "title_only", 0.75, why)

    def _is_whereabouts(self, mention: Mention) -> bool:
        return mention.first > 0 and self.tokens[mention.first - 1].key in {"in", "at", "near", "from"}

    def _document(self, part: Part) -> Speaker:
        this = self.tokens[part.first].key == "this"
        known = self.documents.known(part.head, part.name, nearest=this) if part.definite else None
        if known:
            why = "the document described before"
            return self._body(part, Body(known, (), "document"), "title_only", 0.8, why)
        if not self.documents.add(part.head, part.name):
            return self._unnamed(part, "document")
        return self._body(part, Body(part.name, (), "document"), "name", 0.8, "the document as described")

    def _antecedent(self, part: Part, found: Antecedent, basis: SpeakerBasis) -> Speaker:
        return self._person(part, found.person, basis, found.confidence, found.why)

    def _person(self, part: Part, person: Person, basis: SpeakerBasis, confidence: float, why: str) -> Speaker:
        self.turns.append(Turn(part.first, person, by_name=basis in {"name", "alias"}))
        self.pronouns.spoken.add(person)
        role, affiliation = person.role, person.affiliation
        return Speaker(
            person.name,
            "person",
            basis,
            self._span(part),
            role.text if role else None,
            affiliation.text if affiliation else None,
            confidence,
            why,
            self._at(role),
            self._at(affiliation),
        )

    def _body(self, part: Part, body: Body, basis: SpeakerBasis, confidence: float, why: str) -> Speaker:
        self.voices.append((part.first, body))
        return Speaker(body.name, body.kind, basis, self._span(part), confidence=confidence, why=why)

    def _unnamed(self, part: Part, kind: SpeakerKind) -> Speaker:
        return Speaker(None, kind, "title_only", self._span(part), confidence=0.85, why="described, not named")

    def _left_open(self, part: Part) -> Speaker:
        return self._open(part, f"“{part.head}” is left open")

    def _open(self, part: Part, why: str) -> Speaker:
        return Speaker(None, "unknown", "unresolved", self._span(part), confidence=0.3, why=why)

    def _span(self, part: Part) -> Span:
        return self._words(part.first, part.last)

    def _at(self, words: Words | None) -> Span | None:
        return self._words(words.first, words.last) if words else None

    def _words(self, first: int, last: int) -> Span:
        return Span.of(self.tokens.text, self.tokens[first].start, self.tokens[last - 1].end)


def _how_called(body: Body) -> tuple[SpeakerBasis, float]:
    return "metonym" if body.kind == "place_metonym" else "alias" if body.expanded else "name", 0.93


def read_scene(text: str) -> Scene:
    """What an article names, before any source is resolved."""
    tokens = tokenise(text)
    headlines = headline_sentences(tokens)
    mentions = find_mentions(tokens, headlines)
    people = find_people(tokens, mentions)
    persons = frozenset(people.bearers)
    at_token = {t: i for i, m in enumerate(mentions) for t in range(m.first, m.last)}
    reader = SourceReader(tokens, mentions, at_token, headlines, persons)
    pronouns = Pronouns(tokens, mentions, people)
    return Scene(
        tokens,
        mentions,
        people,
        find_bodies(tokens, mentions, persons),
        reader,
        pronouns,
        DescribedPeople(pronouns, headlines),
        Relatives(tokens, mentions, pronouns.starts),
    )
