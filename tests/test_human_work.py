"""What people decided survives new models, new thresholds and new versions of an article, through the command line."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import filled
from test_cli import needs_model, run
from test_import_reviews import edit

import quotecheck
from quotecheck.export import verify_events
from quotecheck.store import history, open_database, record
from quotecheck.store.edits import correct_spans

SEED = Path(__file__).resolve().parent.parent / "seeds" / "05-cup-final.txt"
LOST_BY_STRICTER = 5
"""So many statements, the least sure ones, the stricter pipeline leaves out."""


def stricter(folder: Path, database: Path) -> Path:
    """The shipped pipeline with a higher floor, as a user's own."""
    import spacy

    sureness = [confidence for _, confidence in by_sureness(database)]
    floor = (sureness[LOST_BY_STRICTER - 1] + sureness[LOST_BY_STRICTER]) / 2
    nlp = spacy.load(quotecheck.model_path(), config={"components": {"quotecheck": {"floor": floor}}})
    nlp.to_disk(folder)
    return folder


def claims(database: Path) -> dict[str, tuple[str, str, str | None, int | None]]:
    """Claim id to status, statement, note and the run that no longer found it, of all that the desk shows."""
    sql = "SELECT claim_id, status, statement, note, superseded_by_run FROM claims_current ORDER BY article, char_start"
    with sqlite3.connect(database) as connection:
        return {row[0]: row[1:] for row in connection.execute(sql)}


def by_sureness(database: Path) -> list[tuple[str, float]]:
    """Claim ids and confidences, the least sure first."""
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT claim_id, confidence FROM claims ORDER BY confidence, id").fetchall()


def named_where_they_speak(database: Path) -> list[str]:
    """The three surest claims whose speaker does not depend on what else is found."""
    sql = "SELECT claim_id FROM claims WHERE speaker_basis = 'name' ORDER BY confidence DESC, id LIMIT 3"
    with sqlite3.connect(database) as connection:
        return [row[0] for row in connection.execute(sql)]


@needs_model
def test_decisions_survive_another_model_and_another_text(tmp_path: Path) -> None:
    article, database = tmp_path / "final.txt", tmp_path / "quotes.db"
    article.write_text(SEED.read_text("utf-8"), "utf-8")
    assert run("extract", article, "--db", database, cwd=tmp_path).returncode == 0
    first = claims(database)
    unsure = by_sureness(database)[0][0]
    accepted, noted, corrected = named_where_they_speak(database)
    reviewed_in_a_spreadsheet(tmp_path, database, {accepted: "accepted", unsure: "unsure"})
    with open_database(database).conn as connection:
        record(connection, noted, actor="Ada", action="note", note="ask the keeper")
    narrowed(database, corrected)
    decided = {key: cells for key, cells in claims(database).items() if key in (accepted, noted, corrected, unsure)}

    strict = stricter(tmp_path / "strict", database)
    assert run("extract", article, "--db", database, "--model", strict, cwd=tmp_path).returncode == 0
    second = claims(database)
    assert set(second) <= set(first)
    assert len(second) == len(first) - LOST_BY_STRICTER + 1
    assert {key: second[key] for key in (accepted, noted, corrected)} == {
        key: decided[key] for key in (accepted, noted, corrected)
    }
    assert (second[unsure][0], second[unsure][3]) == ("stale", 2)
    vanished = set(first) - set(second)
    with sqlite3.connect(database) as connection:
        marked = connection.execute("SELECT claim_id FROM claims WHERE superseded_by_run = 2").fetchall()
    assert {row[0] for row in marked} == vanished | {unsure}

    article.write_text(SEED.read_text("utf-8") + "\nThe parade is on Monday.\n", "utf-8")
    assert run("extract", article, "--db", database, cwd=tmp_path).returncode == 0
    third = claims(database)
    assert [third[key][0] for key in (accepted, noted, corrected, unsure)] == ["stale"] * 4
    assert third[noted][2] == "ask the keeper"
    fresh = set(third) - set(second)
    assert {third[key][0] for key in fresh} == {"unreviewed"}
    assert len(fresh) == len(first)
    assert [event.actor for event in history(open_database(database).conn, accepted)] == ["Bo"]

    article.write_text(SEED.read_text("utf-8"), "utf-8")
    assert run("extract", article, "--db", database, cwd=tmp_path).returncode == 0
    assert {key: cells[:3] for key, cells in claims(database).items() if key in decided} == {
        key: cells[:3] for key, cells in decided.items()
    }


def reviewed_in_a_spreadsheet(folder: Path, database: Path, decisions: dict[str, str]) -> None:
    path = folder / "claims.csv"
    assert run("export", database, "-o", path, "--all-statements", cwd=folder).returncode == 0
    edit(path, {claim_id: {"review_status": status} for claim_id, status in decisions.items()}, delimiter=";")
    result = run("import-reviews", path, "--db", database, "--reviewer", "Bo", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert re.findall(r"applied +(\d+)", result.stdout) == [str(len(decisions))]


def narrowed(database: Path, claim_id: str) -> None:
    """Take the last word of a statement away by hand."""
    connection = open_database(database).conn
    sql = 'SELECT "start", "end" FROM claim_spans WHERE role = ? AND claim = (SELECT id FROM claims WHERE claim_id = ?)'
    spans = {role: connection.execute(sql, (role, claim_id)).fetchall() for role in ("source", "cue", "content")}
    *before, (start, end) = spans["content"]
    words = connection.execute("SELECT substr(text, ? + 1, ?) FROM articles", (start, end - start)).fetchone()[0]
    content = [*before, (start, start + len(words.rsplit(maxsplit=1)[0]))]
    correct_spans(connection, claim_id, spans | {"content": content}, actor="Ada")


@pytest.fixture
def reviewed(tmp_path: Path) -> Database:
    """Three events: two on one claim, one on another."""
    db = filled(tmp_path / "quotes.db")
    ids = [row[0] for row in db.execute("SELECT claim_id FROM claims ORDER BY id")]
    record(db.conn, ids[0], actor="Ada", action="accept")
    record(db.conn, ids[0], actor="Bo", action="note", note="seen")
    record(db.conn, ids[1], actor="Ada", action="unsure")
    return db


CHANGED = "the reviews of qc-25t1-kfjj do not add up to its state: events are missing or the state was changed"
LOST = "the reviews of qc-w1tx-djv3 do not add up to its state: events are missing or the state was changed"


@pytest.mark.parametrize(
    ("tampering", "faults"),
    [
        ("UPDATE review_events SET actor = actor", []),
        ("UPDATE review_events SET actor = 'Cy' WHERE id = 2", ["review event 2 was changed"]),
        ("DELETE FROM review_events WHERE id = 2", ["review event 2 is missing", CHANGED]),
        ("DELETE FROM review_events WHERE id = 1", ["review event 1 is missing", CHANGED]),
        ("DELETE FROM review_events WHERE id = 3", [LOST]),
        ("UPDATE claim_state SET status = 'rejected' WHERE claim = 2", [LOST]),
    ],
)
def test_an_event_that_was_tampered_with_is_named(
    reviewed: Database, tmp_path: Path, tampering: str, faults: list[str]
) -> None:
    for trigger in ("review_events_no_update", "review_events_no_delete"):
        reviewed.execute(f"DROP TRIGGER {trigger}")
    reviewed.execute(tampering)
    reviewed.conn.commit()
    assert list(verify_events(reviewed)) == faults
    assert run("export", tmp_path / "quotes.db", "-o", "claims.csv", cwd=tmp_path).returncode == 0
    result = run("verify", "claims.csv", "--db", "quotes.db", cwd=tmp_path)
    assert result.returncode == (1 if faults else 0)
    assert all(f"quotes.db: {fault}\n" in result.stdout for fault in faults)


def test_a_file_that_lost_a_row_fails_the_command(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db")
    run("export", "quotes.db", "-o", "claims.csv", cwd=tmp_path)
    path = tmp_path / "claims.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([lines[0], *lines[2:]]))
    result = run("verify", "claims.csv", "--db", "quotes.db", cwd=tmp_path)
    assert (result.returncode, "claims.csv: qc-25t1-kfjj DELETED" in result.stdout) == (1, True)


def test_the_digest_through_the_command_line(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db")
    assert run("digest", "quotes.db", "--top", "1", cwd=tmp_path).stdout.startswith("  1.  43.0  Marta Lind told\n")
    result = run("digest", "quotes.db", "-o", "day.csv", "--to", "csv", "--max-per-speaker", "1", cwd=tmp_path)
    assert result.stdout == "2 statements written to day.csv\n"
    with (tmp_path / "day.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["speaker"] for row in csv.DictReader(stream)] == ["Marta Lind", "Port Authority"]
