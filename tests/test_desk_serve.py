"""How the desk is started, and what its metadata says."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml
from desk_newsroom import ROOT, SERVE, build, free_port, wait_for

from quotecheck import paths
from quotecheck.errors import StoreError
from quotecheck.serve import metadata, serve
from quotecheck.store.descriptions import COLUMNS, TABLES


def tables_described() -> dict[str, dict[str, object]]:
    return yaml.safe_load(paths.metadata_path().read_text(encoding="utf-8"))["databases"]["quotes"]["tables"]


def test_metadata_describes_every_table_and_column_as_the_schema_page_does() -> None:
    described = {name: (table["description"], table["columns"]) for name, table in tables_described().items()
                 if name in TABLES}  # fmt: skip
    assert described == {name: (text, COLUMNS[name]) for name, text in TABLES.items()}


def test_metadata_uses_only_keys_that_every_datasette_reads() -> None:
    portable = {"title", "description", "columns", "facets", "size", "sort", "sort_desc", "label_column",
                "fts_table", "fts_pk", "hidden"}  # fmt: skip
    assert set().union(*tables_described().values()) <= portable


def test_whatever_the_file_is_called_its_tables_are_described(tmp_path: Path) -> None:
    described = metadata(tmp_path / "my desk.db", "Ana Brook", "0.0.0.0")
    assert list(described["databases"]) == ["my desk"]
    assert described["plugins"]["quotecheck"] == {
        "closed": False,
        "database": "my desk",
        "hosts": [socket.gethostname().lower()],
        "reviewer": "Ana Brook",
    }


def test_among_very_many_claims_topics_are_not_counted(tmp_path: Path) -> None:
    described = metadata(tmp_path / "quotes.db", None, "127.0.0.1", many_claims=True)
    assert described["databases"]["quotes"]["tables"]["claims_current"]["facets"] == [
        "status", "kind", "speaker", "outlet", "cue",
    ]  # fmt: skip


def test_serving_what_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="quotecheck extract"):
        serve(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said_plainly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StoreError, match="choose another with --port"):
        serve(build(tmp_path / "quotes.db"), port=taken.getsockname()[1])


def test_an_interrupt_ends_the_desk_quietly_and_nothing_was_written_by_looking(tmp_path: Path) -> None:
    database, port = build(tmp_path / "my desk.db"), free_port()
    command = [sys.executable, "-c", SERVE, str(database), "", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(process, port)
        claims = httpx.get(f"http://127.0.0.1:{port}/-/quotecheck/claims?q=ferries", follow_redirects=True)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert "laid up in winter" in claims.text
    assert (process.returncode, errors) == (0, "")
    assert output == f"Review desk of {database}: http://127.0.0.1:{port}/  (Ctrl+C ends it)\n"
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM review_events").fetchone() == (0,)


def test_the_desk_never_loads_the_model() -> None:
    imports = "import sys, quotecheck.serve, quotecheck.desk.pages"
    code = f"{imports}; print(set(('spacy', 'textacy', 'onnxruntime')) & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "set()\n"


def test_the_plugin_file_is_plain_ascii() -> None:
    (paths.plugins_dir() / "quotecheck_review.py").read_text(encoding="ascii")
