"""Every table and column is described, once, and nothing is described that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlite_utils import Database

from quotecheck.export import columns
from quotecheck.store import open_database
from quotecheck.store.descriptions import COLUMNS, FULL_COLUMNS, TABLES
from quotecheck.store.document import metadata_block, schema_page


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return open_database(tmp_path_factory.mktemp("schema") / "quotes.db")


def test_every_table_and_view_is_described(db: Database) -> None:
    internal = {name for name in db.table_names() if "_fts" in name} | {"_sqlite_migrations"}
    assert set(TABLES) == (set(db.table_names()) | set(db.view_names())) - internal


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described(db: Database, table: str) -> None:
    assert set(COLUMNS[table]) == {column.name for column in db[table].columns}


def test_every_column_of_an_export_is_described(db: Database) -> None:
    assert [column.name for column in db["attributed_claims"].columns] == columns("claims")
    assert set(FULL_COLUMNS) == set(columns("full")) - set(columns("claims"))


@pytest.mark.parametrize("table", TABLES)
def test_descriptions_are_yaml(table: str) -> None:
    read = yaml.safe_load(metadata_block(table))
    assert (read["description"], read["columns"]) == (TABLES[table], COLUMNS[table])


def test_the_page_is_up_to_date() -> None:
    page = (Path(__file__).parents[1] / "docs" / "schema.md").read_text(encoding="utf-8")
    assert schema_page() in page
