"""Claims leave the database, an export is proved against it, and a spreadsheet's edits come back."""

from quotecheck.export.digest import Entry, Layout, digest, render
from quotecheck.export.events import verify_events
from quotecheck.export.importing import Change, import_reviews
from quotecheck.export.profiles import Profile, columns
from quotecheck.export.proof import RowProof, verify
from quotecheck.export.selection import Filters
from quotecheck.export.writing import Format, export

__all__ = [
    "Change",
    "Entry",
    "Filters",
    "Format",
    "Layout",
    "Profile",
    "RowProof",
    "columns",
    "digest",
    "export",
    "import_reviews",
    "render",
    "verify",
    "verify_events",
]
