"""The table of bad inputs, each by itself, and all of them in one batch with good articles among them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from bad_inputs import SENTENCE, TABLE, Bad

import quotecheck
from quotecheck import sources
from quotecheck.batch import Extracted
from quotecheck.batch.report import entry
from quotecheck.errors import InputError
from quotecheck.types import Article

MODEL_IS_THERE = (quotecheck.model_path() / "config.cfg").is_file()
BIGGEST_IN_BATCH = 20_000


def outcome(result: Article | InputError) -> str:
    """A result as the table writes it; only what the batch's report would say."""
    told = entry(result if isinstance(result, InputError) else Extracted(result, []))
    codes = {"ok": "", "warn": ",".join(map(str, told.get("warnings", []))), "skipped": told["code"],  # type: ignore[call-overload]
             "failed": told["code"]}  # fmt: skip
    return f"{told['status']}:{codes[str(told['status'])]}".removesuffix(":")


@pytest.mark.parametrize("bad", TABLE, ids=str)
def test_each_by_itself(bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = partial(sources.IsolatedParser, seconds=bad.seconds)
    monkeypatch.setattr(sources, "IsolatedParser", parser)
    results = list(sources.read([bad.written(tmp_path)]))
    assert tuple(map(outcome, results)) == bad.outcomes
    if bad.text is not None:
        assert isinstance(results[0], Article)
        assert results[0].text == bad.text
    for result in results:
        result.source_ref.encode("utf-8")  # it can be stored and printed
        if isinstance(result, InputError):
            assert result.remedy, result.message


def test_a_file_that_vanishes_while_others_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(SENTENCE, "utf-8")
    results = sources.read([tmp_path])
    first = next(results)
    (tmp_path / "b.txt").unlink()
    assert [outcome(one) for one in (first, *results)] == ["ok", "failed:unreadable", "ok"]


@pytest.mark.skipif(not MODEL_IS_THERE, reason="the shipped pipeline is not in this checkout")
def test_all_in_one_batch(tmp_path: Path) -> None:
    expected: dict[str, tuple[str, ...]] = {}
    for number, bad in enumerate(TABLE):
        folder = tmp_path / "inbox" / f"{number:03}"
        folder.mkdir(parents=True)
        bad.written(folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        if bad.named or bad.number == "B34" or size > BIGGEST_IN_BATCH:
            subprocess.run(["rm", "-r", str(folder)], check=True)
        else:
            expected[folder.name] = bad.outcomes
    (tmp_path / "inbox" / "zzz.txt").write_text(SENTENCE, "utf-8")
    command = [sys.executable, "-m", "quotecheck", "extract", "inbox", "--db", "q.db", "--report", "report.jsonl"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    report = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    told: dict[str, tuple[str, ...]] = {}
    for record in report:
        folder_name = Path(record["input"]).parts[1]
        codes = ",".join(record["warnings"]) if record["status"] == "warn" else record["code"]
        shown = "ok" if record["status"] == "ok" else f"{record['status']}:{codes}"
        told[folder_name] = (*told.get(folder_name, ()), shown)
    assert told == expected | {"zzz.txt": ("ok",)}
    assert result.returncode == 1
    assert "Okoro" not in result.stderr + (tmp_path / "report.jsonl").read_text("utf-8")
    with sqlite3.connect(tmp_path / "q.db") as stored:
        spans = stored.execute(
            'SELECT a.text, s."start", s."end", s.text FROM claim_spans s JOIN claims c ON c.id = s.claim '
            "JOIN articles a ON a.id = c.article"
        ).fetchall()
        same = stored.execute("SELECT count(*) FROM articles WHERE text = ?", (SENTENCE,)).fetchone()
        assert stored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert spans and all(text[start:end] == words for text, start, end, words in spans)
    assert same == (1,)  # one article, under whatever names it came
