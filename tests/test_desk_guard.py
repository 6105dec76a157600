"""Who may talk to the desk."""

import pytest

from quotecheck.desk.guard import host_is_allowed, is_local, same_origin
from quotecheck.desk.links import safe_url


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("localhost:8001", True),
        ("127.0.0.1:8001", True),
        ("[::1]:8001", True),
        ("192.168.1.7", True),
        ("newsroom.example", True),
        ("NEWSROOM.example.:80", True),
        ("evil.example:8001", False),
        ("localhost.evil.example", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_only_known_names_and_addresses_reach_the_desk(host: str, allowed: bool) -> None:
    assert host_is_allowed(host, ["newsroom.example"]) is allowed


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://localhost:8001", "host": "localhost:8001"}, True),
        ({"origin": "http://localhost:8001", "host": "localhost:8001"}, True),
        ({"sec-fetch-site": "same-origin", "host": "localhost:8001"}, True),
        ({"host": "localhost:8001"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost:8001", "host": "localhost:8001"}, False),
        ({"sec-fetch-site": "same-site", "host": "localhost:8001"}, False),
        ({"origin": "http://localhost:9999", "host": "localhost:8001"}, False),
        ({"origin": "https://evil.example", "host": "localhost:8001"}, False),
        ({"origin": "null", "host": "localhost:8001"}, False),
    ],
)
def test_only_the_desks_own_pages_may_post(headers: dict[str, str], allowed: bool) -> None:
    assert same_origin(headers) is allowed


@pytest.mark.parametrize(
    ("client", "headers", "local"),
    [
        (("127.0.0.1", 5), [], True),
        (("::1", 5), [], True),
        (("192.168.1.7", 5), [], False),
        (("127.0.0.1", 5), [(b"X-Forwarded-For", b"203.0.113.9")], False),
        (None, [], False),
    ],
)
def test_a_request_through_a_proxy_is_not_from_this_machine(
    client: tuple[str, int] | None, headers: list[tuple[bytes, bytes]], local: bool
) -> None:
    assert is_local({"client": client, "headers": headers}) is local


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://lamp.example/harbour", "https://lamp.example/harbour"),
        (" HTTP://lamp.example ", "HTTP://lamp.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//lamp.example", None),
        ("https:", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, linked: str | None) -> None:
    assert safe_url(url) == linked
