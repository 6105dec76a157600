"""What the desk's forms do over HTTP, who may send them, and what the progress page makes of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_newsroom import Desk, build, served
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.desk.agreement import kappa
from quotecheck.desk.progress import Share, progress_page
from quotecheck.desk.queue import ORDERS, Filters, next_claim, previous_claim, queue_page, state_counts
from quotecheck.errors import ExportError
from quotecheck.export.gold import export_gold
from quotecheck.store import edits, open_database, reviews

ROOT = "/-/quotecheck"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(build(tmp_path_factory.mktemp("forms") / "quotes.db"), "Ana Brook") as running:
        yield running


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    return open_database(build(tmp_path / "quotes.db")).conn


def ids(conn: sqlite3.Connection) -> list[str]:
    return [row[0] for row in conn.execute("SELECT claim_id FROM claims WHERE is_statement = 1 ORDER BY id")]


def version(desk: Desk, claim_id: str) -> str:
    with sqlite3.connect(desk.database) as connection:
        return str(
            connection.execute("SELECT version FROM claims_current WHERE claim_id = ?", (claim_id,)).fetchone()[0]
        )


def a_claim(desk: Desk) -> str:
    with sqlite3.connect(desk.database) as connection:
        return str(connection.execute("SELECT claim_id FROM claims WHERE article = 1 ORDER BY id").fetchone()[0])


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"action": "speaker", "who": ""}, 400, "type a name"),
        ({"action": "kind", "kind": "poem"}, 400, "no such kind"),
        ({"action": "date", "said_date": "yesterday"}, 400, "not a date"),
        ({"action": "link", "fact_check_url": "javascript:alert(1)"}, 400, "not a web address"),
        ({"action": "move", "role": "verb", "move": "end 1"}, 400, "use the buttons"),
        ({"action": "words", "role": "content", "offsets": "1-999999"}, 400, "no stretch"),
        ({"action": "words", "role": "content", "offsets": "a-b"}, 400, "missing or unknown"),
        ({"action": "words", "role": "content", "first": "nowhere to be found"}, 400, "do not stand in the text"),
        ({"action": "split", "at": "0"}, 400, "between two of its words"),
        ({"action": "merge", "into": "qc-none"}, 404, "no claim qc-none"),
        ({"action": "adjudicate", "take": "Bo"}, 400, "not in conflict"),
        ({"action": "undo", "event": "99"}, 404, "no review event 99"),
    ],
)
def test_what_cannot_be_is_said_and_not_done(desk: Desk, fields: dict[str, str], status: int, says: str) -> None:
    claim_id = a_claim(desk)
    form = fields | {"version": version(desk, claim_id)}
    response = desk.post(f"{ROOT}/claim/{claim_id}/review", form, f"{ROOT}/article/1", accept="application/json")
    assert (response.status_code, says in response.json()["error"]) == (status, True)
    with sqlite3.connect(desk.database) as connection:
        assert connection.execute("SELECT count(*) FROM review_events").fetchone() == (0,)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/quotes", f"{ROOT}\\@evil.example"])
def test_a_form_leads_back_only_to_the_desk(desk: Desk, back: str) -> None:
    claim_id = a_claim(desk)
    form = {"action": "flag", "version": version(desk, claim_id), "back": back}
    response = desk.post(f"{ROOT}/claim/{claim_id}/review", form, f"{ROOT}/article/1")
    assert response.headers["location"] == f"{ROOT}/article/1#{claim_id}"
    desk.post(f"{ROOT}/undo", {"action": "undo"}, f"{ROOT}/article/1")


@pytest.mark.parametrize("path", [f"{ROOT}/people/act", f"{ROOT}/undo", f"{ROOT}/double/open", f"{ROOT}/article/1/act"])
def test_other_sites_and_links_do_nothing(desk: Desk, path: str) -> None:
    cross = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert (desk.post(path, {"action": "undo"}, "/", **cross).status_code, desk.get(path).status_code) == (403, 403)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_goes_through_all_statements_once_and_back(conn: sqlite3.Connection, order: str) -> None:
    filters = Filters(order=order)
    forth = [next_claim(conn, filters)]
    while (following := next_claim(conn, filters, str(forth[-1]))) is not None:
        forth.append(following)
    back = [forth[-1]]
    while (earlier := previous_claim(conn, filters, str(back[-1]))) is not None:
        back.append(earlier)
    assert (len(forth), sorted(map(str, forth)), back[::-1]) == (13, sorted(ids(conn)), forth)


def test_the_queue_counts_what_the_view_shows(conn: sqlite3.Connection) -> None:
    first, second, third, *_ = ids(conn)
    reviews.record(conn, first, actor="Ana", action="accept")
    reviews.record(conn, second, actor="Ana", action="flag")
    reviews.undo(conn, reviews.record(conn, third, actor="Ana", action="reject").id, "Ana")
    edits.add(conn, 1, {"content": [(0, 7)]}, actor="Ana")
    conn.execute("UPDATE claims SET fingerprint = 'other' WHERE claim_id = ?", (first,))
    conn.commit()
    sql = "SELECT status, count(*) FROM claims_current WHERE is_statement = 1 GROUP BY status"
    assert state_counts(conn) == dict(conn.execute(sql).fetchall()) | {"flagged": 1}
    page = queue_page(conn, Filters(state="stale"))
    assert ([line.claim_id for line in page.lines], page.total) == ([first], 1)


def test_filters_come_from_the_address_and_go_back_into_it() -> None:
    query = {
        "state": "unsure",
        "order": "newest",
        "kind": "direct",
        "outlet": "The Lamp",
        "article": "7",
        "words": "sea",
    }
    assert Filters.of(query).query == query
    assert Filters.of({"state": "x", "order": "y", "kind": "z", "article": "1 OR 1", "batch": "-1"}) == Filters()


def test_shares_have_wilson_intervals() -> None:
    assert [round(bound, 4) for bound in Share("", 9, 10).interval] == [0.5958, 0.9821]
    assert (Share("", 0, 0).interval, Share("", 10, 10).interval[1]) == ((0.0, 1.0), pytest.approx(1.0))


def test_kappa_takes_chance_out() -> None:
    labels = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(labels) == pytest.approx(0.4)
    assert (kappa([("a", "a")] * 3), kappa([])) == (None, None)


def test_accuracy_is_that_of_the_machine_on_what_people_judged(conn: sqlite3.Connection) -> None:
    one, two, three, four, five, *_ = ids(conn)
    for claim_id in (one, two):
        reviews.record(conn, claim_id, actor="Ana", action="accept")
    reviews.record(conn, three, actor="Ana", action="correct", changes={"speaker": "Petra Lindqvist"})
    reviews.record(conn, four, actor="Ana", action="reject", reason="wrong_span")
    reviews.record(conn, five, actor="Ana", action="reject", reason="not_speech")
    edits.add(conn, 1, {"content": [(0, 7)]}, actor="Ana")
    reviews.mark_article(conn, 1, "Ana", complete=True)
    shares = [(share.part, share.whole) for share in progress_page(conn).accuracy]
    assert shares == [(4, 5), (2, 3), (3, 4), (3, 3), (2, 5), (3, 4)]


def test_complete_articles_become_gold(tmp_path: Path) -> None:
    db = open_database(build(tmp_path / "quotes.db"))
    with pytest.raises(ExportError, match="no article is complete"):
        export_gold(db, tmp_path / "gold.jsonl")
    one, two, three, *_ = ids(db.conn)
    reviews.record(db.conn, one, actor="Ana", action="accept")
    reviews.record(db.conn, two, actor="Ana", action="reject")
    edits.correct_spans(db.conn, three, {"content": [(0, 13)]}, actor="Ana")
    reviews.mark_article(db.conn, 1, "Ana", complete=True)
    db.close()
    result = CliRunner().invoke(app, ["gold", str(tmp_path / "quotes.db"), "-o", str(tmp_path / "gold.jsonl")])
    assert (
        result.output
        == f"1 articles with 2 statements written to {tmp_path / 'gold.jsonl'} (10 undecided ones are optional)\n"
    )
    (record,) = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text("utf-8").splitlines()]
    sure = [attribution for attribution in record["attributions"] if "optional" not in attribution]
    assert (sure[0]["content"], sure[0]["source"], sure[0]["speaker"]) == ([[0, 13]], [], "Ines Calderwood")
    assert record["text"][slice(*sure[1]["source"][0])] == "The mayor of Port Ellory, Ines Calderwood"


def test_reviewers_are_added_listed_and_removed_on_the_command_line(tmp_path: Path) -> None:
    database = str(build(tmp_path / "quotes.db"))

    def run(*arguments: str) -> str:
        return CliRunner().invoke(app, ["reviewer", *arguments]).output

    added = run("add", database, "Bo Ek", "--role", "adjudicator", "--address", "http://desk.example/")
    assert re.search(r"^http://desk\.example/-/quotecheck/login\?token=[\w.-]+$", added, re.MULTILINE)
    assert re.search(r"Bo Ek +adjudicator +\d{4}-\d\d-\d\d +1", run("list", database))
    assert run("remove", database, "Bo Ek") == "Bo Ek can no longer log in; links and sessions have ended.\n"
    assert "Bo Ek" not in run("list", database)
    key = Path(f"{database}.key")
    assert (key.stat().st_mode & 0o777, len(key.read_text().strip())) == (0o600, 64)
