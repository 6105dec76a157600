"""Who may talk to the desk: only pages of the desk itself, under names the desk is known by.

A browser that visits any other site can be made to send requests here. Three rules stop that: a foreign `Host` is
refused (DNS rebinding), a POST must come from the desk's own pages, and no page runs foreign or inline script. Two more
hold for people: pages about the server itself are not served, and log-in may fail only so often.
"""

from __future__ import annotations

import ipaddress
import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from typing import Any, Literal
from urllib.parse import urlsplit

from quotecheck.store.connection import explain

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SECURITY_HEADERS: dict[str, str] = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ABOUT_THE_SERVER = re.compile(
    r"/-/(metadata|config|settings|plugins|threads|databases|versions|permissions|allow-debug|messages)(\.json)?/?$"
)
"""Pages of Datasette that tell file paths, versions and settings; nobody needs them to review."""
PRIVATE_TABLES = frozenset({"login_links", "reviewers", "_sqlite_migrations"})
"""Tables that no page of Datasette shows: who may log in, and with what."""
LONGEST_VALUE = 50_000_000
"""Bytes of the longest value that a page may make or read: an article's text takes 20 million at most."""
LOG_IN = re.compile(r"/login/?$")
ATTEMPTS, WINDOW = 10, 60.0
"""How often one address may fail to log in within so many seconds; whoever gets in is not counted."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def headers_of(scope: Scope) -> dict[str, str]:
    """The request's headers, names in lower case; of a repeated header the last counts."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope.get("headers", ())}


def host_is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether a `Host` header names this desk: `localhost`, an address (never rebound) or one of `allowed`."""
    name = _hostname(host)
    return name == "localhost" or name in allowed or _is_address(name)


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a POST was sent by a page of this desk: the browser says so and nothing it says speaks against it."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site not in (None, "same-origin", "none"):
        return False
    return origin is None or (origin != "null" and urlsplit(origin).netloc == headers.get("host"))


def is_local(scope: Scope) -> bool:
    """Whether the request comes from this machine, and not through a proxy on it."""
    client = scope.get("client")
    headers = headers_of(scope)
    if not client or any(name in headers for name in FORWARDED):
        return False
    return _is_address(client[0]) and ipaddress.ip_address(client[0]).is_loopback


def refusal(action: str, resource: object, *, closed: bool) -> Literal[False] | None:
    """False for what is refused whoever asks (SQL, downloads, tables of secrets), and for all where it is `closed`."""
    if action in ("execute-sql", "view-database-download"):
        return False
    if action == "view-table" and isinstance(resource, tuple) and resource[-1] in PRIVATE_TABLES:
        return False
    return False if closed and action.startswith("view-") else None


def is_bad_parameter(exception: Exception) -> bool:
    """Whether one of Datasette's own pages failed over a parameter that it cannot use, and not over the database."""
    if isinstance(exception, sqlite3.OperationalError):
        return explain(exception) == str(exception)
    return isinstance(exception, ValueError | OverflowError | TypeError | KeyError | sqlite3.ProgrammingError)


class RateLimit:
    """Lets each caller through `attempts` times in `window` seconds, and remembers at most `callers` of them."""

    def __init__(
        self, attempts: int = ATTEMPTS, window: float = WINDOW, callers: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._attempts, self._window, self._callers, self._clock = attempts, window, callers, clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """Count an attempt, and whether it may go on."""
        now = self._clock()
        recent = [moment for moment in self._seen.pop(caller, []) if now - moment < self._window]
        allowed = len(recent) < self._attempts
        self._seen[caller] = [*recent, now] if allowed else recent
        if len(self._seen) > self._callers:
            self._seen.popitem(last=False)
        return allowed

    def forgive(self, caller: str) -> None:
        """Count the caller's latest attempt no more."""
        if moments := self._seen.get(caller):
            moments.pop()


def guarded(app: App, allowed_hosts: Collection[str]) -> App:
    """`app` behind the rules; beside `localhost` and addresses it answers to `allowed_hosts`."""
    log_ins = RateLimit()

    async def guarded_app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = headers_of(scope)
        path = str(scope.get("path", ""))
        if not host_is_allowed(headers.get("host", ""), allowed_hosts):
            await _refuse(
                send, 400, "This desk is not known by that host name; name it under plugins: quotecheck: hosts."
            )
        elif scope["method"] not in ("GET", "HEAD") and not same_origin(headers):
            await _refuse(send, 403, "Refused: this request was not sent by a page of this desk.")
        elif ABOUT_THE_SERVER.search(path):
            await _refuse(send, 404, "Not served here.")
        elif LOG_IN.search(path):
            await _log_in(app, scope, receive, send, log_ins)
        else:
            await app(scope, receive, _with_security_headers(send))

    return guarded_app


async def _log_in(app: App, scope: Scope, receive: Receive, send: Send, limit: RateLimit) -> None:
    """A page of logging in, if the address has not failed too often.

    It counts as failed until it is answered otherwise, so that guesses sent all at once do not slip through.
    """
    caller = str((scope.get("client") or ("",))[0])

    async def counted(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 400:
            limit.forgive(caller)
        await send(message)

    if limit.allows(caller):
        await app(scope, receive, _with_security_headers(counted))
    else:
        await _refuse(send, 429, f"Too many failed attempts to log in; wait {WINDOW:.0f} seconds.")


def _with_security_headers(send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            ours = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
            message = {**message, "headers": given + ours}
        await send(message)

    return secured


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    send = _with_security_headers(send)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
