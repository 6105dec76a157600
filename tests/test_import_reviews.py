"""A spreadsheet's edits come back as reviews, whatever the spreadsheet did to the file."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import CLAIMS, REOPENING, article, filled

from quotecheck.export import Change, export, import_reviews
from quotecheck.export.profiles import NUMERIC
from quotecheck.store import history, record, save_article
from quotecheck.types import Speaker

REOPEN, CRANES, WARNING = "qc-25t1-kfjj", "qc-w1tx-djv3", "qc-9090-wz7d"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


def edit(path: Path, edits: dict[str, dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """Change cells by claim id and column, and save the file as a spreadsheet might."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row | edits.get(row["claim_id"], {}) for row in csv.DictReader(stream)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding=encoding, errors="replace", newline="") as stream:
        writer = csv.DictWriter(stream, names, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)


def imported(db: Database, path: Path, **options: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    changes = list(import_reviews(db, path, actor="Ada", **options))
    return [(change.outcome, change.what, change.ignored) for change in changes]


def states(db: Database) -> list[tuple[object, ...]]:
    sql = "SELECT status, speaker, reject_reason, note, tags FROM claims_current WHERE is_statement ORDER BY char_start"
    return db.execute(sql).fetchall()


EDITS = {
    REOPEN: {"review_status": "accepted", "note": "seen on film", "tags": "port; harbour"},
    CRANES: {"speaker": "Bo Ek"},
    WARNING: {"review_status": "rejected", "reject_reason": "wrong_span"},
}


def test_edits_become_reviews(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    edit(path, EDITS)
    assert imported(db, path, dry_run=True) == [
        ("applied", "accept, note: seen on film, tags: port; harbour", ()),
        ("applied", "correct, speaker: Bo Ek", ()),
        ("applied", "reject, reject_reason: wrong_span", ()),
    ]
    assert {row[0] for row in states(db)} == {"unreviewed"}
    imported(db, path)
    assert states(db) == [
        ("accepted", "Marta Lind", None, "seen on film", "port; harbour"),
        ("corrected", "Bo Ek", None, None, None),
        ("rejected", "Port Authority", "wrong_span", None, None),
    ]
    assert [(event.actor, event.action) for event in history(db.conn, CRANES)] == [("Ada", "correct")]
    assert {outcome for outcome, _, _ in imported(db, path)} == {"unchanged"}


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252"), (",", "utf-8")]
)
def test_however_the_spreadsheet_saves(db: Database, tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    edit(path, EDITS, delimiter=delimiter, encoding=encoding)
    assert [(outcome, ignored) for outcome, _, ignored in imported(db, path)] == [("applied", ())] * 3


def spreadsheet(cells: dict[str, str]) -> dict[str, str]:
    """What Excel makes of a row that nobody touched."""
    return {
        **cells,
        "published_at": "03/03/2031 08:00",
        "span_confidence": cells["span_confidence"].replace(".", ","),
        "tags": cells["tags"].lstrip("0"),
        "note": "04.03.2031" if cells["note"] == "2031-03-04" else cells["note"],
        "statement": cells["statement"].removeprefix("'"),
        "context": cells["context"].replace("\r\n", "\n"),
    }


def test_what_a_spreadsheet_does_by_itself_is_no_edit(db: Database, tmp_path: Path) -> None:
    text = "-7 is the depth\r\nat the quay, said Marta Čapek."
    said = replace(
        REOPENING,
        content=(span(text, "-7 is the depth\r\nat the quay"),),
        source=(span(text, "Marta Čapek"),),
        cue=(span(text, "said"),),
        context=span(text, text),
        speakers=(Speaker("Marta Čapek", "person", "name"),),
        evidence=replace(REOPENING.evidence, spans={}),
    )
    save_article(db, 1, article(text, id="quay", published_at="2031-03-03"), [said])
    claim_id = db.execute("SELECT claim_id FROM claims WHERE article = 2").fetchone()[0]
    record(db.conn, claim_id, actor="Bo", action="accept", note="2031-03-04", changes={"tags": "007"})
    path = tmp_path / "claims.csv"
    export(db, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        damaged = {row["claim_id"]: spreadsheet(row) for row in csv.DictReader(stream)}
    edit(path, damaged, delimiter=";", encoding="cp1252")
    assert imported(db, path) == [("unchanged", "", ())] * 4


def span(text: str, words: str):  # type: ignore[no-untyped-def]
    from store_samples import span as of

    return of(words, text)


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"review_status": "adjudicated"}, "review_status cannot be set to 'adjudicated'"),
        ({"review_status": "rejected", "reject_reason": "dull"}, "no such reason to reject: 'dull'"),
        ({"review_status": "rejected", "speaker": "Bo Ek"}, "a speaker cannot be corrected"),
        ({"reject_reason": "other"}, "a reject_reason without review_status rejected"),
    ],
)
def test_edits_that_cannot_be(db: Database, tmp_path: Path, cells: dict[str, str], what: str) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    edit(path, {REOPEN: cells})
    first = next(import_reviews(db, path, actor="Ada"))
    assert (first.outcome, first.what.startswith(what)) == ("refused", True)
    assert states(db)[0][0] == "unreviewed"


def test_other_columns_are_named_and_left_alone(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    edit(path, {REOPEN: {"statement": "the harbour would close", "char_start": "1", "review_status": "accepted"}})
    assert imported(db, path)[0] == ("applied", "accept", ("statement", "char_start"))
    assert db.execute("SELECT statement FROM claims WHERE id = 1").fetchone()[0] == "the harbour would reopen on Monday"


def test_a_claim_reviewed_since_the_export_is_not_overwritten(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    record(db.conn, REOPEN, actor="Bo", action="reject", reason="wrong_span")
    record(db.conn, CRANES, actor="Bo", action="accept")
    edit(path, {REOPEN: {"review_status": "accepted"}})
    assert [outcome for outcome, _, _ in imported(db, path)] == ["refused", "unchanged", "unchanged"]
    assert [row[0] for row in states(db)] == ["rejected", "accepted", "unreviewed"]


def test_nothing_is_ever_cleared_and_unknown_claims_are_named(db: Database, tmp_path: Path) -> None:
    record(db.conn, REOPEN, actor="Bo", action="accept", note="seen")
    path = tmp_path / "claims.csv"
    export(db, path)
    edit(path, {REOPEN: {"note": "", "review_status": ""}, CRANES: {"claim_id": "qc-none"}})
    changes = list(import_reviews(db, path, actor="Ada"))
    assert changes[:2] == [
        Change(2, REOPEN, "unchanged"),
        Change(3, "qc-none", "refused", "no such claim in the database today"),
    ]
    assert states(db)[0][3] == "seen"


OFFICE = shutil.which("soffice")
IN_UTF8 = "CSV:44,34,76,1,,0,false,true"
"""Comma, double quotes, UTF-8, text cells kept as text: what the import dialog proposes for a file with a BOM."""


def converted(path: Path, to: str, folder: Path, reading: str) -> Path:
    """The file as LibreOffice writes it in another format."""
    options = [f"-env:UserInstallation=file://{folder.parent}/profile", f"--infilter={reading}"]
    command = [OFFICE or "", *options, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{to.partition(':')[0]}"


def cells_of(path: Path) -> list[dict[str, str | float]]:
    """The rows of a file; numbers as numbers, for 43.0 and 43 are the same."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{name: float(cell) if cell and name in NUMERIC else cell for name, cell in row.items()} for row in rows]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_file_and_gives_the_same_cells(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    book = converted(path, "ods", tmp_path, IN_UTF8)
    saved = converted(book, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", tmp_path / "saved", "calc8")
    assert cells_of(saved) == cells_of(path)
    assert len(cells_of(saved)) == len(CLAIMS) - 1
    assert imported(db, saved) == [("unchanged", "", ())] * 3
