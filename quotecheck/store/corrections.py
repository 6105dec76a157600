"""What a reviewer may change about a claim, checked and completed before it becomes an event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, Value, storable
from quotecheck.store.identity import speaker_uid
from quotecheck.store.state import DECISIONS
from quotecheck.vocabulary import KINDS, SPEAKER_KINDS

READING = ("kind", "speaker", "speaker_kind", "said_date")
"""Fields that say how the article is to be read; changing one is a correction."""
BESIDE = ("tags", "fact_check_url", "fact_check_rating")
"""Fields that a person puts beside the reading; they judge nothing, so any action may carry them."""
CORRECTABLE = (*READING, *BESIDE)
ASIDE = {"note": {}, "link": {}, "flag": {"flagged": 1}, "unflag": {"flagged": 0}}
"""Actions that decide nothing about a claim, with the fields they set by themselves."""
REJECT_REASONS = (
    "not_speech", "scare_quotes_or_title", "wrong_speaker", "wrong_span", "duplicate", "not_a_statement", "other",
)  # fmt: skip
NAMELESS = ("unnamed", "unknown", "group")
EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def outcome(
    current: Mapping[str, Value], action: str, changes: Mapping[str, str | None], reason: str | None, note: str | None
) -> Row:
    """The fields of a claim's state that an action sets, given the claim as it stands (its speaker and their kind).

    Raises StoreError if the action, a field or a value is not one that a reviewer may give.
    """
    if action not in (*DECISIONS, *ASIDE):
        raise StoreError(f"no such review action: {action!r}; use one of {', '.join((*DECISIONS, *ASIDE))}")
    if unknown := set(changes) - set(CORRECTABLE):
        raise StoreError(f"cannot be corrected: {', '.join(sorted(unknown))}; only {', '.join(CORRECTABLE)}")
    if action == "correct" and not changes:
        raise StoreError("a correction needs at least one changed field")
    if action != "correct" and set(changes) & set(READING):
        raise StoreError(f"{action!r} takes no changed fields; use 'correct'")
    after: Row = {"status": DECISIONS[action]} if action in DECISIONS else dict(ASIDE[action])
    if action in DECISIONS:
        after["reject_reason"] = _reject_reason(reason) if action == "reject" else None
    if note is not None:
        after["note"] = _cell(note)
    return after | corrected(current, changes)


def corrected(current: Mapping[str, Value], changes: Mapping[str, str | None]) -> Row:
    """The fields that changed values set, checked and completed. Raises StoreError like `outcome`."""
    cells = {field: _cell(value) for field, value in changes.items()}
    after: Row = {field: cells[field] for field in ("tags", "fact_check_rating") if field in cells}
    if "fact_check_url" in cells:
        after["fact_check_url"] = _web_address(cells["fact_check_url"])
    if "kind" in cells:
        if cells["kind"] not in KINDS:
            raise StoreError(f"no such kind of statement: {cells['kind']!r}; use one of {', '.join(KINDS)}")
        after["kind"] = cells["kind"]
    if "said_date" in cells:
        after |= _said_date(cells["said_date"])
    if "speaker" in cells or "speaker_kind" in cells:
        after |= _speaker(current, cells)
    return after


def _cell(value: str | None) -> str | None:
    return storable(value.strip()) or None if value else None


def _reject_reason(reason: str | None) -> str | None:
    if reason is not None and reason not in REJECT_REASONS:
        raise StoreError(f"no such reason to reject: {reason!r}; use one of {', '.join(REJECT_REASONS)}")
    return reason


def _web_address(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise StoreError(f"not a web address: {value!r}; it begins with https://")
    return value


def _said_date(value: str | None) -> Row:
    """A day, month or year, or two of them with `/` between (EDTF); none where a person says that it is unknown."""
    if value is None:
        return {"said_date": None, "said_date_basis": "unknown"}
    ends = value.split("/")
    if len(ends) > 2 or not all(_is_date(end) for end in ends):
        raise StoreError(f"not a date: {value!r}; write 2024-03-15, 2024-03, 2024, or two of them with / between")
    return {"said_date": value, "said_date_basis": "human"}


def _is_date(value: str) -> bool:
    found = EDTF.fullmatch(value)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _speaker(current: Mapping[str, Value], changes: Mapping[str, str | None]) -> Row:
    """Name, kind and ids always change together: a name without a kind is nobody."""
    name = changes["speaker"] if "speaker" in changes else _text(current["speaker"])
    kind = changes.get("speaker_kind") or _kind_for(name, _text(current["speaker_kind"]))
    if kind not in SPEAKER_KINDS:
        raise StoreError(f"no such kind of speaker: {kind!r}; use one of {', '.join(SPEAKER_KINDS)}")
    names = [part.strip() for part in (name or "").split(";") if part.strip()]
    return {
        "speaker": "; ".join(names) or None,
        "speaker_id": "; ".join(speaker_uid(part, kind) for part in names) or None,
        "speaker_kind": kind,
    }


def _kind_for(name: str | None, kind: str | None) -> str:
    """The kind of a speaker whose name alone was corrected: the machine's, unless it contradicts the name."""
    if name is None:
        return kind if kind in NAMELESS else "unnamed"
    return kind if kind in SPEAKER_KINDS and kind not in NAMELESS else "person"


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
