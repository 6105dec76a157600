"""The sample articles and their gold belong together and are well formed."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from quotecheck.vocabulary import KINDS

SEEDS = Path(__file__).parent.parent / "seeds"
ROLES = ("source", "cue", "content")
GOLD: dict[str, dict[str, Any]] = {
    gold["id"]: gold for gold in map(json.loads, (SEEDS / "gold.jsonl").read_text(encoding="utf-8").splitlines())
}


def header_and_body(stem: str) -> tuple[list[str], str]:
    text = (SEEDS / f"{stem}.txt").read_bytes().decode("utf-8")
    header, _, body = text.partition("\nText: \n")
    return header.split("\n"), body


def test_every_article_has_gold_and_every_gold_line_an_article() -> None:
    assert sorted(GOLD) == sorted(path.stem for path in SEEDS.glob("*.txt"))
    assert len(GOLD) >= 9


@pytest.mark.parametrize("stem", GOLD)
def test_header_is_complete(stem: str) -> None:
    header, _ = header_and_body(stem)
    assert [line.split(":")[0] for line in header] == [
        "Published Time",
        "Title",
        "Category 1",
        "Author",
        "Author title",
        "Author description",
    ]
    assert all(line.split(": ", 1)[1].strip() for line in header)


@pytest.mark.parametrize("stem", GOLD)
def test_gold_text_is_the_body_exactly(stem: str) -> None:
    assert GOLD[stem]["text"] == header_and_body(stem)[1]


@pytest.mark.parametrize("stem", GOLD)
def test_articles_are_a_page_long_and_full_of_statements(stem: str) -> None:
    assert 350 <= len(GOLD[stem]["text"].split()) <= 700
    assert len(GOLD[stem]["attributions"]) >= 20


@pytest.mark.parametrize("stem", GOLD)
def test_spans_are_in_order_inside_the_text_and_without_outer_white_space(stem: str) -> None:
    text = GOLD[stem]["text"]
    for attribution in GOLD[stem]["attributions"]:
        assert attribution["content"]
        for role in ROLES:
            spans = attribution[role]
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(before[1] <= after[0] for before, after in pairwise(spans))
            assert [text[start:end] for start, end in spans] == [text[start:end].strip() for start, end in spans]


@pytest.mark.parametrize("stem", GOLD)
def test_attributions_are_in_text_order_and_fully_labelled(stem: str) -> None:
    attributions = GOLD[stem]["attributions"]
    starts = [attribution["content"][0][0] for attribution in attributions]
    assert starts == sorted(starts)
    assert {attribution["kind"] for attribution in attributions} == set(KINDS)
    for attribution in attributions:
        assert set(ROLES) | {"speaker", "kind"} <= set(attribution)
        assert set(attribution) <= {*ROLES, "speaker", "speakers_ok", "optional", "statement", "kind"}


@pytest.mark.parametrize("stem", GOLD)
def test_named_speakers_stand_in_the_article(stem: str) -> None:
    words = f"{header_and_body(stem)[0]} {GOLD[stem]['text']}".casefold()
    named = {a["speaker"] for a in GOLD[stem]["attributions"] if a["speaker"]}
    parts = {word for names in named for word in names.casefold().replace(";", "").split()}
    assert [part for part in sorted(parts) if part not in words] == []
