"""Who may talk to the desk: only pages of the desk itself, under names the desk is known by.

A browser that visits any other site can be made to send requests here. Three rules stop that: a foreign `Host` is
refused (DNS rebinding), a POST must come from the desk's own pages, and no page runs foreign or inline script.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

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


def guarded(app: App, allowed_hosts: Collection[str] | None) -> App:
    """`app` behind the three rules; `allowed_hosts` None lets every `Host` pass."""

    async def guarded_app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = headers_of(scope)
        if allowed_hosts is not None and not host_is_allowed(headers.get("host", ""), allowed_hosts):
            await _refuse(send, 400, "This desk is not known by that host name.")
        elif scope["method"] not in ("GET", "HEAD") and not same_origin(headers):
            await _refuse(send, 403, "Refused: this request was not sent by a page of this desk.")
        else:
            await app(scope, receive, _with_security_headers(send))

    return guarded_app


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
