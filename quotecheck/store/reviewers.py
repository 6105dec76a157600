"""Who may work at the desk: reviewers, their roles, and the links by which they log in, each once.

A link carries a random secret; only its hash is stored, so that nobody who reads the database can log in with it.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, first, immediate, insert, now, rows, sha256, storable

ReviewerRole = Literal["reader", "reviewer", "adjudicator"]
ROLES: tuple[ReviewerRole, ...] = get_args(ReviewerRole)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may work at the desk: `reader` may look, `reviewer` judge, `adjudicator` decide conflicts too."""

    id: int
    name: str
    role: str
    added_at: str


def add_reviewer(connection: sqlite3.Connection, name: str, role: str = "reviewer") -> Reviewer:
    """Let a person work at the desk, or change the role of one who does.

    Raises StoreError if the name cannot be one (empty, too long, with `;`) or the role is unknown.
    """
    name = " ".join((storable(name) or "").split())
    if not name or ";" in name or len(name) > LONGEST_NAME:
        raise StoreError(f"not a reviewer's name: {name!r}; 1 to {LONGEST_NAME} characters without `;`")
    if role not in ROLES:
        raise StoreError(f"no such role: {role!r}; use one of {', '.join(ROLES)}")
    sql = """INSERT INTO reviewers (name, role, added_at) VALUES (?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, removed_at = NULL"""
    with immediate(connection):
        connection.execute(sql, (name, role, now()))
    return known(connection, name)


def remove_reviewer(connection: sqlite3.Connection, name: str) -> None:
    """Shut a person out at once, open links and sessions included; what they did stays. StoreError if unknown."""
    reviewer = known(connection, name)
    with immediate(connection):
        connection.execute("UPDATE reviewers SET removed_at = ? WHERE id = ?", (now(), reviewer.id))
        connection.execute("DELETE FROM login_links WHERE reviewer = ? AND used_at IS NULL", (reviewer.id,))


def list_reviewers(connection: sqlite3.Connection) -> list[Reviewer]:
    """Everybody who may work at the desk, by name."""
    sql = "SELECT id, name, role, added_at FROM reviewers WHERE removed_at IS NULL ORDER BY name"
    return [Reviewer(*row) for row in connection.execute(sql)]


def known(connection: sqlite3.Connection, name: str) -> Reviewer:
    """The reviewer of this name. Raises StoreError if there is none or they were removed."""
    found = next((reviewer for reviewer in list_reviewers(connection) if reviewer.name == name), None)
    if found is None:
        raise StoreError(f"no reviewer {name!r}; add them with `quotecheck reviewer add`")
    return found


def reviewer_by_id(connection: sqlite3.Connection, key: int) -> Reviewer | None:
    """The reviewer with this row id, None if there is none or they were removed."""
    sql = "SELECT id, name, role, added_at FROM reviewers WHERE id = ? AND removed_at IS NULL"
    row = connection.execute(sql, (key,)).fetchone()
    return Reviewer(*row) if row else None


def make_link(connection: sqlite3.Connection, name: str, valid: timedelta) -> str:
    """A new secret that logs the reviewer in once, until it expires."""
    reviewer, nonce = known(connection, name), secrets.token_urlsafe(24)
    expires = (datetime.now(UTC) + valid).isoformat(timespec="seconds")
    link: Row = {"nonce_sha256": sha256(nonce), "reviewer": reviewer.id, "made_at": now(), "expires_at": expires}
    with immediate(connection):
        insert(connection, "login_links", link)
    return nonce


def owner_of_link(connection: sqlite3.Connection, nonce: str) -> Reviewer:
    """Whom a link would log in. Raises StoreError if it is unknown, used or expired."""
    row = first(connection, "SELECT * FROM login_links WHERE nonce_sha256 = ?", (sha256(nonce),))
    reviewer = reviewer_by_id(connection, int(row["reviewer"] or 0)) if row else None
    if row is None or reviewer is None:
        raise StoreError("this log-in link is not known here; ask for a new one")
    if row["used_at"] is not None:
        raise StoreError("this log-in link was used already; it works once: ask for a new one")
    if datetime.fromisoformat(str(row["expires_at"])) <= datetime.now(UTC):
        raise StoreError("this log-in link has expired; ask for a new one")
    return reviewer


def use_link(connection: sqlite3.Connection, nonce: str) -> Reviewer:
    """Log a reviewer in: the link works no more. Raises StoreError like `owner_of_link`."""
    with immediate(connection):
        reviewer = owner_of_link(connection, nonce)
        connection.execute("UPDATE login_links SET used_at = ? WHERE nonce_sha256 = ?", (now(), sha256(nonce)))
    return reviewer


def open_links(connection: sqlite3.Connection) -> dict[str, int]:
    """How many unused links each reviewer has."""
    sql = """SELECT r.name AS name, count(*) AS links FROM login_links l JOIN reviewers r ON r.id = l.reviewer
             WHERE l.used_at IS NULL AND l.expires_at > ? GROUP BY r.name"""
    return {str(row["name"]): int(row["links"] or 0) for row in rows(connection, sql, (now(),))}
