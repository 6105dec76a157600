"""The shipped pipeline as spaCy users meet it."""

from __future__ import annotations

import pickle
import re
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import quotecheck
from quotecheck import claims
from quotecheck.errors import ModelError
from quotecheck.pipeline import model_sha256

ARTICLE = (
    "“The bridge is safe,” said Marta Lind, the chief engineer.\n\n"
    "Mayor Omar Haddad disagreed. He said the council would close it on Friday.\n\n"
    "“Nobody should drive over it,” he added. “Nobody.”"
)


@cache
def pipeline() -> Language:
    return quotecheck.load()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(ARTICLE)


def summary(doc: Doc) -> list[tuple[list[str], list[str], list[str]]]:
    return [
        ([s.text for s in a.source], [s.text for s in a.cue], [s.text for s in a.content]) for a in doc._.attributions
    ]


def test_attributions_of_an_article(doc: Doc) -> None:
    assert summary(doc) == [
        (["Marta Lind, the chief engineer"], ["said"], ["“The bridge is safe,”"]),
        (["He"], ["said"], ["the council would close it on Friday"]),
        (["he"], ["added"], ["“Nobody should drive over it,”", "“Nobody.”"]),
    ]


def test_the_span_group_names_roles_and_attributions(doc: Doc) -> None:
    assert [(span.id_, span.label_, span.text) for span in doc.spans["attributions"]][:3] == [
        ("a1", "SOURCE", "Marta Lind, the chief engineer"),
        ("a1", "CUE", "said"),
        ("a1", "CONTENT", "“The bridge is safe,”"),
    ]


def test_speakers_of_an_article() -> None:
    assert [(claim.speaker, claim.kind) for claim in quotecheck.extract(ARTICLE)] == [
        ("Marta Lind", "direct"),
        ("Omar Haddad", "indirect"),
        ("Omar Haddad", "direct"),
    ]


def test_spacy_load_of_the_directory(doc: Doc) -> None:
    assert summary(spacy.load(quotecheck.model_path())(ARTICLE)) == summary(doc)


def test_the_component_in_a_pipeline_of_ones_own(doc: Doc) -> None:
    own = spacy.blank("en")
    own.add_pipe("quotecheck")
    assert summary(own(ARTICLE)) == summary(doc)


def test_round_trip_to_disk(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    assert summary(spacy.load(tmp_path / "copy")(ARTICLE)) == summary(doc)


def test_round_trip_to_bytes(nlp: Language, doc: Doc) -> None:
    other = spacy.blank("en")
    other.add_pipe("quotecheck")
    assert summary(other.from_bytes(nlp.to_bytes())(ARTICLE)) == summary(doc)


def test_a_saved_pipeline_of_ones_own_holds_all_it_needs(doc: Doc, tmp_path: Path) -> None:
    own = spacy.blank("en")
    own.add_pipe("quotecheck")
    own.to_disk(tmp_path / "own")
    assert (tmp_path / "own" / "quotecheck" / "encoder.onnx").is_file()
    assert summary(spacy.load(tmp_path / "own")(ARTICLE)) == summary(doc)


def test_the_shipped_pipeline_holds_its_encoder_once() -> None:
    found = [path.relative_to(quotecheck.model_path()) for path in quotecheck.model_path().rglob("encoder.onnx")]
    assert found == [Path("quotecheck_encoder/encoder.onnx")]


def test_pickled_pipeline(nlp: Language, doc: Doc) -> None:
    assert summary(pickle.loads(pickle.dumps(nlp))(ARTICLE)) == summary(doc)


def test_doc_round_trips_with_its_attributions(nlp: Language, doc: Doc) -> None:
    assert summary(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == summary(doc)
    (restored,) = DocBin(docs=[doc]).get_docs(spacy.blank("en").vocab)
    assert summary(restored) == summary(doc)
    assert [(s.id_, s.label_) for s in restored.spans["attributions"]] == [
        (s.id_, s.label_) for s in doc.spans["attributions"]
    ]


def test_two_processes_give_the_same(nlp: Language, doc: Doc) -> None:
    assert [summary(d) for d in nlp.pipe([ARTICLE, ARTICLE], n_process=2, batch_size=1)] == [summary(doc)] * 2


def test_a_result_does_not_depend_on_what_is_read_beside_it(nlp: Language, doc: Doc) -> None:
    beside = "Police said two men were held. " * 40
    found = list(nlp.pipe([beside, ARTICLE, beside], batch_size=3))
    assert summary(found[1]) == summary(doc)
    assert [a.confidence for a in found[1]._.attributions] == [a.confidence for a in doc._.attributions]


def test_a_long_article_is_read_to_its_end(nlp: Language) -> None:
    filler = "The river rose in the night and fell again by noon. " * 400
    found = summary(nlp(f"{filler}\n\n“We were lucky,” said Marta Lind."))
    assert found == [(["Marta Lind"], ["said"], ["“We were lucky,”"])]


def test_a_doc_that_was_not_read_has_no_attributions() -> None:
    assert spacy.blank("en")("He said so.")._.attributions == []


def test_missing_files_are_named(tmp_path: Path) -> None:
    own = spacy.blank("en")
    for name, files in (
        ("quotecheck", "attribution.onnx, heads.json"),
        ("quotecheck_encoder", "encoder.onnx, tokenizer.json"),
        ("quotecheck_parser", "head.npz"),
    ):
        with pytest.raises(ModelError, match=f"no {re.escape(files)}; reinstall quotecheck"):
            own.add_pipe(name).from_disk(tmp_path)


def test_the_model_has_one_hash() -> None:
    assert len(model_sha256()) == 64


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_span_is_a_slice_of_it(text: str) -> None:
    for claim in claims.build(pipeline()(text)):
        spans = [*claim.source, *claim.cue, *claim.content, *claim.quoted, claim.context]
        assert [span.text for span in spans] == [text[span.start : span.end] for span in spans]


@given(
    st.lists(
        st.sampled_from(["“", "”", '"', "'", "said", "Lind", "\n", " ", "the dam", ".", ",", "ﬀ", "é", "🜲", "\x85"]),
        max_size=60,
    )
)
@settings(max_examples=150, deadline=None)
def test_soups_of_words_and_marks_are_read(parts: list[str]) -> None:
    text = "".join(parts)
    for claim in claims.build(pipeline()(text)):
        for span in (*claim.source, *claim.cue, *claim.content, *claim.quoted, claim.context):
            assert text[span.start : span.end] == span.text


def test_a_sure_cue_is_never_left_without_what_was_said(nlp: Language) -> None:
    text = (
        "It had rained for days.The two sides ‘agreed on everything’ at the talks, but did not discuss the border, "
        "harbour board spokesman Omar Haddad has said. Nobody clapped."
    )
    found = claims.build(nlp(text))
    said = [claim for claim in found if claim.cue and claim.cue[0].text == "has said"]
    assert [(claim.speaker, claim.content[0].text) for claim in said] == [
        ("Omar Haddad", "The two sides ‘agreed on everything’ at the talks, but did not discuss the border")
    ]


def test_pictures_around_a_name_or_a_quotation_are_no_part_of_it(nlp: Language) -> None:
    (claim,) = claims.build(nlp("😀🎉👩‍👩‍👧‍👦 “We 🎉 won the cup 😀,” said 🎉 Ann Holm 😀."))
    words = [span.text for span in (*claim.content, *claim.source)]
    assert words == ["“We 🎉 won the cup 😀,”", "Ann Holm"]


def test_one_word_in_marks_behind_the_cue_is_a_statement(nlp: Language) -> None:
    text = 'Asked whether the dam would hold, Haddad answered bluntly "No.\n"The two sides met "briefly" on Monday.'
    answers = [claim for claim in claims.build(nlp(text)) if any('"No.' in piece.text for piece in claim.content)]
    assert [[span.text for span in claim.source] for claim in answers] == [["Haddad"]]
