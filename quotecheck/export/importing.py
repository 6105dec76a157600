"""Taking a spreadsheet's edits back: by claim id, a few columns only, as reviews; everything else is reported.

Spreadsheets change cells that nobody edited. A cell counts as edited only if no known way of damaging it leads from
the stored value to what the file has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateutil import parser as dates
from sqlite_utils import Database

from quotecheck.errors import ConflictError, StoreError
from quotecheck.export.guard import unguard
from quotecheck.export.profiles import FULL, HUMAN, NUMERIC, SOURCE, WRITTEN_AT_EXPORT, select
from quotecheck.export.reading import Line, encoding_of, read_csv
from quotecheck.store import reviews
from quotecheck.store.connection import Row, Value, first
from quotecheck.store.corrections import REJECT_REASONS

EDITABLE = ("review_status", "reject_reason", "speaker", "note", "tags")
"""Columns that may be edited; `reject_reason` may be added to the file."""
ACTIONS = {"accepted": "accept", "rejected": "reject", "unsure": "unsure"}
"""What a person may write into `review_status`, and the review it makes; `corrected` follows from a new speaker."""
_FIXED = [name for name in FULL if name not in {*EDITABLE, *WRITTEN_AT_EXPORT, "reviewed_at", *HUMAN}]
_READ = [*_FIXED, "review_status", "speaker", "note", "tags", "reviewed_at"]
_STORED = f"SELECT {select(_READ)}, v.reject_reason, v.version AS version FROM {SOURCE} WHERE v.claim_id = ?"

Outcome = Literal["applied", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row of the file: `line` is its first line, counted from 1.

    `what` says what was applied, or why it was refused; `ignored` names columns that were changed but are not taken.
    """

    line: int
    claim_id: str
    outcome: Outcome
    what: str = ""
    ignored: tuple[str, ...] = ()


def import_reviews(db: Database, csv_path: Path, *, actor: str, dry_run: bool = False) -> Iterator[Change]:
    """Apply the edits of a spreadsheet as reviews by `actor`, row by row; yields what became of each.

    Rows whose claim was decided otherwise since the export are refused, and nothing is ever cleared. Applying the same
    file again changes nothing. With `dry_run` nothing is written. Raises ExportError if the file is no export.
    """
    encoding = encoding_of(csv_path)
    for line in read_csv(csv_path, encoding):
        yield _take(db, line, actor, dry_run, encoding)


def _take(db: Database, line: Line, actor: str, dry_run: bool, encoding: str) -> Change:
    cells = {name: unguard(cell).strip() for name, cell in line.cells.items()}
    claim_id = cells.get("claim_id", "")
    stored = first(db.conn, _STORED, (claim_id,))
    if stored is None:
        return Change(line.number, claim_id, "refused", "no such claim in the database today")
    known = {name: cell for name, cell in cells.items() if name in stored}
    edited = {name: cell for name, cell in known.items() if not _same(name, cell, stored[name], encoding)}
    ignored = tuple(name for name in edited if name not in EDITABLE and name != "reviewed_at")
    edits = {name: cell for name, cell in edited.items() if name in EDITABLE and cell}
    if "reviewed_at" in edited and edits.get("review_status") == "unreviewed":
        del edits["review_status"]  # it was reviewed after the export, and this row does not know
    if not edits:
        return Change(line.number, claim_id, "unchanged", ignored=ignored)
    if "reviewed_at" in edited:
        return Change(line.number, claim_id, "refused", "reviewed since the file was exported", ignored)
    try:
        what = _record(db, claim_id, edits, stored, actor, dry_run)
    except (StoreError, ConflictError) as error:
        return Change(line.number, claim_id, "refused", str(error), ignored)
    return Change(line.number, claim_id, "applied", what, ignored)


def _record(db: Database, claim_id: str, edits: Mapping[str, str], stored: Row, actor: str, dry_run: bool) -> str:
    """Write the review that the edits make and say what it is. Raises StoreError if they make none."""
    action = _action(edits, stored)
    changes: dict[str, str | None] = {name: edits[name] for name in ("speaker", "tags") if name in edits}
    reason = edits.get("reject_reason") or (str(stored["reject_reason"]) if stored["reject_reason"] else None)
    if action == "reject" and reason is not None and reason not in REJECT_REASONS:
        raise StoreError(f"no such reason to reject: {reason!r}; use one of {', '.join(REJECT_REASONS)}")
    if not dry_run:
        reviews.record(
            db.conn,
            claim_id,
            actor=actor,
            action=action,
            expected_version=int(stored["version"] or 0),
            changes=changes,
            reason=reason if action == "reject" else None,
            note=edits.get("note"),
        )
    told = (f"{name}: {edits[name]}" for name in EDITABLE[1:] if name in edits)
    return ", ".join([action, *told])


def _action(edits: Mapping[str, str], stored: Row) -> str:
    status = edits.get("review_status", "").lower()
    if "speaker" in edits:
        if status in ("rejected", "unsure"):
            raise StoreError(f"a speaker cannot be corrected in a claim that is marked {status}")
        return "correct"
    if status in ACTIONS:
        return ACTIONS[status]
    if status:
        raise StoreError(
            f"review_status cannot be set to {status!r}; write {', '.join(ACTIONS)}, or correct the speaker"
        )
    if "reject_reason" in edits:
        if stored["review_status"] != "rejected":
            raise StoreError("a reject_reason without review_status rejected")
        return "reject"
    return "note"


def _same(name: str, cell: str, value: Value, encoding: str) -> bool:
    """Whether a cell still says the stored value, however a spreadsheet may have rewritten it."""
    if value is None:
        return cell == ""
    said = _plain(str(value), encoding)
    if _plain(cell, encoding) in (said, unguard(said).strip()):
        return True
    if name in NUMERIC or said.isdecimal():  # 0.9 became 0,9 and 007 became 7
        return _number(cell) == _number(said) is not None
    return _is_date(said) and _day(cell, said)


def _plain(cell: str, encoding: str) -> str:
    """The cell with one kind of line end, and without the characters that the file's encoding cannot hold."""
    same_ends = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return same_ends.encode(encoding, "replace").decode(encoding) if encoding == "cp1252" else same_ends


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _is_date(said: str) -> bool:
    return len(said) >= 10 and said[:4].isdecimal() and said[4] == said[7] == "-" and "/" not in said


def _day(cell: str, said: str) -> bool:
    """Whether a cell is the day of an ISO date in some other notation: 03/04/2031, 4.3.2031, Mar 4, 2031."""
    for dayfirst in (False, True):
        try:
            if dates.parse(cell, dayfirst=dayfirst).date().isoformat() == said[:10]:
                return True
        except (ValueError, OverflowError):
            continue
    return False
