"""Killed at any moment, an extraction loses at most the article in flight, doubles nothing, and goes on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from store_samples import contents
from store_writer import write

from quotecheck.store import open_database

ARTICLES = 60
CLAIMS_EACH = 40
KILLS = 10


def start(path: Path) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("store_writer.py")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen([sys.executable, str(script), str(path), str(ARTICLES)], env=environment)


def kill_while_writing(path: Path, delay: float) -> int:
    """Start the writer, kill it some time after it stored a further article, and return its exit code."""
    before = stored(path)
    writer = start(path)
    while writer.poll() is None and stored(path) == before:
        time.sleep(0.005)
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    return writer.wait()


def stored(path: Path) -> int:
    """How many articles another process sees."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path, chance = tmp_path / "killed.db", random.Random(7)
    killed = []
    for _ in range(KILLS):
        if kill_while_writing(path, chance.uniform(0, 0.1)) == -signal.SIGKILL:
            killed.append(stored(path))
        db = open_database(path)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        halves = "SELECT article FROM claims GROUP BY article HAVING count(*) <> ?"
        assert db.execute(halves, (CLAIMS_EACH,)).fetchall() == []
        assert db["claims"].count == CLAIMS_EACH * db["articles"].count
        db.close()
    assert start(path).wait() == 0
    write(tmp_path / "whole.db", ARTICLES)
    assert len(killed) > KILLS / 2, "the writer was too quick to be killed"
    whole = contents(open_database(tmp_path / "whole.db"), without=["run_id"])
    assert contents(open_database(path), without=["run_id"]) == whole
