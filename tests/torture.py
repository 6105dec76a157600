"""Kills a process at random moments and looks at what it left: `python tests/torture.py --kills 500 --seed 1`.

Three kinds of work are killed: storing articles, exporting, and bringing a database of version 0.1.0 up to date. After
every kill the database is opened as the next command would open it, and nothing may be lost, doubled or damaged; at
the end the work is done once more in peace, and the result must be that of work that was never killed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from store_samples import contents
from store_writer import write

from quotecheck.export import export
from quotecheck.store import open_database
from quotecheck.store.health import examine

FIXTURES = Path(__file__).parent / "fixtures"
ARTICLES = 60
CLAIMS_EACH = 40


@dataclass
class Tally:
    """How often a process was killed at work, and how often it was done before."""

    killed: int = 0
    finished: int = 0
    findings: Counter[str] = field(default_factory=Counter)


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Run `work` in a forked process and kill it after so many seconds; whether it was still at work."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the work failed by itself")
    return os.WIFSIGNALED(status)


def duration(work: Callable[[], object]) -> float:
    """How long `work` takes in peace, in a process of its own."""
    begin = time.monotonic()
    killed_after(0, lambda: None)
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - begin


def wrong(path: Path) -> list[str]:
    """What the doctor finds to be mended."""
    return [f"{finding.check}: {finding.what}" for finding in examine(path) if finding.level == "problem"]


def from_dump(path: Path, version: str) -> Path:
    """A database of an earlier version, from its dump."""
    connection = sqlite3.connect(path)
    connection.executescript((FIXTURES / f"quotecheck-{version}.sql").read_bytes().decode())
    connection.commit()
    connection.close()
    return path


def torture_extraction(folder: Path, kills: int, chance: random.Random) -> Tally:
    """Kill the storing of articles; the moments are spread over all of it."""
    path, whole, tally = folder / "killed.db", folder / "whole.db", Tally()
    pace = duration(lambda: write(whole, ARTICLES))
    rounds = 0
    while tally.killed < kills:
        if rounds % 20 == 0 or tally.finished > rounds:
            path = folder / f"killed-{rounds}.db"
        rounds += 1
        at_work = killed_after(chance.uniform(0, pace / 4), lambda target=path: write(target, ARTICLES))
        tally.killed += at_work
        tally.finished += not at_work
        db = open_database(path)
        halves = "SELECT article FROM claims GROUP BY article HAVING count(*) <> ?"
        assert db.execute(halves, (CLAIMS_EACH,)).fetchall() == [], "half an article was stored"
        assert db["claims"].count == CLAIMS_EACH * db["articles"].count, "claims were lost or doubled"
        db.close()
        assert wrong(path) == []
        if not at_work:
            assert _same(path, whole), "what was stored differs from what was never killed"
            path = folder / f"killed-{rounds}.db"
    write(path, ARTICLES)
    assert _same(path, whole), "what was stored differs from what was never killed"
    return tally


def _same(one: Path, other: Path) -> bool:
    both = [open_database(path) for path in (one, other)]
    first, second = (contents(db, without=["run_id"]) for db in both)
    for db in both:
        db.close()
    return bool(first == second)


def torture_export(folder: Path, kills: int, chance: random.Random) -> Tally:
    """Kill the writing of an export over an older one; the name must hold one of the two, whole."""
    path, target, tally = folder / "whole.db", folder / "claims.csv", Tally()
    write(path, ARTICLES)

    def work() -> None:
        db = open_database(path)
        export(db, target)
        db.close()

    pace = duration(work)
    new, old = target.read_bytes(), b"the export of yesterday\r\n"
    while tally.killed < kills:
        target.write_bytes(old)
        at_work = killed_after(chance.uniform(0, pace * 1.1), work)
        tally.killed += at_work
        tally.finished += not at_work
        left = target.read_bytes()
        assert left in (old, new), "half an export stands under its name"
        assert at_work or left == new
    assert wrong(path) == []
    return tally


def torture_migration(folder: Path, kills: int, chance: random.Random) -> Tally:
    """Kill the opening of a database of version 0.1.0; it must open afterwards with every row and review."""
    whole, tally = from_dump(folder / "whole-0.1.0.db", "0.1.0"), Tally()
    source, counted = whole.read_bytes(), _counts(whole)
    pace = duration(lambda: open_database(whole).close())
    expected = _schema(whole)
    path = folder / "old.db"
    while tally.killed < kills:
        for stale in folder.glob("old.db*"):
            stale.unlink()
        path.write_bytes(source)
        at_work = killed_after(chance.uniform(0, pace * 1.1), lambda: open_database(path).close())
        tally.killed += at_work
        tally.finished += not at_work
        open_database(path).close()
        assert _counts(path) == counted, "rows were lost or doubled"
        assert _schema(path) == expected, "the schema is not the present one"
        assert wrong(path) == []
    return tally


def _counts(path: Path) -> list[int]:
    connection = sqlite3.connect(path)
    tables = ("articles", "claims", "claim_spans", "claim_speakers", "speakers", "review_events")
    found = [int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables]
    connection.close()
    return found


def _schema(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name, type").fetchall()
    connection.close()
    return found


TORTURES = {"extraction": torture_extraction, "export": torture_export, "migration": torture_migration}
SHARES = {"extraction": 0.6, "export": 0.2, "migration": 0.2}


def main() -> None:
    """Torture all three and print what was done; the first loss ends it with an AssertionError."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, torture in TORTURES.items():
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            tally = torture(Path(folder), round(options.kills * SHARES[name]), random.Random(options.seed))
        print(
            f"{name}: killed {tally.killed} times at work, {tally.finished} times done before; nothing lost, doubled "
            f"or damaged; {time.monotonic() - begin:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
