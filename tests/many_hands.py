"""Reviewers at work over HTTP while articles are extracted: `python tests/many_hands.py --reviewers 50 --actions 20`.

Two `quotecheck extract` processes write into the database that a desk serves to reviewers, each logged in. Every
acknowledged action must be in the database afterwards, and nobody may be told that the database is locked.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from desk_newsroom import Desk, build, served

from quotecheck.desk import access
from quotecheck.store import open_database, verify_chain
from quotecheck.store.health import examine
from quotecheck.store.reviewers import add_reviewer

VERSION = """
SELECT c.claim_id, c.revision + coalesce(s.events, 0) FROM claims c LEFT JOIN claim_state s ON s.claim = c.id
WHERE c.article <= 2 ORDER BY c.id"""


@dataclass
class Outcome:
    """What the reviewers saw and what the extraction left."""

    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    extracted: list[int] = field(default_factory=list)
    articles: int = 0
    events: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def work(folder: Path, reviewers: int, actions: int, articles: int, seed: int = 1) -> Outcome:
    """Let so many reviewers make so many decisions each while two processes extract so many articles each."""
    database, outcome = build(folder / "quotes.db"), Outcome()
    with closing(open_database(database)) as db:
        before = db["articles"].count
        people = [add_reviewer(db.conn, f"Reviewer {number}") for number in range(reviewers)]
    key = access.desk_key(database)
    extractions = [_extraction(folder, database, half, articles) for half in range(2)]
    with served(database) as desk:
        _wait_for_articles(database, before + 1)
        with ThreadPoolExecutor(reviewers) as pool:
            jobs = [
                pool.submit(_review, desk, person.name, access.session(key, person.id), actions, seed + n, outcome)
                for n, person in enumerate(people)
            ]
            for job in jobs:
                job.result()
        outcome.extracted = [process.wait() for process in extractions]
    with closing(open_database(database)) as db:
        outcome.events = db.conn.execute("SELECT actor, claim_id FROM review_events ORDER BY id").fetchall()
        outcome.articles = db["articles"].count - before
        outcome.wrong = [str(key) for key in verify_chain(db.conn)]
    outcome.wrong += [finding.what for finding in examine(database) if finding.level == "problem"]
    outcome.failures += [
        words for half in range(2) if "error" in (words := (folder / f"{half}.log").read_text("utf-8"))
    ]
    return outcome


def _extraction(folder: Path, database: Path, half: int, articles: int) -> subprocess.Popen[bytes]:
    text = '"The {} stays open," said Tomas Reuel, the head of the council. Ana Brook said that it would close.\n'
    lines = (json.dumps({"id": f"{half}-{n}", "text": text.format(f"library {n}") * 20}) for n in range(articles))
    (folder / f"{half}.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "quotecheck", "extract", f"{half}.jsonl", "--db", str(database), "--workers", "1"]
    with (folder / f"{half}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stderr=log, stdout=subprocess.DEVNULL)


def _wait_for_articles(database: Path, wanted: int) -> None:
    for _ in range(1200):
        with closing(sqlite3.connect(database)) as connection:
            if connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= wanted:
                return
        time.sleep(0.1)
    raise AssertionError("nothing is extracted")


def _review(desk: Desk, name: str, cookie: str, actions: int, seed: int, outcome: Outcome) -> None:
    """One reviewer's work: decisions on claims of the newsroom's articles, most of them fought over."""
    chance = random.Random(seed)
    client = httpx.Client(base_url=desk.url, timeout=60, cookies={access.COOKIE: cookie})
    with client, closing(sqlite3.connect(desk.database, timeout=30)) as seen:
        found = re.search(r'name="csrftoken" value="([^"]+)"', client.get("/-/quotecheck/article/1").text)
        token = found[1] if found else ""
        headers = {"origin": desk.url, "sec-fetch-site": "same-origin", "accept": "application/json"}
        done = 0
        while done < actions:
            claim_id, version = chance.choice(seen.execute(VERSION).fetchall())
            form = {"action": chance.choice(["accept", "unsure"]), "version": str(version), "csrftoken": token}
            begin = time.perf_counter()
            answer = client.post(f"/-/quotecheck/claim/{claim_id}/review", data=form, headers=headers)
            outcome.seconds.append(time.perf_counter() - begin)
            if answer.status_code == 200:
                outcome.acknowledged.append((name, claim_id))
                done += 1
            elif answer.status_code == 409:
                outcome.conflicts += 1
            else:
                outcome.failures.append(f"{answer.status_code} {answer.text[:200]}")
                done += 1


def main() -> None:
    """Let them work, print the figures, and fail on the first loss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--actions", type=int, default=20)
    parser.add_argument("--articles", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = work(Path(folder), options.reviewers, options.actions, options.articles)
    assert sorted(outcome.events) == sorted(outcome.acknowledged), "an acknowledged action is missing, or one too many"
    assert (outcome.failures, outcome.wrong, outcome.extracted) == ([], [], [0, 0]), outcome
    tenths = statistics.quantiles(outcome.seconds, n=100)
    print(
        f"{options.reviewers} reviewers, {len(outcome.acknowledged)} actions acknowledged and stored, "
        f"{outcome.conflicts} conflicts told, {outcome.articles} articles extracted meanwhile by two processes; "
        f"nothing lost, nobody locked out; an action took {tenths[49] * 1000:.0f} ms in the median, "
        f"{tenths[94] * 1000:.0f} ms at the 95th percentile, {max(outcome.seconds) * 1000:.0f} ms at most"
    )


if __name__ == "__main__":
    main()
