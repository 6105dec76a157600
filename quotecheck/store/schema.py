"""Tables, triggers and views of a quotecheck database.

Tables are made once, by the first migration; a change to them is a further migration. Triggers and views hold no
data: every migration ends by making them anew from here.
"""

from __future__ import annotations

import re
import sqlite3

APPLICATION_ID = 0x71636B31
"""`PRAGMA application_id` of a quotecheck database (the letters `qck1`)."""

# `text` stands last so that reading the other columns of an article does not walk through the pages of its text.
TABLES = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  tool_version TEXT NOT NULL,
  model_name TEXT NOT NULL,
  model_sha256 TEXT NOT NULL,
  options_json TEXT NOT NULL,
  options_sha256 TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  counts_json TEXT
);
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL,
  version_of INTEGER REFERENCES articles(id),
  is_latest INTEGER NOT NULL DEFAULT 1 CHECK (is_latest IN (0, 1)),
  source_ref TEXT NOT NULL,
  reader TEXT NOT NULL,
  url TEXT,
  outlet TEXT,
  title TEXT,
  author TEXT,
  author_title TEXT,
  author_description TEXT,
  category TEXT,
  published_raw TEXT,
  published_at TEXT,
  warnings TEXT,
  raw_sha256 TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  text TEXT NOT NULL
);
CREATE INDEX articles_by_article_id ON articles(article_id, is_latest);
CREATE INDEX articles_by_text ON articles(text_sha256);
CREATE INDEX articles_by_outlet ON articles(outlet);
CREATE INDEX articles_by_published_at ON articles(published_at, article_id);
CREATE INDEX articles_by_version_of ON articles(version_of);
CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  claim_id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES articles(id),
  kind TEXT NOT NULL,
  is_statement INTEGER NOT NULL CHECK (is_statement IN (0, 1)),
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
  fingerprint TEXT NOT NULL,
  matching_key TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  superseded_by_run INTEGER REFERENCES runs(id)
);
CREATE INDEX claims_by_article ON claims(article, char_start);
CREATE INDEX claims_by_speaker ON claims(speaker_id);
CREATE INDEX claims_by_matching_key ON claims(matching_key, superseded_by_run, article);
CREATE TABLE claim_spans (
  claim INTEGER NOT NULL REFERENCES claims(id),
  role TEXT NOT NULL CHECK (role IN ('source', 'cue', 'content', 'quoted')),
  seq INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (claim, role, seq)
) WITHOUT ROWID;
CREATE TABLE speakers (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  UNIQUE (name, kind)
);
CREATE TABLE speaker_aliases (
  speaker INTEGER NOT NULL REFERENCES speakers(id),
  form TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('text', 'human')),
  PRIMARY KEY (speaker, form)
) WITHOUT ROWID;
CREATE TABLE claim_speakers (
  claim INTEGER NOT NULL REFERENCES claims(id),
  seq INTEGER NOT NULL,
  speaker INTEGER REFERENCES speakers(id),
  as_written TEXT,
  "start" INTEGER,
  "end" INTEGER,
  kind TEXT NOT NULL,
  basis TEXT NOT NULL,
  role TEXT,
  affiliation TEXT,
  confidence REAL NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (claim, seq)
) WITHOUT ROWID;
CREATE INDEX claim_speakers_by_speaker ON claim_speakers(speaker, claim);
CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles(id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  speaker INTEGER REFERENCES speakers(id),
  basis TEXT NOT NULL,
  confidence REAL NOT NULL
);
CREATE INDEX mentions_by_article ON mentions(article, "start");
CREATE INDEX mentions_by_speaker ON mentions(speaker);
CREATE TABLE review_events (
  id INTEGER PRIMARY KEY,
  claim_id TEXT NOT NULL REFERENCES claims(claim_id),
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'unsure', 'correct', 'note', 'undo')),
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  reason TEXT,
  undoes INTEGER REFERENCES review_events(id),
  claim_version INTEGER NOT NULL,
  claim_fingerprint TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX review_events_by_claim ON review_events(claim_id, id);
CREATE INDEX review_events_by_actor ON review_events(actor, id);
CREATE INDEX review_events_by_undoes ON review_events(undoes);
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
  reviewer TEXT,
  reviewed_at TEXT,
  decided_fingerprint TEXT
);
CREATE INDEX claim_state_by_status ON claim_state(status, claim);
CREATE INDEX claim_state_by_speaker ON claim_state(speaker_id);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  title, text, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE claims_fts USING fts5 (
  statement, speaker, context, content='claims', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
"""

EVIDENCE_COLUMNS = {
    "polarity": "TEXT",
    "mode": "TEXT",
    "said_date": "TEXT",
    "said_date_text": "TEXT",
    "said_date_basis": "TEXT",
    "place": "TEXT",
    "occasion": "TEXT",
    "told_to": "TEXT",
    "reported_via": "TEXT",
    "anonymity": "TEXT",
    "anonymity_reason": "TEXT",
    "source_count": "INTEGER",
    "nested_in": "TEXT",
    "hop": "INTEGER",
    "claim_type": "TEXT",
    "check_score": "REAL",
    "check_reasons": "TEXT",
}
"""Columns of `claims` that hold evidence, with their types; empty in rows written before they were there."""

# SQLite cannot change a CHECK in place. Nothing refers to the table, so it is made anew under the same name.
EVIDENCE = (
    *(f"ALTER TABLE claims ADD COLUMN {name} {kind}" for name, kind in EVIDENCE_COLUMNS.items()),
    "CREATE INDEX claims_by_check_score ON claims(check_score)",
    """
    CREATE TABLE claim_spans_of_all_roles (
      claim INTEGER NOT NULL REFERENCES claims(id),
      role TEXT NOT NULL CHECK (role IN (
        'source', 'cue', 'content', 'quoted', 'time', 'place', 'occasion', 'addressee', 'relay', 'reason')),
      seq INTEGER NOT NULL,
      "start" INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (claim, role, seq)
    ) WITHOUT ROWID""",
    "INSERT INTO claim_spans_of_all_roles SELECT * FROM claim_spans",
    "DROP TABLE claim_spans",
    "ALTER TABLE claim_spans_of_all_roles RENAME TO claim_spans",
)

EVENT_TABLES = ("review_events", "speaker_events")
"""Tables of what people did: each row holds the hash of the one before it, none is ever changed."""
FULL_TEXT = {
    "articles": ("title", "text"),
    "claims": ("statement", "speaker", "context", "found_by"),
    "claim_triples": ("subject", "verb", "lemma", "object"),
}
"""Table to the columns its full-text index holds, in the index's order."""


def _full_text_triggers(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Triggers that keep `<table>_fts` equal to `table`, and that do not fire when no indexed word changed."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (NEW.id, {new});"
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return {
        f"{table}_fts_insert": f"AFTER INSERT ON {table} BEGIN {add} END",
        f"{table}_fts_delete": f"AFTER DELETE ON {table} BEGIN {remove} END",
        f"{table}_fts_update": f"AFTER UPDATE OF {names} ON {table} WHEN {changed} BEGIN {remove} {add} END",
    }


def _refuse(event: str, table: str, message: str, when: str = "") -> str:
    return f"BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _guard_triggers() -> dict[str, str]:
    """Triggers that keep events append-only and claims and articles undeleted.

    Guards on INSERT are needed because `INSERT OR REPLACE` removes the old row without firing a DELETE trigger where
    `recursive_triggers` is off, which is SQLite's default.
    """
    guards = {}
    for table in EVENT_TABLES:
        message = f"{table.replace('_', ' ')} are append-only"
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        guards[f"{table}_no_update"] = _refuse("UPDATE", table, message)
        guards[f"{table}_no_delete"] = _refuse("DELETE", table, message)
        guards[f"{table}_no_replace"] = _refuse("INSERT", table, message, taken)
    for table, key in (("claims", "claim_id"), ("articles", "uid")):
        guards[f"{table}_no_delete"] = _refuse("DELETE", table, f"{table} are superseded, never deleted")
        guards[f"{table}_no_replace"] = _refuse(
            "INSERT",
            table,
            f"{table} are updated, never replaced",
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR {key} = NEW.{key})",
        )
    return guards


TRIGGERS: dict[str, str] = _guard_triggers() | {
    name: body for table, columns in FULL_TEXT.items() for name, body in _full_text_triggers(table, columns).items()
}
"""Trigger name to its definition after the name."""
TABLE_OF_TRIGGER = re.compile(r" ON (\w+)")


def ensure_triggers(connection: sqlite3.Connection) -> None:
    """Make every trigger anew; a table that was rebuilt has lost its own without a word.

    Triggers of tables that a later migration makes wait for it, and an index has the columns it has by then.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    definitions = dict(TRIGGERS)
    for table in FULL_TEXT:
        columns = tuple(str(column[1]) for column in connection.execute(f"PRAGMA table_info({table}_fts)"))
        definitions |= _full_text_triggers(table, columns)
    for name, body in definitions.items():
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        if (on := TABLE_OF_TRIGGER.search(body)) and on[1] in tables:
            connection.execute(f"CREATE TRIGGER {name} {body}")
