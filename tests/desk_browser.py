"""A real browser for the desk's tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        found = found or playwright.chromium.executable_path
        if not Path(found).exists() and not os.environ.get("QUOTECHECK_REQUIRE_BROWSER"):
            pytest.skip("no Chromium; install one, or set QUOTECHECK_REQUIRE_BROWSER to make this a failure")
        running = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield running
        running.close()
