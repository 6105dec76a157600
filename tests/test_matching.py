"""Matching keys: the same words have the same key however they are set, other words have another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.matching import key

SAME = [
    ("We have checked every crane", "“We have checked every crane,”"),
    ("We won't close the harbour", "We won’t close the harbour"),
    ("He said 'no' to the harbour", "He said „no“ to the harbour"),
    ("The harbour is open", "THE HARBOUR IS OPEN!"),
    ("The harbour is open", "The\u00a0harbour  is\r\nopen"),
    ("The harbour is open", "The har-\nbour is open"),
    ("The harbour is open", "The har\u00ad\nbour is open"),
    ("The cease-fire is over", "The ceasefire is over"),
    ("The cease-fire is over", "The cease-\nfire is over"),
    ("Señor Núñez paid for it", "Sen\u0303or Nunez paid for it"),
    ("It cost 1,000 crowns", "It cost 1000 crowns"),
    ("Prices rose by 3.5%", "Prices rose by 3.5 per cent"),
    ("Prices rose by 3.5%", "Prices rose by 3.5 percent."),
    ("It was -5 degrees", "It was −5 degrees"),
]
OTHER = [
    ("The harbour is open", "The harbour is shut"),
    ("The harbour is open", "The harbour is not open"),
    ("We can do it", "We can't do it"),
    ("The harbour is now here", "The harbour is nowhere"),
    ("It cost 15 crowns", "It cost 1.5 crowns"),
    ("It cost 15 crowns", "It cost 1 5 crowns"),
    ("It cost .5 crowns", "It cost 5 crowns"),
    ("It cost $5 then", "It cost 5 then"),
    ("It is 5% of them", "It is 5 of them"),
    ("It was -5 degrees", "It was 5 degrees"),
    ("He has (not) been told", "He has been told"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_words_set_otherwise(one: str, other: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", key(one))
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words(one: str, other: str) -> None:
    assert "" != key(one) != key(other) != ""


@pytest.mark.parametrize("words", ["", " ", "…", "No comment.", "“Har-\nbour” — open"])
def test_fewer_than_three_words_have_no_key(words: str) -> None:
    assert key(words) == ""


WORDS = st.lists(st.text(st.characters(codec="latin-1", categories=["Ll"]), min_size=4, max_size=9), min_size=3)
QUOTES = st.sampled_from([("“", "”"), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("", "")])
SPACES = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2009", " \u200b"])
CASES = st.sampled_from([str.upper, str.lower, str.title, str.casefold])
BREAKS = st.sampled_from(["-\n", "-\r\n  ", "\u00ad\n", "\u00ad", "-"])


@given(words=WORDS, quotes=QUOTES, space=SPACES, case=CASES, line_end=BREAKS, data=st.data())
@settings(max_examples=150, deadline=None)
def test_how_words_are_set_does_not_count(words, quotes, space, case, line_end, data) -> None:  # type: ignore[no-untyped-def]
    at = data.draw(st.integers(0, len(words) - 1))
    broken = [*words[:at], words[at][:2] + line_end + words[at][2:], *words[at + 1 :]]
    assert key(quotes[0] + case(space.join(broken)) + quotes[1]) == key(" ".join(words))


@given(words=WORDS, other=st.integers(0, 99), number=st.integers(100, 10**6), data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_word_or_number_more_less_or_other_counts(words, other, number, data) -> None:  # type: ignore[no-untyped-def]
    at = data.draw(st.integers(0, len(words)))
    keys = [
        key(" ".join([*words[:at], *between, *words[at:]])) for between in ([], ["not"], [str(other)], [f"{number:,}"])
    ]
    assert len(set(keys)) == 4


@given(words=st.text(st.characters(), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_key_or_none(words: str) -> None:
    assert re.fullmatch("([0-9a-f]{16})?", key(words))


@pytest.mark.parametrize("unit", ["a", "-", "a-\n", "1,111", ".", " \n", "\u00ad ", "%", "per "])
def test_time_grows_with_length_only(unit: str) -> None:
    assert len(key(unit * (1_000_000 // len(unit)))) in (0, 16)
