"""`quotecheck score`: the extraction measured against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck.batch.evaluation import evaluate
from quotecheck.errors import InputError
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
