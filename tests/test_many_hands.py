"""Several people review while two processes extract: nothing is lost and nobody is locked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from many_hands import work

import quotecheck


@pytest.mark.skipif(
    not (quotecheck.model_path() / "config.cfg").is_file(), reason="the shipped pipeline is not in this checkout"
)
def test_eight_reviewers_and_two_extractions(tmp_path: Path) -> None:
    outcome = work(tmp_path, reviewers=8, actions=4, articles=8)
    assert (outcome.failures, outcome.wrong, outcome.extracted) == ([], [], [0, 0])
    assert sorted(outcome.events) == sorted(outcome.acknowledged)
    assert (len(outcome.acknowledged), outcome.articles) == (32, 16)
