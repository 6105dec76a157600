"""Claims leave the database as CSV or JSON Lines, and an export is proved against it."""

from quotecheck.export.profiles import Profile, columns
from quotecheck.export.proof import RowProof, verify
from quotecheck.export.selection import Filters
from quotecheck.export.writing import Format, export

__all__ = ["Filters", "Format", "Profile", "RowProof", "columns", "export", "verify"]
