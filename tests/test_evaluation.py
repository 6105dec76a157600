"""`quotecheck score`: the extraction measured against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from quotecheck.batch.baseline import quotations
from quotecheck.batch.evaluation import evaluate
from quotecheck.errors import InputError, ModelError
from quotecheck.scoring import Score

TEXT = "“The dam is safe,” said Ana Reyes, the chief engineer."
GOLD = {"source": [[24, 33]], "cue": [[19, 23]], "content": [[0, 18]], "speaker": "Ana Reyes"}


def written(folder: Path, *records: Any) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_an_annotated_article_is_scored(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "dam", "text": TEXT, "attributions": [GOLD]})
    result = evaluate(path, model=None, workers=1)
    assert result.scores == {"dam": Score(predicted=1, gold=1, found=1, attributed=1, right=1)}
    assert (result.total.attributed_f1, result.skipped) == (1.0, [])


BAD = [
    ({"id": "dam", "text": TEXT}, "not an annotated article"),
    ({"id": "dam", "text": TEXT, "attributions": [{"source": [[1]], "cue": [], "content": []}]}, "not an annotated"),
    (
        {"id": "dam", "text": TEXT, "attributions": [{"source": [], "cue": [], "content": [[0, 99]]}]},
        "outside the text",
    ),
    (["dam"], "not an annotated article"),
]


@pytest.mark.parametrize(("record", "message"), BAD)
def test_a_line_without_gold_is_named(tmp_path: Path, record: Any, message: str) -> None:
    path = written(tmp_path, {"id": "ok", "text": TEXT, "attributions": []}, record)
    with pytest.raises(InputError, match=message) as caught:
        evaluate(path, model=None, workers=1)
    assert (caught.value.source_ref, caught.value.reason) == (f"{path}:2", "bad_gold")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        evaluate(tmp_path / "none.jsonl", model=None, workers=1)


def test_names_that_are_not_sure_enough_are_counted_as_not_given(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "dam", "text": TEXT, "attributions": [GOLD]})
    result = evaluate(path, model=None, workers=1, floors=(0.0, 0.999))
    assert {floor: (one.right, one.unnamed) for floor, one in result.by_floor.items()} == {0.0: (1, 0), 0.999: (0, 1)}


def test_textacy_needs_a_parse(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ModelError, match=r"needs parts of speech and a parse.*--model en_core_web_sm"):
        quotations(nlp(TEXT))


def test_textacys_quotations_are_scored_on_characters() -> None:
    nlp = spacy.blank("en")
    words = ["“", "The", "dam", "is", "safe", ",", "”", "said", "Ana", "Reyes", "."]
    pos = ["PUNCT", "DET", "NOUN", "AUX", "ADJ", "PUNCT", "PUNCT", "VERB", "PROPN", "PROPN", "PUNCT"]
    heads = [7, 2, 3, 7, 3, 7, 7, 7, 9, 7, 7]
    deps = ["punct", "det", "nsubj", "ccomp", "acomp", "punct", "punct", "ROOT", "compound", "nsubj", "punct"]
    spaces = [False, True, True, True, False, False, True, True, True, False, False]
    tags = ["``", "DT", "NN", "VBZ", "JJ", ",", "''", "VBD", "NNP", "NNP", "."]
    lemmas = ["“", "the", "dam", "be", "safe", ",", "”", "say", "Ana", "Reyes", "."]
    doc = Doc(nlp.vocab, words, spaces, pos=pos, tags=tags, heads=heads, deps=deps, lemmas=lemmas)
    assert [(one["source"], one["cue"], one["content"]) for one in quotations(doc)] == [
        ([[24, 27], [28, 33]], [[19, 23]], [[0, 18]])
    ]
