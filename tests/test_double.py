"""Blind double review: nobody sees the other's work until both have judged; agreement settles itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_samples import LIND, TEXT, filled

from quotecheck.errors import StoreError
from quotecheck.store import edits, reviews
from quotecheck.store.double import seen_by, visible


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    connection = filled(tmp_path / "quotes.db").conn
    ids = [row[0] for row in connection.execute("SELECT claim_id FROM claims ORDER BY id")]
    edits.open_double(connection, "week 12", ids[:2], ["Ada", "Bo"], "Chris")
    return connection


def claim_id(conn: sqlite3.Connection) -> str:
    return str(conn.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0])


def shown(conn: sqlite3.Connection, columns: str) -> tuple[object, ...]:
    row: tuple[object, ...] = conn.execute(
        f"SELECT {columns} FROM claims_current WHERE claim_id = ?", (claim_id(conn),)
    ).fetchone()
    return row


def test_the_first_judgement_is_hidden_from_everybody_else(conn: sqlite3.Connection) -> None:
    reviews.record(conn, claim_id(conn), actor="Ada", action="reject", reason="duplicate", note="see page 3")
    events = reviews.history(conn, claim_id(conn))
    assert shown(conn, "status, reviewer, note") == ("unreviewed", None, None)
    assert [len(visible(events, name)) for name in ("Ada", "Bo", "Chris", None)] == [2, 1, 1, 1]
    assert [seen_by(events, name)["status"] for name in ("Ada", "Bo", "Chris")] == [
        "rejected", "unreviewed", "unreviewed",
    ]  # fmt: skip


def test_the_second_does_not_notice_the_first_by_the_version(conn: sqlite3.Connection) -> None:
    reviews.record(conn, claim_id(conn), actor="Ada", action="accept", expected_version=2)
    reviews.record(conn, claim_id(conn), actor="Bo", action="accept", expected_version=2)
    assert shown(conn, "status, reviewer, second_reviewer, adjudicator, speaker, speaker_basis") == (
        "adjudicated", "Ada", "Bo", "agreement", LIND, "name",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ada", "bo", "status"),
    [
        pytest.param({"action": "reject"}, {"action": "reject"}, "rejected", id="both reject"),
        pytest.param({"action": "unsure"}, {"action": "unsure"}, "unsure", id="both unsure"),
        pytest.param({"action": "accept"}, {"action": "reject"}, "conflicting", id="right or not"),
        pytest.param(
            {"action": "correct", "changes": {"speaker": "Ann Roe"}},
            {"action": "correct", "changes": {"speaker": "Ann Roe", "speaker_kind": "person"}},
            "adjudicated",
            id="the same correction by two ways",
        ),
        pytest.param(
            {"action": "correct", "changes": {"speaker": "Ann Roe"}},
            {"action": "accept"},
            "conflicting",
            id="two speakers",
        ),
        pytest.param(
            {"action": "correct", "changes": {"speaker": LIND}}, {"action": "accept"}, "adjudicated", id="no difference"
        ),
    ],
)
def test_agreement_settles_itself(
    conn: sqlite3.Connection, ada: dict[str, object], bo: dict[str, object], status: str
) -> None:
    reviews.record(conn, claim_id(conn), actor="Ada", **ada)  # type: ignore[arg-type]
    reviews.record(conn, claim_id(conn), actor="Bo", **bo)  # type: ignore[arg-type]
    assert shown(conn, "status") == (status,)
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [])


def test_nobody_else_judges_what_two_are_judging(conn: sqlite3.Connection) -> None:
    with pytest.raises(StoreError, match="in double review by Ada and Bo"):
        reviews.record(conn, claim_id(conn), actor="Chris", action="accept")


def test_an_adjudicator_takes_one_side_and_says_why(conn: sqlite3.Connection) -> None:
    start = TEXT.index("harbour would reopen")
    spans = {"content": [(start, start + len("harbour would reopen"))]}
    edits.correct_spans(conn, claim_id(conn), spans, actor="Ada")
    reviews.record(conn, claim_id(conn), actor="Ada", action="correct", changes={"speaker": "Ann Roe"})
    reviews.record(conn, claim_id(conn), actor="Bo", action="accept")
    with pytest.raises(StoreError, match="say why"):
        edits.adjudicate(conn, claim_id(conn), actor="Chris", take="Ada")
    edits.adjudicate(conn, claim_id(conn), actor="Chris", take="Ada", reason="named in the caption")
    columns = "status, statement, speaker, adjudicator, reviewer"
    settled = ("adjudicated", "harbour would reopen", "Ann Roe", "Chris", "Chris")
    assert shown(conn, columns) == settled
    reviews.undo_last(conn, "Chris")
    assert shown(conn, "status, speaker") == ("conflicting", LIND)
    reviews.redo_last(conn, "Chris")
    assert shown(conn, columns) == settled
    with pytest.raises(StoreError, match="not in conflict"):
        edits.adjudicate(conn, claim_id(conn), actor="Chris", take="Bo")


def test_a_mind_changed_after_the_conflict_may_settle_it(conn: sqlite3.Connection) -> None:
    reviews.record(conn, claim_id(conn), actor="Ada", action="accept")
    rejected = reviews.record(conn, claim_id(conn), actor="Bo", action="reject")
    assert shown(conn, "status") == ("conflicting",)
    reviews.undo(conn, rejected.id, "Bo")
    assert shown(conn, "status") == ("unreviewed",)
    reviews.record(conn, claim_id(conn), actor="Bo", action="accept")
    assert shown(conn, "status") == ("adjudicated",)


@pytest.mark.parametrize(
    ("name", "people", "message"),
    [("week 12", ["Ada", "Bo"], "there is a batch"), ("week 13", ["Ada", "Ada"], "two reviewers"),
     ("week 14", ["Ada", "Bo"], "in double review already")],
)  # fmt: skip
def test_batches_that_cannot_be_are_refused_whole(
    conn: sqlite3.Connection, name: str, people: list[str], message: str
) -> None:
    before = conn.execute("SELECT count(*) FROM review_events").fetchone()
    with pytest.raises(StoreError, match=message):
        edits.open_double(conn, name, [claim_id(conn)], people, "Chris")
    assert conn.execute("SELECT count(*) FROM review_events").fetchone() == before
