"""Edges of spans: where they may stand, and where typed words are found."""

from __future__ import annotations

import pytest

from quotecheck.desk.words import moved, stretch
from quotecheck.errors import InputError

TEXT = "He said: “We go, now,” and left. Cafe\u0301 👩‍🚒🚢🏽 open 100% of it."


def at(words: str) -> int:
    return TEXT.index(words)


@pytest.mark.parametrize(
    ("edge", "start", "steps", "wanted"),
    [
        pytest.param("end", at(" go"), 1, at(", now"), id="an end leaves the comma out"),
        pytest.param("end", at(", now"), 1, at(",” and"), id="one word on"),
        pytest.param("end", at(",” and"), 1, at(" and left"), id="the closing mark is a step of its own"),
        pytest.param("end", at(" and left"), -2, at(", now"), id="and back"),
        pytest.param("start", at("We go"), -1, at("“We"), id="so is the opening mark"),
        pytest.param("start", at("“We"), -1, at("said"), id="a colon is no word"),
        pytest.param("start", 0, -1, 0, id="not before the text"),
        pytest.param("end", len(TEXT) - 1, 1, len(TEXT) - 1, id="not behind the last word"),
        pytest.param("end", at(" open"), 2, at(" of it"), id="a percent sign belongs to its number"),
    ],
)
def test_an_edge_moves_by_words(edge: str, start: int, steps: int, wanted: int) -> None:
    assert moved(TEXT, start, edge, "word", steps) == wanted


@pytest.mark.parametrize(
    ("edge", "start", "steps", "wanted"),
    [
        pytest.param("end", at("\u0301"), 1, at(" 👩"), id="a letter with its accent is one"),
        pytest.param("end", at(" 👩"), -1, at("e\u0301 👩"), id="also backwards"),
        pytest.param("end", at("👩"), 1, at("🚢"), id="so is a joined emoji"),
        pytest.param("end", at("🚢"), 1, at(" open"), id="and one with a colour of skin"),
        pytest.param("start", at("open"), -1, at("🚢"), id="no blank at an edge"),
    ],
)
def test_an_edge_moves_by_what_a_reader_sees_as_one_character(edge: str, start: int, steps: int, wanted: int) -> None:
    assert moved(TEXT, start, edge, "character", steps) == wanted


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("We go", "", "We go"),
        ('"We  go', 'now,"', "“We go, now,”"),
        ("left", "100%", "left. Cafe\u0301 👩‍🚒🚢🏽 open 100%"),
    ],
)
def test_typed_words_are_found_however_they_are_quoted(first: str, last: str, wanted: str) -> None:
    start, end = stretch(TEXT, first, last)
    assert TEXT[start:end] == wanted


@pytest.mark.parametrize(("first", "last"), [("", ""), ("nowhere", ""), ("open", "He said")])
def test_words_that_do_not_stand_there_are_refused(first: str, last: str) -> None:
    with pytest.raises(InputError):
        stretch(TEXT, first, last)
