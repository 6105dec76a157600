"""Classes of cues."""

from __future__ import annotations

import pytest

from quotecheck.cues import classify, is_statement

CASES = [
    ("said", "neutral"),
    ("has been saying", "neutral"),
    ("told", "neutral"),
    ("according to", "neutral"),
    (":", "neutral"),
    ("said in a statement", "neutral"),
    ("claimed", "doubt"),
    ("alleges", "doubt"),
    ("’s claim", "doubt"),
    ("admitted", "concede"),
    ("acknowledged", "concede"),
    ("denied", "deny"),
    ("flatly rejected", "deny"),
    ("pointed out", "factive"),
    ("revealed", "factive"),
    ("vowed", "commit"),
    ("has promised", "commit"),
    ("warned", "forecast"),
    ("issued a warning", "forecast"),
    ("urged", "direct"),
    ("called for", "direct"),
    ("called", "neutral"),
    ("asked", "ask"),
    ("agreed", "agree"),
    ("believes", "belief"),
    ("did not think", "belief"),
    ("plans", "intention"),
    ("was planning", "intention"),
    ("hopes", "attitude"),
    ("feared", "attitude"),
    ("said he believed", "neutral"),
    ("hollered", "neutral"),
    ("", "none"),
]


@pytest.mark.parametrize(("cue", "expected"), CASES)
def test_cue_class(cue: str, expected: str) -> None:
    assert classify(cue) == expected


@pytest.mark.parametrize(
    ("cue", "quoted", "expected"),
    [("said", False, True), ("believes", False, False), ("hopes", True, True), ("plans", False, False)],
)
def test_a_state_of_mind_is_a_statement_only_in_quotation_marks(cue: str, quoted: bool, expected: bool) -> None:
    assert is_statement(classify(cue), quoted) is expected
