"""The day's list: what is most worth checking, not too much of it from one speaker."""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from quotecheck.evidence.check import Scorer
from quotecheck.export.guard import guarded_row
from quotecheck.export.profiles import NUMERIC
from quotecheck.export.selection import Filters, conditions
from quotecheck.store.connection import Row, rows
from quotecheck.store.views import EXPORT_SOURCE

Layout = Literal["text", "html", "csv"]
COLUMNS = ("claim_id", "check_score", "check_reasons", "claim_type", "polarity", "speaker", "speaker_as_written", "cue",
           "statement", "said_date", "outlet", "article_title", "published_at", "article_url")  # fmt: skip
_READ = ", ".join(f"v.{name}" for name in (*COLUMNS, "status", "matching_key", "speaker_id"))
_CSS = """
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
ol { padding: 0; list-style: none }
li { margin: 0 0 1.6rem; padding-left: 3.6rem; position: relative }
li b { position: absolute; left: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }
blockquote { margin: .2rem 0; font-size: 1.1rem }
small { color: GrayText }
em { font-style: normal; border: 1px solid; border-radius: 1em; padding: 0 .5em; font-size: .8rem; margin-right: .3em }
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the list: the claim's cells by the names of `COLUMNS`."""

    rank: int
    cells: Row


def digest(
    db: Database,
    *,
    top: int = 15,
    max_per_speaker: int = 3,
    filters: Filters | None = None,
    scorer: Scorer | None = None,
) -> list[Entry]:
    """The `top` statements by check score, at most `max_per_speaker` of one speaker, the same words once.

    Rejected claims are left out. With a `scorer` the scores are counted anew by its weights, and nothing is stored.
    """
    taken: Counter[str] = Counter()
    printed: set[str] = set()
    found: list[Entry] = []
    for row in _by_score(db, filters or Filters(), scorer):
        speaker = str(row["speaker_id"] or row["speaker_as_written"] or row["claim_id"]).casefold()
        words = str(row["matching_key"] or row["claim_id"])
        if row["status"] == "rejected" or words in printed or taken[speaker] >= max_per_speaker:
            continue
        taken[speaker] += 1
        printed.add(words)
        found.append(Entry(len(found) + 1, {name: row[name] for name in COLUMNS}))
        if len(found) == top:
            break
    return found


def _by_score(db: Database, filters: Filters, scorer: Scorer | None) -> Iterator[Row]:
    where, parameters = conditions(filters)
    sql = f"SELECT {_READ} FROM {EXPORT_SOURCE} WHERE {where}"
    if scorer is None:
        yield from rows(db.conn, f"{sql} ORDER BY v.check_score DESC, v.published_at DESC, v.claim_id", parameters)
        return
    scored = [row | _scored(scorer, str(row["statement"])) for row in rows(db.conn, sql, parameters)]
    yield from sorted(scored, key=lambda row: (-float(row["check_score"] or 0), str(row["claim_id"])))


def _scored(scorer: Scorer, statement: str) -> Row:
    score, reasons = scorer.score(statement)
    return {"check_score": score, "check_reasons": "; ".join(reasons) or None}


def render(entries: list[Entry], layout: Layout) -> str:
    """The list as text for a terminal or an e-mail, as one HTML page that needs nothing else, or as CSV."""
    match layout:
        case "html":
            return _html(entries)
        case "csv":
            return _csv(entries)
    return "\n".join(_text(entry) for entry in entries)


def _text(entry: Entry) -> str:
    cells = entry.cells
    return (
        f"{entry.rank:>3}. {float(cells['check_score'] or 0):5.1f}  {_who(cells)}\n"
        f"            {_one_line(cells['statement'])}\n"
        f"            {_where(cells)}\n"
        f"            {cells['check_reasons'] or 'no question answered yes'}  [{cells['claim_id']}]\n"
    )


def _who(cells: Row) -> str:
    """Speaker and cue; where the statement is not simply asserted, that is said."""
    speaker = cells["speaker"] or cells["speaker_as_written"] or "(nobody named)"
    polarity = "" if cells["polarity"] in ("asserts", None) else f" [{cells['polarity']}]"
    return f"{_one_line(speaker)} {_one_line(cells['cue'])}".strip() + polarity


def _where(cells: Row) -> str:
    parts = (cells["outlet"], cells["article_title"], cells["said_date"] or cells["published_at"])
    return " · ".join(_one_line(part) for part in parts if part)


def _one_line(cell: object) -> str:
    return " ".join(str(cell or "").split())


def _html(entries: list[Entry]) -> str:
    items = "\n".join(_item(entry.cells) for entry in entries)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Worth checking</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<h1>Worth checking</h1>\n"
        "<p><small>Sorted by a check score. It sorts; it says nothing about what is true.</small></p>\n"
        f"<ol>\n{items}\n</ol>\n</body>\n</html>\n"
    )


def _item(cells: Row) -> str:
    reasons = "".join(
        f"<em>{html.escape(reason)}</em>" for reason in str(cells["check_reasons"] or "").split("; ") if reason
    )
    where = html.escape(_where(cells))
    url = str(cells["article_url"] or "")
    if url.startswith(("https://", "http://")):
        where = f'<a href="{html.escape(url)}" rel="noreferrer">{where}</a>'
    return (
        f"<li><b>{float(cells['check_score'] or 0):.0f}</b> {html.escape(_who(cells))}"
        f"<blockquote>{html.escape(_one_line(cells['statement']))}</blockquote>"
        f"{reasons}<br><small>{where} · {html.escape(str(cells['claim_id']))}</small></li>"
    )


def _csv(entries: list[Entry]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["rank", *COLUMNS])
    writer.writerows([entry.rank, *guarded_row(entry.cells, NUMERIC).values()] for entry in entries)
    return stream.getvalue()
