"""`quotecheck speakers` as a newsroom uses it: real processes, real files."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from test_people import DMITRY, VASIN, newsroom


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quotecheck", "speakers", *map(str, arguments)],
        cwd=cwd, capture_output=True, text=True, timeout=300, env={"COLUMNS": "200", "PATH": "", "USER": "ada"},
    )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    newsroom(tmp_path / "quotes.db").close()
    return tmp_path


def test_a_suggestion_is_taken_and_taken_back(desk: Path) -> None:
    suggested = run("suggest", "quotes.db", cwd=desk).stdout
    assert all(words in suggested for words in ("Dmitri Vasin", DMITRY, "two ways to write one name", "harbour master"))
    merged = run("merge", "quotes.db", "Dmitry Vasin", "Dmitri Vasin", "--reviewer", "Ada", cwd=desk)
    assert merged.stdout == (
        "event 1: 1 statements are now Dmitri Vasin's, who goes by: Dmitri Vasin; Dmitry Vasin\n"
    ), merged.stderr
    assert DMITRY not in run("list", "quotes.db", cwd=desk).stdout
    assert run("undo", "quotes.db", "1", "--reviewer", "Bo", cwd=desk).stdout == "event 2: event 1 is undone\n"
    assert DMITRY in run("list", "quotes.db", "--find", "dmitry", cwd=desk).stdout
    history = run("history", "quotes.db", "Dmitri Vasin", cwd=desk).stdout
    assert [line.split()[2:4] for line in history.splitlines() if " merge" in line or "undo" in line] == [
        ["Ada", "merge"], ["Bo", "undo"],
    ]  # fmt: skip


def test_a_list_of_people_is_imported_and_exported(desk: Path) -> None:
    (desk / "people.csv").write_text(
        "\ufeffName;Aliases;Role;Wikidata ID;Notes\r\n"
        'Dmitri Vasin;"Dmitry Vasin; Dima Vasin";harbour master;q4242;tall\r\n'
        "\r\n"
        ";nobody;;;\r\n"
        "Marta Lind;;mayor;4711;\r\n"
        "John Smith;J. Smith;;;\r\n"
        "Ines Okoro;;editor;;\r\n",
        "utf-8",
    )
    first = run("import", "quotes.db", "people.csv", "--reviewer", "Ada", cwd=desk)
    assert (first.returncode, first.stderr.splitlines()) == (1, [
        "error: people.csv:4: no name; every row needs one",
        "error: people.csv:5: no Wikidata id: '4711'; it is a Q and a number, such as Q42",
    ])  # fmt: skip
    again = run("import", "quotes.db", "people.csv", "--reviewer", "Ada", cwd=desk)
    assert [line.split()[-1] for line in again.stdout.splitlines() if "known" in line or "new" in line] == ["0", "3"]
    assert run("export", "quotes.db", "-o", "out.csv", cwd=desk).stderr == "4 speakers\n"
    with (desk / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["name"], row["aliases"], row["role"], row["wikidata"], row["claims"]) for row in rows] == [
        ("Dmitri Vasin", "Dima Vasin; Dmitry Vasin", "harbour master", "Q4242", "3"),
        ("John Smith", "J. Smith", "", "", "2"),
        ("Marta Lind", "", "", "", "1"),
        ("Ines Okoro", "", "editor", "", "0"),
    ]  # fmt: skip
    assert rows[0]["speaker_id"] == VASIN


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["merge", "quotes.db", "Nobody", "Marta Lind"], "no speaker 'Nobody' in this database"),
        (["split", "quotes.db", "Marta Lind"], "Marta Lind is not merged with anybody"),
        (["undo", "quotes.db", "7"], "no people event 7"),
        (["import", "quotes.db", "bad.csv"], "bad.csv:1: no column `name`"),
        (["import", "quotes.db", "long.csv"], "long.csv:2: 3 cells for 2 columns; put quotation marks"),
        (["list", "none.db"], "none.db: no such database"),
    ],
)
def test_what_cannot_be_is_one_line_on_standard_error(desk: Path, arguments: list[str], complaint: str) -> None:
    (desk / "bad.csv").write_text("who,what\nAda,mayor\n", "utf-8")
    (desk / "long.csv").write_text("name,role\nAda,mayor,tall\n", "utf-8")
    result = run(*arguments, cwd=desk)
    assert result.returncode == 1
    assert result.stderr.startswith(f"error: {complaint}"), result.stderr
    assert result.stderr.count("\n") == 1


def test_claims_of_a_namesake_are_split_off(desk: Path) -> None:
    with sqlite3.connect(desk / "quotes.db") as connection:
        sql = "SELECT article_id FROM claims_current WHERE speaker_role = 'minister'"
        article = connection.execute(sql).fetchone()[0]
    done = run("split", "quotes.db", "John Smith", "--article", article, "--name", "John Smith (minister)", cwd=desk)
    assert done.stdout == "event 1: 1 claims are now John Smith (minister)'s\n", done.stderr
    with sqlite3.connect(desk / "quotes.db") as connection:
        shown = connection.execute(
            "SELECT speaker FROM claims_current WHERE speaker LIKE 'John%' ORDER BY id"
        ).fetchall()
    assert shown == [("John Smith",), ("John Smith (minister)",)]
