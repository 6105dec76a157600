"""Which columns an export has, and where each comes from."""

from __future__ import annotations

from typing import Literal, get_args

from quotecheck.errors import ExportError
from quotecheck.store.views import EXPORT_COLUMNS, EXPORT_SOURCE

Profile = Literal["claims", "short", "full"]

SHORT = (
    "claim_id", "review_status", "quote_type", "speaker", "speaker_role", "cue", "statement", "said_date", "place",
    "article_title", "outlet", "published_at", "article_url", "check_score", "note", "text_sha256",
)  # fmt: skip

SPANS_JSON = """
(SELECT json_group_object(role, json(pieces)) FROM (
  SELECT role, json_group_array(json_array("start", "end")) AS pieces FROM (
    SELECT role, "start", "end" FROM claim_spans_current WHERE claim = v.id ORDER BY role, seq) GROUP BY role))"""
ALIASES = """
(SELECT group_concat(form, '; ') FROM (
  SELECT DISTINCT replace(sa.form, ';', ',') AS form FROM speaker_aliases sa JOIN speakers s ON s.id = sa.speaker
  WHERE s.uid = v.speaker_id OR s.uid IN (SELECT uid FROM speaker_state WHERE person = v.speaker_id)
  ORDER BY sa.form))"""

TOPICS = """
(SELECT group_concat(topic, '; ') FROM (SELECT topic FROM claim_topics WHERE claim = v.id ORDER BY seq))"""

FULL: dict[str, str] = EXPORT_COLUMNS | {
    "spans_json": SPANS_JSON,
    "mode": "v.mode",
    "anonymity_reason": "v.anonymity_reason",
    "source_count": "v.source_count",
    "nested_in": "v.nested_in",
    "hop": "v.hop",
    "speaker_aliases": ALIASES,
    "author_title": "a.author_title",
    "author_description": "a.author_description",
    "published_raw": "a.published_raw",
    "retrieved_at": "NULL",
    "archived_url": "NULL",
    "raw_sha256": "a.raw_sha256",
    "source_ref": "a.source_ref",
    "fidelity": "NULL",
    "evidence_ref": "NULL",
    "fact_check_url": "v.fact_check_url",
    "fact_check_rating": "v.fact_check_rating",
    "second_reviewer": "v.second_reviewer",
    "adjudicator": "v.adjudicator",
    "event_count": "coalesce((SELECT s.events FROM claim_state s WHERE s.claim = v.id), 0)",
    "run_id": "v.run_id",
    "rules_sha256": "r.options_sha256",
    "exported_at": "NULL",
    "topics": TOPICS,
}
SOURCE = f"{EXPORT_SOURCE} JOIN articles a ON a.id = v.article"

NUMERIC = frozenset(
    {
        "char_start", "char_end", "check_score", "speaker_confidence", "span_confidence", "repeats", "source_count",
        "hop", "event_count", "run_id",
    }
)  # fmt: skip
"""Columns whose cells are numbers; all others are text."""

WRITTEN_AT_EXPORT = frozenset({"guarded", "exported_at", "repeats"})
"""Columns that hold for the moment of the export; what is read later changes them."""
EDITABLE = frozenset({"review_status", "note", "tags"})
"""Columns that a person may change in a spreadsheet and hand back."""
HUMAN = EDITABLE | {
    "reviewer", "reviewed_at", "second_reviewer", "adjudicator", "event_count", "fact_check_url", "fact_check_rating",
}  # fmt: skip
"""Columns that say what people did; they go on changing after an export."""


def columns(profile: Profile) -> list[str]:
    """The names of a profile's columns, in their order. Raises ExportError for an unknown profile."""
    match profile:
        case "claims":
            return list(EXPORT_COLUMNS)
        case "short":
            return list(SHORT)
        case "full":
            return list(FULL)
    raise ExportError(f"no such profile: {profile!r}; use one of {', '.join(get_args(Profile))}")


def select(names: list[str]) -> str:
    """The SELECT list of these columns."""
    return ", ".join(f"{FULL[name]} AS {name}" for name in names)
