"""Types of claims, and how much a statement is worth checking: visible questions whose weights people can change."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from quotecheck.errors import InputError
from quotecheck.evidence import check
from quotecheck.evidence.claim_type import claim_types
from quotecheck.vocabulary import CueClass

SHARED = Path(__file__).parents[2] / "shared" / "data" / "checkworthy"

TYPES: list[tuple[str, CueClass, tuple[str, ...]]] = [
    ("unemployment fell by 12 percent last year", "neutral", ("quantity",)),
    ("we will build a bridge", "neutral", ("predictions",)),
    ("the port would close", "forecast", ("predictions",)),
    ("smoking causes cancer", "neutral", ("correlation",)),
    ("the law forbids fishing on Sundays", "neutral", ("rules",)),
    ("she voted against the ferry", "neutral", ("voting", "support")),
    ("he supports the strike", "neutral", ("support",)),
    ("my father was a miner", "neutral", ("personal",)),
    ("I think it is a disgrace", "neutral", ("opinion",)),
    ("to act now", "direct", ("opinion",)),
    ("the keys hang in the hall", "neutral", ("other",)),
    ("Who has the keys?", "neutral", ("not_claim",)),
    ("where the keys hang", "ask", ("not_claim",)),
    ("“Thank you all,”", "neutral", ("not_claim",)),
    ("“Good evening.”", "neutral", ("not_claim",)),
]


@pytest.mark.parametrize(("statement", "cue_class", "expected"), TYPES)
def test_claim_types(statement: str, cue_class: CueClass, expected: tuple[str, ...]) -> None:
    assert claim_types(statement, cue_class) == expected


def test_the_score_sorts_and_says_why() -> None:
    scorer = check.load()
    figures, reasons = scorer.score("unemployment has fallen from 9 percent to 5 percent since 2019")
    thanks, against = scorer.score("Thank you, I hope we will all meet again")
    assert (thanks < 10, figures > 80) == (True, True)
    assert reasons[:3] == ("economy", "number", "percentage")
    assert set(against[:2]) == {"pleasantry: lowers", "values: lowers"}


def test_every_question_reads_as_a_question_and_has_a_weight() -> None:
    questions = check.load().questions
    assert len({question.name for question in questions}) == len(questions)
    assert all(question.question.endswith("?") and question.weight for question in questions)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "bad_weights"),
        ("no json", "bad_weights"),
        ('{"bias": 0, "questions": [{"name": "a", "question": "b", "weight": 1, "pattern": "("}]}', "bad_weights"),
        (None, "not_found"),
    ],
)
def test_files_that_hold_no_weights(tmp_path: Path, content: str | None, reason: str) -> None:
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError) as refused:
        check.load(path)
    assert refused.value.reason == reason


def test_weights_of_ones_own_count(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    question = {"name": "ferry", "question": "Is it about ferries?", "weight": 3.0, "words": "ferry ferries"}
    path.write_text(json.dumps({"bias": 0.0, "questions": [question]}))
    scorer = check.load(path)
    assert (scorer.score("The Ferry sank"), scorer.score("It sank")) == ((95.3, ("ferry",)), (50.0, ()))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the CLEF 2019 sentences are not here")
def test_the_shipped_weights_rank_debates_as_promised() -> None:
    from training import checkworthy

    dev = checkworthy.read(SHARED / "clef2019.dev.jsonl.xz")
    scorer = check.load()
    weights = np.array([scorer.bias, *(question.weight for question in scorer.questions)])
    assert checkworthy.mean_average_precision(checkworthy.answers(scorer, dev.texts) @ weights, dev) >= 0.13
