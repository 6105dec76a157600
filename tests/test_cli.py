"""The command line as a newsroom uses it: real processes, real files."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from store_samples import filled

import quotecheck

MODEL_IS_THERE = (quotecheck.model_path() / "config.cfg").is_file()
needs_model = pytest.mark.skipif(not MODEL_IS_THERE, reason="the shipped pipeline is not in this checkout")

HARBOUR = (
    "Published Time: 3 March 2031\nTitle: Harbour to reopen\nText:\n"
    'Mayor Marta Lind said the harbour would reopen on Monday. "We have checked every crane," she told reporters.\n'
)
LIBRARY = '"The library stays open," said Tomas Reuel, the head of the council. Nobody else spoke.\n'


def quotecheck_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "quotecheck", *map(str, arguments)]


def run(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        quotecheck_command(*arguments), cwd=cwd, input=stdin, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two articles."""
    (tmp_path / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "library.txt").write_text(LIBRARY, "utf-8")
    return tmp_path


def contents(database: Path) -> list[tuple[object, ...]]:
    """Everything extraction wrote, without the runs."""
    queries = [
        "SELECT uid, text_sha256 FROM articles ORDER BY id",
        "SELECT claim_id, article, statement, speaker, kind, char_start, char_end FROM claims ORDER BY id",
        "SELECT * FROM claim_spans ORDER BY claim, role, seq",
        "SELECT * FROM claim_speakers ORDER BY claim, seq",
    ]
    with sqlite3.connect(database) as connection:
        return [row for query in queries for row in connection.execute(query)]


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.startswith("quotecheck ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["extract"], "Missing argument"),
        (["extract", "a.txt", "--to", "jsonl", "--db", "quotes.db"], "choose one of --db and --to"),
        (["extract", "a.txt", "-o", "out.jsonl"], "goes with --to jsonl"),
        (["extract", "a.txt", "--workers", "0"], "--workers"),
        (["extract", "a.csv", "--column", "words=body"], "'words' is not FIELD=COLUMN with one of text, id, title"),
        (["extract", "-", "--watch"], "goes with folders and --db"),
        (["export", "quotes.db", "--status", "approved"], "'approved' is not one of unreviewed, accepted"),
        (["export", "quotes.db", "--kind", "spoken"], "'spoken' is not one of direct, mixed, indirect"),
        (["export", "quotes.db", "--since", "yesterday"], "'yesterday' is not a day, such as 2024-03-15"),
        (["verify", "claims.csv"], "--db"),
        (["publish"], "No such command"),
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], complaint: str, tmp_path: Path) -> None:
    result = run(*arguments, cwd=tmp_path)
    assert (result.returncode, complaint in result.stderr) == (2, True), result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["claims", "stats", "serve", "export"])
def test_a_database_that_is_not_there_is_named_with_the_remedy(command: str, tmp_path: Path) -> None:
    result = run(command, "quotes.db", cwd=tmp_path)
    remedy = "error: quotes.db: no such database; make one with `quotecheck extract PATH --db quotes.db`\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", remedy)


def test_claims_are_printed_as_a_table(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db").close()
    lines = run("claims", "quotes.db", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[:2] for line in lines if "Lind" in line or "Authority" in line] == [
        ["Marta", "Lind"],
        ["Marta", "Lind"],
        ["Port", "Authority"],
    ]


def test_stats_count_what_is_stored(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db").close()
    words = run("stats", "quotes.db", cwd=tmp_path).stdout.split()
    for expected in ("articles 1", "claims 3", "attitudes 1", "speakers 2", "unreviewed 3", "Lind 2"):
        assert f" {expected} " in f" {' '.join(words)} "


@needs_model
def test_articles_become_claims_in_a_database(desk: Path) -> None:
    result = run("extract", desk, "--db", "quotes.db", cwd=desk)
    assert (result.returncode, result.stderr) == (0, "")
    with sqlite3.connect(desk / "quotes.db") as connection:
        rows = connection.execute(
            "SELECT speaker, kind, statement FROM claims_current ORDER BY article_title, char_start"
        )
        assert ("Tomas Reuel", "direct", '"The library stays open,"') in rows.fetchall()


@needs_model
def test_the_number_of_workers_changes_nothing(desk: Path) -> None:
    for workers in ("1", "2"):
        assert run("extract", desk, "--db", f"{workers}.sqlite", "--workers", workers, cwd=desk).returncode == 0
    assert contents(desk / "1.sqlite") == contents(desk / "2.sqlite")


@needs_model
def test_below_the_speaker_confidence_a_speaker_stays_as_written(desk: Path) -> None:
    run("extract", "harbour.txt", "--db", "sure.db", "--speaker-confidence", "0.999", cwd=desk)
    run("extract", "harbour.txt", "--db", "shipped.db", cwd=desk)
    named = {}
    for database in ("sure.db", "shipped.db"):
        with sqlite3.connect(desk / database) as connection:
            sql = "SELECT speaker, speaker_as_written FROM claims ORDER BY char_start"
            named[database] = connection.execute(sql).fetchall()
            mentions = connection.execute("SELECT text, basis FROM mentions ORDER BY start").fetchall()
    written = ["Mayor Marta Lind", "she"]
    assert named["sure.db"] == [(None, words) for words in written]
    assert named["shipped.db"] == [("Marta Lind", words) for words in written]
    assert mentions == [("Marta Lind", "name"), ("she", "pronoun")]


@needs_model
def test_extracting_twice_changes_nothing(desk: Path) -> None:
    run("extract", desk, "--db", "quotes.db", cwd=desk)
    before = contents(desk / "quotes.db")
    second = run("extract", desk, "--db", "quotes.db", cwd=desk)
    assert second.stdout.split()[-3:] == ["already", "stored", "2"]
    assert contents(desk / "quotes.db") == before


@needs_model
def test_of_two_texts_under_one_id_the_last_counts_in_every_run(desk: Path) -> None:
    lines = [json.dumps({"id": "harbour", "text": text}) for text in (HARBOUR, LIBRARY)]
    (desk / "wire.jsonl").write_text("\n".join(lines), "utf-8")
    for _ in range(2):
        run("extract", "wire.jsonl", cwd=desk)
        with sqlite3.connect(desk / "quotes.db") as connection:
            assert connection.execute("SELECT text FROM articles WHERE is_latest").fetchall() == [(LIBRARY,)]


@needs_model
def test_what_cannot_be_read_is_named_and_the_rest_is_read(desk: Path) -> None:
    (desk / "broken.jsonl").write_text('{"text": \n', "utf-8")
    result = run("extract", desk / "library.txt", desk / "broken.jsonl", "gone.txt", "--db", "quotes.db", cwd=desk)
    assert result.returncode == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["error", "error"]
    assert "broken.jsonl" in result.stderr and "gone.txt" in result.stderr
    assert "failed: bad_json" in result.stdout and "failed: not_found" in result.stdout
    assert any("The library stays open," in str(row) for row in contents(desk / "quotes.db"))


@needs_model
def test_the_report_says_what_became_of_every_input(desk: Path) -> None:
    (desk / "broken.jsonl").write_text('{"text": \n', "utf-8")
    (desk / "empty.txt").write_text(" ", "utf-8")
    (desk / "library.txt").write_bytes(LIBRARY.replace('"', "“").encode("cp1252"))
    result = run("extract", ".", "--report", "report.log", cwd=desk)
    entries = [json.loads(line) for line in (desk / "report.log").read_text("utf-8").splitlines()]
    assert [(entry["input"], entry["status"], entry["code"]) for entry in entries] == [
        ("broken.jsonl:1", "failed", "bad_json"),
        ("empty.txt", "skipped", "empty"),
        ("harbour.txt", "ok", "extracted"),
        ("library.txt", "warn", "extracted"),
    ]
    assert entries[1] == {
        "input": "empty.txt",
        "status": "skipped",
        "code": "empty",
        "message": "no text in it",
        "remedy": "leave it out or add the article's words",
    }
    assert entries[3] == {
        "input": "library.txt",
        "status": "warn",
        "code": "extracted",
        "warnings": ["encoding_guessed", "unbalanced_quotes"],
        "reader": "text",
        "characters": len(LIBRARY),
        "claims": entries[3]["claims"],
    }
    assert (result.returncode, "failed: bad_json" in result.stdout) == (1, True)


@needs_model
def test_what_is_left_out_by_intent_is_no_failure(desk: Path) -> None:
    (desk / "empty.txt").write_text("", "utf-8")
    assert run("extract", ".", cwd=desk).returncode == 0


def test_a_dry_run_names_the_readers_and_writes_nothing(desk: Path) -> None:
    (desk / "page.html").write_text("<p>No.</p>", "utf-8")
    result = run("extract", ".", "--dry-run", cwd=desk)
    assert result.returncode == 0
    assert [line.split() for line in result.stdout.splitlines() if "." in line] == [
        ["harbour.txt", "text"],
        ["library.txt", "text"],
        ["page.html", "html"],
    ]
    assert not (desk / "quotes.db").exists()


@needs_model
def test_a_watched_folder_is_read_as_it_fills(desk: Path) -> None:
    inbox = desk / "inbox"
    inbox.mkdir()
    process = subprocess.Popen(
        quotecheck_command("extract", "inbox", "--watch", "--workers", "1"), cwd=desk, stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL, text=True, preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    for number, name in enumerate(["harbour.txt", "library.txt"], start=1):
        (desk / name).rename(inbox / name)
        _wait_for_articles(desk / "quotes.db", number)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[1] == "watching inbox; Ctrl-C ends it\nerror: interrupted\n"
    assert process.returncode == 130


@needs_model
def test_json_lines_keep_their_ids_and_give_offsets(desk: Path) -> None:
    record = json.dumps({"id": "council-7", "text": LIBRARY})
    result = run("extract", "-", "harbour.txt", "--to", "jsonl", cwd=desk, stdin=record + "\n")
    council, harbour = (json.loads(line) for line in result.stdout.splitlines())
    assert (result.returncode, council["id"], harbour["id"]) == (0, "council-7", "harbour")
    (claim,) = council["attributions"]
    words = {role: [LIBRARY[start:end] for start, end in claim[role]] for role in ("cue", "content")}
    assert words == {"cue": ["said"], "content": ['"The library stays open,"']}
    assert (claim["kind"], claim["statement"], claim["speaker"]) == ("direct", True, "Tomas Reuel")


@needs_model
def test_a_run_that_is_killed_and_interrupted_goes_on_with_the_same_command(tmp_path: Path) -> None:
    articles = "".join(json.dumps({"id": f"a{n}", "text": f"{LIBRARY}Item {n}.\n" * 40}) + "\n" for n in range(40))
    (tmp_path / "many.jsonl").write_text(articles, "utf-8")
    assert _break_off(tmp_path, signal.SIGKILL, after=2)[0] == -signal.SIGKILL
    message = "error: interrupted; what is done is in quotes.db; the same command goes on from there\n"
    assert _break_off(tmp_path, signal.SIGINT, after=2) == (130, message)
    assert run("extract", "many.jsonl", "--db", "quotes.db", cwd=tmp_path).returncode == 0
    assert run("extract", "many.jsonl", "--db", "whole.db", cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "quotes.db") == contents(tmp_path / "whole.db")


def _break_off(folder: Path, how: signal.Signals, *, after: int) -> tuple[int, str]:
    """Start extracting, send a signal once so many more articles are stored; exit code and standard error."""
    already = _stored_articles(folder / "quotes.db")
    process = subprocess.Popen(
        quotecheck_command("extract", "many.jsonl", "--db", "quotes.db"),
        cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        # Whoever runs the tests in the background has Ctrl-C switched off, and the child would inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    _wait_for_articles(folder / "quotes.db", already + after)
    process.send_signal(how)
    message = process.communicate(timeout=60)[1]
    return process.returncode, message


def _wait_for_articles(database: Path, wanted: int) -> None:
    for _ in range(1200):
        time.sleep(0.1)
        if _stored_articles(database) >= wanted:
            return
    raise AssertionError(f"{database} does not fill")


def _stored_articles(database: Path) -> int:
    """How many articles are stored; a database in the making is not readable at every moment."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@needs_model
def test_a_pipeline_of_ones_own_gets_the_component(desk: Path) -> None:
    import spacy

    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.add_pipe("entity_ruler").add_patterns([{"label": "FAC", "pattern": "the library"}])
    own.to_disk(desk / "own")
    result = run("extract", "library.txt", "--to", "jsonl", "--model", "own", cwd=desk)
    assert (result.returncode, '"Tomas Reuel"' in result.stdout) == (0, True), result.stderr
    assert run("doctor", cwd=desk).returncode == 0


NO_PIPELINES = [
    ("no_such_pipeline", "error: no_such_pipeline: neither a pipeline directory nor an installed package; install one"),
    ("finnish", "error: finnish: a pipeline of the language 'fi'; attributions are found in English only"),
    ("numpy", "error: numpy: spaCy cannot load this as a pipeline"),
]


@needs_model
@pytest.mark.parametrize(("name", "message"), NO_PIPELINES)
def test_what_is_no_english_pipeline_is_named(desk: Path, name: str, message: str) -> None:
    import spacy

    spacy.blank("fi").to_disk(desk / "finnish")
    result = run("extract", "library.txt", "--model", name, cwd=desk)
    assert (result.returncode, result.stderr.startswith(message)) == (1, True), result.stderr


def test_a_changed_pipeline_of_ones_own_is_another_one(tmp_path: Path) -> None:
    import spacy

    from quotecheck.batch.pipeline import identify

    own = spacy.blank("en")
    ruler = own.add_pipe("entity_ruler")
    own.to_disk(tmp_path / "own")
    before = identify(str(tmp_path / "own"))
    ruler.add_patterns([{"label": "FAC", "pattern": "the library"}])
    own.to_disk(tmp_path / "own")
    after = identify(str(tmp_path / "own"))
    assert (before.name, before.sha256 == after.sha256) == (after.name, False)


def test_an_export_is_proved_and_a_changed_word_is_named(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db").close()
    exported = run("export", "quotes.db", "-o", "claims.csv", "--kind", "indirect", cwd=tmp_path)
    assert (exported.returncode, exported.stdout) == (0, "2 claims written to claims.csv\n")
    assert run("verify", "claims.csv", "--db", "quotes.db", cwd=tmp_path).returncode == 0
    table = (tmp_path / "claims.csv").read_bytes().replace(b"would reopen", b"would close")
    (tmp_path / "claims.csv").write_bytes(table)
    verified = run("verify", "claims.csv", "--db", "quotes.db", cwd=tmp_path)
    first = verified.stdout.splitlines()[0]
    assert (verified.returncode, first.split()[2:]) == (1, ["CHANGED", "statement,", "context"])


def test_claims_go_to_standard_output_as_json_lines(tmp_path: Path) -> None:
    filled(tmp_path / "quotes.db").close()
    lines = run("export", "quotes.db", "--to", "jsonl", "--profile", "short", cwd=tmp_path).stdout.splitlines()
    assert [json.loads(line)["speaker"] for line in lines] == ["Marta Lind", "Marta Lind", "Port Authority"]
