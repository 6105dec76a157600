"""Repeats: how often other articles print the same words."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import CRANES, REOPENING, TEXT, WARNING, article, filled, new_run

from quotecheck.export import export, verify
from quotecheck.store import record, save_article

CRANES_KEY, REOPENING_KEY = "c7a1e5c7a1e5c7a1", "0be9178e0be9178e"
READ = (replace(REOPENING, matching_key=REOPENING_KEY), replace(CRANES, matching_key=CRANES_KEY), WARNING)
LATER = TEXT + "\nMore to follow."


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """The harbour article by itself; `REOPENING` and `CRANES` have keys, `WARNING` is too short for one."""
    return filled(tmp_path / "quotes.db", READ)


def repeats(db: Database, article_id: str | None = None) -> list[int | None]:
    """What the view and an export say, which must agree, for the first article or for one with an id of its own."""
    stream = io.BytesIO()
    export(db, stream, format="jsonl")
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    viewed = db.execute("SELECT claim_id, repeats FROM attributed_claims").fetchall()
    assert {row["claim_id"]: row["repeats"] for row in rows} == dict(viewed)
    first = db.execute("SELECT article_id FROM articles WHERE id = 1").fetchone()[0]
    return [row["repeats"] for row in rows if row["article_id"] == (article_id or first)]


def test_words_that_nobody_else_prints_have_none_and_short_ones_are_not_counted(db: Database) -> None:
    assert repeats(db) == [0, 0, None]


def test_every_claim_of_another_article_counts_and_the_articles_own_do_not(db: Database) -> None:
    save_article(db, 1, article(id="wire-1"), [READ[1]])
    save_article(db, 1, article(id="wire-2"), [replace(READ[0], matching_key=CRANES_KEY), READ[1]])
    assert (repeats(db), repeats(db, "wire-1"), repeats(db, "wire-2")) == ([0, 3, None], [3], [2, 2])


def test_only_what_stands_today_counts(db: Database) -> None:
    save_article(db, 1, article(id="wire-1"), READ)
    assert repeats(db) == [1, 1, None]
    save_article(db, new_run(db, model_sha256="cd" * 32), article(id="wire-1"), [READ[0]])
    assert repeats(db) == [1, 0, None]
    save_article(db, 1, article(LATER, id="wire-1"), [])
    assert repeats(db) == [0, 0, None]


def test_the_newer_version_of_an_article_does_not_repeat_the_older(db: Database) -> None:
    claim_id = db.execute("SELECT claim_id FROM claims WHERE matching_key = ?", (CRANES_KEY,)).fetchone()[0]
    record(db.conn, claim_id, actor="Ada", action="accept")
    save_article(db, 1, article(LATER), [READ[1]])
    assert repeats(db) == [0, 0]
    save_article(db, 1, article(id="wire-1"), [READ[1]])
    assert repeats(db) == [1, 1]


def test_a_new_reading_changes_the_key_and_not_the_claim(db: Database) -> None:
    before = db.execute("SELECT claim_id, revision FROM claims").fetchall()
    other = [replace(claim, matching_key="") for claim in READ]
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), other)
    assert db.execute("SELECT claim_id, revision FROM claims").fetchall() == before
    assert db.execute("SELECT DISTINCT matching_key FROM claims").fetchall() == [(None,)]


def test_an_export_stays_proved_when_others_print_the_same_later(db: Database, tmp_path: Path) -> None:
    export(db, tmp_path / "claims.csv")
    save_article(db, 1, article(id="wire-1"), READ)
    assert {proof.verdict for proof in verify(db, tmp_path / "claims.csv")} == {"OK"}


def test_repeats_are_counted_once_per_statement_not_once_per_row(db: Database) -> None:
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT repeats FROM attributed_claims")]
    assert [step for step in plan if "printed" in step] == [
        "CO-ROUTINE printed",
        "SEARCH printed USING AUTOMATIC COVERING INDEX (matching_key=?)",
    ]
    assert "SEARCH claims USING COVERING INDEX claims_by_matching_key (matching_key>?)" in plan
