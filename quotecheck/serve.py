"""The review desk as a web server: Datasette with the plugin, the metadata and safe settings."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from datasette.app import Datasette

from quotecheck import paths
from quotecheck.errors import StoreError
from quotecheck.store import open_database

DATABASE_IN_METADATA = "quotes"
"""The database name under which metadata.yml describes the tables."""
MANY_CLAIMS = 40_000
"""Claims above which Datasette counts the items of a list too slowly: 0.5 s for these, 3 s for 100,000."""
SETTINGS: dict[str, Any] = {
    "allow_download": False,
    "default_allow_sql": False,
    "default_page_size": 50,
    "facet_time_limit_ms": 1000,
    "max_csv_mb": 0,
    "sql_time_limit_ms": 3000,
    "suggest_facets": False,
    "truncate_cells_html": 300,
}


def serve(
    path: str | Path,
    *,
    reviewer: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    closed: bool = False,
) -> None:
    """Serve the review desk of the database at `path` until interrupted.

    Reviews are recorded as `reviewer` and only from this machine; without one the desk is read-only. `closed` shows
    nothing to people who have not logged in. Raises StoreError if the database cannot be opened, the port is taken, or
    other machines would be served although nobody may log in.
    """
    path = Path(path)
    with closing(open_database(path, create=False)) as db:
        if not _is_this_machine(host) and not db.execute("SELECT 1 FROM reviewers").fetchone():
            raise StoreError(
                f"{host} serves other machines, and there is no reviewer who could log in; "
                f"name one first: quotecheck reviewer add NAME --db {path}"
            )
        claims = db.execute("SELECT count(*) FROM claims").fetchone()[0]
    described = metadata(path, reviewer, host, closed=closed, many_claims=claims > MANY_CLAIMS)
    app = _desk(path, described).app()
    listening = _listen(host, port)
    address = f"http://{_address(host)}:{listening.getsockname()[1]}/"
    print(f"Review desk of {path}: {address}  (Ctrl+C ends it)", flush=True)
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(app, lifespan="on", log_level="warning", proxy_headers=False, server_header=False)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def metadata(
    path: Path, reviewer: str | None, host: str, *, closed: bool = False, many_claims: bool = False
) -> dict[str, Any]:
    """metadata.yml for one database, with the desk's own settings: the reviewer and the host names it answers to.

    With `many_claims` no items of lists are counted beside the claims.
    """
    described: dict[str, Any] = yaml.safe_load(paths.metadata_path().read_text(encoding="utf-8"))
    databases = described.get("databases", {})
    if many_claims:
        claims = databases[DATABASE_IN_METADATA]["tables"]["claims_current"]
        claims["facets"] = [facet for facet in claims["facets"] if isinstance(facet, str)]
    if DATABASE_IN_METADATA in databases:
        described["databases"] = {path.stem: databases[DATABASE_IN_METADATA]}
    desk = {"database": path.stem, "hosts": _host_names(host), "reviewer": reviewer, "closed": closed}
    return described | {"plugins": {"quotecheck": desk}}


def _desk(path: Path, described: dict[str, Any]) -> Datasette:
    desk = Datasette(
        files=[str(path)],
        metadata=described,
        plugins_dir=str(paths.plugins_dir()),
        settings=SETTINGS,
    )
    asyncio.run(desk.invoke_startup())
    return desk


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _host_names(host: str) -> list[str]:
    """Names beside `localhost` and addresses: the one served on, or the machine's own when it serves on all."""
    try:
        everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return [host.lower()]
    return [socket.gethostname().lower()] if everywhere else []


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise StoreError(f"cannot serve on {host}:{port} ({error.strerror}); choose another with --port") from error


def _address(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
