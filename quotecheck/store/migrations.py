"""How a database comes to the present schema: one named step after the other, each in its own transaction."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from quotecheck.store.claim_state import refill_state
from quotecheck.store.people_schema import PEOPLE_TABLES
from quotecheck.store.review_schema import (
    COUNTING_INDEXES,
    FOUND_BY,
    JUDGED_READINGS,
    QUEUE_INDEXES,
    REVIEW_EVENTS,
    REVIEW_TABLES,
)
from quotecheck.store.schema import APPLICATION_ID, EVIDENCE, TABLES, ensure_triggers
from quotecheck.store.searching import index_known_speakers
from quotecheck.store.topic_schema import TOPIC_TABLES
from quotecheck.store.views import drop_views, ensure_views

migrations = Migrations("quotecheck")


def refresh(db: Database) -> None:
    """Make triggers and views anew; every migration ends with this."""
    ensure_triggers(db.conn)
    ensure_views(db.conn)


@migrations()
def m001_first_tables(db: Database) -> None:
    """Articles, runs, claims, speakers, review events and their full-text indexes."""
    _run(db, TABLES)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    refresh(db)


@migrations()
def m002_people(db: Database) -> None:
    """Who is who across articles: people's decisions, their outcome, and where roles stand in the text."""
    drop_views(db.conn)
    _run(db, PEOPLE_TABLES)
    refresh(db)


@migrations()
def m003_evidence(db: Database) -> None:
    """How, when, where, to whom and through whom a claim was said, and whether it is worth checking."""
    drop_views(db.conn)  # renaming a table checks every view, and a view may name what a later migration adds
    for statement in EVIDENCE:
        db.conn.execute(statement)
    refresh(db)


@migrations()
def m004_reviewing(db: Database) -> None:
    """Events of every kind, corrected spans, added claims, double review and reviewers."""
    drop_views(db.conn)
    _run(db, REVIEW_EVENTS)
    _run(db, REVIEW_TABLES)  # m008 fills claim_state from the events
    refresh(db)


@migrations()
def m005_retrieval(db: Database) -> None:
    """When a web page was fetched."""
    db.conn.execute("ALTER TABLE articles ADD COLUMN retrieved_at TEXT")
    refresh(db)


@migrations()
def m006_queue(db: Database) -> None:
    """Indexes for the orders and the counts of the queue."""
    _run(db, QUEUE_INDEXES)
    refresh(db)


@migrations()
def m007_topics(db: Database) -> None:
    """What articles and claims are about, and who does what to whom in a claim."""
    _run(db, TOPIC_TABLES)
    refresh(db)


@migrations()
def m008_decisions(db: Database) -> None:
    """What a person judged is kept where the machine reads otherwise later, and search finds what people decided."""
    _run(db, JUDGED_READINGS)
    _run(db, FOUND_BY)
    _run(db, COUNTING_INDEXES)
    refresh(db)  # what follows reads the views and lets the triggers follow
    refill_state(db.conn)
    index_known_speakers(db.conn)
    refresh(db)


def _run(db: Database, statements: str) -> None:
    # Not executescript, which would commit the migration's transaction.
    for statement in statements.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


def unknown_migrations(db: Database) -> list[str]:
    """Names of migrations that `db` has seen and that this version does not know: a newer version made it."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    return [applied.name for applied in migrations.applied(db) if applied.name not in known]
