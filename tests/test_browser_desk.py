"""The article page as a reader has it: a real browser on a real server."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from desk_browser import browser
from desk_newsroom import HARBOUR, Desk, build, harbour_claims, served
from playwright.sync_api import Browser, Page, expect

__all__ = ["browser"]
ARTICLE = "/-/quotecheck/article/1"
expect.set_options(timeout=20_000)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(build(tmp_path_factory.mktemp("browser") / "quotes.db"), "Ana Brook") as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, desk: Desk) -> Iterator[OpenPage]:
    """Opens pages in fresh sessions; at the end none may have complained but of a conflict, as browsers do."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str = ARTICLE, **options: object) -> Page:
        contexts.append(browser.new_context(base_url=desk.url, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if "409 (Conflict)" not in complaint] == []


def card(page: Page, number: int) -> str:
    """A selector of the nth card, counted from 0."""
    ids = page.eval_on_selector_all(".card", "cards => cards.map(card => card.id)")
    return f"#{ids[number]}"


def lit(page: Page, part: str) -> str:
    """The words lit as one part of the chosen claim."""
    return "".join(page.locator(f"[data-lit~={part}]").all_text_contents())


def actions(desk: Desk, claim: str) -> list[tuple[str, str]]:
    sql = "SELECT actor, action FROM review_events WHERE claim_id = ? ORDER BY id"
    with sqlite3.connect(desk.database) as connection:
        return connection.execute(sql, (claim.removeprefix("#"),)).fetchall()


def test_the_text_is_there_to_the_last_character(open_page: OpenPage) -> None:
    assert open_page().eval_on_selector("#text", "text => text.textContent") == HARBOUR


def test_choosing_a_card_lights_exactly_its_marks(open_page: OpenPage) -> None:
    page = open_page()
    page.check("#show-stances")
    for number, claim in enumerate(sorted(harbour_claims(), key=lambda claim: (claim.start, -claim.end))):
        page.click(f"{card(page, number)} .statement")
        for part in ("source", "cue", "content", "quoted"):
            assert lit(page, part) == "".join(span.text for span in getattr(claim, part))


def test_a_click_in_the_text_chooses_the_card_and_a_second_one_the_claim_beneath(open_page: OpenPage) -> None:
    page = open_page()
    sacked = page.get_by_text("no crew will be sacked", exact=True).first
    chosen = []
    for _ in range(3):
        sacked.click()
        chosen.append(page.locator(".card.active h3").inner_text())
    assert chosen == ["Petra Lindqvist", "Tobias Wrenfield", "Petra Lindqvist"]


def test_a_link_to_a_claim_opens_it_lit(open_page: OpenPage) -> None:
    page = open_page()
    target = card(page, 6)
    page.goto("about:blank")
    page.goto(f"{ARTICLE}{target}")
    expect(page.locator(f"{target}.active")).to_be_in_viewport()
    assert lit(page, "content") == "that two of the five ferries may be laid up in winter"


def test_keys_accept_note_and_undo_and_a_reload_shows_it(open_page: OpenPage, desk: Desk) -> None:
    page = open_page()
    first = card(page, 0)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(f"{first} .badge.status-accepted")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("accepted")
    expect(page.locator(".byline")).to_contain_text("1 of 11 statements reviewed")
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.type("checked with a jazz aux tape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{first} p.note")).to_have_text("Note checked with a jazz aux tape")
    page.reload()
    expect(page.locator(f"{first} .badge.status-accepted")).to_be_visible()
    assert actions(desk, first) == [("Ana Brook", "accept"), ("Ana Brook", "note")]
    page.keyboard.press("z")
    expect(page.locator(f"{first} p.note")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator(f"{first} .badge.status-unreviewed")).to_be_visible()
    assert actions(desk, first)[2:] == [("Ana Brook", "undo"), ("Ana Brook", "undo")]


def test_a_decision_moves_on_to_the_next_claim(open_page: OpenPage, desk: Desk) -> None:
    page = open_page()
    second, third = card(page, 1), card(page, 2)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    expect(page.locator(f"{third}.active")).to_be_visible()
    assert actions(desk, second) == [("Ana Brook", "reject")]


def test_two_windows_cannot_overwrite_each_other(open_page: OpenPage, desk: Desk) -> None:
    ours, theirs = open_page(), open_page()
    target = card(ours, 3)
    theirs.click(f"{target} h3")
    theirs.keyboard.press("u")
    expect(theirs.locator(f"{target} .badge.status-unsure")).to_be_visible()
    ours.click(f"{target} p.statement")
    with ours.expect_response(lambda response: response.status == 409):
        ours.keyboard.press("a")
    expect(ours.locator(f"{target} .conflict")).to_contain_text("You wanted")
    expect(ours.locator(f"{target} .conflict")).to_contain_text("unsure by Ana Brook")
    assert actions(desk, target) == [("Ana Brook", "unsure")]


def test_beliefs_are_put_away_until_asked_for(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator(".card:visible")).to_have_count(11)
    page.keyboard.press("b")
    expect(page.locator(".card:visible")).to_have_count(13)


def test_help_lists_the_keys_and_silences_them(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".card.active")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_everything_works_without_scripts(open_page: OpenPage, desk: Desk) -> None:
    page = open_page(java_script_enabled=False)
    target = f"#{page.locator('.card').nth(5).get_attribute('id')}"
    page.click(f"{target} summary >> text=Note or reason")
    page.fill(f"{target} textarea", "the port's own figures")
    page.select_option(f"{target} select[name=reason]", "wrong_span")
    page.click(f"{target} button.reject")
    assert page.url.endswith(f"{ARTICLE}{target}")
    expect(page.locator(f"{target} .badge.status-rejected")).to_be_visible()
    expect(page.locator(f"{target} p.note")).to_have_text(["Note the port's own figures", "Rejected wrong words"])
    page.click("form.undo button[value=undo]")
    expect(page.locator(f"{target} .badge.status-unreviewed")).to_be_visible()
    assert actions(desk, target) == [("Ana Brook", "reject"), ("Ana Brook", "undo")]


@pytest.mark.parametrize(
    "path", ["/", ARTICLE, "/quotes/claims_current", "/quotes/claim_spans", "/quotes/runs/1", "/-/quotecheck/speakers",
             "/-/quotecheck/articles", "/-/quotecheck/article/2", "/quotes"],
)  # fmt: skip
def test_a_phone_never_scrolls_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("window.hacked") is None


def test_on_a_phone_the_chosen_claim_is_a_sheet_below_its_words(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True)
    page.get_by_text("five ferries").first.tap()
    sheet = page.locator(".card.active")
    expect(sheet).to_be_in_viewport()
    words, cover = page.locator("[data-lit~=content]").first, sheet.bounding_box()
    expect(words).to_be_in_viewport()
    page.wait_for_timeout(600)
    assert words.bounding_box()["y"] < cover["y"]
    sheet.get_by_role("button", name="Close").tap()
    expect(page.locator(".card.active")).to_have_count(0)
