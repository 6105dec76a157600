"""Log-in links and sessions: signed with a key that lies beside the database, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from quotecheck.desk.links import ROOT
from quotecheck.errors import StoreError

LINK, SESSION = "quotecheck log-in link", "quotecheck session"
COOKIE = "quotecheck_session"
SESSION_LENGTH = timedelta(days=14)
LONGEST_LINK = timedelta(days=30)
"""No link is taken that is older, whatever the database says."""


def key_path(database: str | Path) -> Path:
    """Where the key of a database lies."""
    return Path(f"{database}.key")


def desk_key(database: str | Path) -> str:
    """The key that signs links and sessions, made the first time. Raises StoreError if it cannot be read or written."""
    path = key_path(database)
    try:
        if not path.exists():
            _write_new(path)
        return path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read or made; the desk signs its sessions with it") from error


def _write_new(path: Path) -> None:
    """Write a random key to `path`, whole or not at all, unless another process was faster."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32) + "\n")
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def link_path(key: str, nonce: str) -> str:
    """The address, without host, of the page where a link's secret is used."""
    return f"{ROOT}/login?token={_signer(key, LINK).dumps(nonce)}"


def read_link(key: str, token: str) -> str:
    """The secret in a link. Raises StoreError if the link was not made here or is too old."""
    try:
        return str(_signer(key, LINK).loads(token, max_age=int(LONGEST_LINK.total_seconds())))
    except SignatureExpired as error:
        raise StoreError("this log-in link has expired; ask for a new one") from error
    except BadSignature as error:
        raise StoreError("this is no log-in link of this desk; ask for a new one") from error


def session(key: str, reviewer: int) -> str:
    """The value of a session cookie for a reviewer, by row id."""
    return str(_signer(key, SESSION).dumps(reviewer))


def read_session(key: str, cookie: str) -> int | None:
    """The reviewer's row id in a session cookie, None if it was not made here or is over."""
    try:
        return int(_signer(key, SESSION).loads(cookie, max_age=int(SESSION_LENGTH.total_seconds())))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer(key: str, use: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=use)
