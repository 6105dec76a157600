"""Tables of reviewing: events of every kind, what they add up to, double review, and who may review."""

from __future__ import annotations

# SQLite can neither drop a CHECK nor a NOT NULL, so the table of events is made anew under its name. Rows written
# before keep their hashes: columns that came later count in a hash only where they hold something.
REVIEW_EVENTS = """
CREATE TABLE review_events_of_all_kinds (
  id INTEGER PRIMARY KEY,
  claim_id TEXT REFERENCES claims(claim_id),
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  reason TEXT,
  undoes INTEGER REFERENCES review_events(id),
  claim_version INTEGER NOT NULL,
  claim_fingerprint TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  article_uid TEXT REFERENCES articles(uid),
  part_of INTEGER REFERENCES review_events(id),
  CHECK ((claim_id IS NULL) <> (article_uid IS NULL))
);
INSERT INTO review_events_of_all_kinds SELECT *, NULL, NULL FROM review_events;
DROP TABLE review_events;
ALTER TABLE review_events_of_all_kinds RENAME TO review_events;
CREATE INDEX review_events_by_claim ON review_events(claim_id, id);
CREATE INDEX review_events_by_article ON review_events(article_uid, id) WHERE article_uid IS NOT NULL;
CREATE INDEX review_events_by_actor ON review_events(actor, id);
CREATE INDEX review_events_by_undoes ON review_events(undoes);
CREATE INDEX review_events_by_part_of ON review_events(part_of) WHERE part_of IS NOT NULL;
"""

# `claim_state` and `article_state` are made from the events and nothing else.
REVIEW_TABLES = """
ALTER TABLE claims ADD COLUMN origin TEXT NOT NULL DEFAULT 'machine' CHECK (origin IN ('machine', 'human'));
ALTER TABLE claims ADD COLUMN covered_by INTEGER REFERENCES claims(id);
CREATE INDEX claims_by_people ON claims(article) WHERE origin = 'human';
DROP TABLE claim_state;
CREATE TABLE claim_state (
  claim INTEGER PRIMARY KEY REFERENCES claims(id),
  events INTEGER NOT NULL,
  in_force INTEGER NOT NULL,
  status TEXT NOT NULL,
  kind TEXT,
  speaker TEXT,
  speaker_id TEXT,
  speaker_kind TEXT,
  reject_reason TEXT,
  note TEXT,
  tags TEXT,
  said_date TEXT,
  said_date_basis TEXT,
  fact_check_url TEXT,
  fact_check_rating TEXT,
  flagged INTEGER,
  spans_json TEXT,
  added INTEGER,
  merged_into TEXT,
  reviewers TEXT,
  judged_json TEXT,
  reviewer TEXT,
  reviewed_at TEXT,
  second_reviewer TEXT,
  adjudicator TEXT,
  decided_fingerprint TEXT,
  statement TEXT,
  quoted_words TEXT,
  cue TEXT,
  cue_class TEXT,
  speaker_as_written TEXT,
  context TEXT,
  context_start INTEGER,
  context_end INTEGER,
  char_start INTEGER,
  char_end INTEGER
);
CREATE INDEX claim_state_by_status ON claim_state(status, claim);
CREATE INDEX claim_state_by_speaker ON claim_state(speaker_id);
CREATE INDEX claim_state_by_reviewed_at ON claim_state(reviewed_at);
CREATE INDEX claim_state_flagged ON claim_state(claim) WHERE flagged = 1;
CREATE TABLE article_state (
  article INTEGER PRIMARY KEY REFERENCES articles(id),
  events INTEGER NOT NULL,
  complete INTEGER,
  reviewer TEXT,
  reviewed_at TEXT
);
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  reviewers TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE TABLE batch_claims (
  batch INTEGER NOT NULL REFERENCES batches(id),
  seq INTEGER NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims(claim_id),
  PRIMARY KEY (batch, seq)
) WITHOUT ROWID;
CREATE INDEX batch_claims_by_claim ON batch_claims(claim_id);
CREATE TABLE reviewers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'adjudicator')),
  added_at TEXT NOT NULL,
  removed_at TEXT
);
CREATE TABLE login_links (
  id INTEGER PRIMARY KEY,
  nonce_sha256 TEXT NOT NULL UNIQUE,
  reviewer INTEGER NOT NULL REFERENCES reviewers(id),
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
);
CREATE INDEX login_links_by_reviewer ON login_links(reviewer);
"""

# The columns of `claims` that hold a reading, as they were when somebody judged it.
JUDGED_READINGS = """
CREATE TABLE judged_readings (
  claim INTEGER NOT NULL REFERENCES claims(id),
  fingerprint TEXT NOT NULL,
  spans_json TEXT NOT NULL,
  kind TEXT NOT NULL,
  is_statement INTEGER NOT NULL,
  speaker TEXT,
  speaker_id TEXT,
  speaker_kind TEXT NOT NULL,
  speaker_as_written TEXT,
  speaker_basis TEXT NOT NULL,
  speaker_role TEXT,
  speaker_affiliation TEXT,
  speaker_confidence REAL,
  cue TEXT,
  cue_class TEXT NOT NULL,
  statement TEXT NOT NULL,
  quoted_words TEXT,
  context TEXT NOT NULL,
  context_start INTEGER NOT NULL,
  context_end INTEGER NOT NULL,
  char_start INTEGER NOT NULL,
  char_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  matching_key TEXT,
  polarity TEXT,
  mode TEXT,
  said_date TEXT,
  said_date_text TEXT,
  said_date_basis TEXT,
  place TEXT,
  occasion TEXT,
  told_to TEXT,
  reported_via TEXT,
  anonymity TEXT,
  anonymity_reason TEXT,
  source_count INTEGER,
  nested_in TEXT,
  hop INTEGER,
  claim_type TEXT,
  check_score REAL,
  check_reasons TEXT,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  PRIMARY KEY (claim, fingerprint)
) WITHOUT ROWID;
ALTER TABLE claim_state ADD COLUMN reading TEXT;
ALTER TABLE claim_state ADD COLUMN polarity TEXT;
ALTER TABLE claim_state ADD COLUMN mode TEXT;
ALTER TABLE claim_state ADD COLUMN anonymity TEXT;
ALTER TABLE claim_state ADD COLUMN source_count INTEGER;
ALTER TABLE claim_state ADD COLUMN claim_type TEXT;
ALTER TABLE claim_state ADD COLUMN check_score REAL;
ALTER TABLE claim_state ADD COLUMN check_reasons TEXT;
"""

# All that counting asks of a claim's state, of claims that nobody worked on, and of who did how much on which day.
COUNTING_INDEXES = """
CREATE INDEX claim_state_counted
  ON claim_state(status, claim, in_force, merged_into, added, flagged, decided_fingerprint, reading);
CREATE INDEX claim_state_decided
  ON claim_state(status, reject_reason, claim, kind, speaker_kind, speaker, spans_json);
CREATE INDEX claims_live ON claims(article)
  WHERE is_statement = 1 AND origin = 'machine' AND superseded_by_run IS NULL AND covered_by IS NULL;
CREATE INDEX claims_covered ON claims(covered_by) WHERE covered_by IS NOT NULL;
CREATE INDEX review_events_by_day ON review_events(actor, substr(at, 1, 10), action, part_of);
"""

# What full-text search finds a claim by besides the machine's words; the index has a column more, so it is made anew.
FOUND_BY = """
ALTER TABLE claims ADD COLUMN found_by TEXT;
DROP TABLE claims_fts;
CREATE VIRTUAL TABLE claims_fts USING fts5 (
  statement, speaker, context, found_by,
  content='claims', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
"""

# The orders of the queue, and all that its counts need of a claim: the rows of `claims` are wide.
QUEUE_INDEXES = """
CREATE INDEX claims_in_queue_by_score ON claims(coalesce(check_score, -1) DESC, id) WHERE is_statement = 1;
CREATE INDEX claims_in_queue_by_confidence ON claims(confidence, id) WHERE is_statement = 1;
CREATE INDEX claims_in_queue_by_speaker ON claims(coalesce(speaker, ''), id) WHERE is_statement = 1;
CREATE INDEX claims_counted ON claims(id, is_statement, superseded_by_run, covered_by, origin, article, fingerprint);
"""
