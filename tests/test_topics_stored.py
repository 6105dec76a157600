"""Topics and triples in the database, in the desk and in exports."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_newsroom import Desk, served
from sqlite_utils import Database
from topic_samples import ARTICLE, TEXT, reading, save, stored

from quotecheck.batch import jsonl
from quotecheck.desk.queue import Filters as QueueFilters
from quotecheck.desk.queue import queue_page
from quotecheck.errors import StoreError
from quotecheck.export import Filters, export
from quotecheck.store import edits, open_database, reviews
from quotecheck.types import Reading, Span, Topic

RAMP = "The Vestby council closed the old ferry ramp on Monday"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return stored(tmp_path / "quotes.db")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("topics") / "quotes.db"
    stored(path).close()
    with served(path) as running:
        yield running


def topics_of(db: Database, statement: str) -> list[str]:
    (cell,) = db.execute("SELECT topics FROM claims_current WHERE statement = ?", (statement,)).fetchone()
    return json.loads(cell) if cell else []


def found(db: Database, words: str) -> list[tuple[str, str, str]]:
    sql = """SELECT subject, verb, object FROM who_did_what WHERE id IN (
               SELECT rowid FROM claim_triples_fts WHERE claim_triples_fts MATCH ?) ORDER BY id"""
    return db.execute(sql, (words,)).fetchall()


def rows(db: Database) -> dict[str, list[tuple[object, ...]]]:
    tables = ("topics", "topic_mentions", "claim_topics", "claim_triples", "claim_triples_fts")
    return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_the_article_and_its_claims_have_their_topics(db: Database) -> None:
    listed = {topic for (topic,) in db.execute("SELECT topic FROM article_topics WHERE article_id LIKE 'qa-%'")}
    assert listed == {topic.term for topic in reading().topics}
    assert set(topics_of(db, RAMP)) == {"Vestby", "council", "ferry ramp", "ramp"}


@pytest.mark.parametrize(
    ("words", "triples"),
    [
        ("close", [
            ("The Vestby council", "closed", "the old ferry ramp"),
            ("the harbour board", "was closed", "The ramp"),
        ]),
        ("subject: board AND object: ramp", [("the harbour board", "was closed", "The ramp")]),
        ("lemma: sell", [("The council", "has not sold", "the ramp")]),
        ("pilot sue", [("the pilots", "would sue", "Vestby")]),
    ],
)  # fmt: skip
def test_who_did_what_is_found_by_stems(db: Database, words: str, triples: list[tuple[str, str, str]]) -> None:
    assert found(db, words) == triples


def test_places_in_the_database_are_those_in_the_text(db: Database) -> None:
    places = db.execute('SELECT "start", "end", text FROM topic_mentions').fetchall()
    for part in ("subject", "verb", "object"):
        places += db.execute(f"SELECT {part}_start, {part}_end, {part} FROM claim_triples").fetchall()
    assert len(places) > 20
    assert [place for place in places if TEXT[place[0] : place[1]] != place[2]] == []


def test_saving_the_same_again_changes_nothing(db: Database) -> None:
    before = rows(db)
    save(db, reading())
    assert rows(db) == before


def test_a_later_run_replaces_them_and_a_review_stays(db: Database) -> None:
    (claim_id,) = db.execute("SELECT claim_id FROM claims WHERE statement = ?", (RAMP,)).fetchone()
    reviews.record(db.conn, claim_id, actor="Ada", action="accept")
    bare = tuple(replace(claim, topics=("Vestby",), triples=()) for claim in reading().claims)
    save(db, Reading(bare, (), (Topic("Vestby", "name", 1.0, (Span.of(TEXT, 4, 10),)),)), "cd" * 32)
    assert db.execute("SELECT claim_id, status, topics FROM claims_current WHERE id = 1").fetchall() == [
        (claim_id, "accepted", '["Vestby"]')
    ]
    assert {table: len(kept) for table, kept in rows(db).items()} == {
        "topics": 1, "topic_mentions": 1, "claim_topics": 4, "claim_triples": 0, "claim_triples_fts": 0,
    }  # fmt: skip
    db.execute("INSERT INTO claim_triples_fts(claim_triples_fts, rank) VALUES ('integrity-check', 1)")


def test_a_statement_that_a_person_adds_has_the_topics_it_names(db: Database) -> None:
    start = TEXT.index("the pilots would sue")
    edits.add(db.conn, 1, {"content": [(start, len(TEXT) - 1)]}, actor="Ada")
    assert set(topics_of(db, "the pilots would sue Vestby")) == {"pilot", "Vestby"}


def test_what_a_person_cuts_out_of_a_statement_did_not_happen_in_it(db: Database) -> None:
    assert len(found(db, "ramp closed")) == 2
    (claim_id,) = db.execute("SELECT claim_id FROM claims WHERE statement = ?", (RAMP,)).fetchone()
    edits.correct_spans(db.conn, claim_id, {"content": [(4, len("The Vestby council"))]}, actor="Ada")
    assert found(db, "ramp closed") == [("the harbour board", "was closed", "The ramp")]


def test_a_wrong_place_is_refused_with_the_whole_article(db: Database) -> None:
    wrong = Topic("Vestby", "name", 1.0, (Span(0, 6, "Vestby"),))
    with pytest.raises(StoreError, match="'Vestby'"):
        save(db, replace(reading(), topics=(wrong,)))


def test_an_export_can_be_narrowed_to_a_topic_and_names_topics_in_full(db: Database) -> None:
    stream = io.BytesIO()
    assert export(db, stream, profile="full", format="jsonl", filters=Filters(topic=("PILOT",))) == 2
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [set(line["topics"].split("; ")) for line in lines] == [
        {"harbour board", "pilot"},
        {"ferry ramp", "ramp", "pilot", "Vestby"},
    ]


def test_the_queue_can_be_narrowed_to_a_topic(db: Database) -> None:
    page = queue_page(db.conn, QueueFilters.of({"topic": "ferry RAMP", "order": "article"}))
    assert (page.total, [line.speaker for line in page.lines]) == (2, ["Marta Lind", "Omar Haddad"])
    assert set(page.lines[0].about) == {"Vestby", "council", "ferry ramp", "ramp"}
    assert page.filters.export == {"status": "unreviewed", "topic": "ferry RAMP"}


def test_lines_without_a_database_hold_them_too() -> None:
    record = json.loads(jsonl.line(ARTICLE, reading().claims, reading().topics))
    assert {topic["term"] for topic in record["topics"]} == {topic.term for topic in reading().topics}
    (act,) = record["attributions"][0]["triples"]
    assert [TEXT[slice(*act[part])] for part in ("subject", "verb", "object")] == [
        "The Vestby council", "closed", "the old ferry ramp",
    ]  # fmt: skip
    assert (act["lemma"], act["passive"], act["negated"]) == ("close", False, False)


def test_claims_have_a_facet_of_topics(desk: Desk) -> None:
    facets = desk.get("/quotes/claims_current.json?_size=0").json()["facet_results"]
    counted = {one["value"]: one["count"] for one in facets["topics"]["results"]}
    assert counted == {
        "ramp": 3, "council": 2, "Vestby": 2, "ferry ramp": 2, "harbour board": 2, "pilot": 2,
    }  # fmt: skip
    narrowed = desk.get("/quotes/claims_current.json?topics__arraycontains=pilot&_shape=array").json()
    assert [row["speaker"] for row in narrowed] == ["Omar Haddad", "Omar Haddad"]


def test_datasette_finds_who_did_what(desk: Desk) -> None:
    lines = desk.get("/quotes/who_did_what.json?_search=board+train&_shape=array").json()
    assert [(row["subject"], row["verb"], row["object"], row["negated"], row["speaker"]) for row in lines] == [
        ("the harbour board", "did not train", "the pilots", 1, "Omar Haddad")
    ]
    page = desk.get("/quotes/who_did_what?_search=board+train")
    assert (page.status_code, "did not train" in page.text) == (200, True)
    assert f'href="/-/quotecheck/claim/{lines[0]["claim_id"]}"' in page.text


def test_the_queue_links_topics(desk: Desk) -> None:
    page = desk.get("/-/quotecheck/queue?topic=pilot").text
    assert "2 statements on pilot" in page
    assert "topic=ferry+ramp" in page


def test_an_old_database_has_none_until_its_articles_are_read_again(tmp_path: Path) -> None:
    fixture = Path(__file__).parent / "fixtures" / "quotecheck-0.1.0.sql"
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.executescript(fixture.read_text("utf-8"))
    old.close()
    db = open_database(tmp_path / "old.db")
    claims, topics = db.execute("SELECT count(*), count(topics) FROM claims_current").fetchone()
    assert (claims > 0, topics) == (True, 0)
    assert db.execute("SELECT * FROM who_did_what").fetchall() == []
