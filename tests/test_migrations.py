"""A database of an earlier version comes to the present schema with every row and every trigger."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotecheck.store import open_database
from quotecheck.store.migrations import migrations
from quotecheck.store.schema import TRIGGERS
from quotecheck.store.views import VIEWS

NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]
FIRST = """
INSERT INTO runs VALUES (1, '0.1.0', 'qc_en', 'ab', '{}', 'cd', '2031-03-03', NULL, NULL);
INSERT INTO articles VALUES (1, 'qv-1', 'qa-1', NULL, 1, 'harbour.txt', 'text', NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, 'aa', 'bb', 1, 'The mayor said no.');
INSERT INTO claims VALUES (1, 'qc-1', 1, 'indirect', 1, NULL, NULL, 'unnamed', 'The mayor', 'unresolved', NULL, NULL,
  0.5, 'said', 'neutral', 'no', NULL, 'The mayor said no.', 0, 18, 15, 17, 0.9, 'ff', NULL, 1, 1, NULL);
INSERT INTO claim_spans VALUES (1, 'content', 0, 15, 17, 'no'), (1, 'source', 0, 0, 9, 'The mayor');
INSERT INTO review_events VALUES (1, 'qc-1', 'Ada', '2031-03-04', 'accept', '{}', '{"status":"accepted"}', NULL, NULL,
  1, 'ff', '00', '11');
"""


def first_version(path: Path) -> None:
    """A database as the first migration left it, with one reviewed claim."""
    db = Database(path)
    migrations.apply(db, stop_before=NAMES[1])
    db.conn.executescript(FIRST)
    db.conn.commit()
    db.close()


@pytest.fixture
def migrated(tmp_path: Path) -> Database:
    first_version(tmp_path / "quotes.db")
    return open_database(tmp_path / "quotes.db", create=False)


def test_rows_survive(migrated: Database) -> None:
    assert migrated.execute("SELECT * FROM claim_spans").fetchall() == [
        (1, "content", 0, 15, 17, "no"),
        (1, "source", 0, 0, 9, "The mayor"),
    ]
    assert migrated.execute("SELECT claim_id, statement, polarity, said_date FROM claims_current").fetchall() == [
        ("qc-1", "no", None, None)
    ]
    assert migrated.execute("SELECT claim_id, actor, hash FROM review_events").fetchall() == [("qc-1", "Ada", "11")]
    assert migrated.execute("PRAGMA foreign_key_check").fetchall() == []
    assert migrated.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_it_has_the_schema_of_a_new_database(migrated: Database, tmp_path: Path) -> None:
    def schema(db: Database) -> dict[str, str]:
        return dict(db.execute("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall())

    assert schema(migrated) == schema(open_database(tmp_path / "new.db"))


def test_no_migration_drops_a_trigger_or_a_view(tmp_path: Path) -> None:
    db = Database(tmp_path / "quotes.db")
    before: set[str] = set()
    for following in [*NAMES[1:], None]:
        migrations.apply(db, stop_before=following)
        now = {trigger.name for trigger in db.triggers} | set(db.view_names())
        assert before - now == set()
        before = now
    assert before == set(TRIGGERS) | set(VIEWS)


def test_the_past_stays_guarded(migrated: Database) -> None:
    for sql in (
        "UPDATE review_events SET actor = 'Bo'",
        "DELETE FROM review_events",
        "INSERT OR REPLACE INTO review_events SELECT * FROM review_events",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            migrated.execute(sql)
