"""Search finds what people made of the words and the speakers, beside what the machine read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_newsroom import build, served
from sqlite_utils import Database
from store_samples import CRANES, LIND, REOPENING, STORM, TEXT, WARNING, article, filled, new_run, span
from test_migrations import first_version

from quotecheck.desk.queue import Filters, queue_page
from quotecheck.store import edits, open_database, people, record, reviews, save_article
from quotecheck.store.health import examine
from quotecheck.store.identity import speaker_uid


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = filled(tmp_path / "quotes.db")
    yield found
    problems = [finding for finding in examine(tmp_path / "quotes.db") if finding.level == "problem"]
    found.close()
    assert problems == []


@pytest.fixture
def reopening(db: Database) -> str:
    """The claim that the harbour would reopen."""
    return str(db.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0])


def found(connection: sqlite3.Connection, words: str) -> list[str]:
    """The statements that the queue finds."""
    return [line.statement for line in queue_page(connection, Filters(state="all", words=words)).lines]


def test_corrected_words_are_found(db: Database, reopening: str) -> None:
    start = TEXT.index("The head")
    spans = {"source": [(0, 16)], "cue": [(17, 21)], "content": [(22, 56), (start, len(TEXT) - 1)]}
    assert found(db.conn, "pilots reopen") == []
    event = edits.correct_spans(db.conn, reopening, spans, actor="Ada")
    assert found(db.conn, "pilots reopen Lind") == [f"{REOPENING.content[0].text} […] {TEXT[start:-1]}"]
    reviews.undo(db.conn, event.id, "Ada")
    assert found(db.conn, "pilots reopen") == []


def test_a_corrected_speaker_is_found(db: Database, reopening: str) -> None:
    record(db.conn, reopening, actor="Ada", action="correct", changes={"speaker": "Greta Sundqvist"})
    assert found(db.conn, "Sundqvist harbour") == [REOPENING.content[0].text]
    assert found(db.conn, "Lind harbour") == [REOPENING.content[0].text]


def test_a_merged_speaker_is_found_by_the_name_of_both(db: Database, reopening: str) -> None:
    record(db.conn, reopening, actor="Ada", action="correct", changes={"speaker": "Marta Lind-Brandt"})
    lind, brandt = (speaker_uid(name, "person") for name in (LIND, "Marta Lind-Brandt"))
    merged = people.merge(db.conn, lind, brandt, actor="Ada")
    assert len(found(db.conn, "Brandt")) == 2
    assert found(db.conn, "Brandt crane") == ["“We have checked every crane,” […] “and every gate.”"]
    people.undo(db.conn, merged.id, "Ada")
    assert found(db.conn, "Brandt crane") == []
    people.merge(db.conn, brandt, lind, actor="Ada")
    assert len(found(db.conn, "Lind")) == 2


def test_a_split_speaker_is_found_by_the_new_name(db: Database, reopening: str) -> None:
    uid = speaker_uid(LIND, "person")
    people.split(db.conn, uid, actor="Ada", claims=[reopening], name="Marta Lind (pilot)")
    assert found(db.conn, "pilot") == [REOPENING.content[0].text]


def test_claims_read_after_a_merge_are_found_by_the_persons_name(db: Database) -> None:
    people.alias(db.conn, speaker_uid(LIND, "person"), "Marta Brandt", actor="Ada")
    later = replace(STORM, statement=True, speakers=(replace(REOPENING.speakers[0], name="Marta Brandt"),))
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [REOPENING, CRANES, WARNING, later])
    assert found(db.conn, "Lind storm") == [STORM.content[0].text]


def test_a_decision_on_an_earlier_reading_is_found_by_its_words(db: Database, reopening: str) -> None:
    record(db.conn, reopening, actor="Ada", action="accept")
    other = replace(REOPENING, content=(span("would reopen on Monday"),))
    other = replace(other, speakers=(replace(REOPENING.speakers[0], name="Greta Sundqvist"),))
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [other, CRANES, WARNING, STORM])
    assert found(db.conn, "Marta Lind reopen") == [REOPENING.content[0].text]


def test_decisions_of_an_earlier_version_are_found_too(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    first_version(path)
    after = '{"status":"corrected","speaker":"Greta Sundqvist","speaker_id":"qs-1","speaker_kind":"person"}'
    event = (2, "qc-1", "Ada", "2031-03-04", "correct", "{}", after, None, None, 2, "ff", "11", "22")
    with sqlite3.connect(path) as connection:
        connection.execute(f"INSERT INTO review_events VALUES ({', '.join('?' * len(event))})", event)
    assert found(open_database(path).conn, "Sundqvist mayor") == ["no"]


def test_datasettes_own_search_finds_them_too(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with open_database(path).conn as connection:
        claim_id = connection.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0]
        record(connection, claim_id, actor="Ada", action="correct", changes={"speaker": "Ines Sundqvist"})
    with served(path) as desk:
        assert "1 claim</strong>" in desk.get("/quotes/claims_current?_search=sundqvist").text
