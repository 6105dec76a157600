"""`quotecheck score`: the extraction measured against annotated articles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

import quotecheck
from quotecheck.batch.baseline import quotations
from quotecheck.batch.evaluation import evaluate
from quotecheck.errors import InputError, ModelError
from quotecheck.scoring import ArticleScore, Score

SEEDS = Path(__file__).parent.parent / "seeds" / "gold.jsonl"
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
    assert quotations(doc) == [
        {"source": [[24, 27], [28, 33]], "cue": [[19, 23]], "content": [[0, 18]], "speaker": "Ana Reyes"}
    ]


ODD = ["“It holds,” said Ana Reyes. “For now.", "“The workers' wages are due,” said Ana Reyes, the chief engineer."]


@pytest.mark.parametrize("text", ODD)
def test_textacy_gives_up_odd_marks(text: str) -> None:
    assert quotations(quotecheck.load()(text)) is None


def test_a_surname_counts_as_the_full_name_that_the_article_has() -> None:
    doc = quotecheck.load()("Ana Reyes runs the dam. “The dam is safe for now,” Reyes said.")
    found = quotations(doc)
    assert found is not None
    assert [one["speaker"] for one in found] == ["Ana Reyes"]


def test_textacy_has_no_verbs_of_another_language() -> None:
    with pytest.raises(ModelError, match=r"textacy finds quotations in .*en.* only, not in 'fi'"):
        quotations(spacy.blank("fi")("“Pato kestää”, sanoi Ana Reyes."))


def test_an_article_without_words_has_no_quotations() -> None:
    assert quotations(quotecheck.load()("")) == []


def test_both_are_scored_side_by_side(tmp_path: Path) -> None:
    odd = {"id": "odd", "text": ODD[0], "attributions": []}
    path = written(tmp_path, {"id": "dam", "text": TEXT, "attributions": [GOLD]}, odd)
    command = [sys.executable, "-m", "quotecheck", "score", str(path), "--baseline", "textacy", "--markdown"]
    done = subprocess.run([*command, "--workers", "1"], capture_output=True, text=True, timeout=300, check=True)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines() if line]
    table = {row[0]: (row[1], row[3]) for row in rows}
    assert table["gold.jsonl"] == ("quotecheck", "textacy")
    assert table["articles"] == ("2", "2")
    assert table["given up, as their marks are odd in number"] == ("0", "1")
    assert table["attributions annotated"] == ("1", "1")
    assert table["recall, direct"] == ("100.0 %", "100.0 %")
    assert table["speakers that the article names and that are named right"] == ("100.0 %", "100.0 %")


def test_our_sample_articles_beat_the_baseline_by_far() -> None:
    result = evaluate(SEEDS, model=None, workers=1, baseline=True)
    assert len(result.baseline) == len(result.articles) == 10
    theirs = sum(result.baseline.values(), ArticleScore())
    assert 0 < theirs.all.attributed_f1 < 0.5 < result.total.attributed_f1
    assert theirs.kinds["indirect"].recall < 0.1
