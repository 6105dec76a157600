"""A person's verdict stays with the values that the person saw, whatever a later run reads."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import CRANES, LIND, REOPENING, STORM, TEXT, WARNING, article, filled, new_run, span

from quotecheck.desk.cards import Reread, card
from quotecheck.desk.progress import progress_page
from quotecheck.desk.queue import Filters, queue_page, state_counts
from quotecheck.errors import ConflictError, StoreError
from quotecheck.export import export, verify
from quotecheck.store import history, people, record, reviews, save_article
from quotecheck.store.edits import adjudicate, correct_spans, open_double
from quotecheck.store.health import examine
from quotecheck.types import Claim, SaidDate

SPEAKER = REOPENING.speakers[0]
WORSE = replace(
    REOPENING,
    content=(span("would reopen on Monday"),),
    speakers=(replace(SPEAKER, name="Marta Lindqvist", role="Harbour master"),),
    evidence=replace(REOPENING.evidence, polarity="denies", said=SaidDate("2031-03-08", "weekday")),
)
"""The same statement as a worse model reads it: another speaker, fewer words, denied, on another day."""
FIELDS = "status, speaker, speaker_role, statement, polarity, said_date, char_start, run_id"
AS_SEEN = (LIND, "Mayor", "the harbour would reopen on Monday", "asserts", None, 22, 1)
NOW = ("Marta Lindqvist", "Harbour master", "would reopen on Monday", "denies", "2031-03-08", 34, 2)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = filled(tmp_path / "quotes.db")
    yield found
    found.close()


@pytest.fixture
def claim_id(db: Database) -> str:
    """The claim that the harbour would reopen."""
    return str(db.execute("SELECT claim_id FROM claims ORDER BY id").fetchone()[0])


def reread(db: Database, first: Claim = WORSE, model: str = "cd") -> None:
    """Read the article again with another model, which reads the first claim as given."""
    save_article(db, new_run(db, model_sha256=model * 32), article(), [first, CRANES, WARNING, STORM])


def shown(db: Database, claim_id: str, fields: str = FIELDS) -> tuple[object, ...]:
    found: tuple[object, ...] = db.execute(
        f"SELECT {fields} FROM claims_current WHERE claim_id = ?", (claim_id,)
    ).fetchone()
    return found


def exported(db: Database, path: Path, claim_id: str) -> dict[str, str]:
    export(db, path, profile="full")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return next(row for row in csv.DictReader(stream) if row["claim_id"] == claim_id)


def test_what_nobody_judged_follows_the_machine(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="note", note="ask the mayor")
    reread(db)
    assert shown(db, claim_id) == ("unreviewed", *NOW)


@pytest.mark.parametrize("action", ["accept", "reject", "unsure"])
def test_a_verdict_stays_with_the_values_it_was_given_on(db: Database, claim_id: str, action: str) -> None:
    record(db.conn, claim_id, actor="Ada", action=action)
    reread(db)
    assert shown(db, claim_id) == ("stale", *AS_SEEN)
    assert state_counts(db.conn) == {"unreviewed": 2, "stale": 1}
    assert [line.statement for line in queue_page(db.conn, Filters(state="stale")).lines] == [AS_SEEN[2]]


def test_the_export_has_the_values_as_accepted_and_proves_them(db: Database, claim_id: str, tmp_path: Path) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    before = exported(db, tmp_path / "before.csv", claim_id)
    reread(db)
    after = exported(db, tmp_path / "claims.csv", claim_id)
    moving = {"exported_at", "review_status"}
    assert {name for name in before if before[name] != after[name]} - moving == set()
    assert (before["review_status"], after["review_status"], after["reviewer"]) == ("accepted", "stale", "Ada")
    assert {proof.verdict for proof in verify(db, tmp_path / "claims.csv")} == {"OK"}
    assert [finding for finding in examine(tmp_path / "quotes.db") if finding.level == "problem"] == []
    export(db, tmp_path / "claims.jsonl", format="jsonl", profile="full")
    first = json.loads((tmp_path / "claims.jsonl").read_text("utf-8").splitlines()[0])
    assert (first["speaker"], first["spans_json"]["content"]) == (LIND, [[22, 56]])


def test_the_card_shows_both(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    found = card(db.conn, claim_id)
    assert found is not None
    assert (found.statement, found.speaker, found.spans["content"]) == (AS_SEEN[2], LIND, [(22, 56)])
    assert found.reread == [
        Reread("statement", "the harbour would reopen on Monday", "would reopen on Monday"),
        Reread("speaker", LIND, "Marta Lindqvist"),
        Reread("polarity", "asserts", "denies"),
        Reread("said_date", None, "2031-03-08"),
    ]


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (
            replace(REOPENING, source=(span("Marta Lind"),)),
            [Reread("speaker_as_written", "Mayor Marta Lind", "Marta Lind")],
        ),
        (replace(REOPENING, statement=False), []),
    ],
)
def test_whatever_makes_it_stale_it_can_be_found(
    db: Database, claim_id: str, now: Claim, changed: list[Reread]
) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db, now)
    assert state_counts(db.conn) == {"unreviewed": 2, "stale": 1}
    (line,) = queue_page(db.conn, Filters(state="stale")).lines
    found = card(db.conn, line.claim_id)
    assert found is not None
    assert (found.claim_id, found.status, found.reread) == (claim_id, "stale", changed)


def test_a_later_reading_does_not_change_how_right_the_one_judged_was(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="correct", changes={"speaker": "Marta Lindqvist"})
    judged = progress_page(db.conn).accuracy
    reread(db)
    record(db.conn, claim_id, actor="Ada", action="note", note="read again")
    assert progress_page(db.conn).accuracy == judged


def test_an_adjudicator_takes_the_words_that_the_reviewer_saw(db: Database, claim_id: str) -> None:
    open_double(db.conn, "Monday's batch", [claim_id], ["Ada", "Ben"], "Chris")
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    record(db.conn, claim_id, actor="Ben", action="accept")
    adjudicate(db.conn, claim_id, actor="Chris", take="Ada", reason="so it stands in the paper")
    assert shown(db, claim_id, "status, statement, speaker") == ("adjudicated", AS_SEEN[2], LIND)


def test_a_small_change_leaves_the_decision_fresh_and_its_values_as_they_were(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db, replace(REOPENING, speakers=(replace(SPEAKER, role="Harbour master"),)))
    assert shown(db, claim_id, "status, speaker_role, run_id") == ("accepted", "Mayor", 1)
    reread(db, replace(REOPENING, confidence=0.5), "ef")
    assert shown(db, claim_id, "status, speaker_role, confidence, run_id") == ("accepted", "Mayor", 0.5, 3)


def test_accepting_again_keeps_the_old_values_through_further_runs(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    record(db.conn, claim_id, actor="Bo", action="accept")
    assert shown(db, claim_id) == ("accepted", *AS_SEEN)
    reread(db, replace(WORSE, speakers=(replace(SPEAKER, name="Greta Lind"),)), "ef")
    assert shown(db, claim_id) == ("stale", *AS_SEEN)
    reread(db, REOPENING, "ab")
    assert shown(db, claim_id) == ("accepted", *AS_SEEN[:-1], 4)


def test_the_machines_new_reading_can_be_taken_and_given_back(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="correct", changes={"speaker": "Marta Lindt"})
    with pytest.raises(StoreError, match="no newer reading"):
        reviews.renew(db.conn, claim_id, actor="Ada")
    reread(db)
    assert shown(db, claim_id, "status, speaker, statement") == ("stale", "Marta Lindt", AS_SEEN[2])
    version = int(str(shown(db, claim_id, "version")[0]))
    with pytest.raises(ConflictError):
        reviews.renew(db.conn, claim_id, actor="Bo", expected_version=version - 1)
    event = reviews.renew(db.conn, claim_id, actor="Bo", expected_version=version)
    assert shown(db, claim_id) == ("accepted", *NOW)
    reviews.undo(db.conn, event.id, "Bo")
    assert shown(db, claim_id, "status, speaker, statement") == ("stale", "Marta Lindt", AS_SEEN[2])
    assert [event.action for event in history(db.conn, claim_id)] == ["correct", "renew", "undo"]


def test_a_correction_of_a_stale_claim_starts_from_what_the_card_shows(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    record(db.conn, claim_id, actor="Bo", action="correct", changes={"kind": "mixed"})
    assert shown(db, claim_id, "status, speaker, statement, kind") == ("corrected", LIND, AS_SEEN[2], "mixed")
    spans = {"content": [(22, 46)], "source": [(0, 16)], "cue": [(17, 21)]}
    correct_spans(db.conn, claim_id, spans, actor="Bo")
    assert shown(db, claim_id, "status, speaker, statement") == ("corrected", LIND, TEXT[22:46])


def test_an_undone_decision_lets_the_machine_speak_again(db: Database, claim_id: str) -> None:
    accepted = record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    reviews.undo(db.conn, accepted.id, "Ada")
    assert shown(db, claim_id) == ("unreviewed", *NOW)


def test_who_is_who_counts_for_the_speaker_that_was_accepted(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db)
    uid = shown(db, claim_id, "speaker_id")[0]
    people.identify(db.conn, str(uid), actor="Ada", wikidata="Q1")
    assert shown(db, claim_id, "speaker, speaker_wikidata") == (LIND, "Q1")
    sql = "SELECT name FROM claim_people p JOIN claims c ON c.id = p.claim WHERE c.claim_id = ?"
    assert db.execute(sql, (claim_id,)).fetchall() == [(LIND,)]


def test_a_decision_outlives_a_claim_that_was_lost_and_found_otherwise(db: Database, claim_id: str) -> None:
    record(db.conn, claim_id, actor="Ada", action="accept")
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), [CRANES])
    assert shown(db, claim_id) == ("stale", *AS_SEEN)
    reread(db, model="ef")
    assert shown(db, claim_id) == ("stale", *AS_SEEN)


def test_readings_that_nobody_acted_on_are_not_kept(db: Database, claim_id: str) -> None:
    reread(db)
    record(db.conn, claim_id, actor="Ada", action="accept")
    reread(db, model="ef")
    assert db.execute("SELECT count(*) FROM judged_readings").fetchone() == (0,)
