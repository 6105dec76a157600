"""Cells that a spreadsheet would run as a formula, made harmless and brought back.

A quotation may well begin with `-` or `@`. The guard is one `'` in front; a cell that begins with `'` itself is
guarded too, so that taking the guard away always gives the very cell back.
"""

from __future__ import annotations

from collections.abc import Mapping

from quotecheck.store.connection import Row, Value

DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠'")


def guard(cell: str) -> str:
    """The cell as a spreadsheet may see it."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def unguard(cell: str) -> str:
    """The cell that `guard` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def guarded_row(row: Mapping[str, Value], numeric: frozenset[str]) -> Row:
    """The row with its text cells guarded, and the names of those that changed in the column `guarded`, if it has one.

    Numbers are never touched.
    """
    safe: Row = {
        name: guard(cell) if isinstance(cell, str) and name not in numeric else cell for name, cell in row.items()
    }
    if "guarded" in row:
        safe["guarded"] = "; ".join(name for name in row if safe[name] != row[name]) or None
    return safe
