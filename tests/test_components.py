"""The shipped pipeline's parse, entities and coreference, as users of spaCy and textacy know them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import spacy
import textacy.extract
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, DocBin

import quotecheck
from quotecheck.batch import pipeline as batch_pipeline
from quotecheck.errors import ModelError
from quotecheck.pipeline.tensor import EncoderComponent
from quotecheck.pipeline.words import places

TEXT = (
    "Mayor Marta Lind told reporters on Monday that the harbour board had closed the old bridge in Ghent. "
    "She said she could not say when it would reopen.\n\n"
    '"Nobody should drive over it," said Omar Haddad, the chief engineer of the Lakeside Institute.'
)
OURS = ["quotecheck_encoder", "quotecheck_tagger", "quotecheck_parser", "lemmatizer", "quotecheck_ner"]


@cache
def pipeline() -> Language:
    return quotecheck.load()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_the_pipeline_needs_nothing_that_is_missing(nlp: Language) -> None:
    assert nlp.pipe_names == [*OURS, "quotecheck_coref", "quotecheck"]
    assert {name: found for name, found in nlp.analyze_pipes()["problems"].items() if found} == {}


def test_sentences(doc: Doc) -> None:
    assert [sentence.text.split()[0] for sentence in doc.sents] == ["Mayor", "She", '"Nobody']


def test_words_of_a_sentence(nlp: Language) -> None:
    doc = nlp("The ministers have not said who closed the bridges in Ghent.")
    assert [(token.text, token.lemma_, token.tag_, token.pos_, token.dep_, token.head.text) for token in doc] == [
        ("The", "the", "DT", "DET", "det", "ministers"),
        ("ministers", "minister", "NNS", "NOUN", "nsubj", "said"),
        ("have", "have", "VBP", "AUX", "aux", "said"),
        ("not", "not", "RB", "PART", "neg", "said"),
        ("said", "say", "VBN", "VERB", "ROOT", "said"),
        ("who", "who", "WP", "PRON", "nsubj", "closed"),
        ("closed", "close", "VBD", "VERB", "ccomp", "said"),
        ("the", "the", "DT", "DET", "det", "bridges"),
        ("bridges", "bridge", "NNS", "NOUN", "dobj", "closed"),
        ("in", "in", "IN", "ADP", "prep", "closed"),
        ("Ghent", "Ghent", "NNP", "PROPN", "pobj", "in"),
        (".", ".", ".", "PUNCT", "punct", "said"),
    ]
    assert doc[1].morph.get("Number") == ["Plur"]


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("They need the bridge.", "need", "need"),
        ("She hoped for rain.", "hoped", "hope"),
        ("He hopped over the rope.", "hopped", "hop"),
        ("There are two boats.", "are", "be"),
        ("The taxes rose.", "taxes", "tax"),
    ],
)
def test_lemmas_of_forms_that_mislead(nlp: Language, text: str, word: str, lemma: str) -> None:
    assert [token.lemma_ for token in nlp(text) if token.text == word] == [lemma]


def test_noun_chunks(doc: Doc) -> None:
    chunks = [chunk.text for chunk in doc.noun_chunks]
    assert chunks[:5] == ["Mayor Marta Lind", "reporters", "Monday", "the harbour board", "the old bridge"]


def test_entities(doc: Doc) -> None:
    found = [(entity.text, entity.label_) for entity in doc.ents]
    assert found == [
        ("Marta Lind", "PERSON"),
        ("Monday", "DATE"),
        ("Ghent", "GPE"),
        ("Omar Haddad", "PERSON"),
        ("Lakeside Institute", "ORG"),
    ]


def test_who_she_is(doc: Doc) -> None:
    groups = [group for key, group in doc.spans.items() if key.startswith("coref_clusters_")]
    together = [[span.text for span in group] for group in groups]
    assert ["Marta Lind", "She", "she"] in together


def test_sentences_of_scraped_text(nlp: Language) -> None:
    doc = nlp('The gates held.Nobody was hurt. "We were lucky.\nVery lucky," said Lind.Haddad agreed.')
    starts = [sentence.text.split()[0].strip('"') for sentence in doc.sents]
    assert starts == ["The", "Nobody", "We", "Very", "Haddad"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Diário:«We can see it.»", ["Diário", ":", "«", "We", "can", "see", "it", ".", "»"]),
        ("``Lose eight billion,'' she said", ["``", "Lose", "eight", "billion", ",", "''", "she", "said"]),
        ('He left."She stayed",he said.', ["He", "left", ".", '"', "She", "stayed", '"', ",", "he", "said", "."]),
    ],
)
def test_marks_without_spaces_cut_no_word(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp.make_doc(text)] == tokens


def test_matcher_with_parts_of_speech_and_dependencies(nlp: Language, doc: Doc) -> None:
    matcher = Matcher(nlp.vocab)
    matcher.add("SUBJECT", [[{"POS": "PROPN", "DEP": "compound"}, {"POS": "PROPN", "DEP": "nsubj"}]])
    assert "Marta Lind" in [doc[start:end].text for _, start, end in matcher(doc)]


def test_displacy_draws_trees_and_entities(doc: Doc) -> None:
    assert displacy.render(doc, style="dep", jupyter=False).count("<svg") == 1
    assert "PERSON" in displacy.render(doc, style="ent", jupyter=False)


def test_textacy_works_on_the_doc(doc: Doc) -> None:
    triples = [
        (
            " ".join(t.text for t in triple.subject),
            " ".join(t.text for t in triple.verb),
            " ".join(t.text for t in triple.object),
        )
        for triple in textacy.extract.subject_verb_object_triples(doc)
    ]
    assert ("harbour board", "had closed", "bridge") in triples
    quotations = [(" ".join(t.text for t in q.speaker), q.content.text) for q in textacy.extract.direct_quotations(doc)]
    assert quotations == [("Omar Haddad", '"Nobody should drive over it,"')]
    terms = [term for term, _ in textacy.extract.keyterms.textrank(doc, normalize="lemma", topn=5)]
    assert "harbour board" in terms


@pytest.mark.parametrize("part", ["quotecheck_ner", "quotecheck_coref", "quotecheck", "lemmatizer"])
def test_a_part_can_be_left_out(part: str, doc: Doc) -> None:
    smaller = spacy.load(quotecheck.model_path(), exclude=[part])
    found = smaller(TEXT)
    assert part not in smaller.pipe_names
    assert [token.dep_ for token in found] == [token.dep_ for token in doc]
    if part != "quotecheck":
        assert found._.attributions == doc._.attributions


def test_attributions_do_not_depend_on_the_other_parts(doc: Doc) -> None:
    alone = spacy.load(quotecheck.model_path(), exclude=[*OURS, "quotecheck_coref"])
    assert alone.pipe_names == ["quotecheck"]
    assert alone(TEXT)._.attributions == doc._.attributions


def test_entities_that_are_there_stay(nlp: Language) -> None:
    own = spacy.blank("en")
    own.add_pipe("entity_ruler").add_patterns([{"label": "BRIDGE", "pattern": "old bridge in Ghent"}])
    for name in ("quotecheck_encoder", "quotecheck_ner"):
        own.add_pipe(name)
    found = [(entity.text, entity.label_) for entity in own(TEXT).ents]
    assert ("old bridge in Ghent", "BRIDGE") in found
    assert ("Ghent", "GPE") not in found
    assert ("Marta Lind", "PERSON") in found


def test_a_head_says_what_it_lacks() -> None:
    own = spacy.blank("en")
    own.add_pipe("quotecheck_parser")
    with pytest.raises(ModelError, match="quotecheck_parser reads what quotecheck_encoder leaves on the Doc"):
        own("She left.")


def test_sentence_starts_of_another_component_are_kept() -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    for name in OURS[:3]:
        own.add_pipe(name)
    doc = own("Dr. Lind left. She waved.")
    assert [sentence.text for sentence in doc.sents] == ["Dr. Lind left.", "She waved."]
    assert [sentence.root.text for sentence in doc.sents] == ["left", "waved"]


def test_spacy_evaluates_it(nlp: Language, tmp_path: Path) -> None:
    text = TEXT.partition("\n")[0]
    DocBin(docs=[nlp(text)], store_user_data=False).to_disk(tmp_path / "gold.spacy")
    (gold,) = DocBin().from_disk(tmp_path / "gold.spacy").get_docs(nlp.vocab)
    scores = nlp.evaluate([spacy.training.Example(nlp.make_doc(text), gold)])
    names = ("tag_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f", "ents_f", "lemma_acc")
    assert {name: scores[name] for name in names} == dict.fromkeys(names, 1.0)


def test_the_meta_names_sources_licences_and_scores(nlp: Language) -> None:
    assert all(source["name"] and source["license"] for source in nlp.meta["sources"])
    scores = nlp.meta["performance"]
    assert scores["en_ewt-ud-dev"]["upos"] > 90
    assert scores["polnear.dev"]["attributed_f1"] > 0.7


@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "'", "said", "Lind", "\n", " ", "can", "not", "gonna", ".", "ﬀ", "é", "🜲", "\x85"]
        ),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_soup_gets_one_tree_for_each_sentence(parts: list[str]) -> None:
    doc = pipeline()("".join(parts))
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        assert len([token for token in words if token.head.i == token.i]) == min(1, len(words))


def test_a_pipeline_of_ones_own_keeps_its_entities_and_gets_attributions(tmp_path: Path) -> None:
    own = spacy.blank("en")
    own.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "the chief engineer"}])
    own.to_disk(tmp_path / "own")
    found = batch_pipeline.load(str(tmp_path / "own"))(TEXT)
    assert [(entity.text, entity.label_) for entity in found.ents] == [("the chief engineer", "PERSON")]
    assert [attribution.source[0].text for attribution in found._.attributions][-1].startswith("Omar Haddad")
    assert not found.has_annotation("DEP")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't", [[0, 0, 0], [1, 1, 0], [1, 3, 1]]),
        ("He cannot", [[0, 0, 0], [1, 1, 0], [1, 1, 1]]),
        ("In the U.S.", [[0, 0, 0], [1, 1, 0], [2, 5, 0]]),
        ("No.\n\nYes", [[0, 0, 0], [1, 1, 0], [-1, 1, 0], [2, 2, 0]]),
    ],
)
def test_where_tokens_are_read(nlp: Language, text: str, expected: list[list[int]]) -> None:
    encoder = nlp.get_pipe("quotecheck_encoder")
    assert isinstance(encoder, EncoderComponent)
    spans = [[token.idx, token.idx + len(token)] for token in nlp.make_doc(text)]
    assert places(encoder.encoder.read(text).words, np.array(spans)).tolist() == expected
