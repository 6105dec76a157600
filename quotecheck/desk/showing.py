"""How values are shown: template filters and names, linked table cells, and a card as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from quotecheck.desk import links
from quotecheck.desk.cards import Card
from quotecheck.desk.queue import ORDERS
from quotecheck.desk.reviewing import REJECT_REASONS
from quotecheck.desk.rows import PAGE_SIZE
from quotecheck.vocabulary import KINDS, SPEAKER_KINDS

KIND_LABELS = {"direct": "direct quote", "indirect": "indirect speech", "mixed": "partly quoted"}
SPEAKER_KIND_LABELS = {
    "person": "person",
    "organisation": "organisation",
    "place_metonym": "place standing for its government",
    "group": "group",
    "document": "document",
    "unnamed": "unnamed source",
    "unknown": "unknown",
}
BASIS_LABELS = {
    "name": "named in full",
    "alias": "short form of a name",
    "pronoun": "pronoun",
    "title_only": "title only",
    "carry_over": "carried over from the passage before",
    "metonym": "place standing for its government",
    "list": "from a list of people",
    "human": "set by a person",
    "unresolved": "not resolved",
}
ACTION_LABELS = {
    "accept": "accepted",
    "reject": "rejected",
    "unsure": "marked unsure",
    "note": "wrote a note",
    "correct": "corrected",
    "renew": "accepted the machine's new reading",
    "undo": "took back",
    "spans": "corrected the words",
    "add": "added the statement",
    "split": "split the statement",
    "merge": "merged the statement",
    "link": "linked a fact check",
    "flag": "asked for a second look",
    "unflag": "needs no second look",
    "double": "opened a double review",
    "adjudicate": "decided the conflict",
}
PEOPLE_ACTION_LABELS = {
    "merge": "merged",
    "split": "split",
    "different": "told apart",
    "later": "put off",
    "alias": "gave a further name",
    "identify": "identified",
    "undo": "took back a decision about",
}
STATE_LABELS = {"unreviewed": "to review", "flagged": "second look", "all": "all"}
POLARITY_LABELS = {"asserts": "asserts", "denies": "denies", "asks": "asks", "unclear": "stance unclear"}
DATE_BASIS_LABELS = {
    "explicit": "the article gives the date",
    "weekday": "counted from the weekday",
    "relative": "counted from the day of publication",
    "same_as_publication": "assumed: the day of publication",
    "human": "set by a person",
    "unknown": "unknown",
}
ANONYMITY_LABELS = {
    "A0": "named person",
    "A1": "named body",
    "A2": "named document",
    "A3": "unnamed, role and body given",
    "A4": "unnamed, loosely described",
    "A5": "bare “source”",
    "A6": "unnamed group",
    "A7": "no source",
}
FIELD_LABELS = {
    "status": "state",
    "kind": "kind",
    "speaker": "speaker",
    "said_date": "date",
    "note": "note",
    "tags": "tags",
    "fact_check_url": "fact check",
    "fact_check_rating": "rating",
    "reject_reason": "reason",
}
"""Fields of an event that a reader of the history wants to see."""
REREAD_LABELS = {
    "statement": "Words",
    "speaker": "Speaker",
    "speaker_as_written": "Source",
    "speaker_kind": "Speaker is",
    "kind": "Kind",
    "cue": "Cue",
    "polarity": "Stance",
    "said_date": "Said on",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def exact(text: str) -> Markup:
    """`text` escaped so that a browser's document holds it unchanged, carriage returns included."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def day(moment: str | None) -> str:
    """An ISO 8601 moment as `26 Jan 2022`; what cannot be read that way as it is."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        return moment or ""
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def minute(moment: str | None) -> str:
    """An ISO 8601 moment as `26 Jan 2022, 14:02 UTC`; what cannot be read that way as it is."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        return moment or ""
    return f"{day(moment)}, {parsed:%H:%M} {parsed.tzname() or ''}".rstrip()


def changes(event: Any) -> list[tuple[str, Any, Any]]:
    """What an event changed, as (label, before, after), for the fields that a reader wants to see."""
    shown = [(label, event.before.get(name), event.after.get(name)) for name, label in FIELD_LABELS.items()]
    found = [(label, old, new) for label, old, new in shown if old != new and label != "speaker"]
    if any(event.before.get(name) != event.after.get(name) for name in ("speaker", "speaker_kind")):
        found.append(("speaker", event.before.get("speaker"), event.after.get("speaker") or _no_name(event.after)))
    if event.before.get("spans_json") != event.after.get("spans_json"):
        found.append(("words", "", "changed"))
    return found


def _no_name(state: Mapping[str, Any]) -> str:
    return "as the machine reads it" if state.get("speaker_kind") is None else "nobody named"


def clock(moment: str | None) -> str:
    """The time of day of an ISO 8601 moment, in UTC: `14:02`."""
    return moment[11:16] if moment else ""


def percent(share: float | None) -> str:
    """A share from 0 to 1 as `87 %`; empty if there is none."""
    return "" if share is None else f"{share * 100:.0f} %"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 statement`, `2,304 statements`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "exact": exact,
    "day": day,
    "minute": minute,
    "percent": percent,
    "count_of": count,
    "safe_url": links.safe_url,
    "changes_of": changes,
    "clock": clock,
}
GLOBALS: dict[str, Any] = {
    "desk_root": links.ROOT,
    "article_path": links.article_path,
    "speaker_path": links.speaker_path,
    "with_query": links.with_query,
    "kind_labels": KIND_LABELS,
    "speaker_kind_labels": SPEAKER_KIND_LABELS,
    "basis_labels": BASIS_LABELS,
    "action_labels": ACTION_LABELS,
    "people_action_labels": PEOPLE_ACTION_LABELS,
    "state_labels": STATE_LABELS,
    "polarity_labels": POLARITY_LABELS,
    "date_basis_labels": DATE_BASIS_LABELS,
    "anonymity_labels": ANONYMITY_LABELS,
    "reread_labels": REREAD_LABELS,
    "claim_path": links.claim_path,
    "focus_path": links.focus_path,
    "orders": {name: order.label for name, order in ORDERS.items()},
    "kinds": KINDS,
    "speaker_kinds": SPEAKER_KINDS,
    "reject_reasons": REJECT_REASONS,
    "page_size": PAGE_SIZE,
}

Path = Callable[[str], str]
"""Puts what the desk is mounted under before one of its addresses."""
LINKED_TABLES = ("claims", "claims_current", "attributed_claims", "review_events", "who_did_what", "article_topics")


def render_cell(row: Mapping[str, Any], value: object, column: str, table: str | None, path: Path) -> Markup | None:
    """A cell of a table about claims as a link to its claim, speaker or article; None to show it as it is."""
    if table not in LINKED_TABLES or not value:
        return None
    if column == "claim_id":
        return _link(path(f"{links.ROOT}/claim/{value}"), value)
    if column in ("speaker", "speaker_id") and (uids := _get(row, "speaker_id")):
        return speaker_links(str(value), str(uids), path)
    if column == "article_title" and (article := _get(row, "article")):
        return _link(path(links.article_path(article)), value)
    return None


def speaker_links(names: str, uids: str, path: Path) -> Markup:
    """The names of a claim's speakers, each linked to its page; plain if names and ids do not pair up."""
    each_name, each_uid = names.split("; "), uids.split("; ")
    if len(each_name) != len(each_uid):
        return escape(names)
    pairs = zip(each_name, each_uid, strict=True)
    return Markup("; ").join(_link(path(links.speaker_path(uid)), name) for name, uid in pairs)


def value_label(column: str, value: str) -> str:
    """What a value of a closed vocabulary is called on the pages; any other value as it is."""
    labels = {"kind": KIND_LABELS, "speaker_kind": SPEAKER_KIND_LABELS}.get(column, {})
    return labels.get(value, value)


GLOBALS |= {"speaker_links": speaker_links, "value_label": value_label}


def card_json(card: Card) -> dict[str, object]:
    """What a script needs of a card after a review."""
    names = ("claim_id", "article", "status", "version", "speaker", "kind", "note", "reviewer", "reviewed_at")
    return {name: getattr(card, name) for name in names}


def _get(row: Mapping[str, Any], column: str) -> object:
    try:
        return row[column]
    except (KeyError, IndexError):
        return None


def _link(address: str, value: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, value)
