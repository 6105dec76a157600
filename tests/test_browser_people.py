"""Who is who, in a real browser: pairs told apart or put off, ticked statements given to a namesake, all taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_browser import browser
from desk_newsroom import Desk, build, said, served, who
from playwright.sync_api import Browser, Page, expect

from quotecheck.store import finish_run, open_database, save_article, start_run
from quotecheck.types import Article

__all__ = ["browser"]
PEOPLE = "/-/quotecheck/people"
LETTERS = """Letters to the editor

Ines M. Calderwood said the ferry was too loud.
Tobias Wrenfeld said the harbour was too quiet.
Ines Calderwood said the town band plays on Friday.
"""
expect.set_options(timeout=20_000)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The newsroom with a page of letters whose names look like those of the harbour article."""
    path = build(tmp_path / "quotes.db")
    db = open_database(path)
    run = start_run(db, tool_version="0.1.0", model_name="newsroom", model_sha256="0" * 64, options={})
    article = Article(text=LETTERS, source_ref="letters.txt", reader="text", raw_sha256="4" * 64, title="Letters",
                      outlet="The Ellory Lamp", published_at="2025-10-20")  # fmt: skip
    claims = [
        said(LETTERS, name, name, "said", words, by=who(name, "name", "named in full here"))
        for name, words in (
            ("Ines M. Calderwood", "the ferry was too loud"),
            ("Tobias Wrenfeld", "the harbour was too quiet"),
            ("Ines Calderwood", "the town band plays on Friday"),
        )
    ]
    save_article(db, run, article, claims)
    finish_run(db, run, {})
    db.close()
    with served(path, "Ana Brook") as running:
        yield running


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(base_url=desk.url)
    yield context.new_page()
    context.close()


def pairs(page: Page) -> list[str]:
    """The pairs as the page names them, in its order."""
    return [" ≟ ".join(pair.locator(".pair-name").all_text_contents()) for pair in page.locator(".pair").all()]


def speakers(desk: Desk) -> list[tuple[str, int]]:
    """Names and how many statements each has, of everybody called Calderwood."""
    sql = """SELECT speaker, count(*) FROM claims_current WHERE speaker LIKE '%Calderwood%' AND is_statement = 1
             GROUP BY speaker ORDER BY speaker"""
    with sqlite3.connect(desk.database) as connection:
        return connection.execute(sql).fetchall()


def latest(page: Page) -> str:
    """What was decided last, as the page says it."""
    return " ".join(page.locator(".people-history li").first.inner_text().split())


def test_two_who_are_different_are_never_offered_again_until_that_is_taken_back(page: Page) -> None:
    page.goto(PEOPLE)
    offered = pairs(page)
    assert len(offered) == 2
    page.locator(".pair").first.get_by_role("button", name="Different").click()
    expect(page.locator(".pair")).to_have_count(1)
    assert pairs(page) == offered[1:]
    first, other = offered[0].split(" ≟ ")
    assert f"Ana Brook told apart {first} from {other}" in latest(page)
    page.reload()
    assert pairs(page) == offered[1:]
    page.locator(".people-history li").first.get_by_role("button", name="Take back").click()
    expect(page.locator(".pair")).to_have_count(2)
    assert pairs(page) == offered
    page.locator(".people-history li").first.get_by_role("button", name="Bring back").click()
    expect(page.locator(".pair")).to_have_count(1)


def test_what_is_put_off_goes_to_the_end_and_comes_back(page: Page) -> None:
    page.goto(PEOPLE)
    offered = pairs(page)
    page.locator(".pair").first.get_by_role("button", name="Later").click()
    expect(page.get_by_text("put off before")).to_be_visible()
    assert pairs(page) == offered[::-1]
    assert page.locator(".pair").last.get_by_text("put off before").count() == 1
    page.locator(".people-history li").first.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("put off before")).to_have_count(0)
    assert pairs(page) == offered


def test_ticked_statements_go_to_a_namesake_and_come_back(page: Page, desk: Desk) -> None:
    page.goto("/-/quotecheck/speakers?q=Ines+Calderwood")
    page.get_by_role("link", name="Ines Calderwood", exact=True).first.click()
    assert speakers(desk) == [("Ines Calderwood", 4), ("Ines M. Calderwood", 1)]
    page.get_by_role("checkbox", name="Somebody else's: the town band plays on Friday").check()
    page.get_by_text("Some of these are somebody else's").click()
    page.get_by_label("The other person").fill("Ines Calderwood (band leader)")
    page.get_by_role("button", name="Split off the ticked ones").click()
    expect(page.locator("h2").first).to_have_text("3 statements")
    assert speakers(desk) == [
        ("Ines Calderwood", 3), ("Ines Calderwood (band leader)", 1), ("Ines M. Calderwood", 1),
    ]  # fmt: skip
    assert "Ana Brook split" in latest(page)
    page.locator(".people-history li").first.get_by_role("button", name="Take back").click()
    expect(page.locator(".people-history .undone")).to_have_count(1)
    assert speakers(desk) == [("Ines Calderwood", 4), ("Ines M. Calderwood", 1)]


def test_a_split_without_a_tick_or_a_name_changes_nothing(page: Page, desk: Desk) -> None:
    page.goto("/-/quotecheck/speakers?q=Ines+Calderwood")
    page.get_by_role("link", name="Ines Calderwood", exact=True).first.click()
    page.get_by_text("Some of these are somebody else's").click()
    page.get_by_role("button", name="Split off the ticked ones").click()
    expect(page.locator("main")).to_contain_text("tick the statements that are somebody else's")
    page.go_back()
    page.get_by_role("checkbox").first.check()
    page.get_by_text("Some of these are somebody else's").click()
    page.get_by_role("button", name="Split off the ticked ones").click()
    expect(page.locator("main")).to_contain_text("give the other Ines Calderwood a name of their own")
    assert speakers(desk) == [("Ines Calderwood", 4), ("Ines M. Calderwood", 1)]
