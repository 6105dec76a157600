"""`quotecheck stats`."""

from __future__ import annotations

from contextlib import closing

from quotecheck.cli.output import DatabaseArgument, console, table

GROUPS = {"kind": "kind", "review": "status", "speaker": "coalesce(speaker, '(not named)')"}
TOP = 10


def stats(database: DatabaseArgument) -> None:
    """Count what is in a database.

    Articles, claims and speakers; claims by kind and by review state; the speakers quoted most.
    """
    from quotecheck.store import open_database, statistics

    with closing(open_database(database, create=False)) as db:
        total = statistics(db)
        rows = [
            ("articles", total.articles),
            ("claims", total.claims),
            ("beliefs and attitudes", total.stances),
            ("speakers", total.speakers),
            ("claims reviewed", total.reviewed),
        ]
        console().print(table("", database.name, rows=rows, numbers=[database.name]))
        for name, expression in GROUPS.items():
            counted = db.execute(
                f"SELECT {expression}, count(*) FROM claims_current WHERE is_statement = 1"
                f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {TOP}"
            )
            console().print(table(name, "claims", rows=counted, numbers=["claims"]))
