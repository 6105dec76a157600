"""A day at the desk in a real browser: an article by keyboard, words corrected, statements added, several people."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_browser import browser
from desk_newsroom import HARBOUR, Desk, build, harbour_claims, served
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quotecheck.desk.access import desk_key, link_path
from quotecheck.export import export, verify
from quotecheck.store import open_database, record, save_article, start_run
from quotecheck.store.reviewers import add_reviewer, make_link, remove_reviewer
from quotecheck.types import Article

__all__ = ["browser"]
ROOT = "/-/quotecheck"
ARTICLE, ACCENTS = f"{ROOT}/article/1", f"{ROOT}/article/3"
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(build(tmp_path_factory.mktemp("reviewing") / "quotes.db"), "Ana Brook") as running:
        yield running


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Desk]:
    """A desk that nobody is at home at: who works here has a log-in link, and only so many log-ins a minute."""
    with served(build(tmp_path / "quotes.db")) as running:
        yield running


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens pages, each in a session of its own; no page may complain in its console but of refusals we provoke."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(desk: Desk, path: str, **options: object) -> Page:
        contexts.append(browser.new_context(base_url=desk.url, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [said for said in complaints if not re.search(r"status of 40[0349]|CONNECTION_REFUSED", said)] == []


def rows(desk: Desk, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with sqlite3.connect(desk.database) as connection:
        return connection.execute(sql, parameters).fetchall()


def statements(desk: Desk, article: int) -> list[tuple[object, ...]]:
    sql = """SELECT status, statement, speaker FROM claims_current
             WHERE article = ? AND is_statement = 1 ORDER BY char_start, char_end DESC"""
    return rows(desk, sql, article)


def saved(page: Page, key: str, words: str = "Saved") -> None:
    """Press a key and wait until the page says that it is done."""
    page.evaluate("document.getElementById('said').textContent = ''")
    page.keyboard.press(key)
    expect(page.locator("#said")).to_contain_text(words)


def ready(page: Page) -> None:
    """Wait until the keys work on a page that was just opened."""
    expect(page.locator("body.scripted")).to_be_attached()


def select(page: Page, words: str) -> None:
    """Select these words of the text as a mouse would."""
    page.evaluate(
        """words => {
          const text = document.getElementById("text");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const at = text.textContent.indexOf(words), range = document.createRange();
          let before = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const end = before + node.data.length;
            if (before <= at && at < end) range.setStart(node, at - before);
            if (before < at + words.length && at + words.length <= end) range.setEnd(node, at + words.length - before);
            before = end;
          }
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )


def content(page: Page) -> str:
    return "".join(page.locator("[data-lit~=content]").all_text_contents())


def test_a_whole_article_is_reviewed_without_a_mouse(opened: Opened, desk: Desk) -> None:
    page = opened(desk, f"{ROOT}/article/2")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.type("Bob Tablesmith")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("corrected")
    saved(page, "t")
    saved(page, "f")
    page.keyboard.press("d")
    page.keyboard.type("2025-08-30")
    page.keyboard.press("Enter")
    expect(page.locator(".card .badge.date")).to_contain_text("2025-08-30")
    page.keyboard.press("l")
    page.keyboard.type("https://checks.example/bob")
    page.keyboard.press("Enter")
    expect(page.locator(".card .note a")).to_have_text("https://checks.example/bob")
    columns = "status, speaker, kind, flagged, said_date, said_date_basis, fact_check_url"
    wanted = ("corrected", "Bob Tablesmith", "mixed", 1, "2025-08-30", "human", "https://checks.example/bob")
    assert rows(desk, f"SELECT {columns} FROM claims_current WHERE article = 2") == [wanted]
    for _ in range(5):
        saved(page, "z", "Taken back")
    machine = ('Bob "><b> Tablesmith', "direct", 0, None)
    sql = "SELECT speaker, kind, flagged, fact_check_url FROM claims_current WHERE article = 2"
    assert rows(desk, sql) == [machine]
    page.reload()
    for _ in range(5):
        saved(page, "Z", "Brought back")
    assert rows(desk, f"SELECT {columns} FROM claims_current WHERE article = 2") == [wanted]
    page.keyboard.press("x")
    page.keyboard.press("4")
    expect(page.locator(".card .badge.status-rejected")).to_be_visible()
    assert rows(desk, "SELECT reject_reason FROM claims_current WHERE article = 2") == [("wrong_span",)]


def test_an_edge_moves_by_words_and_by_characters_behind_emoji_and_accents(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ACCENTS)
    page.keyboard.press("j")
    assert content(page) == "the 🚢🏽 quay is e\u0301troit again"
    saved(page, "}")
    assert content(page) == "the 🚢🏽 quay is e\u0301troit again, 👩‍🚒"
    saved(page, "{")
    saved(page, "{")
    saved(page, "]")
    assert content(page) == "🚢🏽 quay is e\u0301troit"
    saved(page, "Alt+]")
    assert content(page) == "quay is e\u0301troit"
    for _ in range(6):
        saved(page, "Alt+{")
    assert content(page) == "quay is"
    page.reload()
    page.keyboard.press("j")
    assert content(page) == "quay is"
    ((start, end, text),) = rows(
        desk, """SELECT "start", "end", s.text FROM claim_spans_current s JOIN claims c ON c.id = s.claim
                 WHERE c.article = 3 AND role = 'content'"""
    )  # fmt: skip
    stored = str(rows(desk, "SELECT text FROM articles WHERE id = 3")[0][0])
    assert (text, stored[int(str(start)) : int(str(end))]) == ("quay is", "quay is")
    assert unicodedata.combining(stored[int(str(end))]) == 0


def test_selected_words_behind_an_emoji_become_the_statement_the_source_and_a_new_one(
    opened: Opened, desk: Desk
) -> None:
    page = opened(desk, ACCENTS)
    page.keyboard.press("j")
    select(page, "quay is e\u0301troit again")
    expect(page.locator("#pick")).to_be_visible()
    saved(page, "e")
    assert content(page) == "quay is e\u0301troit again"
    select(page, "Zoë")
    page.locator("#pick").get_by_role("button", name="Source").click()
    expect(page.locator("[data-lit~=source]")).to_have_text("Zoë")
    select(page, "the bells 🔔🔔 rang")
    page.keyboard.press("n")
    expect(page.locator("#chosen-words")).to_have_text("“the bells 🔔🔔 rang”")
    page.keyboard.type("Zoë Lind")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Statement added")
    page.reload()
    assert statements(desk, 3) == [
        ("corrected", "quay is e\u0301troit again", "Zoë Lind"),
        ("accepted", "the bells 🔔🔔 rang", "Zoë Lind"),
    ]
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Taken back")
    assert len(statements(desk, 3)) == 1
    saved(page, "Z", "Brought back")
    assert len(statements(desk, 3)) == 2


def test_split_merge_and_undo_go_all_the_way_with_reloads_between(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE)
    before = statements(desk, 1)
    first, week = "“I asked for a week. I was given an afternoon,”", "“I asked for a week."
    page.locator(".card", has_text=first).locator("h3").click()
    select(page, "I was given an afternoon,”")
    page.evaluate("getSelection().collapseToStart()")
    saved(page, "M")
    assert ("corrected", week, "Ines Calderwood") in statements(desk, 1)
    assert ("accepted", "I was given an afternoon,”", "Ines Calderwood") in statements(desk, 1)
    page.reload()
    page.locator(".card", has_text="I was given an afternoon").locator("h3").click()
    saved(page, "m")
    assert ("corrected", f"{week} […] I was given an afternoon,”", "Ines Calderwood") in statements(desk, 1)
    page.reload()
    for _ in range(2):
        saved(page, "z", "Taken back")
        page.reload()
    assert statements(desk, 1) == before
    for _ in range(2):
        saved(page, "Z", "Brought back")
    assert len(statements(desk, 1)) == len(before)
    for _ in range(2):
        saved(page, "z", "Taken back")


def test_a_handle_is_dragged_to_the_edge_of_a_word(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE)
    words = "that two of the five ferries may be laid up in winter"
    page.locator(".card", has_text=words).locator("h3").click()
    handle = page.locator(".handle-end").bounding_box()
    select(page, "ferries")
    target = page.evaluate(
        "(r => [r.right - 4, r.top + r.height / 2])(getSelection().getRangeAt(0).getBoundingClientRect())"
    )
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.move(handle["x"] + 7, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(*target, steps=4)
    page.mouse.up()
    expect(page.locator("#said")).to_contain_text("corrected")
    assert content(page) == "that two of the five ferries"
    saved(page, "z", "Taken back")
    assert content(page) == words


def test_the_type_ahead_offers_the_articles_names_first(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE)
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.keyboard.type("bo")
    options = page.locator(".card.active [role=option]")
    expect(options.nth(1)).to_contain_text("Bob")
    assert options.last.inner_text().split("\n")[0].strip().startswith("bo")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("card")


def test_the_history_takes_one_event_back_and_shows_what_changed(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE)
    card = page.locator(".card", has_text="passenger numbers fell")
    card.locator("h3").click()
    page.keyboard.press("s")
    page.keyboard.type("unknown")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("corrected")
    card.locator(".history summary").click()
    expect(card.locator(".history .change").first).to_contain_text("speaker")
    card.get_by_role("button", name=re.compile("Take back event")).click()
    expect(card.locator("h3")).to_have_text("Ellory Port Authority")


def test_all_found_is_said_and_the_article_becomes_gold(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ACCENTS)
    page.get_by_role("button", name="All statements found").click()
    expect(page.locator("#complete-state")).to_contain_text("All found, says Ana Brook")
    page.get_by_role("button", name="Something is missing").click()
    expect(page.locator("#complete-state")).to_contain_text("Something is missing")
    page.reload()
    saved(page, "z", "Taken back")
    expect(page.locator("#complete-state")).to_contain_text("All found")


def test_the_queue_leads_from_one_statement_to_the_next_and_keeps_its_filters(opened: Opened, desk: Desk) -> None:
    page = opened(desk, f"{ROOT}/queue?order=article&kind=direct")
    page.click("#start")
    expect(page).to_have_url(
        re.compile(r"/focus/qc-.*order=article.*kind=direct|/focus/qc-.*kind=direct.*order=article")
    )
    first = page.url
    ready(page)
    page.keyboard.press("u")
    expect(page.locator(".focus-bar")).to_contain_text("2 of 20")
    assert page.url != first
    ready(page)
    page.keyboard.press("z")
    expect(page.locator(".focus-card")).to_be_visible()
    assert rows(desk, "SELECT count(*) FROM claims_current WHERE kind = 'direct' AND status = 'unsure'") == [(0,)]


def test_on_a_phone_words_move_by_buttons_and_the_thumb_decides(opened: Opened, desk: Desk) -> None:
    (claim_id,) = rows(desk, "SELECT claim_id FROM claims_current WHERE statement LIKE 'that two of the five%'")[0]
    page = opened(desk, f"{ROOT}/focus/{claim_id}", viewport={"width": 360, "height": 740}, has_touch=True)
    expect(page.locator("[data-lit=content]").first).to_be_in_viewport()
    page.get_by_role("button", name="content: end one word earlier").first.tap()
    expect(page.locator("[data-lit=content]")).to_have_text("that two of the five ferries may be laid up in")
    page.get_by_role("button", name=re.compile("Undo")).tap()
    expect(page.locator("[data-lit=content]")).to_have_text("that two of the five ferries may be laid up in winter")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name=re.compile("Accept")).tap()
    expect(page.locator(f"article#{claim_id}")).to_have_count(0)
    assert rows(desk, "SELECT status FROM claims_current WHERE claim_id = ?", claim_id) == [("accepted",)]


def test_without_scripts_statements_are_added_split_corrected_and_undone(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE, java_script_enabled=False)
    page.click("#add-panel summary")
    page.fill("#add-form [name=first]", "nobody has read")
    page.fill("#add-form [name=who]", "Tobias Wrenfield")
    page.click("#add-form button")
    card = page.locator(".card", has=page.locator("p.statement", has_text=re.compile("^nobody has read$")))
    expect(card).to_have_count(1)
    card.locator("[data-panel=words] > summary").click()
    card.get_by_role("button", name="content: start one word earlier").click()
    moved = page.locator(".card", has=page.locator("p.statement", has_text=re.compile("^contract nobody has read$")))
    moved.locator("[data-panel=words] > summary").click()
    moved.locator("form", has_text="split before the words").locator("[name=first]").fill("has read")
    moved.get_by_role("button", name="Split", exact=True).click()
    assert [row[1] for row in statements(desk, 1) if row[2] == "Tobias Wrenfield"][:2] == [
        "contract nobody",
        "has read",
    ]
    for _ in range(3):
        page.click("form.undo button[value=undo]")
    assert ("accepted", "nobody has read", "Tobias Wrenfield") not in statements(desk, 1)


def test_the_text_is_still_there_to_the_last_character(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ARTICLE)
    assert page.eval_on_selector("#text", "text => text.textContent") == HARBOUR


def test_what_people_corrected_can_be_proved(desk: Desk, tmp_path: Path) -> None:
    db = open_database(desk.database)
    export(db, tmp_path / "claims.csv", profile="full")
    assert {proof.verdict for proof in verify(db, tmp_path / "claims.csv")} == {"OK"}
    db.close()


def link(desk: Desk, name: str, role: str = "reviewer", valid: timedelta = timedelta(hours=1)) -> str:
    db = open_database(desk.database)
    add_reviewer(db.conn, name, role)
    nonce = make_link(db.conn, name, valid)
    db.close()
    return link_path(desk_key(desk.database), nonce)


def log_in(opened: Opened, desk: Desk, name: str, role: str = "reviewer") -> Page:
    page = opened(desk, link(desk, name, role))
    page.get_by_role("button", name=f"Log in as {name}").click()
    expect(page.locator(".who-name")).to_have_text(name)
    return page


def test_a_log_in_link_works_once_and_not_for_ever(opened: Opened, shared: Desk) -> None:
    address = link(shared, "Bo")
    page = opened(shared, address)
    page.get_by_role("button", name="Log in as Bo").click()
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "quotecheck_session"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"] > 0) == (True, "Lax", True)
    expect(opened(shared, address).locator("main")).to_contain_text("was used already")
    expired = link(shared, "Bo", valid=timedelta(seconds=-1))
    expect(opened(shared, expired).locator("main")).to_contain_text("has expired")
    expect(opened(shared, f"{address[:-3]}xyz").locator("main")).to_contain_text("no log-in link of this desk")
    db = open_database(shared.database)
    remove_reviewer(db.conn, "Bo")
    db.close()
    page.reload()
    expect(page.locator(".who-none")).to_have_text("read only")


def test_a_reader_looks_and_does_not_touch(opened: Opened, shared: Desk) -> None:
    page = log_in(opened, shared, "Rita", "reader")
    page.goto(ARTICLE)
    expect(page.locator("form.decide")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert rows(shared, "SELECT count(*) FROM review_events WHERE actor = 'Rita'") == [(0,)]


def test_two_people_on_one_statement_see_both_sides(opened: Opened, shared: Desk) -> None:
    ana, bo = log_in(opened, shared, "Ana"), log_in(opened, shared, "Bo")
    for page in (ana, bo):
        page.goto(ARTICLE)
        page.keyboard.press("j")
    saved(ana, "u")
    saved(bo, "a", "Not saved")
    conflict = bo.locator(".card.active .conflict")
    expect(conflict).to_contain_text("unsure by Ana")
    expect(conflict).to_contain_text("You wanted")
    saved(bo, "a")
    assert statements(shared, 1)[0][0] == "accepted"


def test_blind_double_review_and_its_conflicts(opened: Opened, shared: Desk) -> None:
    ana, bo = log_in(opened, shared, "Ana"), log_in(opened, shared, "Bo")
    chief = log_in(opened, shared, "Chris", "adjudicator")
    chief.goto(f"{ROOT}/double")
    chief.fill("[name=name]", "week 12")
    chief.fill("[name=size]", "2")
    chief.select_option(".batch-form [name=order]", "article")
    chief.locator("[name=reviewer]").nth(0).fill("Ana")
    chief.locator("[name=reviewer]").nth(1).fill("Bo")
    chief.get_by_role("button", name="Open the batch").click()
    expect(chief.locator("tbody tr").first).to_contain_text("Ana 0 of 2")
    for page, first in ((ana, "a"), (bo, "x")):
        page.goto("/")
        page.get_by_role("link", name="week 12").click()
        expect(page.locator(".focus-card .badge", has_text="blind")).to_be_visible()
        expect(page.locator(".focus-card .badge.status-unreviewed")).to_be_visible()
        here = page.url
        ready(page)
        page.keyboard.press(first)
        expect(page).not_to_have_url(here)
        ready(page)
        page.keyboard.press("a")
        expect(page.locator("h1")).to_have_text("Nothing left here")
    chief.goto(f"{ROOT}/double")
    expect(chief.locator("#conflicts")).to_have_text("1 conflict waits")
    expect(chief.locator(".conflict-card .differs").first).to_have_text("right")
    chief.keyboard.press("1")
    expect(chief.locator("#conflicts")).to_have_text("No conflict waits")
    sql = "SELECT status, adjudicator FROM claims_current WHERE reviewers IS NOT NULL ORDER BY adjudicator"
    assert rows(shared, sql) == [("adjudicated", "Chris"), ("adjudicated", "agreement")]
    expect(chief.locator("main")).to_contain_text("50 %")


def test_two_names_of_one_person_are_merged_and_taken_apart_again(opened: Opened, desk: Desk) -> None:
    page = opened(desk, f"{ROOT}/speakers?q=Petra")
    page.get_by_role("link", name="Petra Lindqvist").first.click()
    page.get_by_text("This is the same as").click()
    page.fill("[name=other]", "Ines Calderwood")
    page.get_by_role("button", name="Look before merging").click()
    expect(page.locator("main")).to_contain_text("1 statement of Petra Lindqvist will be shown under Ines Calderwood")
    page.get_by_role("button", name="Merge into Ines Calderwood").click()
    expect(page.locator("h1")).to_have_text("Ines Calderwood")
    assert rows(desk, "SELECT count(*) FROM claims_current WHERE speaker = 'Petra Lindqvist'") == [(0,)]
    page.get_by_role("button", name="Split off", exact=True).click()
    expect(page.locator("main")).to_contain_text("split")
    assert rows(desk, "SELECT count(*) FROM claims_current WHERE speaker = 'Petra Lindqvist'") == [(1,)]


@pytest.mark.parametrize(
    "where", ["queue", "article/1", "focus", "people", "speakers", "double", "progress", "home", "merge"]
)
def test_no_page_has_a_serious_accessibility_problem(opened: Opened, desk: Desk, where: str) -> None:
    page = opened(desk, page_path(desk, where))
    problems = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        if where == "article/1":
            page.keyboard.press("j")
        for details in page.locator("details:visible").all():
            details.evaluate("details => { details.open = true }")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        problems += [
            (scheme, one["id"], one["nodes"][0]["html"][:160], one["nodes"][0]["failureSummary"])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
    assert problems == []


@pytest.mark.parametrize("where", ["queue", "focus", "people", "double", "progress", "merge", "speaker"])
def test_every_page_fits_a_phone(opened: Opened, desk: Desk, where: str) -> None:
    page = opened(desk, page_path(desk, where), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


OVERFLOWING = """() => [...document.querySelectorAll("main *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= innerWidth + 1) return false;
  for (let around = element.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).overflowX !== "visible") return false;
  return true;
}).map(element => element.outerHTML.slice(0, 80))"""
"""What reaches beyond the window's right edge without a frame of its own to scroll in."""


@pytest.mark.parametrize("where", ["queue", "article/1", "focus", "people", "double", "progress", "speaker", "home"])
@pytest.mark.parametrize("width", [640, 390])
def test_every_page_can_be_read_at_200_percent_and_on_a_phone(
    opened: Opened, desk: Desk, where: str, width: int
) -> None:
    page = opened(desk, page_path(desk, where), viewport={"width": width, "height": 400}, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERFLOWING) == []


def test_at_200_percent_the_keys_work_and_the_sheet_leaves_the_words_in_sight(opened: Opened, desk: Desk) -> None:
    page = opened(desk, ACCENTS, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    ready(page)
    page.keyboard.press("j")
    page.wait_for_timeout(400)
    words, sheet = page.locator("[data-lit~=content]").first.bounding_box(), page.locator(".card.active").bounding_box()
    assert words is not None
    assert sheet is not None
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= sheet["y"]
    saved(page, "u")
    saved(page, "z", "")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_a_stale_card_shows_both_readings_and_takes_the_new_one(opened: Opened, shared: Desk) -> None:
    claim_id = str(rows(shared, "SELECT claim_id FROM claims ORDER BY id LIMIT 1")[0][0])
    with open_database(shared.database).conn as connection:
        record(connection, claim_id, actor="Ana Brook", action="accept")
    read_otherwise(shared)
    page = log_in(opened, shared, "Ana Brook")
    page.goto(f"{ARTICLE}#{claim_id}")
    card = page.locator(f"#{claim_id}")
    expect(card.locator("h3")).to_have_text("Ines Calderwood")
    expect(card.locator(".reread")).to_contain_text("Rosalind Achterberg")
    card.get_by_role("button", name="Take the machine's new reading").click()
    expect(page.locator(f"#{claim_id} h3")).to_have_text("Rosalind Achterberg")
    expect(page.locator(f"#{claim_id} .badge.status-accepted")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(f"#{claim_id} h3")).to_have_text("Ines Calderwood")


def read_otherwise(desk: Desk) -> None:
    """Read the harbour article again with a model that takes another for the mayor."""
    db = open_database(desk.database)
    first, *others = harbour_claims()
    other = replace(first, speakers=(replace(first.speakers[0], name="Rosalind Achterberg"),))
    run = start_run(db, tool_version="0.1.0", model_name="worse", model_sha256="1" * 64, options={})
    names = "source_ref, reader, raw_sha256, url, published_at, title, outlet, author"
    row = db.execute(f"SELECT {names} FROM articles WHERE id = 1").fetchone()
    save_article(db, run, Article(text=HARBOUR, **dict(zip(names.split(", "), row, strict=True))), [other, *others])
    db.close()


def page_path(desk: Desk, where: str) -> str:
    claim_id = rows(desk, "SELECT claim_id FROM claims_current WHERE article = 1 ORDER BY id LIMIT 1")[0][0]
    one, other = (
        str(uid) for (uid,) in rows(desk, "SELECT person FROM claim_people GROUP BY person ORDER BY 1 LIMIT 2")
    )
    paths = {
        "focus": f"{ROOT}/focus/{claim_id}",
        "merge": f"{ROOT}/people/merge?speaker={one}&other={other}",
        "speaker": f"{ROOT}/speaker/{one}",
        "home": "/",
    }
    return paths.get(where, f"{ROOT}/{where}")
