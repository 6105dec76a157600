"""Texts that no newspaper prints are cut into tokens too, quickly and without a character lost."""

from __future__ import annotations

import random
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.pipeline.tokens import make_doc

NLP = spacy.blank("en")
PIECES = ["“x", '"', "a", " ", "\n", "\u2028", "🚢", ".", "'s"]
HOSTILE = {
    "quotation marks": '"' * 200_000,
    "all kinds of them": "".join(random.Random(3).choices("\"'“”‘’«»()[]", k=200_000)),
    "marks and letters by turns": '"a' * 100_000,
    "clitics": "'s" * 100_000,
    "a sentence that nothing parts": 'a."b' * 50_000,
    "letters": "a" * 1_000_000,
    "an address": "https://lamp.example/" + "a/b?c=d&" * 25_000,
    "in the middle of a text": "She said no. " + '"x' * 100_000 + " He said yes.\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_cut_in_seconds(text: str) -> None:
    begin = time.process_time()
    doc = make_doc(NLP, text)
    assert time.process_time() - begin < 20
    assert doc.text == text


def test_an_ordinary_text_is_cut_as_spacy_cuts_it() -> None:
    text = "“No,” she said (twice) -- see https://lamp.example/ferry?day=2.\n\n" + "-" * 80 + "\nHe'd left."
    assert [token.text for token in make_doc(NLP, text)] == [token.text for token in NLP.make_doc(text)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(['"', "a", "“x", " ", "\n", "\u2028", "🚢", ".", "'s"]), max_size=30), st.integers(1, 99)
)
def test_no_character_is_lost(pieces: list[str], times: int) -> None:
    text = "".join(pieces) * times
    doc = make_doc(NLP, text)
    assert doc.text == text
