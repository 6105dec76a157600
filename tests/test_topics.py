"""What articles and claims are about, and who does what to whom in a claim."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from topic_samples import TEXT, pipeline, reading

from quotecheck import claims
from quotecheck.pipeline.component import annotate
from quotecheck.topics import keyterms, terms, triples
from quotecheck.types import Attribution, Span, SpeakerMention, Triple

Line = tuple[str, str, str, str, bool, bool]
"""Who acts, the verb, its base form, who is acted upon, passive, negated."""


def line(triple: Triple) -> Line:
    words = (triple.subject.text, triple.verb.text, triple.lemma, triple.object.text)
    return (*words, triple.passive, triple.negated)


def test_an_article_is_about_its_names_and_recurring_phrases() -> None:
    found = {topic.term: (topic.kind, [span.text for span in topic.mentions]) for topic in reading().topics}
    assert found["Marta Lind"] == ("name", ["Marta Lind", "Lind"])
    assert found["ferry ramp"] == ("phrase", ["ferry ramp", "ferry ramps"])
    assert found["harbour board"] == ("phrase", ["harbour board", "harbour board"])
    assert found["Vestby"] == ("name", ["Vestby", "Vestby"])
    assert set(found) == {
        "Marta Lind", "ferry ramp", "harbour board", "Vestby", "council", "ramp", "Omar Haddad", "pilot",
    }  # fmt: skip


def test_a_claim_has_the_topics_that_its_words_name() -> None:
    about = [(claim.speaker, set(claim.topics)) for claim in reading().claims]
    assert about == [
        ("Marta Lind", {"Vestby", "council", "ferry ramp", "ramp"}),
        ("Marta Lind", {"council", "ramp", "harbour board"}),
        ("Omar Haddad", {"harbour board", "pilot"}),
        ("Omar Haddad", {"ferry ramp", "ramp", "pilot", "Vestby"}),
    ]


def test_who_did_what_in_each_claim() -> None:
    assert [list(map(line, claim.triples)) for claim in reading().claims] == [
        [("The Vestby council", "closed", "close", "the old ferry ramp", False, False)],
        [
            ("The council", "has not sold", "sell", "the ramp", False, True),
            ("the harbour board", "was closed", "close", "The ramp", True, False),
            ("the harbour board", "owns", "own", "it", False, False),
        ],
        [
            ("the harbour board", "did not train", "train", "the pilots", False, True),
            ("the harbour board", "inform", "inform", "the police", False, True),
        ],
        [
            ("nobody", "had checked", "check", "the ferry ramps", False, True),
            ("the pilots", "would sue", "sue", "Vestby", False, False),
        ],
    ]


def test_every_place_can_be_looked_up_in_the_article() -> None:
    read = reading()
    acts = [part for claim in read.claims for act in claim.triples for part in (act.subject, act.verb, act.object)]
    spans = [*acts, *(span for topic in read.topics for span in topic.mentions)]
    assert spans
    assert [span for span in spans if TEXT[span.start : span.end] != span.text] == []


# One clause a line, word by word: the word with its lemma if that differs, its relation, its head, its tag.
CLAUSES: dict[str, tuple[str, list[Line]]] = {
    "an active clause": (
        "The/det/council/DT council/nsubj/closed/NN closed=close/ROOT/closed/VBD the/det/ramp/DT ramp/dobj/closed/NN",
        [("The council", "closed", "close", "the ramp", False, False)],
    ),
    "a passive without an agent says of nobody that they acted": (
        "The/det/ramp/DT ramp/nsubjpass/closed/NN was=be/auxpass/closed/VBD closed=close/ROOT/closed/VBN",
        [],
    ),
    "a passive with a thing and a receiver": (
        "Lind/nsubjpass/given/NNP was=be/auxpass/given/VBD given=give/ROOT/given/VBN a/det/medal/DT "
        "medal/dobj/given/NN by/agent/given/IN sailors=sailor/pobj/by/NNS",
        [("sailors", "was given", "give", "a medal", True, False)],
    ),
    "a verb borrows no object": (
        "Lind/nsubj/met/NNP met=meet/ROOT/met/VBD and/cc/met/CC closed=close/conj/met/VBD the/det/ramp/DT "
        "ramp/dobj/closed/NN",
        [("Lind", "closed", "close", "the ramp", False, False)],
    ),
    "“not” holds for “or raise”": (
        "They/nsubj/cut/PRP did=do/aux/cut/VBD not/neg/cut/RB cut/ROOT/cut/VB jobs=job/dobj/cut/NNS or/cc/cut/CC "
        "raise/conj/cut/VB prices=price/dobj/raise/NNS",
        [("They", "did not cut", "cut", "jobs", False, True), ("They", "raise", "raise", "prices", False, True)],
    ),
    "but not for “and raised”": (
        "They/nsubj/cut/PRP did=do/aux/cut/VBD not/neg/cut/RB cut/ROOT/cut/VB jobs=job/dobj/cut/NNS and/cc/cut/CC "
        "raised=raise/conj/cut/VBD prices=price/dobj/raised/NNS",
        [("They", "did not cut", "cut", "jobs", False, True), ("They", "raised", "raise", "prices", False, False)],
    ),
    "“no” denies, too": (
        "Lind/nsubj/closed/NNP closed=close/ROOT/closed/VBD no/det/ramps/DT ramps=ramp/dobj/closed/NNS",
        [("Lind", "closed", "close", "no ramps", False, True)],
    ),
    "“which” is what it stands for": (
        "boards=board/ROOT/boards/NNS which/nsubj/own/WDT own/relcl/boards/VBP ramps=ramp/dobj/own/NNS",
        [("boards", "own", "own", "ramps", False, False)],
    ),
    "“who” in a question stands for nobody": (
        "Who/nsubj/closed/WP closed=close/ROOT/closed/VBD it/dobj/closed/PRP",
        [],
    ),
    "a question keeps its verb apart": (
        "Will/aux/close/MD Lind/nsubj/close/NNP close/ROOT/close/VB ramps=ramp/dobj/close/NNS",
        [("Lind", "close", "close", "ramps", False, False)],
    ),
    "a sum of money": (
        "Ramps=ramp/nsubj/cost/NNS cost/ROOT/cost/VBP $/nmod/million/$ 2/nummod/million/CD million/dobj/cost/CD",
        [("Ramps", "cost", "cost", "$ 2 million", False, False)],
    ),
    "a verb with a particle": (
        "Lind/nsubj/shut/NNP shut/ROOT/shut/VBD down/prt/shut/RP the/det/ramp/DT ramp/dobj/shut/NN",
        [("Lind", "shut down", "shut down", "the ramp", False, False)],
    ),
    "several who act": (
        "Lind/nsubj/own/NNP and/cc/Lind/CC Haddad/conj/Lind/NNP own/ROOT/own/VBP ramps=ramp/dobj/own/NNS",
        [("Lind and Haddad", "own", "own", "ramps", False, False)],
    ),
    "a majority of whom": (
        "A/det/majority/DT majority/nsubj/want/NN of/prep/majority/IN pilots=pilot/pobj/of/NNS want/ROOT/want/VBP "
        "to/aux/strike/TO strike/xcomp/want/VB",
        [("A majority of pilots", "want", "want", "to strike", False, False)],
    ),
    "a clause that is its own object was read wrongly": (
        "Lind/nsubj/wants/NNP really/advmod/close/RB wants=want/ROOT/wants/VBZ to/aux/close/TO close/xcomp/wants/VB",
        [],
    ),
}
POS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "VB": "VERB", "VBD": "VERB", "VBN": "VERB", "VBP": "VERB",
       "VBZ": "VERB", "DT": "DET", "PRP": "PRON", "WP": "PRON", "WDT": "PRON", "RB": "ADV", "RP": "ADP", "IN": "ADP",
       "CC": "CCONJ", "MD": "AUX", "$": "SYM", "TO": "PART", "JJ": "ADJ", ".": "PUNCT", "CD": "NUM"}  # fmt: skip


def parsed(annotated: str, language: str = "en") -> Doc:
    """A Doc with the parse that is written beside its words."""
    rows = [word.rsplit("/", 3) for word in annotated.split()]
    words = [row[0].split("=")[0] for row in rows]
    relations, tags = [row[1] for row in rows], [row[3] for row in rows]
    pos = ["AUX" if relation in ("aux", "auxpass") else POS[tag] for relation, tag in zip(relations, tags, strict=True)]
    return Doc(
        spacy.blank(language).vocab,
        words=words,
        heads=[words.index(row[2]) for row in rows],
        deps=relations,
        tags=tags,
        pos=pos,
        lemmas=[row[0].split("=")[-1] for row in rows],
    )


@pytest.mark.parametrize("what", CLAUSES)
def test_what_a_clause_says(what: str) -> None:
    annotated, expected = CLAUSES[what]
    doc = parsed(annotated)
    whole = Span.of(doc.text, 0, len(doc.text))
    assert list(map(line, triples.find(doc, [[whole]])[0])) == expected


def test_nothing_is_taken_from_outside_the_statement() -> None:
    doc = parsed(CLAUSES["an active clause"][0])
    assert triples.find(doc, [[Span.of(doc.text, 4, len(doc.text))], [Span.of(doc.text, 0, 11)]]) == [(), ()]


def test_a_language_without_rules_for_noun_phrases_gives_the_bare_words() -> None:
    doc = parsed(CLAUSES["an active clause"][0], "xx")
    found = triples.find(doc, [[Span.of(doc.text, 0, len(doc.text))]])[0]
    assert list(map(line, found)) == [("The council", "closed", "close", "the ramp", False, False)]
    assert terms.find(doc) == []


def test_without_a_parse_there_is_nothing_and_no_error() -> None:
    doc = spacy.blank("en")("Lind said the ramp was closed.")
    span = Span.of(doc.text, 10, 29)
    annotate(doc, [Attribution((Span.of(doc.text, 0, 4),), (Span.of(doc.text, 5, 9),), (span,), 0.9)])
    (claim,) = claims.read(doc).claims
    assert (claim.topics, claim.triples, claims.read(doc).topics) == ((), (), ())


def listed(*entries: tuple[str, str]) -> Doc:
    """A Doc that lists names, or nouns where there is no label; a noun phrase is a noun with words before it."""
    words: list[str] = []
    heads: list[int] = []
    tags: list[str] = []
    for entry, label in entries:
        last = len(words) + len(entry.split()) - 1
        for place, word in enumerate(entry.split()):
            words.append(word)
            heads.append(last)
            tags.append(f"{'I' if place else 'B'}-{label}" if label else "O")
        words.append("and")
        heads.append(last)
        tags.append("O")
    pos = [
        "CCONJ" if word == "and" else "PROPN" if tag != "O" else "NOUN" for word, tag in zip(words, tags, strict=True)
    ]
    deps = ["cc" if word == "and" else "pobj" if head == index else "compound"
            for index, (word, head) in enumerate(zip(words, heads, strict=True))]  # fmt: skip
    lemmas = [word.removesuffix("s") if place == "NOUN" else word for word, place in zip(words, pos, strict=True)]
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=lemmas, ents=tags)


def spellings(doc: Doc, *mentions: SpeakerMention) -> list[str]:
    return [term.spelling for term in terms.find(doc, mentions)]


def test_a_surname_stands_for_the_only_full_name_that_ends_with_it() -> None:
    alone = listed(("Marta Lind", "PERSON"), ("Lind", "PERSON"), ("Lind", "ORG"))
    assert spellings(alone) == ["Marta Lind", "Marta Lind", "Marta Lind"]
    shared = listed(("Marta Lind", "PERSON"), ("Erik Lind", "PERSON"), ("Lind", "PERSON"))
    assert spellings(shared) == ["Marta Lind", "Erik Lind", "Lind"]


def test_a_speaker_has_the_name_under_which_the_article_lists_her() -> None:
    doc = listed(("Lind", "PERSON"), ("Haddad", "PERSON"))
    mention = SpeakerMention(Span.of(doc.text, 0, 4), "Marta Lind", "person", "alias", 0.9)
    assert spellings(doc, mention) == ["Marta Lind", "Haddad"]


def test_names_lose_article_and_possessive_and_keep_their_spelling() -> None:
    doc = listed(("the Lakeside Institute", "ORG"), ("Vestby 's", "GPE"), ("U.S.", "GPE"), ("Pilots", "NORP"))
    assert spellings(doc) == ["Lakeside Institute", "Vestby", "U.S.", "Pilots"]


def test_a_place_in_a_dateline_is_the_place_in_the_text() -> None:
    assert spellings(listed(("PORT ELLORY", "GPE"), ("USA", "GPE"))) == ["Port Ellory", "USA"]


def test_dates_and_numbers_are_no_topics() -> None:
    doc = listed(("last Monday", "DATE"), ("Mondays", ""), ("40,000 crowns", "MONEY"), ("40,000 crowns", "MONEY"))
    assert spellings(doc) == []


def test_a_phrase_is_as_long_as_it_recurs() -> None:
    doc = listed(("winter ferry timetable", ""), ("ferry timetables", ""), ("timetables", ""), ("gate", ""))
    assert spellings(doc) == ["ferry timetable", "ferry timetable", "timetable"]


@pytest.mark.parametrize("word", ["spokeswoman", "statement", "comment", "people", "thing", "year"])
def test_words_that_every_article_has_are_no_topics(word: str) -> None:
    assert spellings(listed((word, ""), (f"{word}s", ""))) == []


def test_what_stands_first_and_often_ranks_first_and_eight_are_enough() -> None:
    bays = [(f"Bay{letter}", "GPE") for letter in "abcdefgh"]
    doc = listed(("Vestby", "GPE"), ("harbours", ""), *bays[:4], ("Vestby", "GPE"), *bays[4:], ("harbours", ""))
    ranked = keyterms.rank(terms.find(doc))
    assert [key for key, _ in ranked][:2] == [("vestby",), ("harbour",)]
    assert len(ranked) == 8
    assert sorted((score for _, score in ranked), reverse=True) == [score for _, score in ranked]


@pytest.mark.parametrize(("entries", "ranked"), [([], []), ([("Vestby", "GPE")], [(("vestby",), 1.0)])])
def test_articles_with_hardly_a_name(entries: list[tuple[str, str]], ranked: list[object]) -> None:
    assert keyterms.rank(terms.find(listed(*entries, ("gate", "")))) == ranked


WORDS = [
    "Lind",
    "Vestby",
    "closed",
    "the ferry ramp",
    "was",
    "by",
    "which",
    "no",
    "“",
    "”",
    ",",
    ".",
    "and",
    "\n\n",
    "3",
    "🚢",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_whatever_the_text_its_places_are_in_it(text: str) -> None:
    doc = pipeline()(text)
    spoken = Attribution((), (), (Span.of(text, 0, len(text)),), 0.9)
    annotate(doc, [spoken] if text.strip() else [])
    read = claims.read(doc)
    acts = [part for claim in read.claims for act in claim.triples for part in (act.subject, act.verb, act.object)]
    spans = [*acts, *(span for topic in read.topics for span in topic.mentions)]
    assert [span for span in spans if text[span.start : span.end] != span.text or not span.text.strip()] == []
