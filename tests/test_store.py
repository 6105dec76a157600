"""Articles and claims in the database: the same again changes nothing, a changed text is a new version."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import (
    CLAIMS,
    CRANES,
    LIND,
    REOPENING,
    TEXT,
    WARNING,
    article,
    claim,
    contents,
    filled,
    new_run,
    span,
)

from quotecheck.errors import StoreError
from quotecheck.store import (
    SaveResult,
    Statistics,
    article_id,
    article_uid,
    finish_run,
    is_done,
    open_database,
    options_sha256,
    record,
    save_article,
    statistics,
)
from quotecheck.store.matching import match, overlap
from quotecheck.store.schema import TRIGGERS
from quotecheck.types import Claim, Span, Speaker, SpeakerMention

CRANES_STATEMENT = "“We have checked every crane,” […] “and every gate.”"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


def current(db: Database, columns: str) -> list[tuple[object, ...]]:
    return db.execute(f"SELECT {columns} FROM claims_current ORDER BY article, char_start").fetchall()


def test_a_saved_article_reads_back_as_it_was(db: Database) -> None:
    stored = db.execute("SELECT text, title, category, published_raw, is_latest FROM articles").fetchall()
    assert stored == [(TEXT, "Harbour to reopen", "Local; Sea, ships", "3 March 2031", 1)]
    assert current(db, "status, kind, speaker, speaker_kind, cue, statement, is_statement, confidence") == [
        ("unreviewed", "indirect", LIND, "person", "said", "the harbour would reopen on Monday", 1, 0.9123),
        (
            "unreviewed",
            "direct",
            LIND,
            "person",
            "told",
            "“We have checked every crane,” […] “and every gate.”",
            1,
            0.9123,
        ),
        ("unreviewed", "indirect", "Port Authority", "organisation", "denied", "that it had been warned", 1, 0.9123),
        ("unreviewed", "indirect", None, "unnamed", "believes", "the storm was worse than forecast", 0, 0.9123),
    ]
    assert statistics(db) == Statistics(articles=1, claims=3, stances=1, speakers=2, reviewed=0)


def test_every_stored_span_is_the_slice_of_the_stored_text(db: Database) -> None:
    spans = db.execute('SELECT "start", "end", text FROM claim_spans').fetchall()
    assert len(spans) == 4 + 4 + 5 + 2 + 1
    assert all(TEXT[start:end] == words for start, end, words in spans)


def test_extracting_twice_changes_nothing(db: Database) -> None:
    before = contents(db)
    assert save_article(db, new_run(db), article(), CLAIMS) == SaveResult(new=0, kept=4, superseded=0)
    assert contents(db) == before


def test_two_databases_from_the_same_input_are_equal(db: Database, tmp_path: Path) -> None:
    assert contents(filled(tmp_path / "again.db", tuple(reversed(CLAIMS)))) == contents(db)


def test_claim_ids_are_stable_and_no_numbers(db: Database) -> None:
    ids = [row[0] for row in current(db, "claim_id")]
    assert ids == ["qc-25t1-kfjj", "qc-w1tx-djv3", "qc-9090-wz7d", "qc-dj1a-sf9m"]


def test_a_new_model_keeps_ids_and_reviews(db: Database) -> None:
    ids = [row[0] for row in current(db, "claim_id")]
    record(db.conn, str(ids[0]), actor="Ada", action="accept")
    shorter = replace(WARNING, content=(span("it had been warned"),))
    result = save_article(db, new_run(db, model_sha256="cd" * 32), article(), [REOPENING, CRANES, shorter])
    assert result == SaveResult(new=0, kept=3, superseded=1)
    assert current(db, "claim_id, status, statement, version, run_id") == [
        (ids[0], "accepted", "the harbour would reopen on Monday", 2, 2),
        (ids[1], "unreviewed", CRANES_STATEMENT, 1, 2),
        (ids[2], "unreviewed", "it had been warned", 2, 2),
    ]
    assert db.execute("SELECT superseded_by_run FROM claims WHERE claim_id = ?", (ids[3],)).fetchone() == (2,)


def test_a_superseded_claim_found_again_has_its_old_id(db: Database) -> None:
    before = current(db, "claim_id, statement")
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [])
    assert current(db, "claim_id") == []
    assert save_article(db, new_run(db, model_sha256="ef" * 32), article(), CLAIMS) == SaveResult(0, 4, 0)
    assert current(db, "claim_id, statement") == before


def test_a_decision_goes_stale_when_the_machine_reads_otherwise(db: Database) -> None:
    claim_id = str(current(db, "claim_id")[0][0])
    record(db.conn, claim_id, actor="Ada", action="accept")
    other = replace(REOPENING, speakers=(replace(REOPENING.speakers[0], name="Marta Lindqvist"),))
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [other])
    assert current(db, "claim_id, status, speaker, reviewer") == [(claim_id, "stale", LIND, "Ada")]


def test_a_changed_text_is_a_new_version_and_leaves_reviews_stale(db: Database) -> None:
    claim_id = str(current(db, "claim_id")[0][0])
    record(db.conn, claim_id, actor="Ada", action="reject", reason="wrong_span")
    corrected = TEXT.replace("Monday", "Tuesday")
    said = claim(
        ["the harbour would reopen on Tuesday"],
        "Mayor Marta Lind",
        "said",
        "Mayor Marta Lind said the harbour would reopen on Tuesday.",
        Speaker(LIND, "person", "name", confidence=0.97),
        text=corrected,
    )
    assert save_article(db, new_run(db), article(corrected), [said]) == SaveResult(new=1, kept=0, superseded=0)
    versions = db.execute("SELECT id, version_of, is_latest FROM articles ORDER BY id").fetchall()
    assert versions == [(1, None, 0), (2, 1, 1)]
    assert current(db, "article, status, statement") == [
        (1, "stale", "the harbour would reopen on Monday"),
        (2, "unreviewed", "the harbour would reopen on Tuesday"),
    ]
    save_article(db, new_run(db), article(), CLAIMS)
    assert db.execute("SELECT id, is_latest FROM articles ORDER BY id").fetchall() == [(1, 1), (2, 0)]
    assert current(db, "status")[0] == ("rejected",)


@pytest.mark.parametrize(
    ("about", "rows"),
    [
        pytest.param({}, 1, id="the same path"),
        pytest.param({"source_ref": "./inbox/harbour.txt"}, 1, id="the same path, spelled otherwise"),
        pytest.param({"source_ref": "copies/harbour.txt"}, 1, id="a copy under another path"),
        pytest.param({"source_ref": "-"}, 1, id="the same text from standard input"),
        pytest.param({"id": "vc-17"}, 2, id="a record with an id of its own"),
        pytest.param({"url": "https://courier.example/harbour"}, 2, id="a page with a URL of its own"),
    ],
)
def test_what_is_the_same_article(db: Database, about: dict[str, object], rows: int) -> None:
    save_article(db, new_run(db), article(**about), CLAIMS)
    assert db["articles"].count == rows


def test_records_of_one_file_do_not_replace_each_other_when_lines_shift(tmp_path: Path) -> None:
    db = open_database(tmp_path / "quotes.db")
    for line, text in ((1, "The quay is shut."), (2, "The quay is open."), (1, "The quay is wet.")):
        save_article(db, new_run(db), article(text, source_ref=f"wire.jsonl:{line}"), [])
    assert db.execute("SELECT text, is_latest FROM articles ORDER BY id").fetchall() == [
        ("The quay is shut.", 1),
        ("The quay is open.", 1),
        ("The quay is wet.", 1),
    ]


def test_an_own_id_is_kept_as_it_is() -> None:
    assert article_id(article(id="vc-17")) == "vc-17"
    assert article_uid(article(id="vc-17")) != article_uid(article(id="vc-17", text=TEXT + " "))


def test_resuming_skips_what_is_done(db: Database) -> None:
    model, options = "ab" * 32, options_sha256({})
    changed = article(TEXT + "\nMore to follow.")
    assert is_done(db, article(), model, options)
    assert not is_done(db, article(published_at="2031-03-04T08:00:00+00:00"), model, options)
    assert not is_done(db, article(), "cd" * 32, options)
    assert not is_done(db, article(), model, options_sha256({"floor": 0.5}))
    assert not is_done(db, changed, model, options)
    save_article(db, new_run(db), changed, [])
    assert not is_done(db, article(), model, options)


def test_options_are_named_by_their_values_not_their_order() -> None:
    assert options_sha256({"a": 1, "b": [2]}) == options_sha256({"b": [2], "a": 1})


def test_a_finished_run_keeps_its_counts(db: Database) -> None:
    finish_run(db, 1, {"articles": 1, "skipped": 0})
    assert db.execute("SELECT counts_json, finished_at > started_at FROM runs").fetchone() == (
        '{"articles":1,"skipped":0}',
        1,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(replace(REOPENING, content=(Span(17, 51, "the harbour would reopen on Friday"),)), id="words"),
        pytest.param(replace(REOPENING, cue=(Span(-4, 4, ""),)), id="before the text"),
        pytest.param(replace(REOPENING, context=Span(0, 9999, TEXT)), id="beyond the text"),
        pytest.param(replace(REOPENING, content=()), id="no content"),
        pytest.param(
            replace(REOPENING, speakers=(replace(REOPENING.speakers[0], mention=Span(0, 3, "Mai")),)), id="mention"
        ),
    ],
)
def test_a_span_that_is_not_the_texts_slice_stores_nothing(db: Database, wrong: Claim) -> None:
    before = contents(db)
    with pytest.raises(StoreError):
        save_article(db, 1, article(id="other"), [CRANES, wrong])
    assert contents(db) == before


def test_metadata_beyond_unicode_is_made_storable_and_text_is_refused(db: Database) -> None:
    save_article(db, 1, article(id="x\ud800", title="a\0b"), [])
    assert db.execute("SELECT article_id, title FROM articles WHERE id = 2").fetchone() == ("x\ufffd", "a\ufffdb")
    with pytest.raises(StoreError, match="lone surrogate"):
        save_article(db, 1, article("\udc00"), [])


def test_two_sources_of_the_same_words_are_two_claims(tmp_path: Path) -> None:
    twice = replace(REOPENING, source=(span("The Port Authority"),))
    db = filled(tmp_path / "quotes.db", [REOPENING, twice])
    before = current(db, "claim_id, speaker_as_written")
    assert len({row[0] for row in before}) == 2
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [twice, REOPENING])
    assert current(db, "claim_id, speaker_as_written") == before


def test_several_speakers_stay_several(tmp_path: Path) -> None:
    joint = (Speaker("Kremlin; annex", "place_metonym", "name"), Speaker("Foreign Ministry", "organisation", "list"))
    db = filled(tmp_path / "quotes.db", [replace(WARNING, speakers=joint)])
    assert current(db, "speaker, speaker_kind, speaker_basis") == [
        ("Kremlin, annex; Foreign Ministry", "place_metonym; organisation", "name; list")
    ]
    assert db.execute(
        "SELECT group_concat(uid, '; ') FROM (SELECT uid FROM speakers ORDER BY id)"
    ).fetchall() == current(db, "speaker_id")


def test_the_same_name_of_another_kind_is_another_speaker(tmp_path: Path) -> None:
    speakers = [Speaker("Vestby", "organisation", "name"), Speaker("Vestby", "place_metonym", "name")]
    claims = [replace(part, speakers=(who,)) for part, who in zip((REOPENING, WARNING), speakers, strict=True)]
    db = filled(tmp_path / "quotes.db", claims)
    assert db.execute("SELECT name, kind FROM speakers").fetchall() == [
        ("Vestby", "organisation"),
        ("Vestby", "place_metonym"),
    ]


def test_full_text_follows_the_claims(db: Database) -> None:
    def found(word: str) -> list[object]:
        sql = "SELECT statement FROM claims WHERE id IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)"
        return [row[0] for row in db.execute(sql, (word,))]

    assert found("warned") == ["that it had been warned"]
    save_article(db, new_run(db), article(), [replace(WARNING, content=(span("had been warned"),))])
    assert found("warned") == ["had been warned"]
    db.execute("INSERT INTO claims_fts(claims_fts, rank) VALUES ('integrity-check', 1)")
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")


def test_a_run_that_was_never_started_is_refused(db: Database) -> None:
    with pytest.raises(StoreError, match="start_run"):
        save_article(db, 99, article(id="other"), [])


def test_overlap_and_matching() -> None:
    assert overlap([(0, 10)], [(5, 15)]) == 5 / 15
    assert overlap([(0, 4), (6, 10)], [(0, 4), (6, 10)]) == 1.0
    old = {7: ([(0, 10)], [(20, 22)], True), 8: ([(0, 8)], [(20, 22)], True)}
    assert match(old, [([(0, 9)], [(20, 22)]), ([(0, 10)], [(20, 22)])]) == {1: 7, 0: 8}
    assert match(old, [([(0, 3)], [(20, 22)])]) == {}


def test_a_database_has_its_triggers_and_settings(db: Database) -> None:
    assert {trigger.name for trigger in db.triggers} == set(TRIGGERS)
    settings = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert settings == ["wal", 1, 1]


def test_opening_again_keeps_everything(db: Database, tmp_path: Path) -> None:
    before = contents(db)
    db.close()
    assert contents(open_database(tmp_path / "quotes.db", create=False)) == before


def test_databases_that_are_not_ours(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="quotecheck extract"):
        open_database(tmp_path / "missing.db", create=False)
    with pytest.raises(StoreError, match="there is no folder"):
        open_database(tmp_path / "nowhere" / "quotes.db")
    with pytest.raises(StoreError, match="name another file"):
        open_database(tmp_path / "no" / "folder.db")
    (tmp_path / "notes.txt").write_text("Not a database at all, but long enough to look at. " * 40)
    with pytest.raises(StoreError, match="not a database"):
        open_database(tmp_path / "notes.txt")
    other = sqlite3.connect(tmp_path / "recipes.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_database(tmp_path / "recipes.db")


def test_a_newer_database_is_refused(db: Database, tmp_path: Path) -> None:
    db["_sqlite_migrations"].insert({"migration_set": "quotecheck", "name": "m999_later", "applied_at": "2031"})
    db.close()
    with pytest.raises(StoreError, match=r"newer quotecheck .*m999_later.*pip install"):
        open_database(tmp_path / "quotes.db")


def test_claims_and_articles_cannot_be_deleted(db: Database, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "quotes.db")
    for sql in (
        "DELETE FROM claims",
        "DELETE FROM articles",
        "INSERT OR REPLACE INTO claims SELECT * FROM claims",
        "INSERT OR REPLACE INTO articles SELECT * FROM articles",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            plain.execute(sql)


def test_roles_and_mentions_stand_where_the_article_has_them(tmp_path: Path) -> None:
    lind = replace(REOPENING.speakers[0], role_span=span("Mayor"))
    mentions = (
        SpeakerMention(span("Marta Lind"), LIND, "person", "name", 0.97),
        SpeakerMention(span("she"), LIND, "person", "pronoun", 0.9),
    )
    db = open_database(tmp_path / "quotes.db")
    for _ in range(2):  # saving the same again changes nothing
        save_article(db, new_run(db), article(), [replace(REOPENING, speakers=(lind,))], mentions)
    assert db.execute("SELECT role, role_start, role_end, affiliation_start FROM claim_speakers").fetchall() == [
        ("Mayor", 0, 5, None)
    ]
    sql = """SELECT m.text, s.name, m.basis, m.confidence, substr(a.text, m."start" + 1, m."end" - m."start")
             FROM mentions m JOIN speakers s ON s.id = m.speaker JOIN articles a ON a.id = m.article"""
    assert db.execute(sql).fetchall() == [
        ("Marta Lind", LIND, "name", 0.97, "Marta Lind"), ("she", LIND, "pronoun", 0.9, "she"),
    ]  # fmt: skip


def test_a_mention_that_is_not_in_the_text_stores_nothing(tmp_path: Path) -> None:
    db = open_database(tmp_path / "quotes.db")
    wrong = SpeakerMention(Span(0, 5, "Judge"), LIND, "person", "name", 0.97)
    with pytest.raises(StoreError, match="the text at 0:5 is not 'Judge'"):
        save_article(db, new_run(db), article(), [REOPENING], [wrong])
    assert db["articles"].count == 0
