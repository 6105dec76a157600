"""What anybody on the network, any page in a browser, and any article may try, and what becomes of it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import numpy as np
import pytest
from crawler import HOSTILE, hostile_addresses, pages
from desk_newsroom import ROOT, SERVE, Desk, build, free_port, hostile_claims, plain_datasette, served, wait_for
from playwright.sync_api import sync_playwright

from quotecheck.desk import access
from quotecheck.desk.guard import RateLimit
from quotecheck.errors import StoreError
from quotecheck.serve import serve
from quotecheck.store import finish_run, open_database, record, reviewers, save_article, start_run
from quotecheck.types import Article

ATTACK = "<img src=x onerror=window.hacked=1>"
TEXT = f'{ATTACK}\n“{ATTACK},” said Bob "><b> Tablesmith.\n'
SECRET = "Zwentibold"
DESK = "/-/quotecheck"


def hostile(path: Path) -> Path:
    """The newsroom with an article every field of which tries to become markup, a formula or a header."""
    build(path)
    db = open_database(path)
    run = start_run(db, tool_version="0.1.0", model_name=ATTACK, model_sha256="0" * 64, options={"x": ATTACK})
    article = Article(
        text=TEXT.replace(ATTACK, "<img src=x onerror=window.hacked=1>"), source_ref=f"{ATTACK}/note.txt",
        reader="text", raw_sha256="3" * 64, outlet=ATTACK, title=ATTACK, author=ATTACK, author_title=ATTACK,
        author_description=ATTACK, categories=(ATTACK,), url="javascript:window.hacked=1", published_raw=ATTACK,
        published_at=ATTACK, retrieved_at=ATTACK, warnings=(ATTACK,),
    )  # fmt: skip
    save_article(db, run, article, hostile_claims(article.text))
    claim_id = str(db.conn.execute("SELECT claim_id FROM claims ORDER BY id DESC").fetchone()[0])
    record(db.conn, claim_id, actor=ATTACK, action="correct", changes={"speaker": f"{ATTACK} =1+1"}, note=ATTACK)
    finish_run(db, run, {"articles": 1})
    db.close()
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(hostile(tmp_path_factory.mktemp("served") / "quotes.db"), "") as running:
        yield running


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with plain_datasette(hostile(tmp_path_factory.mktemp("plain") / "quotes.db")) as running:
        yield running


BOTH = pytest.mark.parametrize("server", ["desk", "plain"])


@BOTH
def test_foreign_names_are_refused(server: str, request: pytest.FixtureRequest) -> None:
    running: Desk = request.getfixturevalue(server)
    assert running.get("/", host="evil.example").status_code == 400
    assert running.get("/", host="localhost").status_code == 200


CLOSED = {
    "SQL": "/quotes?sql=select+1",
    "SQL as JSON": "/quotes.json?sql=select+text+from+articles",
    "SQL as CSV": "/quotes.csv?sql=select+text+from+articles",
    "a condition in SQL": "/quotes/claims.json?_where=1=1",
    "the file": "/quotes.db",
    "log-in links": "/quotes/login_links",
    "log-in links as JSON": "/quotes/login_links.json",
    "log-in links as CSV": "/quotes/login_links.csv?_stream=on",
    "a log-in link": "/quotes/login_links/1",
    "reviewers": "/quotes/reviewers.json?_shape=array",
    "migrations": "/quotes/_sqlite_migrations.json",
    "metadata": "/-/metadata.json",
    "databases and their paths": "/-/databases.json",
    "versions": "/-/versions",
    "settings": "/-/settings.json",
    "plugins": "/-/plugins",
    "threads": "/-/threads.json",
    "messages": "/-/messages",
    "permissions": "/-/permissions",
    "a way out of the static files": f"{DESK}/static/../templates/desk_home.html",
    "an encoded way out": f"{DESK}/static/%2e%2e/%2e%2e/quotecheck_review.py",
    "a doubly encoded way out": f"{DESK}/static/..%252f..%252fquotecheck_review.py",
    "a way out of Datasette's": "/-/static/..%2f..%2f..%2fpyproject.toml",
    "a file by its path": f"{DESK}/static//etc/passwd",
}


@BOTH
@pytest.mark.parametrize("path", CLOSED.values(), ids=CLOSED)
def test_no_sql_no_file_no_private_table_for_anyone(server: str, path: str, request: pytest.FixtureRequest) -> None:
    running: Desk = request.getfixturevalue(server)
    response = running.get(path)
    assert response.status_code in (400, 403, 404), response.text[:200]
    assert "root:" not in response.text and "def prepare_connection" not in response.text


def test_a_private_table_shows_nothing_by_its_neighbours(desk: Desk) -> None:
    for path in ("/quotes.json?_hidden=1", "/quotes/claims.json?_facet=run_id", "/"):
        assert "nonce_sha256" not in desk.get(path).text


ROUTES = ["/review", "/undo", "/article/1/act", "/claim/qc-x/review", "/people/merge", "/people/act", "/double/open",
          "/logout", "/article/1/undo"]  # fmt: skip


@BOTH
def test_the_anonymous_write_nothing(server: str, request: pytest.FixtureRequest) -> None:
    running: Desk = request.getfixturevalue(server)
    before = _events(running.database)
    for route in ROUTES:
        response = running.post(DESK + route, {"action": "accept", "version": "1"})
        assert response.status_code in (303, 400, 403, 404, 405), (route, response.status_code)
    assert _events(running.database) == before


def _events(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT * FROM review_events").fetchall()


@BOTH
def test_every_page_with_hostile_parameters_ends_in_an_answer(server: str, request: pytest.FixtureRequest) -> None:
    running: Desk = request.getfixturevalue(server)
    with httpx.Client(base_url=running.url, timeout=60) as client:
        found = list(pages(client, most=60))
        assert len(found) > 20
        failed = [(path, response.status_code) for path, response in found if response.status_code >= 500]
        for address in _few(list(hostile_addresses([path for path, _ in found]))):
            response = client.get(address)
            if response.status_code >= 500:
                failed.append((address, response.status_code))
            assert "hacked" not in response.headers.get("set-cookie", ""), address
            assert "evil.example" not in response.headers.get("location", "").partition("?")[0], address
        for _path, response in found:
            policy = response.headers["content-security-policy"]
            assert "default-src 'self'" in policy and "unsafe" not in policy
            assert response.headers["x-content-type-options"] == "nosniff"
    assert failed == []


def _few(addresses: list[str]) -> list[str]:
    """All of them where the whole walk is asked for (`make crawl`), else every eighth."""
    return addresses if os.environ.get("QUOTECHECK_CRAWL_ALL") else addresses[::8]


SHOWN = ["/", "/quotes", "/quotes/claims_current", "/quotes/claims.json", "/quotes/claims/1", DESK,
         f"{DESK}/claims.csv", f"{DESK}/article/1", f"{DESK}/speakers", f"{DESK}/articles?q=ferry"]  # fmt: skip


def test_a_closed_desk_shows_nothing_to_the_anonymous(tmp_path: Path) -> None:
    database, port = hostile(tmp_path / "quotes.db"), free_port()
    code = "import sys; from quotecheck.serve import serve; serve(sys.argv[1], port=int(sys.argv[2]), closed=True)"
    with subprocess.Popen([sys.executable, "-c", code, str(database), str(port)], cwd=ROOT) as process:
        try:
            wait_for(process, port)
            got = {path: httpx.get(f"http://127.0.0.1:{port}{path}") for path in SHOWN}
        finally:
            process.terminate()
    assert {path: response.status_code for path, response in got.items()} == dict.fromkeys(SHOWN, 403)
    assert all("Calderwood" not in response.text for response in got.values())


def test_log_in_may_fail_only_so_often(desk: Desk) -> None:
    answers = [desk.get(f"{DESK}/login?token=guess-{number}").status_code for number in range(12)]
    assert 429 not in answers[:10] and answers[10:] == [429, 429]


def test_a_newsroom_behind_one_address_logs_in_together_and_guesses_are_stopped(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with open_database(path).conn as connection:
        names = [f"Reviewer {number}" for number in range(12)]
        for name in names:
            reviewers.add_reviewer(connection, name)
        nonces = [reviewers.make_link(connection, name, timedelta(hours=1)) for name in names]
    pages = [access.link_path(access.desk_key(path), nonce) for nonce in nonces]
    with served(path) as desk:
        for page in pages[:11]:
            token = parse_qs(urlsplit(page).query)["token"][0]
            assert desk.get(page).status_code == 200
            assert desk.post(f"{DESK}/login", {"token": token}, page=page).headers["location"] == "/"
        used = [desk.get(pages[0]).status_code for _ in range(5)]
        guessed = [desk.get(f"{DESK}/login?token=guess-{number}").status_code for number in range(7)]
        assert (used, guessed, desk.get(pages[11]).status_code) == ([403] * 5, [403] * 5 + [429] * 2, 429)


def test_guesses_sent_all_at_once_are_stopped_too(tmp_path: Path) -> None:
    with served(build(tmp_path / "quotes.db")) as desk, ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: desk.get(f"{DESK}/login?token=guess-{number}").status_code, range(40)))
    assert (answers.count(403), answers.count(429)) == (10, 30)


def test_a_rate_limit_forgets_after_a_while_and_keeps_callers_apart() -> None:
    now = [0.0]
    limit = RateLimit(attempts=2, window=10, callers=2, clock=lambda: now[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    now[0] = 11
    assert limit.allows("a")
    assert [limit.allows(caller) for caller in "cdefg"] == [True] * 5


def test_other_machines_are_served_only_if_somebody_can_log_in(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with pytest.raises(StoreError, match="quotecheck reviewer add NAME"):
        serve(path, host="0.0.0.0", port=free_port())
    with pytest.raises(StoreError, match="quotecheck reviewer add NAME"):
        serve(path, host="::", port=free_port())


def test_no_field_becomes_markup_in_a_browser(desk: Desk) -> None:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        assert not os.environ.get("QUOTECHECK_REQUIRE_BROWSER")
        pytest.skip("no Chromium")
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        paths = [path for path, response in pages(client, most=40) if "html" in response.headers["content-type"]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=desk.url)
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        shown = 0
        for path in paths:
            page.goto(path, wait_until="domcontentloaded")
            assert page.evaluate("window.hacked") is None, path
            assert page.locator("img[src=x]").count() == 0, path
            assert page.locator("a[href^='javascript:']").count() == 0, path
            shown += ATTACK in page.inner_text("body")
        browser.close()
    assert dialogs == []
    assert shown > 3  # the words themselves are shown, as words


def test_what_a_spreadsheet_would_run_is_guarded_in_the_file_that_the_desk_gives(desk: Desk) -> None:
    table = desk.get(f"{DESK}/claims.csv").text
    assert re.search(r'(?:^|,)"?[=+@]', table, re.MULTILINE) is None


ASKED = [
    f"{DESK}/article/3", f"{DESK}/articles?q={SECRET}", f"{DESK}/claim/{SECRET}", f"/quotes/{SECRET}", f"/{SECRET}",
    f"/quotes?sql=select+'{SECRET}'", f"/quotes/claims?_where={SECRET}", f"/quotes/claims?_sort={SECRET}",
    f"/quotes/claims.json?_size={SECRET}",
]  # fmt: skip


def test_logs_hold_no_words_of_an_article(tmp_path: Path) -> None:
    database, port = build(tmp_path / "quotes.db"), free_port()
    db = open_database(database)
    run = start_run(db, tool_version="0.1.0", model_name="m", model_sha256="0" * 64, options={})
    save_article(
        db, run, Article(text=f"{SECRET} said no.", source_ref="s.txt", reader="text", raw_sha256="4" * 64), []
    )
    db.close()
    command = [sys.executable, "-c", SERVE, str(database), "Ana", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        wait_for(process, port)
        running = Desk(f"http://127.0.0.1:{port}", database)
        for path in ASKED:
            running.get(path, cookie=f"session={SECRET}")
        running.post(f"{DESK}/claim/qc-none/review", {"action": SECRET, "note": SECRET})
        process.terminate()
        logged = process.communicate(timeout=30)[0]
    assert SECRET not in logged


DATA = {".cfg", ".json", ".onnx", ".npz", ".bin", ""}
PICKLE = re.compile(rb"\x80[\x02-\x05][\x95}\](]")
CODE = re.compile(r"\b(?:import pickle|pickle\.loads?|torch\.load|token_matches|eval\(|exec\()")


def test_the_model_is_data_only() -> None:
    files = [path for path in (ROOT / "quotecheck" / "model").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= DATA
    assert [path.name for path in files if PICKLE.match(path.read_bytes()[:3])] == []
    for path in files:
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as archive:
                assert all(archive[name].dtype.kind in "fu" for name in archive.files)
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "quotecheck").rglob("*.py"))
    assert CODE.findall(code) == []


def test_the_hostile_values_are_what_they_say() -> None:
    assert len(HOSTILE) == len(set(HOSTILE))
