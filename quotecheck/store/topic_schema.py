"""Tables and views of what articles and claims are about, and of who does what to whom in them."""

from __future__ import annotations

# What hangs on an article or a claim has the run of that article or claim. Triples are found by their word stems.
TOPIC_TABLES = """
CREATE TABLE topics (
  article INTEGER NOT NULL REFERENCES articles(id),
  seq INTEGER NOT NULL,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL,
  score REAL,
  PRIMARY KEY (article, seq)
) WITHOUT ROWID;
CREATE INDEX topics_by_topic ON topics(topic COLLATE NOCASE, article);
CREATE TABLE topic_mentions (
  article INTEGER NOT NULL REFERENCES articles(id),
  topic_seq INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (article, topic_seq, "start", "end")
) WITHOUT ROWID;
CREATE TABLE claim_topics (
  claim INTEGER NOT NULL REFERENCES claims(id),
  seq INTEGER NOT NULL,
  topic TEXT NOT NULL,
  PRIMARY KEY (claim, seq)
) WITHOUT ROWID;
CREATE INDEX claim_topics_by_topic ON claim_topics(topic COLLATE NOCASE, claim);
CREATE TABLE claim_triples (
  id INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claims(id),
  seq INTEGER NOT NULL,
  subject TEXT NOT NULL,
  subject_start INTEGER NOT NULL,
  subject_end INTEGER NOT NULL,
  verb TEXT NOT NULL,
  verb_start INTEGER NOT NULL,
  verb_end INTEGER NOT NULL,
  lemma TEXT NOT NULL,
  object TEXT NOT NULL,
  object_start INTEGER NOT NULL,
  object_end INTEGER NOT NULL,
  passive INTEGER NOT NULL CHECK (passive IN (0, 1)),
  negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
  UNIQUE (claim, seq)
);
CREATE VIRTUAL TABLE claim_triples_fts USING fts5 (
  subject, verb, lemma, object, content='claim_triples', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2'
);
"""

TOPICS_OF_CLAIM = """
(SELECT nullif(json_group_array(topic), '[]')
   FROM (SELECT topic FROM claim_topics WHERE claim = c.id ORDER BY seq))"""
"""The topics of a row of `claims c` as a JSON array, NULL for none."""

ARTICLE_TOPICS = """
SELECT t.topic AS topic, t.kind AS kind, t.score AS score, a.title AS article_title, a.outlet AS outlet,
  a.published_at AS published_at, a.article_id AS article_id, t.article AS article
FROM topics t JOIN articles a ON a.id = t.article
WHERE a.is_latest = 1 AND t.score IS NOT NULL
"""

# A triple that lies outside what a person made of the statement is none of the statement's.
WHO_DID_WHAT = """
SELECT t.id AS id, t.subject AS subject, t.verb AS verb, t.object AS object, t.negated AS negated,
  v.speaker AS speaker, v.statement AS statement, v.polarity AS polarity, v.status AS status, v.claim_id AS claim_id,
  v.article_title AS article_title, v.outlet AS outlet, v.published_at AS published_at, v.article AS article,
  t.lemma AS lemma, t.passive AS passive
FROM claim_triples t JOIN claims_current v ON v.id = t.claim
WHERE v.char_start <= min(t.subject_start, t.verb_start, t.object_start)
  AND v.char_end >= max(t.subject_end, t.verb_end, t.object_end)
"""
