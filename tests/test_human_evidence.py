"""What follows from words and speakers is worked out for what people set, too, not only for what the machine reads."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from desk_newsroom import ROOT

from quotecheck.export import export, verify
from quotecheck.store import edits, open_database, record, reviews, save_article, start_run
from quotecheck.store.health import examine
from quotecheck.types import Article, Claim, Span, Speaker

TEXT = (
    "Harbour clerk Ida Marsh told reporters in Vestby on Tuesday that the crane had failed. Denials came at once: "
    "pilot Olav Reens said he denied that two of the five pumps leaked. An official at the port ministry, who spoke on "
    "condition of anonymity, said on Monday that 40% of the quay will close next year."
)
PUBLISHED = "2031-03-06"  # a Thursday


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def part(words: str) -> tuple[Span, ...]:
    return (Span.of(TEXT, *at(words)),)


OLAV = Claim(
    kind="indirect", statement=True, source=part("pilot Olav Reens"), cue=part("said"),
    content=part("that two of the five pumps leaked"), quoted=(), context=Span.of(TEXT, *at(TEXT[87:177])),
    cue_class="neutral", confidence=0.9,
    speakers=(Speaker("Olav Reens", "person", "name", role="pilot", affiliation="the harbour", confidence=0.9),),
)  # fmt: skip


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    db = open_database(tmp_path / "quotes.db")
    run = start_run(db, tool_version="0.1.0", model_name="qc_en", model_sha256="ab" * 32, options={})
    about = {"source_ref": "quay.txt", "reader": "text", "raw_sha256": "0" * 64, "published_at": PUBLISHED}
    save_article(db, run, Article(text=TEXT, **about), [OLAV])
    connection: sqlite3.Connection = db.conn
    return connection


def shown(conn: sqlite3.Connection, claim_id: str, columns: str) -> tuple[object, ...]:
    found: tuple[object, ...] = conn.execute(
        f"SELECT {columns} FROM claims_current WHERE claim_id = ?", (claim_id,)
    ).fetchone()
    return found


def olav(conn: sqlite3.Connection) -> str:
    return str(conn.execute("SELECT claim_id FROM claims WHERE id = 1").fetchone()[0])


def test_a_corrected_cue_changes_what_the_speaker_did(conn: sqlite3.Connection, tmp_path: Path) -> None:
    spans = {
        "source": [at("pilot Olav Reens")],
        "cue": [at("denied")],
        "content": [at("that two of the five pumps leaked")],
    }
    event = edits.correct_spans(conn, olav(conn), spans, actor="Ada")
    assert shown(conn, olav(conn), "cue, cue_class, polarity, mode, claim_type") == (
        "denied", "deny", "denies", "plain", "quantity",
    )  # fmt: skip
    score, reasons = shown(conn, olav(conn), "check_score, check_reasons")
    assert 0 < float(str(score)) < 100
    assert "number" in str(reasons)
    db = open_database(tmp_path / "quotes.db")
    export(db, tmp_path / "claims.csv", profile="full")
    assert [proof.verdict for proof in verify(db, tmp_path / "claims.csv")] == ["OK"]
    assert [found for found in examine(tmp_path / "quotes.db") if found.level == "problem"] == []
    reviews.undo(conn, event.id, "Ada")
    assert shown(conn, olav(conn), "cue, polarity") == ("said", "unclear")


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"speaker": "Port of Vestby", "speaker_kind": "organisation"}, ("Port of Vestby", "A1", None, None, None)),
        ({"speaker": None, "speaker_kind": "unnamed"}, (None, "A3", None, None, None)),
        ({"speaker": "Olav Reens", "speaker_kind": "person"}, ("Olav Reens", "A0", "pilot", "the harbour", 0.9)),
    ],
)
def test_role_and_grade_are_those_of_the_speaker_that_a_person_named(
    conn: sqlite3.Connection, changes: dict[str, str | None], values: tuple[object, ...]
) -> None:
    record(conn, olav(conn), actor="Ada", action="correct", changes=changes)
    columns = "speaker, anonymity, speaker_role, speaker_affiliation, speaker_confidence"
    assert shown(conn, olav(conn), columns) == values


def test_an_added_statement_has_the_evidence_of_a_found_one(conn: sqlite3.Connection, tmp_path: Path) -> None:
    event = edits.add(
        conn,
        1,
        {
            "source": [at("An official at the port ministry")],
            "cue": [(at("said on")[0], at(" on Monday")[0])],
            "content": [at("that 40% of the quay will close next year")],
        },
        actor="Ada",
    )
    columns = (
        "polarity, said_date, said_date_text, said_date_basis, anonymity, anonymity_reason, claim_type, source_count"
    )
    assert shown(conn, str(event.claim_id), columns) == (
        "asserts", "2031-03-03", "Monday", "weekday", "A3", "who spoke on condition of anonymity",
        "predictions; quantity", 1,
    )  # fmt: skip
    assert shown(conn, str(event.claim_id), "check_score > 0, check_reasons <> ''") == (1, 1)
    db = open_database(tmp_path / "quotes.db")
    export(db, tmp_path / "claims.csv", profile="full")
    assert {proof.verdict for proof in verify(db, tmp_path / "claims.csv")} == {"OK"}


def test_place_and_addressee_of_an_added_statement(conn: sqlite3.Connection) -> None:
    spans = {
        "source": [at("Harbour clerk Ida Marsh")],
        "cue": [at("told")],
        "content": [at("that the crane had failed")],
    }
    event = edits.add(conn, 1, spans, actor="Ada", speaker="Ida Marsh", speaker_kind="person")
    columns = "speaker, anonymity, place, told_to, said_date, said_date_text"
    assert shown(conn, str(event.claim_id), columns) == (
        "Ida Marsh", "A0", "Vestby", "reporters", "2031-03-04", "Tuesday",
    )  # fmt: skip


def test_both_halves_of_a_split_statement_have_evidence(conn: sqlite3.Connection) -> None:
    one, other = edits.split(conn, olav(conn), at("pumps leaked")[0], actor="Ada")
    assert shown(conn, str(one.claim_id), "statement, claim_type") == ("that two of the five", "quantity")
    assert shown(conn, str(other.claim_id), "statement, polarity, anonymity, check_score > 0") == (
        "pumps leaked", "asserts", "A0", 1,
    )  # fmt: skip


def test_none_of_it_needs_spacy() -> None:
    code = (
        "import sys, quotecheck.store.edits, quotecheck.store.reviews; print({'spacy', 'textacy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
