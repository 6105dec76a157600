"""How long an export of many claims takes, and how much memory: `python tests/benchmark_export.py [CLAIMS] [FOLDER]`.

The claims are copies of the harbour article's, ten articles' worth per transaction; only the export is measured, each
format in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from store_samples import filled

from quotecheck.export import export
from quotecheck.store import open_database

ROOT = Path(__file__).resolve().parent.parent


def multiply(database: Path, claims: int) -> None:
    """Copy the article and its claims until there are so many."""
    connection = filled(database).conn
    columns = {table: names_of(connection, table) for table in ("articles", "claims", "claim_spans")}
    copies = max(0, claims // 4 - 1)
    connection.execute("CREATE TEMP TABLE numbers AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
                       f"WHERE i < {copies}) SELECT i FROM n")  # fmt: skip
    changed = {
        "articles": {"id": "o.id + i", "uid": "o.uid || i", "article_id": "o.article_id || i"},
        "claims": {
            "id": "o.id + 4 * i",
            "claim_id": "o.claim_id || i",
            "article": "o.article + i",
            "matching_key": "printf('%016x', i)",
        },
        "claim_spans": {"claim": "o.claim + 4 * i"},
    }
    own = {"articles": "o.id = 1", "claims": "o.id <= 4", "claim_spans": "o.claim <= 4"}
    for table, names in columns.items():
        cells = ", ".join(changed[table].get(name, f'o."{name}"') for name in names)
        listed = ", ".join(f'"{name}"' for name in names)
        connection.execute(
            f"INSERT INTO {table} ({listed}) SELECT {cells} FROM numbers, {table} o WHERE {own[table]} ORDER BY i"
        )
    connection.commit()
    connection.close()


def names_of(connection: object, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]  # type: ignore[attr-defined]


def measure(database: Path, format: str) -> None:
    """Export in this process and print the figures."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        count = export(open_database(database), Path(folder) / "claims", format=format)  # type: ignore[arg-type]
        size = (Path(folder) / "claims").stat().st_size
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{format}: {count:,} claims, {size / 1e6:,.0f} MB, {seconds:,.1f} s, peak {peak:,.0f} MB of memory", flush=True
    )


def main() -> None:
    """Build the database, then measure every format."""
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), sys.argv[3])
        return
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        database = Path(folder) / "quotes.db"
        multiply(database, claims)
        for format in ("csv", "jsonl", "jsonld", "webannotation"):
            subprocess.run([sys.executable, __file__, "--measure", str(database), format], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
