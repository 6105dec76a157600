"""Fetching named pages: what is kept, and where it refuses to go. The servers are the test's own, on 127.0.0.1."""

from __future__ import annotations

import ipaddress
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from format_samples import PAGE, PAGE_TEXT

from quotecheck import fetching
from quotecheck.errors import InputError
from quotecheck.fetching import Fetched, fetch_all, is_public
from quotecheck.sources import read
from quotecheck.types import Article

LOOPBACK = ipaddress.ip_address("127.0.0.1")


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/ferry":
            self._answer(200, PAGE.encode())
        elif self.path == "/old":
            self._answer(302, b"", location="/ferry")
        elif self.path == "/round":
            self._answer(302, b"", location="/round")
        elif self.path == "/inward":
            self._answer(302, b"", location="http://127.0.0.2:9/secret")
        elif self.path == "/file":
            self._answer(302, b"", location="file:///etc/passwd")
        elif self.path == "/huge":
            self._answer(200, b"x" * 3_000)
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            for _ in range(50):
                self.wfile.write(b"x")
                time.sleep(0.1)
        else:
            self._answer(404, b"gone")

    def _answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def fetched(folder: Path, *urls: str) -> list[tuple[int, str] | str]:
    """Each answer as (status, address), each failure as its code; this site's address may be asked, by exception."""
    results = fetch_all(urls, folder / "pages.warc.gz", may_ask=lambda address: address == LOOPBACK)
    return [(one.status, one.url) if isinstance(one, Fetched) else one.reason for one in results]


def test_a_page_is_kept_with_its_address_and_the_moment_and_read_from_there(site: str, tmp_path: Path) -> None:
    assert fetched(tmp_path, f"{site}/old") == [(302, f"{site}/old"), (200, f"{site}/ferry")]
    (article,) = read([tmp_path / "pages.warc.gz"])
    assert isinstance(article, Article)
    assert (article.text, article.url) == (PAGE_TEXT, f"{site}/ferry")
    assert article.retrieved_at is not None and article.retrieved_at.endswith("+00:00")


def test_what_is_not_fetched_has_a_reason_and_the_next_page_is_fetched(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 2_999)
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    asked = ["/gone", "/round", "/inward", "/file", "/huge", "/slow", "/ferry"]
    got = fetched(tmp_path, *(site + path for path in asked), "https://no-such-host.invalid/", "ftp://x.example/")
    assert [one for one in got if isinstance(one, str)] == [
        "http_status", "too_many_redirects", "refused_address", "bad_url", "too_large", "timeout", "unreachable",
        "bad_url",
    ]  # fmt: skip
    assert (200, f"{site}/ferry") in got


ADDRESSES = {
    "127.0.0.1": False, "10.0.0.1": False, "172.16.5.4": False, "192.168.1.1": False, "169.254.169.254": False,
    "100.64.0.1": False, "0.0.0.0": False, "224.0.0.1": False, "255.255.255.255": False, "240.0.0.1": False,
    "::1": False, "::": False, "fe80::1": False, "fc00::1": False, "ff02::1": False, "::ffff:127.0.0.1": False,
    "::ffff:10.0.0.1": False, "64:ff9b::7f00:1": False, "64:ff9b::a00:1": False, "2002:7f00:1::": False,
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": False, "93.184.216.34": True, "2606:2800:220:1:248:1893:25c8:1946": True,
}  # fmt: skip


@pytest.mark.parametrize(("address", "public"), ADDRESSES.items())
def test_only_public_addresses_are_asked(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://localhost/", "refused_address"),
        ("http://127.1/", "refused_address"),
        ("http://2130706433/", "refused_address"),
        ("http://0x7f.0.0.1/", "refused_address"),
        ("http://[::1]/", "refused_address"),
        ("http://[::ffff:127.0.0.1]/", "refused_address"),
        ("http://169.254.169.254/latest/meta-data/", "refused_address"),
        ("file:///etc/passwd", "bad_url"),
        ("http://user:word@lamp.example/", "bad_url"),
        ("http://lamp.example/\r\nHost: evil.example", "bad_url"),
        ("http://lamp.example:99999/", "bad_url"),
        ("lamp.example", "bad_url"),
    ],
)
def test_no_address_leads_inward(url: str, reason: str, tmp_path: Path) -> None:
    (error,) = fetch_all([url], tmp_path / "pages.warc.gz")
    assert isinstance(error, InputError)
    assert error.reason == reason


def test_the_command_refuses_inward_addresses_and_archives_that_are_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quotecheck", "fetch", "http://localhost/", "-o", "pages.warc.gz"]
    first, second = (subprocess.run(command, cwd=tmp_path, capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, first.stderr) == (
        1, "error: http://localhost/: leads into a private network; save the page by hand\n",
    )  # fmt: skip
    assert (second.returncode, second.stderr) == (1, "error: pages.warc.gz: File exists\n")
