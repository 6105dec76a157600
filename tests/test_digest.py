"""The day's list of what is most worth checking."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import REOPENING, WARNING, article, new_run, span

from quotecheck.evidence.check import Scorer
from quotecheck.export import Filters, digest, render
from quotecheck.store import open_database, record, save_article
from quotecheck.types import Claim, Speaker


def said(score: float, number: int, speaker: str = "Ana Lind", key: str = "") -> Claim:
    evidence = replace(REOPENING.evidence, check_score=score, check_reasons=("number", "prediction: lowers"))
    who = Speaker(speaker, "person", "name")
    return replace(REOPENING, speakers=(who,), evidence=evidence, matching_key=key or f"{number:016x}")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_database(tmp_path / "quotes.db")
    run = new_run(db)
    scores = [(90, "Ana Lind"), (80, "Ana Lind"), (70, "Ana Lind"), (60, "Bo Ek"), (50, "Cy Roth")]
    for number, (score, speaker) in enumerate(scores):
        save_article(db, run, article(id=f"a{number}", title=f"Story {number}"), [said(score, number, speaker)])
    return db


def titles(db: Database, **options: object) -> list[tuple[int, object]]:
    return [(entry.rank, entry.cells["article_title"]) for entry in digest(db, **options)]  # type: ignore[arg-type]


def test_the_list_is_sorted_and_no_speaker_fills_it(db: Database) -> None:
    assert titles(db, top=3, max_per_speaker=2) == [(1, "Story 0"), (2, "Story 1"), (3, "Story 3")]
    assert [title for _, title in titles(db, max_per_speaker=1)] == ["Story 0", "Story 3", "Story 4"]


def test_the_same_words_stand_once_and_rejected_claims_not_at_all(db: Database) -> None:
    save_article(db, 1, article(id="b", title="Reprint"), [said(95, 0, "Dan Oss", key="0" * 16)])
    rejected = db.execute("SELECT claim_id FROM claims WHERE check_score = 80").fetchone()[0]
    record(db.conn, rejected, actor="Ada", action="reject")
    assert [title for _, title in titles(db)] == ["Reprint", "Story 2", "Story 3", "Story 4"]
    assert titles(db, filters=Filters(article=("a4",))) == [(1, "Story 4")]


def test_weights_of_ones_own_sort_anew_and_store_nothing(db: Database) -> None:
    save_article(db, 1, article(id="w", title="Warning"), [WARNING])
    (first, *_) = digest(db, scorer=Scorer(-9.0, (), ""))
    assert first.cells["check_score"] == 0.0
    assert db.execute("SELECT max(check_score) FROM claims").fetchone()[0] == 90


def hostile(tmp_path: Path) -> Database:
    text = "=HYPERLINK(1) <script>alert(1)</script> said <b>Ana</b>."
    claim = replace(
        REOPENING,
        content=(span("=HYPERLINK(1) <script>alert(1)</script>", text),),
        source=(span("<b>Ana</b>", text),),
        cue=(span("said", text),),
        context=span(text, text),
        speakers=(),
        evidence=replace(REOPENING.evidence, polarity="denies", check_score=50.0, check_reasons=("<i>",), spans={}),
    )
    db = open_database(tmp_path / "hostile.db")
    save_article(db, new_run(db), article(text, id="h", title='"><img src=x>', url="javascript:alert(1)"), [claim])
    return db


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_page_is_escaped_and_needs_nothing_else(tmp_path: Path, db: Database) -> None:
    page = render(digest(hostile(tmp_path)), "html")
    tags = _Tags()
    tags.feed(page)
    assert tags.names & {"script", "img", "b", "i", "link"} == {"b"}
    assert (tags.links, "&lt;script&gt;alert(1)" in page, "[denies]" in page) == ([], True, True)
    linked = _Tags()
    save_article(db, 1, article(id="u", url="https://courier.example/?a=1&b=2"), [said(99, 77, "Eve Ma")])
    linked.feed(render(digest(db, top=1), "html"))
    assert linked.links == ["https://courier.example/?a=1&b=2"]


def test_text_and_csv(tmp_path: Path, db: Database) -> None:
    first = render(digest(db, top=1), "text").splitlines()
    assert first[0] == "  1.  90.0  Ana Lind said"
    assert first[1].strip() == "the harbour would reopen on Monday"
    assert first[3].strip().startswith("number; prediction: lowers  [qc-")
    (row,) = csv.DictReader(io.StringIO(render(digest(hostile(tmp_path)), "csv"), newline=""))
    assert (row["rank"], row["statement"][:12], row["polarity"]) == ("1", "'=HYPERLINK(", "denies")
