"""Progress: who did how much, and how right the extractor is on what people reviewed here, with its uncertainty."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from quotecheck.desk.queue import state_counts
from quotecheck.desk.remembered import remembered
from quotecheck.desk.rows import read
from quotecheck.store.state import JUDGING

CONFIDENT = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""
DAYS = 14


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, and the 95 % interval of the share that it estimates (Wilson's score interval).

    E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
    """

    label: str
    part: int
    whole: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound; from 0 to 1 if nothing was seen."""
        if not self.whole:
            return 0.0, 1.0
        square = CONFIDENT**2 / self.whole
        middle = (self.share + square / 2) / (1 + square)
        half = CONFIDENT / (1 + square) * sqrt(self.share * (1 - self.share) / self.whole + square / (4 * self.whole))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Work:
    """What one person judged: in all, and on each of the last `DAYS` days on which anybody did."""

    name: str
    total: int
    by_day: list[int]


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the progress page shows."""

    counts: Mapping[str, int]
    accuracy: list[Share]
    outlets: list[Share]
    errors: Mapping[str, int]
    days: list[str]
    people: list[Work]
    complete: int
    articles: int

    @property
    def reviewed(self) -> int:
        """Statements that a person has judged."""
        return self.total - self.counts.get("unreviewed", 0) - self.counts.get("stale", 0)

    @property
    def total(self) -> int:
        """All statements."""
        return sum(number for state, number in self.counts.items() if state != "flagged")


# What people decided about claims that the machine found, over indexes that hold all it needs. Whoever corrected
# nothing needs no comparison with the machine's row.
DECIDED = """
FROM claim_state s INDEXED BY claim_state_decided
CROSS JOIN claims c INDEXED BY claims_counted ON c.id = s.claim AND c.origin = 'machine' AND c.is_statement = 1
WHERE s.status IN ('accepted', 'corrected', 'adjudicated', 'rejected')
"""
_AS_JUDGED = """(SELECT CASE WHEN j.claim IS NULL THEN m.{0} ELSE j.{0} END FROM claims m
    LEFT JOIN judged_readings j ON j.claim = m.id AND j.fingerprint = s.reading WHERE m.id = s.claim)"""
NAME_STANDS = f"CASE WHEN s.speaker_kind IS NULL THEN 1 ELSE s.speaker IS {_AS_JUDGED.format('speaker')} END"
KIND_STANDS = f"CASE WHEN s.kind IS NULL THEN 1 ELSE s.kind = {_AS_JUDGED.format('kind')} END"
DECISIONS = f"""
SELECT s.status, s.reject_reason, count(*),
  count(*) FILTER (WHERE {NAME_STANDS}),
  count(*) FILTER (WHERE s.spans_json IS NULL),
  count(*) FILTER (WHERE {KIND_STANDS}),
  count(*) FILTER (WHERE s.spans_json IS NULL AND {NAME_STANDS})
{DECIDED}
GROUP BY s.status, s.reject_reason"""
# Of articles in which a person says that nothing is missing (any more): what is kept, and what the machine had found.
RECALL = """
SELECT count(*), count(*) FILTER (WHERE c.origin = 'machine')
FROM article_state a CROSS JOIN claims c ON c.article = a.article AND c.is_statement = 1
LEFT JOIN claim_state s ON s.claim = c.id
WHERE a.complete = 1 AND c.superseded_by_run IS NULL AND c.covered_by IS NULL
  AND coalesce(s.status, '') IN ('accepted', 'corrected', 'adjudicated') AND s.merged_into IS NULL
  AND (c.origin = 'machine' OR s.added = 1)
"""
OUTLETS = f"""
SELECT coalesce(a.outlet, 'no outlet'), sum(d.said), sum(d.decided) FROM (
  SELECT c.article AS article, count(*) AS decided, count(*) FILTER (
    WHERE s.status <> 'rejected' OR s.reject_reason IN ('wrong_speaker', 'wrong_span')) AS said
  {DECIDED} GROUP BY c.article
) d JOIN articles a ON a.id = d.article
GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 12"""
WORK = f"""
SELECT actor, substr(at, 1, 10) AS day, count(*) FROM review_events
WHERE action IN ({", ".join(repr(action) for action in JUDGING)}) AND part_of IS NULL
GROUP BY actor, substr(at, 1, 10)"""


@dataclass(frozen=True, slots=True)
class Decided:
    """How many claims of one decision there are, and of how many the machine's name, words and kind stand."""

    status: str
    reason: str | None
    claims: int
    name: int
    words: int
    kind: int
    name_and_words: int


def progress_page(connection: sqlite3.Connection) -> Progress:
    """Everything about how far the review has come."""
    return remembered(connection, "progress", _progress_page, exact=True)


def _progress_page(connection: sqlite3.Connection) -> Progress:
    days, people = _work(connection)
    decisions = read(connection, Decided, DECISIONS)
    complete, articles = connection.execute(
        """SELECT (SELECT count(*) FROM article_state s JOIN articles a ON a.id = s.article AND a.is_latest = 1
                   WHERE s.complete = 1), (SELECT count(*) FROM articles WHERE is_latest = 1)"""
    ).fetchone()
    return Progress(
        counts=state_counts(connection),
        accuracy=accuracy(connection, decisions),
        outlets=[Share(str(name), part, whole) for name, part, whole in connection.execute(OUTLETS)],
        errors=_errors(decisions),
        days=days,
        people=people,
        complete=int(complete),
        articles=int(articles),
    )


def accuracy(connection: sqlite3.Connection, decisions: Sequence[Decided]) -> list[Share]:
    """How much of what the machine read people let stand, and how much of what there is it found.

    The speaker can be judged of what is kept or was rejected for nothing but the speaker; the words likewise.
    """
    kept = [found for found in decisions if found.status != "rejected"]
    whole, decided = sum(found.claims for found in kept), sum(found.claims for found in decisions)
    wrong_name, wrong_words = (_rejected(decisions, reason) for reason in ("wrong_speaker", "wrong_span"))
    there, present = connection.execute(RECALL).fetchone()
    return [
        Share("is a statement that somebody made", whole + wrong_name + wrong_words, decided),
        Share("speaker right", sum(found.name for found in kept), whole + wrong_name),
        Share("words right", sum(found.words for found in kept), whole + wrong_words),
        Share("kind right", sum(found.kind for found in kept), whole),
        Share("speaker and words right", sum(found.name_and_words for found in kept), decided),
        Share("statements found, in articles checked for missing ones", present, there),
    ]


def _rejected(decisions: Sequence[Decided], reason: str) -> int:
    return sum(found.claims for found in decisions if found.status == "rejected" and found.reason == reason)


def _errors(decisions: Sequence[Decided]) -> dict[str, int]:
    """Why claims were rejected, the most frequent reason first."""
    rejected = [found for found in decisions if found.status == "rejected"]
    rejected.sort(key=lambda found: -found.claims)
    return {found.reason or "no reason given": found.claims for found in rejected}


def _work(connection: sqlite3.Connection) -> tuple[list[str], list[Work]]:
    rows = connection.execute(WORK).fetchall()
    days = sorted({day for _, day, _ in rows})[-DAYS:]
    names = sorted({actor for actor, _, _ in rows}, key=lambda name: (-_total(rows, name), name))
    done = {(actor, day): number for actor, day, number in rows}
    return days, [Work(name, _total(rows, name), [done.get((name, day), 0) for day in days]) for name in names]


def _total(rows: Sequence[tuple[str, str, int]], name: str) -> int:
    return sum(number for actor, _, number in rows if actor == name)
