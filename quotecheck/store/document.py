"""Writes docs/schema.md and the descriptions in metadata.yml from the live schema and the descriptions."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlite_utils import Database

from quotecheck.store.descriptions import COLUMNS, FULL_COLUMNS, TABLES
from quotecheck.store.migrations import migrations


def schema_page() -> str:
    """Every table and view with its columns, as Markdown; what the profile `full` adds stands at the end."""
    db = Database(memory=True)
    migrations.apply(db)
    sections = ["\n".join(_section(db, table)) for table in TABLES]
    rows = [f"| {name} | {_cell(text)} |" for name, text in FULL_COLUMNS.items()]
    full = ["## Columns of the export profile `full`", "", "| column | what it holds |", "|---|---|", *rows]
    return "\n\n".join([*sections, "\n".join(full)]) + "\n"


def _section(db: Database, table: str) -> Iterator[str]:
    kind = "view" if table in db.view_names() else "table"
    keys = {} if kind == "view" else {key.column: key.other_table for key in db.table(table).foreign_keys}
    yield f"## `{table}` ({kind})"
    yield ""
    yield TABLES[table]
    yield ""
    yield "| column | type | what it holds |" if kind == "table" else "| column | what it holds |"
    yield "|---|---|---|" if kind == "table" else "|---|---|"
    for column in db[table].columns:
        link = f" → {keys[column.name]}" if column.name in keys else ""
        cells = [column.name, f"{column.type.lower()}{link}"] if kind == "table" else [column.name]
        yield "| " + " | ".join([*cells, _cell(COLUMNS[table][column.name])]) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def metadata_block(table: str, indent: int = 8) -> str:
    """The `description` and `columns` keys of one table of metadata.yml, indented by so many blanks.

    The strings are written as JSON, which YAML reads as it is.
    """
    lines = [f"description: {_quoted(TABLES[table])}", "columns:"]
    lines += [f"  {_quoted(name)}: {_quoted(text)}" for name, text in COLUMNS[table].items()]
    return "\n".join(" " * indent + line for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
