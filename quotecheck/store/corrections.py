"""What a reviewer may change about a claim, checked and completed before it becomes an event."""

from __future__ import annotations

from collections.abc import Mapping

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, Value, storable
from quotecheck.store.identity import speaker_uid
from quotecheck.store.state import DECISIONS
from quotecheck.vocabulary import KINDS, SPEAKER_KINDS

CORRECTABLE = ("kind", "speaker", "speaker_kind", "tags")
REJECT_REASONS = (
    "not_speech", "scare_quotes_or_title", "wrong_speaker", "wrong_span", "duplicate", "not_a_statement", "other",
)  # fmt: skip
NAMELESS = ("unnamed", "unknown", "group")


def outcome(
    current: Mapping[str, Value], action: str, changes: Mapping[str, str | None], reason: str | None, note: str | None
) -> Row:
    """The fields of a claim's state that an action sets, given the claim as `claims_current` shows it.

    Raises StoreError if the action, a field or a value is not one that a reviewer may give.
    """
    if action not in (*DECISIONS, "note"):
        raise StoreError(f"no such review action: {action!r}; use one of {', '.join((*DECISIONS, 'note'))}")
    if unknown := set(changes) - set(CORRECTABLE):
        raise StoreError(f"cannot be corrected: {', '.join(sorted(unknown))}; only {', '.join(CORRECTABLE)}")
    if action == "correct" and not changes:
        raise StoreError("a correction needs at least one changed field")
    if action not in ("correct", "note") and set(changes) - {"tags"}:
        raise StoreError(f"{action!r} takes no changed fields; use 'correct'")
    after: Row = {"status": DECISIONS[action]} if action in DECISIONS else {}
    if action in DECISIONS:
        after["reject_reason"] = _reject_reason(reason) if action == "reject" else None
    if note is not None:
        after["note"] = _cell(note)
    return after | _corrected(current, {field: _cell(value) for field, value in changes.items()})


def _cell(value: str | None) -> str | None:
    return storable(value.strip()) or None if value else None


def _reject_reason(reason: str | None) -> str | None:
    if reason is not None and reason not in REJECT_REASONS:
        raise StoreError(f"no such reason to reject: {reason!r}; use one of {', '.join(REJECT_REASONS)}")
    return reason


def _corrected(current: Mapping[str, Value], changes: Mapping[str, str | None]) -> Row:
    after: Row = {}
    if "tags" in changes:
        after["tags"] = changes["tags"]
    if "kind" in changes:
        if changes["kind"] not in KINDS:
            raise StoreError(f"no such kind of statement: {changes['kind']!r}; use one of {', '.join(KINDS)}")
        after["kind"] = changes["kind"]
    if "speaker" in changes or "speaker_kind" in changes:
        after |= _speaker(current, changes)
    return after


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
