"""Rows of a query as typed values: a dataclass names the columns it wants."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1, `total` is the number of rows on all pages."""

    rows: list[T]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; 1 if there are no rows."""
        return max(1, -(-self.total // PAGE_SIZE))


def columns(row_type: type[T], table: str = "") -> str:
    """The columns of a row type for a SELECT, each taken from `table` if one is given."""
    prefix = f"{table}." if table else ""
    return ", ".join(f'{prefix}"{field.name}"' for field in dataclasses.fields(row_type) if field.init)


def read(connection: sqlite3.Connection, row_type: type[T], sql: str, parameters: Sequence[Any] = ()) -> list[T]:
    """The rows of `sql`, whose columns must come in the order of the fields of `row_type`."""
    return [row_type(*row) for row in connection.execute(sql, parameters)]


def count(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] = ()) -> int:
    """The number of rows of `sql`."""
    return int(connection.execute(f"SELECT count(*) FROM ({sql})", parameters).fetchone()[0])


def page_of(rows: list[T], number: int) -> Page[T]:
    """Page `number` of a list; a number outside it becomes the nearest page."""
    number = max(1, min(number, Page([], 1, len(rows)).last))
    return Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(rows))


def read_page(
    connection: sqlite3.Connection, row_type: type[T], sql: str, parameters: Sequence[Any], number: int, total: int
) -> Page[T]:
    """Page `number` of the `total` rows of `sql`; a number outside the list becomes the nearest page."""
    number = max(1, min(number, Page([], 1, total).last))
    limits = (PAGE_SIZE, (number - 1) * PAGE_SIZE)
    return Page(read(connection, row_type, f"{sql} LIMIT ? OFFSET ?", (*parameters, *limits)), number, total)
