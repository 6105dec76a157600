"""Reviews: every action is an event that nobody can change, undo is one more event, a stale write is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from store_samples import LIND, filled

from quotecheck.errors import ConflictError, StoreError
from quotecheck.store import open_database, reviews
from quotecheck.store.connection import canonical_json, insert, sha256
from quotecheck.store.migrations import migrations


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


@pytest.fixture
def conn(db: Database) -> sqlite3.Connection:
    return db.conn


@pytest.fixture
def claim_id(conn: sqlite3.Connection) -> str:
    return str(conn.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0])


def shown(conn: sqlite3.Connection, claim_id: str, columns: str) -> tuple[object, ...]:
    row: tuple[object, ...] = conn.execute(
        f"SELECT {columns} FROM claims_current WHERE claim_id = ?", (claim_id,)
    ).fetchone()
    return row


def test_accept_is_an_event_with_all_its_particulars(conn: sqlite3.Connection, claim_id: str) -> None:
    event = reviews.record(conn, claim_id, actor=" Ada ", action="accept", expected_version=1, note="checked the tape")
    assert (event.id, event.actor, event.action, event.claim_version) == (1, "Ada", "accept", 1)
    judged = json.loads(str(event.after["judged_json"]))
    assert event.before == {"status": "unreviewed", "reject_reason": None, "note": None, "judged_json": None}
    assert event.after == event.before | {
        "status": "accepted", "note": "checked the tape", "judged_json": event.after["judged_json"],
    }  # fmt: skip
    assert judged == {
        "kind": "indirect", "speaker": LIND, "speaker_kind": "person", "said_date": None,
        "spans": {"source": [[0, 16]], "cue": [[17, 21]], "content": [[22, 56]]},
    }  # fmt: skip
    assert event.prev_hash == "0" * 64
    assert reviews.history(conn, claim_id) == [event]
    assert shown(conn, claim_id, "status, note, reviewer, reviewed_at, version") == (
        "accepted", "checked the tape", "Ada", event.at, 2,
    )  # fmt: skip


def test_a_note_decides_nothing(conn: sqlite3.Connection, claim_id: str) -> None:
    reviews.record(conn, claim_id, actor="Ada", action="note", note="ask the harbour", changes={"tags": "harbour"})
    assert shown(conn, claim_id, "status, note, tags, reviewer") == ("unreviewed", "ask the harbour", "harbour", None)
    reviews.record(conn, claim_id, actor="Ada", action="note", note="  ")
    assert shown(conn, claim_id, "note") == (None,)


@pytest.mark.parametrize(
    ("changes", "speaker", "speaker_kind", "kind"),
    [
        pytest.param({"speaker": "Marta Lindqvist"}, "Marta Lindqvist", "person", "indirect", id="another name"),
        pytest.param({"speaker": None}, None, "unnamed", "indirect", id="nobody is named"),
        pytest.param(
            {"speaker": "Vestby", "speaker_kind": "place_metonym"}, "Vestby", "place_metonym", "indirect", id="a place"
        ),
        pytest.param({"speaker_kind": "organisation"}, LIND, "organisation", "indirect", id="another kind of speaker"),
        pytest.param({"kind": "mixed"}, LIND, "person", "mixed", id="another kind of statement"),
        pytest.param({"speaker": "Ann Roe;  Bo Ek "}, "Ann Roe; Bo Ek", "person", "indirect", id="two speakers"),
    ],
)
def test_corrections_overlay_the_machine(
    conn: sqlite3.Connection, claim_id: str, changes: dict[str, str], speaker: str, speaker_kind: str, kind: str
) -> None:
    reviews.record(conn, claim_id, actor="Ada", action="correct", changes=changes)
    assert shown(conn, claim_id, "status, speaker, speaker_kind, kind, machine_speaker, machine_kind") == (
        "corrected", speaker, speaker_kind, kind, LIND, "indirect",
    )  # fmt: skip
    names = speaker.split("; ") if speaker else []
    stored = dict(conn.execute("SELECT name, uid FROM speakers WHERE kind = ?", (speaker_kind,)).fetchall())
    assert shown(conn, claim_id, "speaker_id") == ("; ".join(stored[name] for name in names) or None,)


@pytest.mark.parametrize(
    ("action", "more", "message"),
    [
        ("delete", {}, "no such review action"),
        ("undo", {}, "no such review action"),
        ("correct", {}, "at least one changed field"),
        ("correct", {"changes": {"statement": "I never said so"}}, "cannot be corrected: statement"),
        ("correct", {"changes": {"kind": "poem"}}, "no such kind of statement"),
        ("correct", {"changes": {"speaker_kind": "ghost"}}, "no such kind of speaker"),
        ("accept", {"changes": {"kind": "mixed"}}, "use 'correct'"),
        ("reject", {"reason": "dull"}, "no such reason to reject"),
        ("accept", {"actor": "  "}, "reviewer's name"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    conn: sqlite3.Connection, claim_id: str, action: str, more: dict[str, object], message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        reviews.record(conn, claim_id, **({"actor": "Ada", "action": action} | more))  # type: ignore[arg-type]
    assert reviews.history(conn, claim_id) == []
    assert not conn.in_transaction


def test_unknown_claims_and_events(conn: sqlite3.Connection) -> None:
    with pytest.raises(StoreError, match="no claim qc-none"):
        reviews.record(conn, "qc-none", actor="Ada", action="accept")
    with pytest.raises(StoreError, match="no review event 9"):
        reviews.undo(conn, 9, "Ada")


def test_a_stale_write_is_refused(conn: sqlite3.Connection, claim_id: str) -> None:
    reviews.record(conn, claim_id, actor="Ada", action="accept", expected_version=1)
    with pytest.raises(ConflictError, match="at version 2, you saw version 1"):
        reviews.record(conn, claim_id, actor="Bo", action="reject", expected_version=1)
    assert shown(conn, claim_id, "status, reviewer") == ("accepted", "Ada")


def test_undo_and_undo_of_undo(conn: sqlite3.Connection, claim_id: str) -> None:
    accept = reviews.record(conn, claim_id, actor="Ada", action="accept")
    reviews.record(conn, claim_id, actor="Ada", action="note", note="see page 3")
    inverse = reviews.undo(conn, accept.id, "Ada")
    assert (inverse.action, inverse.undoes, inverse.after["status"]) == ("undo", accept.id, "unreviewed")
    assert shown(conn, claim_id, "status, note, reviewer") == ("unreviewed", "see page 3", None)
    with pytest.raises(ConflictError, match="undone already"):
        reviews.undo(conn, accept.id, "Ada")
    reviews.undo(conn, inverse.id, "Ada")
    assert shown(conn, claim_id, "status, note, reviewer, version") == ("accepted", "see page 3", "Ada", 5)


def test_undoing_an_older_decision_leaves_the_newer_one(conn: sqlite3.Connection, claim_id: str) -> None:
    accept = reviews.record(conn, claim_id, actor="Ada", action="accept")
    reviews.record(conn, claim_id, actor="Bo", action="reject", reason="duplicate")
    reviews.undo(conn, accept.id, "Ada")
    assert shown(conn, claim_id, "status, reject_reason, reviewer") == ("rejected", "duplicate", "Bo")


ATTACKS = [
    "UPDATE review_events SET actor = 'Eve'",
    "DELETE FROM review_events",
    "INSERT OR REPLACE INTO review_events SELECT id, claim_id, 'Eve', at, action, before_json, after_json, reason, "
    "undoes, claim_version, claim_fingerprint, prev_hash, hash, NULL, NULL FROM review_events",
    "REPLACE INTO review_events SELECT * FROM review_events",
    "INSERT INTO review_events SELECT * FROM review_events WHERE true ON CONFLICT (id) DO UPDATE SET actor = 'Eve'",
    "UPDATE OR REPLACE review_events SET id = 2 WHERE id = 1",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_events_cannot_be_changed_from_any_connection(
    conn: sqlite3.Connection, claim_id: str, tmp_path: Path, attack: str
) -> None:
    event = reviews.record(conn, claim_id, actor="Ada", action="accept")
    for connection in (conn, sqlite3.connect(tmp_path / "quotes.db")):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(attack)
        connection.rollback()
    assert reviews.history(conn, claim_id) == [event]


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        pytest.param("UPDATE review_events SET actor = 'Eve' WHERE id = 2", [2], id="a changed actor"),
        pytest.param("UPDATE review_events SET at = '1999' WHERE id = 1", [1], id="a changed time"),
        pytest.param("DELETE FROM review_events WHERE id = 2", [3], id="one removed"),
        pytest.param("UPDATE review_events SET hash = '0' WHERE id = 1", [1, 2], id="a forged hash"),
    ],
)
def test_the_chain_shows_tampering(
    conn: sqlite3.Connection, claim_id: str, tampering: str, broken: Sequence[int]
) -> None:
    for action in ("accept", "unsure", "reject"):
        reviews.record(conn, claim_id, actor="Ada", action=action)
    assert reviews.verify_chain(conn) == []
    conn.execute("DROP TRIGGER review_events_no_update")
    conn.execute("DROP TRIGGER review_events_no_delete")
    conn.execute(tampering)
    assert reviews.verify_chain(conn) == broken


def test_events_cut_off_at_the_end_show_in_the_state(conn: sqlite3.Connection, claim_id: str) -> None:
    reviews.record(conn, claim_id, actor="Ada", action="accept")
    assert reviews.stale_states(conn) == []
    conn.execute("DROP TRIGGER review_events_no_delete")
    conn.execute("DELETE FROM review_events")
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [claim_id])


STEP = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject", "unsure"]), st.none()),
    st.tuples(st.just("correct"), st.sampled_from(["Marta Lindqvist", None])),
    st.tuples(st.just("note"), st.sampled_from(["call back", ""])),
    st.tuples(st.just("undo"), st.integers(1, 12)),
)


@given(steps=st.lists(STEP, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_state_is_what_the_events_add_up_to(tmp_path: Path, steps: list[tuple[str, object]]) -> None:
    conn = filled(Path(mkdtemp(dir=tmp_path)) / "quotes.db").conn
    claim_id = str(conn.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0])
    for action, value in steps:
        follow(conn, claim_id, action, value)
    before = conn.execute("SELECT * FROM claim_state").fetchall()
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [])
    reviews.rebuild_state(conn)
    assert conn.execute("SELECT * FROM claim_state").fetchall() == before
    conn.close()


def follow(conn: sqlite3.Connection, claim_id: str, action: str, value: object) -> None:
    """One random step of a reviewer; undoing what is not there or undone already is refused and changes nothing."""
    if action == "undo":
        try:
            reviews.undo(conn, int(str(value)), "Ada")
        except StoreError:
            assert not conn.in_transaction
        return
    changes = {"speaker": None if value is None else str(value)} if action == "correct" else None
    note = str(value) if action == "note" else None
    reviews.record(conn, claim_id, actor="Ada", action=action, changes=changes, note=note)


def test_events_written_before_keep_their_hashes(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(sqlite3.connect(path))
    migrations.apply(db, stop_before="m004_reviewing")
    db.execute("INSERT INTO runs VALUES (1, '0.1.0', 'm', 'ab', '{}', 'cd', '2031-03-03', NULL, NULL)")
    article = {"id": 1, "uid": "qv-1", "article_id": "qa-1", "source_ref": "a.txt", "reader": "text", "text": "So."}
    insert(db.conn, "articles", article | {"raw_sha256": "0", "text_sha256": "0", "run_id": 1})
    claim = {"id": 1, "claim_id": "qc-1", "article": 1, "kind": "indirect", "is_statement": 1, "context": "So."}
    claim |= {"speaker_kind": "unnamed", "speaker_basis": "unresolved", "cue_class": "none", "statement": "So"}
    claim |= dict.fromkeys(("context_start", "context_end", "char_start", "char_end", "confidence"), 1)
    insert(db.conn, "claims", claim | {"fingerprint": "f", "run_id": 1})
    event = {
        "id": 1, "claim_id": "qc-1", "actor": "Ada", "at": "2031-03-04", "action": "accept", "before_json": "{}",
        "after_json": '{"status":"accepted"}', "reason": None, "undoes": None, "claim_version": 1,
        "claim_fingerprint": "f", "prev_hash": "0" * 64,
    }  # fmt: skip
    insert(db.conn, "review_events", event | {"hash": sha256(canonical_json(event))})
    db.conn.commit()
    db.close()
    conn = open_database(path).conn
    assert (reviews.verify_chain(conn), reviews.stale_states(conn)) == ([], [])
    assert shown(conn, "qc-1", "status, reviewer") == ("accepted", "Ada")
    reviews.undo(conn, 1, "Ada")
    assert (reviews.verify_chain(conn), shown(conn, "qc-1", "status")) == ([], ("unreviewed",))
