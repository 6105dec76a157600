"""The command line. Every command reads its options, makes one call and prints; heavy imports wait for the call."""

from quotecheck.cli.app import app
from quotecheck.cli.backup import backup
from quotecheck.cli.claims import claims
from quotecheck.cli.digest import digest
from quotecheck.cli.doctor import doctor
from quotecheck.cli.export import export
from quotecheck.cli.extract import extract
from quotecheck.cli.fetch import fetch
from quotecheck.cli.gold import gold
from quotecheck.cli.import_reviews import import_reviews
from quotecheck.cli.reviewer import reviewer
from quotecheck.cli.score import score
from quotecheck.cli.serve import serve
from quotecheck.cli.speakers import speakers
from quotecheck.cli.stats import stats
from quotecheck.cli.verify import verify

__all__ = ["app"]

for command in (
    extract, claims, stats, serve, export, verify, import_reviews, digest, score, backup, doctor, fetch, gold,
):  # fmt: skip
    app.command()(command)
app.add_typer(reviewer, name="reviewer")
app.add_typer(speakers, name="speakers")
