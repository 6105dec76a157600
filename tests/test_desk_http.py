"""The desk over HTTP, as `quotecheck serve` and as plain Datasette run it."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_newsroom import HARBOUR, Desk, build, plain_datasette, served

from quotecheck.export import verify
from quotecheck.store import open_database

ARTICLE = "/-/quotecheck/article/1"
REVIEWER = "Ana <b>Brook</b>"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(build(tmp_path_factory.mktemp("desk") / "quotes.db"), REVIEWER) as running:
        yield running


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with plain_datasette(build(tmp_path_factory.mktemp("plain") / "quotes.db")) as running:
        yield running


def claim_ids(desk: Desk) -> list[str]:
    return re.findall(r'<article class="card[^>]* id="(qc-[^"]+)"', desk.get(ARTICLE).text)


def events(path: Path) -> list[tuple[str, ...]]:
    sql = "SELECT claim_id, actor, action, reason FROM review_events ORDER BY id"
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


def form(desk: Desk, claim_id: str, **fields: str) -> dict[str, str]:
    card = desk.get(ARTICLE).text.split(f'id="{claim_id}"', 1)[1]
    version = re.search(r'data-version="(\d+)"', card)
    assert version
    return {"action": "accept", "version": version.group(1), "note": "", "reason": ""} | fields


@pytest.mark.parametrize("server", ["desk", "plain"])
@pytest.mark.parametrize(
    ("path", "shows"),
    [
        ("/", ["What was said, and who said it", "13</b> <span>statements", "Ines Calderwood"]),
        ("/-/quotecheck", ["What was said, and who said it"]),
        ("/-/quotecheck/articles", ["3 articles", "Harbour board splits over the ferry contract", "11 statements, "]),
        ("/-/quotecheck/articles?q=ferries", ["1 article with", "Harbour board splits"]),
        ("/-/quotecheck/articles?q=%22unbalanced", ["0 articles"]),
        ("/-/quotecheck/speakers?q=calder", ["1 speaker with", "Ines Calderwood", '<td class="number">3</td>']),
        ("/-/quotecheck/speakers?q=100%25", ["0 speakers with"]),
        (ARTICLE, ["The Ellory Lamp · LOCAL", "surname of Tobias Wrenfield, named earlier", "Show 2 beliefs"]),
        ("/quotes/claims_current?is_statement=1", ["13 claims", "According to", "beliefs and attitudes"]),
        ("/quotes/claims_current?_search=ferries", ["1 claim</strong>", "with “ferries”", "laid up in winter"]),
        ("/quotes/claims_current?speaker=Petra+Lindqvist", ["1 claim</strong>", "no crew will be sacked"]),
        ("/quotes", ["Claims", "articles"]),
    ],
)  # fmt: skip
def test_both_ways_of_serving_show_the_same_pages(
    server: str, path: str, shows: list[str], request: pytest.FixtureRequest
) -> None:
    response = request.getfixturevalue(server).get(path)
    missing = [words for words in shows if words not in response.text]
    assert (response.status_code, missing) == (200, [])


def test_the_article_page_holds_the_text_exactly(desk: Desk) -> None:
    text = desk.get(ARTICLE).text.split('id="text" lang="en">', 1)[1].split("</div>", 1)[0]
    assert html.unescape(re.sub(r"<[^>]+>", "", text).replace("&#13;", "\r")) == HARBOUR


def test_claim_speaker_and_article_link_to_each_other(desk: Desk) -> None:
    claim_id = claim_ids(desk)[0]
    claim = desk.get(f"/-/quotecheck/claim/{claim_id}")
    assert (claim.status_code, claim.headers["location"]) == (303, f"{ARTICLE}#{claim_id}")
    (speaker,) = set(re.findall(r'<a href="(/-/quotecheck/speaker/[^"]+)">Ines Calderwood</a>', desk.get(ARTICLE).text))
    page = desk.get(speaker).text
    assert "mayor, Port Ellory" in page
    assert f'href="{ARTICLE}#{claim_id}"' in page
    assert "3 statements" in page


def test_csv_and_json_links_answer(desk: Desk) -> None:
    rows = list(csv.reader(io.StringIO(desk.get("/quotes/attributed_claims.csv?_stream=1").text, newline="")))
    claims = desk.get("/quotes/claims_current.json?_shape=array&_col=statement&speaker=Petra+Lindqvist").json()
    assert (len(rows), rows[0][:3]) == (14, ["claim_id", "review_status", "quote_type"])
    assert [row["statement"] for row in claims] == ['Wrenfield had promised her that "no crew will be sacked"']


def test_the_front_page_offers_a_file_that_can_be_proved(desk: Desk, tmp_path: Path) -> None:
    response = desk.get("/-/quotecheck/claims.csv")
    file = tmp_path / "claims.csv"
    file.write_bytes(response.content)
    db = open_database(desk.database)
    verdicts = {proof.verdict for proof in verify(db, file)}
    db.close()
    assert 'filename="claims.csv"' in response.headers["content-disposition"]
    assert (response.content[:3], verdicts) == (b"\xef\xbb\xbf", {"OK"})


def test_the_file_holds_what_the_query_asks_for(desk: Desk) -> None:
    path = "/-/quotecheck/claims.csv?speaker=Petra+Lindqvist&profile=short&delimiter=%3B&since=&min_score="
    header, row, end = desk.get(path).text.removeprefix("\ufeff").split("\r\n")
    assert (header.count(";"), row.count("Petra Lindqvist"), end) == (15, 1, "")
    linked = desk.get("/-/quotecheck/claims.csv?format=jsonld&kind=direct")
    assert linked.headers["content-type"].startswith("application/ld+json")
    assert {item["@type"] for item in linked.json()["@graph"]} == {"Claim", "ClaimReview"}
    assert desk.get("/-/quotecheck/claims.csv?since=soon").status_code == 400


def test_the_queue_offers_a_file_of_just_what_it_shows(desk: Desk) -> None:
    page = desk.get("/-/quotecheck/queue?state=all&kind=direct").text
    address = html.unescape(re.search(r'href="([^"]*claims\.csv[^"]*)"', page).group(1))  # type: ignore[union-attr]
    rows = list(csv.DictReader(io.StringIO(desk.get(address).text.removeprefix("\ufeff"))))
    assert {row["quote_type"] for row in rows} == {"direct"}
    assert f"{len(rows)} statements" in page
    assert "claims.csv" not in desk.get("/-/quotecheck/queue?state=all&words=harbour").text


def test_articles_lead_to_their_neighbours(desk: Desk) -> None:
    listed = re.findall(r'href="(/-/quotecheck/article/\d+)"', desk.get("/-/quotecheck/articles").text)
    order = list(dict.fromkeys(listed))
    older = re.findall(r'id="next-article" href="([^"]+)"', desk.get(order[0]).text)
    newer = re.findall(r'id="previous-article" href="([^"]+)"', desk.get(order[-1]).text)
    assert (older, newer) == ([order[1]], [order[-2]])
    assert 'id="previous-article"' not in desk.get(order[0]).text


def test_a_decision_becomes_an_event_and_shows_on_the_card(desk: Desk) -> None:
    claim_id = claim_ids(desk)[0]
    response = desk.post(f"/-/quotecheck/claim/{claim_id}/review", form(desk, claim_id, note="heard it"), ARTICLE)
    assert (response.status_code, response.headers["location"]) == (303, f"{ARTICLE}#{claim_id}")
    assert events(desk.database)[-1] == (claim_id, REVIEWER, "accept", None)
    card = desk.get(ARTICLE).text.split(f'id="{claim_id}"', 1)[1].split("</article>")[0]
    assert 'data-status="accepted"' in card
    assert "<b>Note</b> heard it" in card
    assert "<b>Ana &lt;b&gt;Brook&lt;/b&gt;</b> accepted" in card


def test_rejecting_keeps_the_reason_and_undo_takes_it_back(desk: Desk) -> None:
    claim_id = claim_ids(desk)[1]
    rejected = form(desk, claim_id, action="reject", reason="wrong_speaker")
    as_json = {"accept": "application/json"}
    answer = desk.post(f"/-/quotecheck/claim/{claim_id}/review", rejected, ARTICLE, **as_json).json()
    assert (answer["ok"], answer["status"], answer["reviewer"]) == (True, "rejected", REVIEWER)
    assert "<b>Rejected</b> wrong speaker" in answer["html"]
    undone = desk.post(f"{ARTICLE}/act", {"action": "undo"}, ARTICLE, **as_json).json()
    assert (undone["claim_id"], undone["status"]) == (claim_id, "unreviewed")
    assert events(desk.database)[-2:] == [
        (claim_id, REVIEWER, "reject", "wrong_speaker"),
        (claim_id, REVIEWER, "undo", None),
    ]


def test_a_stale_decision_is_refused_and_both_versions_shown(desk: Desk) -> None:
    claim_id = claim_ids(desk)[2]
    seen = form(desk, claim_id)
    path = f"/-/quotecheck/claim/{claim_id}/review"
    desk.post(path, seen | {"action": "unsure"}, ARTICLE)
    before = events(desk.database)
    page = desk.post(path, seen | {"action": "reject", "note": "no"}, ARTICLE)
    answer = desk.post(path, seen | {"action": "reject"}, ARTICLE, accept="application/json")
    assert (page.status_code, answer.status_code, events(desk.database)) == (409, 409, before)
    assert "<dt>Now</dt><dd><b>unsure</b> by <b>Ana &lt;b&gt;Brook&lt;/b&gt;</b>" in page.text
    assert "<dt>You wanted</dt><dd><b>reject</b>; the note “no”</dd>" in page.text
    assert (answer.json()["ok"], answer.json()["status"]) == (False, "unsure")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "delete"}, 400),
        ({"version": "x"}, 400),
        ({"reason": "because", "action": "reject"}, 400),
        ({"note": "x" * 5001}, 400),
    ],
)
def test_forms_that_make_no_sense_are_refused(desk: Desk, fields: dict[str, str], status: int) -> None:
    claim_id = claim_ids(desk)[3]
    before = events(desk.database)
    response = desk.post(f"/-/quotecheck/claim/{claim_id}/review", form(desk, claim_id, **fields), ARTICLE)
    assert (response.status_code, events(desk.database)) == (status, before)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"host": "evil.example"}, 400),
    ],
)
def test_other_sites_cannot_review(desk: Desk, headers: dict[str, str], status: int) -> None:
    claim_id = claim_ids(desk)[3]
    before = events(desk.database)
    response = desk.post(f"/-/quotecheck/claim/{claim_id}/review", form(desk, claim_id), ARTICLE, **headers)
    assert (response.status_code, events(desk.database)) == (status, before)


def test_a_form_without_the_pages_token_is_refused(desk: Desk) -> None:
    claim_id = claim_ids(desk)[3]
    wrong = form(desk, claim_id) | {"csrftoken": "forged"}
    assert (
        desk.post(f"/-/quotecheck/claim/{claim_id}/review", wrong, ARTICLE, cookie="ds_csrftoken=other").status_code
        == 403
    )


def test_nobody_reviews_anonymously(plain: Desk) -> None:
    claim_id = claim_ids(plain)[0]
    page = plain.get(ARTICLE).text
    response = plain.post(f"/-/quotecheck/claim/{claim_id}/review", form(plain, claim_id), ARTICLE)
    undone = plain.post(f"{ARTICLE}/act", {"action": "undo"}, ARTICLE)
    assert (response.status_code, undone.status_code, events(plain.database)) == (403, 403, [])
    assert "read only" in page
    assert "<button name=" not in page


def test_a_review_cannot_be_sent_by_following_a_link(desk: Desk) -> None:
    claim_id = claim_ids(desk)[3]
    assert desk.get(f"/-/quotecheck/claim/{claim_id}/review?action=accept&version=1").status_code == 403


@pytest.mark.parametrize("server", ["desk", "plain"])
@pytest.mark.parametrize(
    "path", ["/quotes?sql=select+1", "/quotes.json?sql=select+1", "/quotes/claims?_where=1", "/quotes.db"]
)
def test_sql_and_downloads_are_closed(server: str, path: str, request: pytest.FixtureRequest) -> None:
    assert request.getfixturevalue(server).get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["/-/quotecheck/article/99", "/-/quotecheck/speaker/nobody", "/-/quotecheck/claim/qc-no", "/nowhere",
             "/-/quotecheck/static/../templates/base.html"],
)  # fmt: skip
def test_what_is_not_there_is_said_plainly(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/-/quotecheck/article/2", "/-/quotecheck/articles", "/-/quotecheck/speakers",
             "/quotes/claims_current", "/quotes/articles", "/quotes/claim_speakers",
             "/-/quotecheck/articles?q=<script>", "/quotes/claims_current?_search=<script>x"],
)  # fmt: skip
def test_hostile_words_stay_words(desk: Desk, path: str) -> None:
    page = desk.get(path)
    assert page.status_code == 200
    for markup in ("<script>", "<img", "<u>Out", '"><b> Table', "<i>role", "<b>Brook", 'href="javascript'):
        assert markup not in page.text


def test_every_page_forbids_inline_and_foreign_code(desk: Desk) -> None:
    for path in ("/", ARTICLE, "/quotes/claims_current", "/quotes/runs/1", "/quotes", "/nowhere"):
        page = desk.get(path)
        assert page.headers["content-security-policy"].startswith("default-src 'self';")
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<style|<script>|<script [^>]*>[^<]| style=| onclick=", page.text)
