"""Answers that take long: rankings of speakers, look-alikes and kinds may be a minute old, other counts not."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
SECONDS = 60
# What people decide about speakers and what is extracted must show at once; single reviews hardly move a ranking.
_MARK = """
SELECT (SELECT max(id) FROM speaker_events), (SELECT max(id) FROM claims), (SELECT max(id) FROM runs),
  (SELECT max(id) FROM articles)"""
_answers: dict[tuple[str, str], tuple[object, float, object]] = {}


def remembered(
    connection: sqlite3.Connection, name: str, ask: Callable[[sqlite3.Connection], T], *, exact: bool = False
) -> T:
    """The answer of `ask`, at most `SECONDS` old and from after the last extraction and decision about speakers.

    With `exact` it is from after the last review, too.
    """
    path = str(connection.execute("PRAGMA database_list").fetchone()[2])
    mark = tuple(connection.execute(_MARK).fetchone())
    if exact:
        mark += tuple(connection.execute("SELECT max(id) FROM review_events").fetchone())
    known = _answers.get((path, name))
    if known and known[0] == mark and time.monotonic() - known[1] < SECONDS:
        return known[2]  # type: ignore[return-value]
    answer = ask(connection)
    _answers[path, name] = (mark, time.monotonic(), answer)
    return answer
