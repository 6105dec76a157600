"""Fetching of web pages that a person names, into a web archive: the one place where quotecheck uses the network.

A web archive keeps what was asked, what was answered and when, so that it can be shown later what a page said.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, urljoin, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotecheck.errors import InputError
from quotecheck.sources.opening import MAX_BYTES

SECONDS = 30.0
"""How long one page may take, redirects and all."""
REDIRECTS = 5
_PIECE = 1 << 16
_AGENT = "quotecheck (fetches single pages for fact-checking)"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MayAsk = Callable[[Address], bool]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a server: to which address, what it was, and its body."""

    url: str
    status: int
    reason: str
    headers: Headers
    body: bytes


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large, and not to this machine, a house or a special use."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def fetch_all(urls: Iterable[str], archive: Path, may_ask: MayAsk = is_public) -> Iterator[Fetched | InputError]:
    """Fetch pages into a new web archive; every answer, redirects among them, or an InputError for one that fails.

    Codes: `bad_url`, `refused_address`, `unreachable`, `timeout`, `too_large`, `too_many_redirects`, `http_status`.
    Raises OSError if the archive is there already or cannot be written.
    """
    with archive.open("xb") as stream:
        writer = WARCWriter(stream, gzip=archive.suffix == ".gz")
        for url in urls:
            try:
                for answer in _followed(url, may_ask):
                    _write(writer, answer)
                    yield answer
            except InputError as error:
                yield error


def _followed(url: str, may_ask: MayAsk) -> Iterator[Fetched]:
    deadline = time.monotonic() + SECONDS
    address = url
    for _ in range(REDIRECTS + 1):
        answer = _asked(address, may_ask, deadline)
        yield answer
        target = next((value for name, value in answer.headers if name.lower() == "location"), None)
        if answer.status not in (301, 302, 303, 307, 308) or not target:
            if answer.status != http.client.OK:
                raise InputError(url, "http_status", f"answered {answer.status}; open it in a browser and save it")
            return
        address = urljoin(address, target)
    raise InputError(url, "too_many_redirects", f"more than {REDIRECTS} redirects; give the page's own address")


def _asked(url: str, may_ask: MayAsk, deadline: float) -> Fetched:
    parts = _parsed(url)
    address = _resolved(url, parts, may_ask)
    connection = _Connection(parts, address, deadline)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
        response = connection.getresponse()
        body = _body(url, response, connection, deadline)
        return Fetched(url, response.status, response.reason, response.getheaders(), body)
    except TimeoutError:
        raise _slow(url) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        message = f"cannot be fetched ({type(error).__name__}); try it in a browser"
        raise InputError(url, "unreachable", message) from None
    finally:
        connection.close()


def _parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) and not parts.username
    except ValueError:
        usable = False
    if not usable or any(character <= " " or character == "\x7f" for character in url):
        raise InputError(url, "bad_url", "no address of a web page; give one that begins with https://")
    return parts


def _resolved(url: str, parts: SplitResult, may_ask: MayAsk) -> str:
    """The one address that will be asked. A name with any address that may not be asked is refused altogether."""
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(url, "unreachable", "no such host; check the spelling") from None
    addresses = [str(one[4][0]) for one in found]
    if not all(may_ask(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
        raise InputError(url, "refused_address", "leads into a private network; save the page by hand")
    return addresses[0]


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked up before, under the name that it was looked up for."""

    def __init__(self, parts: SplitResult, address: str, deadline: float) -> None:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        super().__init__(cast(str, parts.hostname), port)
        self._secure = parts.scheme == "https"
        self._address = address
        self._deadline = deadline

    def connect(self) -> None:
        """Connect to the address; nothing is looked up again."""
        plain = socket.create_connection((self._address, self.port), timeout=self.time_left())
        self.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain
        )

    def time_left(self) -> float:
        """Seconds to the deadline; raises TimeoutError if there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _body(url: str, response: http.client.HTTPResponse, connection: _Connection, deadline: float) -> bytes:
    body = bytearray()
    while len(body) <= MAX_BYTES:
        if time.monotonic() > deadline:
            raise _slow(url)
        if connection.sock is not None:
            connection.sock.settimeout(connection.time_left())
        # read1 gives what is there; read would wait for all of it, beyond any deadline.
        piece = response.read1(_PIECE)
        if not piece:
            return bytes(body)
        body += piece
    raise InputError(url, "too_large", f"more than {MAX_BYTES:,} bytes; save the page by hand")


def _slow(url: str) -> InputError:
    return InputError(url, "timeout", f"took longer than {SECONDS:.0f} seconds; try again later")


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind a network's translation from IPv6 (RFC 6052)."""
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _write(writer: WARCWriter, answer: Fetched) -> None:
    # The body is kept as it was read, so what the server said of its form on the way no longer holds.
    kept = [(name, value) for name, value in answer.headers if name.lower() != "transfer-encoding"]
    head = StatusAndHeaders(f"{answer.status} {answer.reason}", kept, protocol="HTTP/1.1")
    record = writer.create_warc_record(answer.url, "response", payload=BytesIO(answer.body), http_headers=head)
    writer.write_record(record)
