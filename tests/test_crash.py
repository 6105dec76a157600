"""Killed processes, full disks, write-protected folders, older and newer databases, backups and the doctor."""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from desk_newsroom import build
from store_writer import write
from torture import TORTURES, from_dump, wrong

from quotecheck.errors import StoreError
from quotecheck.store import open_database, verify_chain
from quotecheck.store.backup import backup
from quotecheck.store.health import examine
from quotecheck.store.reviews import history, record

OLD_DECISIONS = ["accepted", "rejected", "unreviewed", "unsure", "unreviewed"]


def run(*arguments: str | Path, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quotecheck", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(("work", "kills"), [("extraction", 8), ("export", 5), ("migration", 7)])
def test_kills_lose_nothing_double_nothing_and_damage_nothing(work: str, kills: int, tmp_path: Path) -> None:
    assert TORTURES[work](tmp_path, kills, random.Random(7)).killed == kills


def test_a_database_of_every_earlier_version_opens_with_every_decision(tmp_path: Path) -> None:
    path = from_dump(tmp_path / "quotes.db", "0.1.0")
    before = sqlite3.connect(path).execute("SELECT id, actor, action, hash FROM review_events ORDER BY id").fetchall()
    db = open_database(path)
    assert db.conn.execute("SELECT id, actor, action, hash FROM review_events ORDER BY id").fetchall() == before
    assert verify_chain(db.conn) == []
    states = db.conn.execute("SELECT status FROM claims_current ORDER BY id LIMIT 5").fetchall()
    assert [state for (state,) in states] == OLD_DECISIONS
    claim_id = str(db.conn.execute("SELECT claim_id FROM claims ORDER BY id LIMIT 1").fetchone()[0])
    record(db.conn, claim_id, actor="Ana Brook", action="reject", reason="wrong_span")
    assert [event.action for event in history(db.conn, claim_id)] == ["accept", "reject"]
    assert verify_chain(db.conn) == []
    db.close()
    assert wrong(path) == []


def test_a_newer_database_is_refused_kindly_and_not_touched(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO _sqlite_migrations SELECT 99, migration_set, 'm099_later', applied_at "
                           "FROM _sqlite_migrations LIMIT 1")  # fmt: skip
        connection.commit()
    before = path.read_bytes()
    result = run("stats", path, cwd=tmp_path)
    assert (result.returncode, path.read_bytes() == before) == (1, True)
    assert result.stderr == (
        f"error: {path}: made by a newer quotecheck (it has m099_later); "
        "update with `pip install --upgrade quotecheck`\n"
    )


def _no_more_than(size: int) -> object:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_disk_that_takes_no_more_is_said_plainly_and_what_was_stored_stays(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    write(path, 3)
    script = Path(__file__).with_name("store_writer.py")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    full = subprocess.run(
        [sys.executable, str(script), str(path), "60"], env=environment, capture_output=True, text=True,
        preexec_fn=_no_more_than(path.stat().st_size + 300_000),
    )  # fmt: skip
    assert full.returncode == 1
    assert "the disk takes no more or is failing" in full.stderr or "the disk is full" in full.stderr
    assert wrong(path) == []
    db = open_database(path)
    assert db["articles"].count >= 3
    assert db["claims"].count == 40 * db["articles"].count
    db.close()
    write(path, 60)
    assert open_database(path)["articles"].count == 60


def test_an_export_that_does_not_fit_leaves_the_older_one(tmp_path: Path) -> None:
    write(tmp_path / "quotes.db", 20)
    (tmp_path / "claims.csv").write_text("yesterday's", "utf-8")
    result = run("export", "quotes.db", "-o", "claims.csv", cwd=tmp_path, preexec_fn=_no_more_than(150_000))
    assert (result.returncode, (tmp_path / "claims.csv").read_text("utf-8")) == (1, "yesterday's")
    assert result.stderr == "error: claims.csv: cannot be written (File too large); name another file\n"
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


@pytest.fixture
def write_protected(tmp_path: Path):
    """A folder on read-only media, with a database in it."""
    media = tmp_path / "media"
    media.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", media], capture_output=True).returncode:
        pytest.skip("media can be mounted by root only")
    try:
        build(media / "quotes.db")
        subprocess.run(["mount", "-o", "remount,ro", media], check=True)
        yield media
    finally:
        subprocess.run(["umount", media], check=True)


def test_read_only_media_is_said_plainly(write_protected: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“No,” said Ana.", "utf-8")
    result = run("extract", "a.txt", "--db", write_protected / "quotes.db", cwd=tmp_path)
    assert result.returncode == 1
    assert ("quotes.db" in result.stderr and "write-protected" in result.stderr) or "cannot be written" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_backup_made_while_articles_are_stored_is_a_whole_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    write(path, 5)
    writer = threading.Thread(target=write, args=(path, 40))
    writer.start()
    sizes = [backup(path, tmp_path / f"copy-{number}.db") for number in range(5)]
    writer.join()
    for number in range(5):
        copy = tmp_path / f"copy-{number}.db"
        assert wrong(copy) == []
        db = open_database(copy)
        assert db["claims"].count == 40 * db["articles"].count
        db.close()
    assert sizes == sorted(sizes)
    with pytest.raises(StoreError, match="is there already"):
        backup(path, tmp_path / "copy-0.db")
    with pytest.raises(StoreError, match="not a quotecheck database"):
        sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE x (y)")
        backup(tmp_path / "other.db", tmp_path / "new.db")
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name or "new" in path.name) == []


DAMAGE = {
    "full text": "INSERT INTO claims_fts(claims_fts, rowid, statement) VALUES ('delete', 1, 'x')",
    "references": "PRAGMA foreign_keys = 0; DROP TRIGGER articles_no_delete; DELETE FROM articles WHERE id = 2",
    "review events": "DROP TRIGGER review_events_no_update; UPDATE review_events SET actor = 'Somebody'",
    "review states": "UPDATE claim_state SET status = 'rejected'",
}


@pytest.mark.parametrize(("check", "sql"), DAMAGE.items())
def test_the_doctor_finds_what_was_done_to_a_database(check: str, sql: str, tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    db = open_database(path)
    claim_id = str(db.conn.execute("SELECT claim_id FROM claims").fetchone()[0])
    record(db.conn, claim_id, actor="Ana Brook", action="accept")
    db.close()
    assert wrong(path) == []
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.commit()
    connection.close()
    found = [finding for finding in examine(path) if finding.level == "problem"]
    assert check in [finding.check for finding in found]
    assert all(finding.remedy for finding in found)


def test_the_doctor_ends_with_1_where_there_is_something_to_mend(tmp_path: Path) -> None:
    good, none = build(tmp_path / "good.db"), tmp_path / "none.db"
    assert run("doctor", good, cwd=tmp_path).returncode == 0
    missing = run("doctor", none, cwd=tmp_path)
    assert (missing.returncode, "make it: quotecheck extract" in missing.stdout) == (1, True)
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"no database" * 1000)
    assert wrong(bad) == [f"database: {bad}: file is not a database: it is no SQLite database; name another file"]
    raw = bytearray(good.read_bytes())
    raw[8192:12288] = os.urandom(4096)
    good.write_bytes(raw)
    assert wrong(good) != []
