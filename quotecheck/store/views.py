"""Views of a quotecheck database: claims as they stand today, and the rows that export writes."""

from __future__ import annotations

import sqlite3

from quotecheck.store import readings
from quotecheck.store.people_schema import CLAIM_PEOPLE, person_column, person_joins
from quotecheck.store.topic_schema import ARTICLE_TOPICS, TOPICS_OF_CLAIM, WHO_DID_WHAT

CONTEXT_LIMIT = 1500
"""Code points of a context that are exported; a spreadsheet cell takes no more than some 32,000."""

FOUND_SPEAKER, FOUND_SPEAKER_ID = (
    f"CASE WHEN s.speaker_kind IS NOT NULL THEN s.{name} WHEN j.claim IS NULL THEN c.{name} ELSE j.{name} END"
    for name in ("speaker", "speaker_id")
)
"""Whom the machine, or a reviewer of the claim, names, before anybody said who is who across articles."""

NUMBERS = {
    **dict.fromkeys(("is_statement", "source_count", "hop", "run_id"), "INTEGER"),
    **dict.fromkeys(("confidence", "speaker_confidence", "check_score"), "REAL"),
}
SHOWN = {
    name: f"CAST({readings.column(name)} AS {NUMBERS[name]})" if name in NUMBERS else f"({readings.column(name)})"
    for name in readings.COLUMNS
}
"""The SQL of a column of the reading that a claim shows; a number stays one for whoever filters by it as text."""

NAME_STANDS = f"(s.speaker_kind IS NULL OR s.speaker IS {SHOWN['speaker']})"
"""Whether the machine's name is the claim's; what it read about its bearer is nobody else's role or body."""
SOURCE_STANDS = "((s.spans_json IS NULL AND s.speaker_kind IS NULL) OR s.judged_json IS NULL)"

# A claim leaves the view when its article has a newer version or a later run no longer finds it, unless a person
# worked on it; then it stays, marked `stale`. It leaves, too, when a person merges it into another, takes back having
# added it, or had added it before the machine found it. What a person judged keeps the reading that they saw (`j`),
# whatever a later run reads.
CLAIMS_CURRENT = f"""
SELECT
  c.id AS id,
  c.claim_id AS claim_id,
  CASE
    WHEN s.in_force > 0 AND (a.is_latest = 0 OR c.superseded_by_run IS NOT NULL) THEN 'stale'
    WHEN {readings.STALE} THEN 'stale'
    ELSE coalesce(s.status, 'unreviewed')
  END AS status,
  coalesce(s.kind, {SHOWN["kind"]}) AS kind,
  {person_column("name", FOUND_SPEAKER_ID, FOUND_SPEAKER)} AS speaker,
  {person_column("person", FOUND_SPEAKER_ID, FOUND_SPEAKER_ID)} AS speaker_id,
  {person_column("wikidata", FOUND_SPEAKER_ID, "NULL")} AS speaker_wikidata,
  CASE
    WHEN coalesce(s.speaker_kind, {SHOWN["speaker_kind"]}) LIKE '%; %'
      THEN coalesce(s.speaker_kind, {SHOWN["speaker_kind"]})
    ELSE coalesce(person.kind, split.kind, s.speaker_kind, {SHOWN["speaker_kind"]})
  END AS speaker_kind,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["speaker_as_written"]} ELSE s.speaker_as_written END AS speaker_as_written,
  CASE WHEN s.speaker_kind IS NULL THEN {SHOWN["speaker_basis"]} ELSE 'human' END AS speaker_basis,
  CASE WHEN {NAME_STANDS} THEN {SHOWN["speaker_role"]} END AS speaker_role,
  CASE WHEN {NAME_STANDS} THEN {SHOWN["speaker_affiliation"]} END AS speaker_affiliation,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["cue"]} ELSE s.cue END AS cue,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["cue_class"]} ELSE s.cue_class END AS cue_class,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["statement"]} ELSE s.statement END AS statement,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["quoted_words"]} ELSE s.quoted_words END AS quoted_words,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["context"]} ELSE s.context END AS context,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["polarity"]} ELSE s.polarity END AS polarity,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["mode"]} ELSE s.mode END AS mode,
  CASE WHEN s.said_date_basis IS NULL THEN {SHOWN["said_date"]} ELSE s.said_date END AS said_date,
  {SHOWN["said_date_text"]} AS said_date_text,
  coalesce(s.said_date_basis, {SHOWN["said_date_basis"]}) AS said_date_basis,
  {SHOWN["place"]} AS place,
  {SHOWN["occasion"]} AS occasion,
  {SHOWN["told_to"]} AS told_to,
  {SHOWN["reported_via"]} AS reported_via,
  CASE WHEN {SOURCE_STANDS} THEN {SHOWN["anonymity"]} ELSE s.anonymity END AS anonymity,
  {SHOWN["anonymity_reason"]} AS anonymity_reason,
  CAST(CASE WHEN {SOURCE_STANDS} THEN {SHOWN["source_count"]} ELSE s.source_count END AS INTEGER) AS source_count,
  {SHOWN["nested_in"]} AS nested_in,
  {SHOWN["hop"]} AS hop,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["claim_type"]} ELSE s.claim_type END AS claim_type,
  CAST(CASE WHEN s.spans_json IS NULL THEN {SHOWN["check_score"]} ELSE s.check_score END AS REAL) AS check_score,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["check_reasons"]} ELSE s.check_reasons END AS check_reasons,
  {TOPICS_OF_CLAIM} AS topics,
  {SHOWN["is_statement"]} AS is_statement,
  a.title AS article_title,
  a.outlet AS outlet,
  a.author AS article_author,
  a.category AS article_category,
  a.published_at AS published_at,
  a.url AS article_url,
  a.article_id AS article_id,
  c.article AS article,
  a.text_sha256 AS text_sha256,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["char_start"]} ELSE s.char_start END AS char_start,
  CASE WHEN s.spans_json IS NULL THEN {SHOWN["char_end"]} ELSE s.char_end END AS char_end,
  {SHOWN["confidence"]} AS confidence,
  CAST(CASE WHEN {NAME_STANDS} THEN {SHOWN["speaker_confidence"]} END AS REAL) AS speaker_confidence,
  s.reviewer AS reviewer,
  s.reviewed_at AS reviewed_at,
  s.second_reviewer AS second_reviewer,
  s.adjudicator AS adjudicator,
  s.reviewers AS reviewers,
  s.reject_reason AS reject_reason,
  s.note AS note,
  s.tags AS tags,
  s.fact_check_url AS fact_check_url,
  s.fact_check_rating AS fact_check_rating,
  coalesce(s.flagged, 0) AS flagged,
  c.origin AS origin,
  c.kind AS machine_kind,
  c.speaker AS machine_speaker,
  {SHOWN["matching_key"]} AS matching_key,
  c.revision + coalesce(s.events, 0) AS version,
  {SHOWN["run_id"]} AS run_id,
  a.is_latest AS is_latest,
  c.superseded_by_run AS superseded_by_run
FROM claims c
JOIN articles a ON a.id = c.article
LEFT JOIN claim_state s ON s.claim = c.id
{readings.KEPT}{person_joins(FOUND_SPEAKER_ID)}
WHERE ((c.superseded_by_run IS NULL AND a.is_latest = 1) OR s.in_force > 0)
  AND s.merged_into IS NULL
  AND (c.origin = 'machine' OR s.added = 1)
  AND (c.covered_by IS NULL OR NOT EXISTS (SELECT 1 FROM claim_state h WHERE h.claim = c.covered_by AND h.added = 1))
"""

# A person corrects source, cue and content together; what else the machine found about a claim stays.
CLAIM_SPANS_CURRENT = f"""
SELECT m.claim AS claim, m.role AS role, m.seq AS seq, m."start" AS "start", m."end" AS "end", m.text AS text
FROM claim_spans m
WHERE (m.role NOT IN ('source', 'cue', 'content', 'quoted')
    OR NOT EXISTS (SELECT 1 FROM claim_state s WHERE s.claim = m.claim AND s.spans_json IS NOT NULL))
  AND NOT {readings.IS_KEPT.format(claim="m.claim")}
UNION ALL
SELECT s.claim, roles.key, pieces.key, json_extract(pieces.value, '$[0]'), json_extract(pieces.value, '$[1]'),
  substr(a.text, json_extract(pieces.value, '$[0]') + 1,
    json_extract(pieces.value, '$[1]') - json_extract(pieces.value, '$[0]'))
FROM claim_state s JOIN claims c ON c.id = s.claim JOIN articles a ON a.id = c.article,
  json_each(s.spans_json) roles, json_each(roles.value) pieces
WHERE s.spans_json IS NOT NULL
UNION ALL
SELECT j.claim, roles.key, pieces.key, json_extract(pieces.value, '$[0]'), json_extract(pieces.value, '$[1]'),
  substr(a.text, json_extract(pieces.value, '$[0]') + 1,
    json_extract(pieces.value, '$[1]') - json_extract(pieces.value, '$[0]'))
FROM judged_readings j CROSS JOIN claim_state s ON s.claim = j.claim AND s.reading = j.fingerprint
CROSS JOIN claims c ON c.id = j.claim AND c.fingerprint <> j.fingerprint CROSS JOIN articles a ON a.id = c.article,
  json_each(j.spans_json) roles, json_each(roles.value) pieces
WHERE s.spans_json IS NULL OR roles.key NOT IN ('source', 'cue', 'content', 'quoted')
"""

# All printings of the same words less those in the article itself. The inner query names no outer column, so SQLite
# counts once per statement for all rows; counted row by row, a story that 300 papers print takes 300 steps per claim.
REPEATS = """
CASE WHEN v.matching_key IS NOT NULL THEN
  coalesce((
    SELECT printed.claims FROM (
      SELECT matching_key, count(*) AS claims FROM claims
      WHERE matching_key IS NOT NULL AND superseded_by_run IS NULL
        AND article NOT IN (SELECT id FROM articles WHERE is_latest = 0)
      GROUP BY matching_key
    ) printed WHERE printed.matching_key = v.matching_key
  ), 0) - (
    SELECT count(*) FROM claims own
    WHERE own.matching_key = v.matching_key AND own.superseded_by_run IS NULL
      AND own.article = (SELECT id FROM articles WHERE article_id = v.article_id AND is_latest = 1)
  )
END"""

EXPORT_COLUMNS: dict[str, str] = {
    "claim_id": "v.claim_id",
    "review_status": "v.status",
    "quote_type": "v.kind",
    "speaker": "v.speaker",
    "speaker_id": "v.speaker_id",
    "speaker_wikidata": "v.speaker_wikidata",
    "speaker_kind": "v.speaker_kind",
    "anonymity": "v.anonymity",
    "speaker_as_written": "v.speaker_as_written",
    "speaker_basis": "v.speaker_basis",
    "speaker_role": "v.speaker_role",
    "speaker_affiliation": "v.speaker_affiliation",
    "cue": "v.cue",
    "cue_class": "v.cue_class",
    "polarity": "v.polarity",
    "statement": "v.statement",
    "quoted_words": "v.quoted_words",
    "context": f"substr(v.context, 1, {CONTEXT_LIMIT})",
    "said_date": "v.said_date",
    "said_date_text": "v.said_date_text",
    "said_date_basis": "v.said_date_basis",
    "place": "v.place",
    "occasion": "v.occasion",
    "told_to": "v.told_to",
    "reported_via": "v.reported_via",
    "article_title": "v.article_title",
    "outlet": "v.outlet",
    "article_author": "v.article_author",
    "article_category": "v.article_category",
    "published_at": "v.published_at",
    "article_url": "v.article_url",
    "article_id": "v.article_id",
    "text_sha256": "v.text_sha256",
    "char_start": "v.char_start",
    "char_end": "v.char_end",
    "check_score": "v.check_score",
    "check_reasons": "v.check_reasons",
    "claim_type": "v.claim_type",
    "speaker_confidence": "v.speaker_confidence",
    "span_confidence": "v.confidence",
    "cluster_id": "NULL",
    "repeats": REPEATS,
    "reviewer": "v.reviewer",
    "reviewed_at": "v.reviewed_at",
    "note": "v.note",
    "tags": "v.tags",
    "extractor": "CASE v.origin WHEN 'human' THEN 'human' ELSE "
    "'quotecheck ' || r.tool_version || ' ' || r.model_name || ' ' || substr(r.model_sha256, 1, 12) END",
    "guarded": "NULL",
}
"""The columns of a claims export in order, each with its SQL over `claims_current v JOIN runs r`."""

EXPORT_SOURCE = "claims_current v JOIN runs r ON r.id = v.run_id"

VIEWS: dict[str, str] = {
    "claim_people": CLAIM_PEOPLE,
    "claim_spans_current": CLAIM_SPANS_CURRENT,
    "claims_current": CLAIMS_CURRENT,
    "article_topics": ARTICLE_TOPICS,
    "who_did_what": WHO_DID_WHAT,
    "attributed_claims": "SELECT "
    + ", ".join(f"{sql} AS {name}" for name, sql in EXPORT_COLUMNS.items())
    + f" FROM {EXPORT_SOURCE} WHERE v.is_statement = 1",
}
"""View name to its SELECT, in the order in which they build on each other."""


def drop_views(connection: sqlite3.Connection) -> None:
    """Take every view away, before a migration that SQLite would check them in."""
    for name in reversed(VIEWS):
        connection.execute(f"DROP VIEW IF EXISTS {name}")


def ensure_views(connection: sqlite3.Connection) -> None:
    """Make every view anew."""
    drop_views(connection)
    for name, select in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {select}")
