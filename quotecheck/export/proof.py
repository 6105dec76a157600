"""Proving an export: every row is made again from the stored text and compared with what the file says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from quotecheck.export import manifest
from quotecheck.export.guard import guard
from quotecheck.export.profiles import FULL, HUMAN, NUMERIC, SOURCE, WRITTEN_AT_EXPORT, select
from quotecheck.export.reading import Line, read_csv
from quotecheck.export.selection import select_rows
from quotecheck.store import readings
from quotecheck.store.connection import Row, Value, first, sha256
from quotecheck.store.evidence import COLUMN_OF_ROLE
from quotecheck.store.views import CONTEXT_LIMIT
from quotecheck.types import Span, texts

Verdict = Literal["OK", "CHANGED", "MISSING", "DOUBLED", "DELETED"]
COMPARED = [name for name in FULL if name not in HUMAN | WRITTEN_AT_EXPORT]
"""Columns that the machine wrote and that a row must still have as they were."""
STORED = f"SELECT v.id, v.article, {select(COMPARED)} FROM {SOURCE} WHERE v.claim_id = ?"
CONTEXT = f"""
SELECT coalesce(s.context_start, {readings.column("context_start")}),
  coalesce(s.context_end, {readings.column("context_end")})
FROM claims c LEFT JOIN claim_state s ON s.claim = c.id {readings.KEPT} WHERE c.id = ?"""
WHEREABOUTS = """
SELECT c.superseded_by_run, a.is_latest FROM claims c JOIN articles a ON a.id = c.article WHERE c.claim_id = ?"""


@dataclass(frozen=True, slots=True)
class RowProof:
    """What became of one row of an export.

    `line` is the row's first line in the file, counted from 1, 0 for a row that is no longer there. `what` names the
    columns that differ, with `database: ` before those where the database contradicts its own text, or says why the
    claim is missing from the database (MISSING) or from the file (DELETED); empty if all is well.
    """

    line: int
    claim_id: str
    verdict: Verdict
    what: str


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's text and its hash, computed anew."""

    article: int
    text: str
    sha256: str


def verify(db: Database, csv_path: Path) -> Iterator[RowProof]:
    """Prove every row of a CSV export against the database, in the order of the file.

    A row is OK if hash, offsets, words, speaker and every other column that the machine wrote are what the stored
    text and its spans give today. Columns that people may edit are not compared. A row that stands twice is DOUBLED;
    where a manifest lies beside the file, rows that were taken out of it come last, as DELETED. Raises ExportError if
    the file is no export.
    """
    text = _Text(0, "", "")
    seen: set[str] = set()
    for line in read_csv(csv_path):
        claim_id = line.cells.get("claim_id", "")
        if claim_id in seen:
            yield RowProof(line.number, claim_id, "DOUBLED", "the same claim stands in the file before")
            continue
        seen.add(claim_id)
        stored = first(db.conn, STORED, (claim_id,))
        if stored is None:
            yield RowProof(line.number, claim_id, "MISSING", _why_missing(db, claim_id))
            continue
        if text.article != stored["article"]:
            text = _load_text(db, int(stored["article"] or 0))
        what = ", ".join(_differences(line, stored, _from_text(db, int(stored["id"] or 0), text)))
        yield RowProof(line.number, claim_id, "CHANGED" if what else "OK", what)

    if made := manifest.read(csv_path):
        yield from _deleted(db, made, seen)


def _deleted(db: Database, made: manifest.Manifest, seen: set[str]) -> Iterator[RowProof]:
    """The rows that a file has lost, by name where what the same filters choose today leaves no doubt."""
    lost = made.rows - len(seen)
    if lost <= 0:
        return
    chosen = (str(row["claim_id"]) for row in select_rows(db, ["claim_id"], made.filters))
    absent = [claim_id for claim_id in chosen if claim_id not in seen]
    if len(absent) == lost:
        yield from (RowProof(0, claim_id, "DELETED", "the row is no longer in the file") for claim_id in absent)
        return
    yield RowProof(
        0, "", "DELETED", f"the file had {made.rows:,} rows and has lost {lost:,}; which ones is not certain"
    )


def _why_missing(db: Database, claim_id: str) -> str:
    claim = first(db.conn, WHEREABOUTS, (claim_id,))
    if claim is None:
        return "no such claim in the database"
    if not claim["is_latest"]:
        return "the article has a newer version"
    return f"no longer found by run {claim['superseded_by_run']}"


def _load_text(db: Database, article: int) -> _Text:
    text = str(db.conn.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()[0])
    return _Text(article, text, sha256(text))


def _from_text(db: Database, claim: int, text: _Text) -> Row:
    """The columns that follow from the text and the stored offsets alone."""
    parts: defaultdict[str, list[Span]] = defaultdict(list)
    sql = 'SELECT role, "start", "end" FROM claim_spans_current WHERE claim = ? ORDER BY role, seq'
    for role, start, end in db.conn.execute(sql, (claim,)):
        parts[role].append(Span.of(text.text, start, end))
    context = db.conn.execute(CONTEXT, (claim,)).fetchone()
    spans = {role: [[span.start, span.end] for span in found] for role, found in parts.items()}
    circumstances: Row = {column: texts(parts[role]) or None for role, column in COLUMN_OF_ROLE.items()}
    return {
        **circumstances,
        "statement": texts(parts["content"]),
        "quoted_words": texts(parts["quoted"]) or None,
        "cue": texts(parts["cue"]) or None,
        "speaker_as_written": texts(parts["source"]) or None,
        "context": text.text[slice(*context)][:CONTEXT_LIMIT],
        "char_start": min((span.start for span in parts["content"]), default=None),
        "char_end": max((span.end for span in parts["content"]), default=None),
        "text_sha256": text.sha256,
        "spans_json": json.dumps(spans, separators=(",", ":")),
    }


def _differences(line: Line, stored: Row, proven: Row) -> Iterator[str]:
    """The names of the columns in which file, database and text do not agree."""
    if line.surplus:
        yield f"{abs(line.surplus)} cells too {'many' if line.surplus > 0 else 'few'}"
    for name in COMPARED:
        if name in proven and stored[name] != proven[name]:
            yield f"database: {name}"
        if name in line.cells and not _agrees(name, line.cells[name], proven.get(name, stored[name])):
            yield name


def _agrees(name: str, cell: str, value: Value) -> bool:
    """Whether a cell of the file says this value.

    What spreadsheets do to a cell they save is let pass: a guard against formulas taken away, other line ends, a
    decimal comma.
    """
    if value is None:
        return cell == ""
    if name not in NUMERIC:
        said = _same_line_ends(str(value))
        return _same_line_ends(cell) in (said, guard(said))
    try:
        return float(cell.replace(",", ".")) == float(value)
    except ValueError:
        return False


def _same_line_ends(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")
