"""What people make of a claim's words: spans corrected, statements added, split, merged, undone and redone."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import CLAIMS, LIND, REOPENING, TEXT, article, claim, filled, new_run

from quotecheck.errors import ConflictError, StoreError
from quotecheck.export import export, verify
from quotecheck.store import edits, reviews, save_article
from quotecheck.types import Speaker

MISSED = "The Port Authority denied that it had been warned."


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


@pytest.fixture
def conn(db: Database) -> sqlite3.Connection:
    return db.conn


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def ids(conn: sqlite3.Connection) -> list[str]:
    return [row[0] for row in conn.execute("SELECT claim_id FROM claims ORDER BY id")]


def shown(conn: sqlite3.Connection, columns: str = "status, statement, speaker, kind") -> list[tuple[object, ...]]:
    return conn.execute(f"SELECT {columns} FROM claims_current ORDER BY char_start, char_end").fetchall()


def test_corrected_spans_take_the_place_of_the_machines_everywhere(conn: sqlite3.Connection) -> None:
    reopening = ids(conn)[0]
    spans = {"source": [at("Marta Lind")], "cue": [at("said")], "content": [at("harbour would reopen ")]}
    event = edits.correct_spans(conn, reopening, spans, actor="Ada", expected_version=1)
    assert (event.action, event.after["status"]) == ("spans", "corrected")
    columns = "statement, speaker_as_written, cue, cue_class, context, char_start, char_end, version"
    start, end = at("harbour would reopen")
    assert shown(conn, columns)[0] == (
        "harbour would reopen", "Marta Lind", "said", "neutral",
        "Mayor Marta Lind said the harbour would reopen on Monday.", start, end, 2,
    )  # fmt: skip
    sql = """SELECT role, "start", "end", text FROM claim_spans_current WHERE claim = 1 ORDER BY role"""
    assert conn.execute(sql).fetchall() == [
        ("content", start, end, "harbour would reopen"),
        ("cue", *at("said"), "said"),
        ("source", *at("Marta Lind"), "Marta Lind"),
    ]
    reviews.undo(conn, event.id, "Ada")
    assert shown(conn)[0] == ("unreviewed", "the harbour would reopen on Monday", LIND, "indirect")


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ({"content": []}, "needs words"),
        ({"content": [(3, 3)]}, "needs words"),
        ({"content": [(0, 10_000)]}, "no stretch of this text"),
        ({"content": [(8, 2)]}, "no stretch of this text"),
        ({"content": [(0, 5)], "verb": [(0, 5)]}, "no such part of a statement: verb"),
    ],
)
def test_spans_that_are_none_are_refused(
    conn: sqlite3.Connection, spans: dict[str, list[tuple[int, int]]], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        edits.correct_spans(conn, ids(conn)[0], spans, actor="Ada")
    assert reviews.history(conn, ids(conn)[0]) == []


def test_an_added_statement_is_a_claim_of_its_own(db: Database, conn: sqlite3.Connection, tmp_path: Path) -> None:
    spans = {"source": [at("The Port Authority")], "content": [at("forecast")]}
    event = edits.add(conn, 1, spans, actor="Ada", speaker="Port Authority", speaker_kind="organisation")
    added = conn.execute("SELECT * FROM claims_current WHERE claim_id = ?", (event.claim_id,)).fetchone()
    assert added is not None
    assert shown(conn, "status, statement, speaker, speaker_basis, origin")[-1] == (
        "accepted", "forecast", "Port Authority", "human", "human",
    )  # fmt: skip
    export(db, tmp_path / "claims.csv", profile="full")
    proofs = {proof.claim_id: proof.verdict for proof in verify(db, tmp_path / "claims.csv")}
    assert (proofs[str(event.claim_id)], set(proofs.values())) == ("OK", {"OK"})
    with pytest.raises(StoreError, match="added already"):
        edits.add(conn, 1, spans, actor="Bo")


def test_an_added_statement_outlives_every_extraction(db: Database, conn: sqlite3.Connection) -> None:
    event = edits.add(conn, 1, {"content": [at("the storm was worse than forecast")]}, actor="Ada")
    before = shown(conn, "claim_id, statement, origin")
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [REOPENING])
    assert [row for row in shown(conn, "claim_id, origin") if row[1] == "human"] == [(event.claim_id, "human")]
    save_article(db, new_run(db), article(), CLAIMS)
    assert shown(conn, "claim_id, statement, origin") == before


def test_what_the_machine_finds_only_after_a_person_is_not_shown_twice(tmp_path: Path) -> None:
    db = filled(tmp_path / "later.db", [REOPENING])
    conn = db.conn
    words = "We have checked every crane"
    event = edits.add(conn, 1, {"content": [at(words)]}, actor="Ada")
    found = claim([words], "she", "told", words, Speaker(LIND, "person", "pronoun", confidence=0.9))
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [REOPENING, found])
    save_article(db, new_run(db, model_sha256="ef" * 32), article(), [REOPENING, found])
    assert shown(conn, "statement, origin") == [
        ("the harbour would reopen on Monday", "machine"),
        (words, "human"),
    ]
    reviews.undo(conn, event.id, "Ada")
    assert shown(conn, "statement, origin")[-1] == (words, "machine")


def test_split_and_merge_are_one_action_each_and_undone_whole(conn: sqlite3.Connection) -> None:
    cranes = ids(conn)[1]
    place = TEXT.index("“and every gate")
    one, other = edits.split(conn, cranes, place, actor="Ada", expected_version=1)
    assert (one.part_of, other.part_of, one.claim_id, other.claim_id != cranes) == (None, one.id, cranes, True)
    halves = shown(conn)[1:3]
    assert halves == [
        ("corrected", "“We have checked every crane,”", LIND, "direct"),
        ("accepted", "“and every gate.”", LIND, "direct"),
    ]
    edits.merge(conn, str(other.claim_id), cranes, actor="Ada")
    assert shown(conn)[1] == ("corrected", "“We have checked every crane,” […] “and every gate.”", LIND, "direct")
    assert len(shown(conn)) == 4
    for _ in range(2):
        reviews.undo_last(conn, "Ada")
    assert shown(conn)[1] == ("unreviewed", "“We have checked every crane,” […] “and every gate.”", LIND, "direct")
    assert len(shown(conn)) == 4
    for _ in range(2):
        reviews.redo_last(conn, "Ada")
    assert shown(conn)[1] == ("corrected", "“We have checked every crane,” […] “and every gate.”", LIND, "direct")
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [])


def test_only_statements_of_one_article_are_merged_and_only_within_words_split(conn: sqlite3.Connection) -> None:
    reopening, cranes, *_ = ids(conn)
    with pytest.raises(StoreError, match="same article"):
        edits.merge(conn, cranes, cranes, actor="Ada")
    with pytest.raises(StoreError, match="between two of its words"):
        edits.split(conn, reopening, at("the harbour")[0], actor="Ada")
    with pytest.raises(ConflictError):
        edits.split(conn, reopening, at("harbour would")[0], actor="Ada", expected_version=7)
    assert reviews.history(conn, reopening) == []


def test_undo_and_redo_go_as_far_as_the_person_went(conn: sqlite3.Connection) -> None:
    first, second, *_ = ids(conn)
    reviews.record(conn, first, actor="Ada", action="accept")
    reviews.record(conn, second, actor="Bo", action="reject", reason="duplicate")
    reviews.record(conn, first, actor="Ada", action="note", note="see page 3")
    reviews.record(conn, first, actor="Ada", action="correct", changes={"kind": "mixed"})
    steps = [reviews.undo_last(conn, "Ada") for _ in range(4)]
    assert [event and event.undoes for event in steps] == [4, 3, 1, None]
    assert shown(conn, "status")[:2] == [("unreviewed",), ("rejected",)]
    again = [reviews.redo_last(conn, "Ada") for _ in range(4)]
    assert [event is not None for event in again] == [True, True, True, False]
    assert shown(conn, "status, kind, note")[0] == ("corrected", "mixed", "see page 3")
    reviews.undo_last(conn, "Ada")
    reviews.record(conn, first, actor="Ada", action="unsure")
    assert reviews.redo_last(conn, "Ada") is None


def test_all_statements_found_is_said_of_an_article_and_taken_back(conn: sqlite3.Connection) -> None:
    def complete() -> list[tuple[object, ...]]:
        return conn.execute("SELECT article, complete, reviewer FROM article_state").fetchall()

    reviews.mark_article(conn, 1, "Ada", complete=True)
    reviews.mark_article(conn, 1, "Ada", complete=False)
    assert complete() == [(1, 0, "Ada")]
    reviews.undo_last(conn, "Ada", article=1)
    assert complete() == [(1, 1, "Ada")]
    reviews.undo_last(conn, "Ada", article=1)
    assert complete() == [(1, None, None)]
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [])
    with pytest.raises(StoreError, match="no article 9"):
        reviews.mark_article(conn, 9, "Ada", complete=True)


@pytest.mark.parametrize("day", ["2024-03-15", "2024-03", "2024", "2024-03-14/2024-03-15"])
def test_a_date_is_a_correction(conn: sqlite3.Connection, day: str) -> None:
    reviews.record(conn, ids(conn)[0], actor="Ada", action="correct", changes={"said_date": day})
    assert shown(conn, "status, said_date, said_date_basis")[0] == ("corrected", day, "human")
    reviews.record(conn, ids(conn)[0], actor="Ada", action="correct", changes={"said_date": ""})
    assert shown(conn, "said_date, said_date_basis")[0] == (None, "unknown")


def test_a_link_a_flag_and_tags_judge_nothing(conn: sqlite3.Connection) -> None:
    claim_id = ids(conn)[0]
    link = {"fact_check_url": "https://checks.example/7", "fact_check_rating": "half true", "tags": "harbour"}
    reviews.record(conn, claim_id, actor="Ada", action="link", changes=link)
    reviews.record(conn, claim_id, actor="Ada", action="flag")
    columns = "status, reviewer, fact_check_url, fact_check_rating, tags, flagged"
    assert shown(conn, columns)[0] == ("unreviewed", None, *link.values(), 1)
    reviews.record(conn, claim_id, actor="Ada", action="unflag")
    assert shown(conn, "flagged")[0] == (0,)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"said_date": "last Tuesday"}, "not a date"),
        ({"said_date": "2024-02-30"}, "not a date"),
        ({"fact_check_url": "javascript:alert(1)"}, "not a web address"),
    ],
)
def test_dates_and_links_are_checked(conn: sqlite3.Connection, changes: dict[str, str], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        reviews.record(conn, ids(conn)[0], actor="Ada", action="correct", changes=changes)


def test_the_corrected_spans_are_exported_and_proved(db: Database, conn: sqlite3.Connection, tmp_path: Path) -> None:
    edits.correct_spans(conn, ids(conn)[1], {"content": [at("every crane,” she told")]}, actor="Ada")
    export(db, tmp_path / "claims.jsonl", profile="full", format="jsonl")
    export(db, tmp_path / "claims.csv", profile="full")
    rows = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    (row,) = [row for row in rows if row["claim_id"] == ids(conn)[1]]
    assert (row["statement"], row["quoted_words"], row["speaker_as_written"], row["spans_json"]) == (
        "every crane,” she told",
        "every crane,",
        None,
        {
            "addressee": [list(at("reporters"))],
            "content": [list(at("every crane,” she told"))],
            "quoted": [list(at("every crane,"))],
        },
    )
    assert {proof.verdict for proof in verify(db, tmp_path / "claims.csv")} == {"OK"}
