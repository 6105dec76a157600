"""How long the desk's server takes for each page and each action at 100,000 claims.

    python tests/benchmark_desk.py [CLAIMS] [DATABASE]

Builds a database of invented articles (or uses the one at DATABASE), starts the desk as `quotecheck serve` does, asks
for every page and does every action several times over HTTP, and prints the median and the slowest time in
milliseconds. Ends with exit status 1 if the median of an action is above 100 ms.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from desk_newsroom import served

from quotecheck.store import edits, finish_run, open_database, reviews, save_article, start_run
from quotecheck.types import Article, Claim, Span, Speaker, Topic, Triple

LIMIT_MS = 100
TIMES = 9
PER_ARTICLE = 20
REVIEWED = 0.3
FIRST = "Ada Bo Cleo Dora Emil Finn Greta Hugo Ines Jonas Kaya Lena Milo Nora Otto Pia Rosa Sven Tilda Vera".split()
LAST = "Brook Calder Dunmore Ekholm Farrow Gladwin Harrow Ibsen Jarrow Kestrel Lindow Marlow Norcott Orford".split()
NOUNS = "harbour bridge ferry school budget council vote storm contract clinic tunnel market railway library".split()


def build(path: Path, claims: int) -> None:
    """A database of so many claims, a third of them reviewed, two hundred in double review."""
    draw = random.Random(7)
    db = open_database(path)
    run = start_run(db, tool_version="0", model_name="benchmark", model_sha256="0" * 64, options={})
    for number in range(claims // PER_ARTICLE):
        article, found = _article(draw, number)
        save_article(db, run, article, found, topics=_topics(article.text))
    finish_run(db, run, {})
    ids = [str(row[0]) for row in db.conn.execute("SELECT claim_id FROM claims ORDER BY id")]
    for claim_id in draw.sample(ids[400:], int(claims * REVIEWED)):
        action = draw.choice(["accept", "accept", "accept", "reject", "unsure"])
        reviews.record(db.conn, claim_id, actor=draw.choice(FIRST), action=action)
    edits.open_double(db.conn, "benchmark", ids[:200], ["Ada Brook", "Bo Calder"], "Ada Brook")
    for claim_id in ids[:200]:
        reviews.record(db.conn, claim_id, actor="Ada Brook", action="accept")
        reviews.record(db.conn, claim_id, actor="Bo Calder", action=draw.choice(["accept", "accept", "reject"]))
    db.execute("ANALYZE")
    db.close()


def _topics(text: str) -> list[Topic]:
    places = {noun: tuple(Span.of(text, *match.span()) for match in re.finditer(noun, text)) for noun in NOUNS[:8]}
    return [Topic(noun, "phrase", 0.1, spans) for noun, spans in places.items()]


def _article(draw: random.Random, number: int) -> tuple[Article, list[Claim]]:
    text, claims = f"Article {number}\n\n", []
    for _ in range(PER_ARTICLE):
        name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
        if draw.random() < 0.3:
            name += f"-{draw.choice(LAST)}"
        about = draw.choices(NOUNS, k=2)
        content = f"the {about[0]} near the {about[1]} needs {draw.randrange(2, 900)} more repairs"
        start = len(text)
        text += f"{name} said that {content}. Nobody at the {draw.choice(NOUNS)} disagreed in the end.\n\n"
        source = Span.of(text, start, start + len(name))
        cue = Span.of(text, source.end + 1, source.end + 5)
        said = Span.of(text, cue.end + 6, cue.end + 6 + len(content))
        speaker = Speaker(name, "person", "name", mention=source, confidence=0.9, why="named in full here")
        context = Span.of(text, start, said.end + 1)
        sure = round(draw.uniform(0.3, 0.99), 4)
        verb = text.index(" needs ", said.start) + 1
        parts = (Span.of(text, said.start, verb - 1), Span.of(text, verb, verb + 5), Span.of(text, verb + 6, said.end))
        claims.append(
            Claim(
                "indirect", True, (source,), (cue,), (said,), (), context, "neutral", sure, (speaker,),
                topics=tuple(dict.fromkeys(about)), triples=(Triple(*parts, "need", passive=False, negated=False),),
            )
        )  # fmt: skip
    outlet = f"The {draw.choice(LAST)} {draw.choice(['Lamp', 'Courier', 'Post'])}"
    day = f"20{draw.randrange(20, 26)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    about = {"title": f"Report {number}", "outlet": outlet, "published_at": day}
    return Article(text=text, source_ref=f"a{number}.txt", reader="text", raw_sha256="0" * 64, **about), claims


class Browser:
    """Somebody at the desk: asks for pages and sends the forms that stand on them, and keeps the times."""

    def __init__(self, url: str, database: Path) -> None:
        self.client = httpx.Client(base_url=url, timeout=60)
        self.headers = {"origin": url, "sec-fetch-site": "same-origin", "accept": "application/json"}
        self.database = sqlite3.connect(database)
        # Not the first of their articles, which have none before them to be merged into.
        sql = """SELECT c.claim_id FROM claims c WHERE EXISTS (SELECT 1 FROM claims before
                 WHERE before.article = c.article AND before.char_start < c.char_start) ORDER BY c.id LIMIT 4000"""
        self.ids = [row[0] for row in self.database.execute(sql)]
        self.claims = iter(self.ids[1000:])
        page = self.client.get("/-/quotecheck/article/1").text
        self.token = re.search(r'name="csrftoken" value="([^"]+)"', page)[1]  # type: ignore[index]

    def get(self, path: str) -> float:
        """Milliseconds of one page."""
        begin = time.perf_counter()
        response = self.client.get(path)
        elapsed = time.perf_counter() - begin
        assert response.status_code in (200, 303), (path, response.status_code, response.text[-300:])
        return elapsed * 1000

    def post(self, path: str, **fields: object) -> float:
        """Milliseconds of one action."""
        data = {"csrftoken": self.token} | {name: str(value) for name, value in fields.items()}
        begin = time.perf_counter()
        response = self.client.post(path, data=data, headers=self.headers)
        elapsed = time.perf_counter() - begin
        assert response.status_code in (200, 303), (path, fields, response.status_code, response.text[-300:])
        return elapsed * 1000

    def review(self, **fields: object) -> float:
        """Milliseconds of an action on a claim that nobody worked on."""
        sql = "SELECT version, status FROM claims_current WHERE claim_id = ?"
        for claim_id in self.claims:
            row = self.database.execute(sql, (claim_id,)).fetchone()
            if row is not None and row[1] == "unreviewed":
                return self.post(f"/-/quotecheck/claim/{claim_id}/review", version=row[0], **fields)
        raise AssertionError("all claims are used up; build the database anew")

    def adjudicate(self) -> float:
        """Milliseconds of deciding a conflict."""
        sql = """SELECT v.claim_id, v.version FROM claim_state s JOIN claims_current v ON v.id = s.claim
                 WHERE s.status = 'conflicting' LIMIT 1"""
        claim_id, version = self.database.execute(sql).fetchone()
        fields = {"action": "adjudicate", "take": "Ada Brook", "reason": "heard it"}
        return self.post(f"/-/quotecheck/claim/{claim_id}/review", version=version, **fields)

    def add(self) -> float:
        """Milliseconds of adding a statement."""
        sql = "SELECT article, char_start FROM claims_current WHERE claim_id = ?"
        article, start = self.database.execute(sql, (next(self.claims),)).fetchone()
        offsets = f"{start}-{start + 11}"
        return self.post(f"/-/quotecheck/article/{article}/act", action="add", offsets=offsets, who="Vera Orford")


def steps(browser: Browser) -> Iterator[tuple[str, Callable[[], float]]]:
    """Every page and every action, by name."""
    root = "/-/quotecheck"
    for name, path in {
        "front page": "/",
        "queue, worth checking": f"{root}/queue",
        "queue, least sure": f"{root}/queue?order=unsure",
        "queue, newest": f"{root}/queue?order=newest",
        "queue, by article": f"{root}/queue?order=article",
        "queue, by speaker": f"{root}/queue?order=speaker",
        "queue, at random": f"{root}/queue?order=sample",
        "queue, accepted": f"{root}/queue?state=accepted",
        "queue, one outlet": f"{root}/queue?outlet=The+Brook+Lamp",
        "queue, one topic": f"{root}/queue?topic=harbour",
        "queue, words": f"{root}/queue?words=harbour+repairs",
        "start": f"{root}/start",
        "focus view": f"{root}/focus/{browser.ids[2000]}",
        "article": f"{root}/article/40",
        "articles": f"{root}/articles",
        "speakers": f"{root}/speakers",
        "people who may be the same": f"{root}/people",
        "type-ahead": f"{root}/speakers.json?q=cal",
        "double review": f"{root}/double",
        "progress": f"{root}/progress",
    }.items():
        yield name, lambda path=path: browser.get(path)  # type: ignore[misc]
    for name, fields in {
        "accept": {"action": "accept"},
        "reject": {"action": "reject", "reason": "wrong_span"},
        "unsure": {"action": "unsure"},
        "note": {"action": "note", "note": "see page 3", "tags": "harbour"},
        "second look": {"action": "flag"},
        "fact check": {"action": "link", "fact_check_url": "https://checks.example/1"},
        "speaker": {"action": "speaker", "who": "Vera Orford"},
        "kind": {"action": "kind", "kind": "mixed"},
        "date": {"action": "date", "said_date": "2025-03-04"},
        "move an edge": {"action": "move", "role": "content", "by": "word", "move": "end -1"},
        "split": {"action": "split", "first": "needs"},
        "merge": {"action": "merge"},
    }.items():
        yield name, lambda fields=fields: browser.review(**fields)  # type: ignore[misc]
    yield "add a statement", browser.add
    yield "all found", lambda: browser.post(f"{root}/article/50/act", action="complete")
    yield "undo", lambda: browser.post(f"{root}/undo", action="undo")
    yield "redo", lambda: browser.post(f"{root}/undo", action="redo")
    yield "decide a conflict", browser.adjudicate


def main(claims: int, path: Path) -> int:
    """Build, serve, measure and print; the number of actions that are too slow."""
    if not path.exists():
        begin = time.perf_counter()
        build(path, claims)
        print(f"built in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
    slow = 0
    with served(path, "Cleo Harrow") as desk:
        browser = Browser(desk.url, path)
        print(f"{'':28}{'median ms':>10}{'slowest':>10}")
        for name, step in steps(browser):
            step()
            times = sorted(step() for _ in range(TIMES))
            median = statistics.median(times)
            slow += median > LIMIT_MS
            print(f"{name:28}{median:10.0f}{times[-1]:10.0f}{'  slow' if median > LIMIT_MS else ''}", flush=True)
    return slow


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "benchmark.db"
        sys.exit(1 if main(wanted, place) else 0)
