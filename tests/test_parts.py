"""Parts of the shipped pipeline switched off, handed on and measured with spaCy's own means."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc, DocBin
from threadpoolctl import threadpool_info, threadpool_limits

import quotecheck
from quotecheck.errors import ModelError
from quotecheck.pipeline.arrays import one_thread

TEXT = (
    "Mayor Marta Lind told reporters on Monday that the harbour board had closed the old bridge in Ghent. "
    "She said she could not say when it would reopen.\n\n"
    '"Nobody should drive over it," said Omar Haddad, the chief engineer of the Lakeside Institute.'
)
TOKENS = ("tag_", "pos_", "morph", "dep_", "lemma_", "ent_type_", "ent_iob_", "is_sent_start")
ENCODER, TAGGER, PARSER, NER, COREF = (f"quotecheck_{part}" for part in ("encoder", "tagger", "parser", "ner", "coref"))
HEADS = [TAGGER, PARSER, "lemmatizer", NER, COREF]


@cache
def pipeline() -> Language:
    return quotecheck.load()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def column(doc: Doc, attribute: str) -> list[Any]:
    return [str(getattr(token, attribute)) for token in doc]


def clusters(doc: Doc) -> list[list[tuple[int, int]]]:
    groups = [group for key, group in doc.spans.items() if key.startswith("coref_clusters_")]
    return [[(span.start, span.end) for span in group] for group in groups]


OFF: list[tuple[list[str], tuple[str, ...]]] = [
    # What is switched off, and what stays as it was.
    (["quotecheck"], TOKENS),
    ([COREF], TOKENS),
    ([NER], ("tag_", "pos_", "morph", "dep_", "lemma_", "is_sent_start")),
    (["lemmatizer"], ("tag_", "pos_", "morph", "dep_", "ent_type_", "ent_iob_", "is_sent_start")),
    ([TAGGER, "lemmatizer"], ("dep_", "ent_type_", "ent_iob_", "is_sent_start")),
    ([PARSER], ("tag_", "pos_", "morph", "lemma_", "ent_type_", "ent_iob_")),
    ([TAGGER, PARSER, "lemmatizer"], ("ent_type_", "ent_iob_")),
]


@pytest.mark.parametrize(("off", "kept"), OFF, ids=["+".join(off) for off, _ in OFF])
def test_the_rest_says_the_same(nlp: Language, doc: Doc, off: list[str], kept: tuple[str, ...]) -> None:
    with nlp.select_pipes(disable=off):
        assert [name for name in nlp.pipe_names if name in off] == []
        found = nlp(TEXT)
    assert {name: column(found, name) for name in kept} == {name: column(doc, name) for name in kept}
    for name in {"dep_", "ent_type_", "lemma_", "tag_"} - set(kept):
        assert set(column(found, name)) == {""}
    if "quotecheck" not in off:
        assert found._.attributions == doc._.attributions
    if off == ["quotecheck"]:
        assert found._.attributions == []
    if off in (["quotecheck"], ["lemmatizer"]):
        assert clusters(found) == clusters(doc)
    if COREF in off:
        assert clusters(found) == []


@pytest.mark.parametrize("off", [HEADS, [ENCODER, *HEADS]])
def test_attributions_alone(doc: Doc, off: list[str]) -> None:
    for alone in (
        spacy.load(quotecheck.model_path(), disable=off),
        spacy.load(quotecheck.model_path(), exclude=off),
    ):
        found = alone(TEXT)
        assert found._.attributions == doc._.attributions
        assert (found.has_annotation("TAG"), found.has_annotation("DEP"), found.ents) == (False, False, ())


@pytest.mark.parametrize("head", [TAGGER, PARSER, NER])
def test_a_head_without_its_encoder_says_what_to_do(nlp: Language, head: str) -> None:
    with (
        nlp.select_pipes(enable=[head]),
        pytest.raises(ModelError, match=f"{head} reads what quotecheck_encoder leaves on the Doc; .* enable it"),
    ):
        nlp(TEXT)


def test_spacys_command_evaluates_it(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    gold = Doc(
        blank.vocab,
        words=["Omar", "Haddad", "of", "Ghent", "closed", "the", "old", "bridge", "."],
        spaces=[True] * 7 + [False, False],
        tags=["NNP", "NNP", "IN", "NNP", "VBD", "DT", "JJ", "NN", "."],
        pos=["PROPN", "PROPN", "ADP", "PROPN", "VERB", "DET", "ADJ", "NOUN", "PUNCT"],
        heads=[1, 4, 1, 2, 4, 7, 7, 4, 4],
        deps=["compound", "nsubj", "prep", "pobj", "ROOT", "det", "amod", "dobj", "punct"],
        lemmas=["Omar", "Haddad", "of", "Ghent", "close", "the", "old", "bridge", "."],
        ents=["B-PERSON", "I-PERSON", "O", "B-GPE", "O", "O", "O", "O", "O"],
    )
    DocBin(docs=[gold]).to_disk(tmp_path / "gold.spacy")
    command = [sys.executable, "-m", "spacy", "evaluate", str(quotecheck.model_path()), str(tmp_path / "gold.spacy")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    rows = [line.split() for line in done.stdout.splitlines()]
    scores = {" ".join(row[:-1]): float(row[-1]) for row in rows if len(row) in (2, 3) and row[-1][-3:-2] == "."}
    names = ("TOK", "TAG", "POS", "LEMMA", "UAS", "LAS", "NER P", "NER R", "NER F", "SENT F")
    assert {name: scores[name] for name in names} == dict.fromkeys(names, 100.0)


def test_the_meta_says_where_everything_comes_from(nlp: Language) -> None:
    meta = nlp.meta
    assert (meta["lang"], meta["name"], meta["license"]) == ("en", "quotecheck", "Apache-2.0")
    sources = {source["name"]: source["license"] for source in meta["sources"]}
    assert sources["Universal Dependencies, English Web Treebank"] == "CC BY-SA 4.0"
    assert not [licence for licence in sources.values() if "NC" in licence or "GPL" in licence]
    scores = meta["performance"]
    assert 90 < scores["en_ewt-ud-dev"]["las"] + 5 < scores["en_ewt-ud-dev"]["uas"] + 5 < 105
    assert set(meta["components"]) == set(nlp.component_names)


def test_a_doc_comes_back_whole(nlp: Language, doc: Doc) -> None:
    (stored,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    restored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for found in (restored, stored):
        for name in TOKENS:
            assert column(found, name) == column(doc, name)
        assert [token.head.i for token in found] == [token.head.i for token in doc]
        assert [(entity.text, entity.label_) for entity in found.ents] == [(e.text, e.label_) for e in doc.ents]
        assert clusters(found) == clusters(doc)
        assert found._.attributions == doc._.attributions


def test_parts_can_run_on_a_doc_that_was_stored(nlp: Language, doc: Doc) -> None:
    with nlp.select_pipes(enable=[ENCODER]):
        stored = nlp(TEXT).to_bytes()
    restored = Doc(nlp.vocab).from_bytes(stored)
    with nlp.select_pipes(disable=[ENCODER]):
        found = nlp(restored)
    assert {name: column(found, name) for name in TOKENS} == {name: column(doc, name) for name in TOKENS}
    assert found._.attributions == doc._.attributions


def test_two_processes_say_the_same_as_one(nlp: Language, doc: Doc) -> None:
    first, second = nlp.pipe([TEXT, "The gates held."], n_process=2)
    assert {name: column(first, name) for name in TOKENS} == {name: column(doc, name) for name in TOKENS}
    assert (clusters(first), first._.attributions) == (clusters(doc), doc._.attributions)
    assert [token.dep_ for token in second] == ["det", "nsubj", "ROOT", "punct"]


def test_dependency_matcher(nlp: Language, doc: Doc) -> None:
    matcher = DependencyMatcher(nlp.vocab)
    verb = {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "close", "POS": "VERB"}}
    thing = {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "object", "RIGHT_ATTRS": {"DEP": "dobj"}}
    matcher.add("CLOSED", [[verb, thing]])
    assert [[doc[number].text for number in tokens] for _, tokens in matcher(doc)] == [["closed", "bridge"]]


SCRAPED = [
    ("The gates held.Nobody was hurt.", ["The gates held.", "Nobody was hurt."]),
    ("The board met on Monday\n\nNobody spoke", ["The board met on Monday\n\n", "Nobody spoke"]),
    ("Mr. Haddad met Dr. Lind at 5 p.m. in Ghent.", ["Mr. Haddad met Dr. Lind at 5 p.m. in Ghent."]),
    (
        '"We were\nlucky," said Omar Haddad. "Very lucky."',
        ['"We were\nlucky," said Omar Haddad.', '"Very lucky."'],
    ),
    ("The gates held.\nNobody was hurt.", ["The gates held.\n", "Nobody was hurt."]),
]


@pytest.mark.parametrize(("text", "expected"), SCRAPED)
def test_sentences_of_scraped_text(nlp: Language, text: str, expected: list[str]) -> None:
    assert [sentence.text.strip() for sentence in nlp(text).sents] == [sentence.strip() for sentence in expected]


def test_lemmas_are_those_of_spacys_own_lemmatizer(nlp: Language, doc: Doc) -> None:
    theirs = spacy.blank("en").add_pipe("lemmatizer", config={"mode": "rule"})
    theirs.lookups = nlp.get_pipe("lemmatizer").lookups
    text = (
        TEXT + " The men were seen leaving; they'd been told it's better. He ain't sure what she's got or whose it is."
    )
    expected = [theirs.lemmatize(token)[0] for token in nlp(text)]
    assert column(nlp(text), "lemma_") == column(nlp(text), "lemma_") == expected


def test_a_lemma_that_is_there_stays(nlp: Language) -> None:
    given = nlp.make_doc("The gates held.")
    given[1].lemma_ = "GATE"
    assert column(nlp(given), "lemma_") == ["the", "GATE", "hold", "."]


def test_matrices_are_multiplied_on_one_thread() -> None:
    def threads() -> set[int]:
        return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}

    with threadpool_limits(limits=2, user_api="blas"):
        with one_thread():
            assert threads() == {1}
        assert threads() == {2}


def test_two_threads_at_once_leave_numpy_as_many_threads_as_it_had() -> None:
    def allowed() -> list[int]:
        return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

    before = allowed()
    first, second = one_thread(), one_thread()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert set(allowed()) == {1}
    second.__exit__(None, None, None)
    assert allowed() == before
