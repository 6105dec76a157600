"""Tables and views of people across articles: what reviewers decided about who is who, and what that makes of it."""

from __future__ import annotations

from quotecheck.store import readings

# `speaker_state` and `speaker_parts` are made from `speaker_events` and nothing else. They are keyed by uid, so that a
# name that is first read after a person decided about it is the right speaker from its first claim on.
PEOPLE_TABLES = """
CREATE TABLE speaker_events (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  speaker TEXT NOT NULL REFERENCES speakers(uid),
  other TEXT REFERENCES speakers(uid),
  details_json TEXT NOT NULL,
  reason TEXT,
  undoes INTEGER REFERENCES speaker_events(id),
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX speaker_events_by_speaker ON speaker_events(speaker);
CREATE INDEX speaker_events_by_other ON speaker_events(other);
CREATE TABLE speaker_state (
  uid TEXT PRIMARY KEY REFERENCES speakers(uid),
  person TEXT NOT NULL REFERENCES speakers(uid),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  role TEXT,
  wikidata TEXT
) WITHOUT ROWID;
CREATE INDEX speaker_state_by_person ON speaker_state(person);
CREATE TABLE speaker_parts (
  claim_id TEXT NOT NULL REFERENCES claims(claim_id),
  uid TEXT NOT NULL REFERENCES speakers(uid),
  person TEXT NOT NULL REFERENCES speakers(uid),
  PRIMARY KEY (claim_id, uid)
) WITHOUT ROWID;
ALTER TABLE claim_speakers ADD COLUMN role_start INTEGER;
ALTER TABLE claim_speakers ADD COLUMN role_end INTEGER;
ALTER TABLE claim_speakers ADD COLUMN affiliation_start INTEGER;
ALTER TABLE claim_speakers ADD COLUMN affiliation_end INTEGER;
"""

CLAIM_PEOPLE = f"""
SELECT
  found.claim AS claim,
  found.seq AS seq,
  coalesce(state.person, part.person, found.uid) AS person,
  coalesce(state.name, split.name, named.name) AS name,
  coalesce(state.kind, split.kind, named.kind) AS kind,
  state.wikidata AS wikidata,
  found.uid AS found_uid,
  named.name AS found_name
FROM (
  SELECT cs.claim AS claim, cs.seq AS seq, sp.uid AS uid
  FROM claim_speakers cs JOIN speakers sp ON sp.id = cs.speaker LEFT JOIN claim_state s ON s.claim = cs.claim
  WHERE s.speaker_kind IS NULL AND NOT {readings.IS_KEPT.format(claim="cs.claim")}
  UNION ALL
  SELECT j.claim, one.key, one.value
  FROM ({readings.IN_FORCE}) j JOIN claim_state s ON s.claim = j.claim,
    json_each('["' || replace(j.speaker_id, '; ', '","') || '"]') one
  WHERE s.speaker_kind IS NULL AND j.speaker_id IS NOT NULL
  UNION ALL
  SELECT s.claim, one.key, one.value
  FROM claim_state s, json_each('["' || replace(s.speaker_id, '; ', '","') || '"]') one
  WHERE s.speaker_kind IS NOT NULL AND s.speaker_id IS NOT NULL
) found
JOIN claims c ON c.id = found.claim
JOIN speakers named ON named.uid = found.uid
LEFT JOIN speaker_parts part ON part.claim_id = c.claim_id AND part.uid = found.uid
LEFT JOIN speakers split ON split.uid = part.person
LEFT JOIN speaker_state state ON state.uid = coalesce(part.person, found.uid)
"""


def person_joins(found_id: str) -> str:
    """The joins that `person_column` needs; `found_id` is the SQL of a claim's speaker id before people's decisions.

    The claim's table must be called `c`.
    """
    return f"""
LEFT JOIN speaker_parts part ON part.claim_id = c.claim_id AND part.uid = {found_id}
LEFT JOIN speakers split ON split.uid = part.person
LEFT JOIN speaker_state person ON person.uid = coalesce(part.person, {found_id})"""


def person_column(column: str, found_id: str, found: str) -> str:
    """The SQL of a claim's speaker as people decided: `column` is name, person or wikidata, `found` what was found.

    Joint speakers are looked up one by one; two that were merged are named once.
    """
    split = {"name": "split.name", "person": "part.person"}.get(column, "NULL")
    return f"""CASE
    WHEN {found_id} LIKE '%; %' THEN (
      SELECT group_concat(one, '; ') FROM (
        SELECT {column} AS one FROM claim_people
        WHERE claim = c.id AND {column} IS NOT NULL GROUP BY {column} ORDER BY min(seq)
      )
    )
    ELSE coalesce(person.{column}, {split}, {found})
  END"""
