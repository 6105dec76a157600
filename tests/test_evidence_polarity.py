"""What a speaker did with the words; nothing that was denied leaves the house as an assertion."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from evidence_samples import claim
from store_samples import article, new_run

from quotecheck.export import export
from quotecheck.store import open_database, save_article

DENIALS = [
    tuple(line.split(maxsplit=1))
    for line in (Path(__file__).parent / "cases" / "denials.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_no_denial_is_exported_as_an_assertion(tmp_path: Path) -> None:
    db = open_database(tmp_path / "quotes.db")
    run = new_run(db)
    for number, (_, marked) in enumerate(DENIALS):
        found = claim(marked)
        save_article(db, run, article(whole(marked), id=f"{number:03}"), [found])
    export(db, tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as stream:
        exported = {row["article_id"]: row["polarity"] for row in csv.DictReader(stream)}
    assert exported == {f"{number:03}": polarity for number, (polarity, _) in enumerate(DENIALS)}


def whole(marked: str) -> str:
    """The sentence without its marks."""
    return marked.replace("{S ", "").replace("{C ", "").replace("{K ", "").replace("}", "")


MODES = [
    ("{S Kallas} {C said} {K the bank was safe}.", "asserts", "plain"),
    ("{S Kallas} {C not only said} {K the bank was safe}, she showed it.", "asserts", "plain"),
    ("{S Kallas} {C would later say} {K the bank was safe}.", "asserts", "plain"),
    ("{S Kallas} {C did not say} {K the bank was safe}.", "unclear", "negated"),
    ("{S Kallas} {C didn't say} {K the bank was safe}.", "unclear", "negated"),
    ("Should {S Kallas} {C say} {K the bank was safe}, they will sell.", "unclear", "hypothetical"),
    ("{S Kallas} {C would say} {K the bank was safe}.", "unclear", "hypothetical"),
    ("{S Kallas} {C will say} {K the bank is safe}.", "unclear", "future"),
    ("{S Kallas} {C is due to say} {K the bank is safe}.", "unclear", "future"),
    ("{S Kallas} {C declined} {K to comment}.", "unclear", "declines"),
    ("{S Kallas} {C would not comment} {K on the bank}.", "unclear", "declines"),
    ("{S Kallas} {C refused} {K to resign}.", "denies", "refuses"),
    ("{S Kallas} {C asked} {K parliament to act}.", "asserts", "plain"),
    ("{S Kallas} {C asked for} {K an inquiry}.", "asserts", "plain"),
    ("{K “I took a loan. Who has not?”} {S Kallas} {C said}.", "asserts", "plain"),
    ("{S Kallas} {C countered} {K that the bank was safe}.", "asserts", "plain"),
    ("{K “Begging is not our way,”} {S Kallas} {C scoffed}.", "asserts", "plain"),
    ("{S Kallas} {C hit back}: {K “The bank is safe.”}", "asserts", "plain"),
    ("{S Kallas} {C claimed} {K the bank was safe}.", "asserts", "plain"),
]


@pytest.mark.parametrize(("marked", "polarity", "mode"), MODES)
def test_polarity_and_mode(marked: str, polarity: str, mode: str) -> None:
    evidence = claim(marked).evidence
    assert (evidence.polarity, evidence.mode) == (polarity, mode)
