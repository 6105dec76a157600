"""Many articles, several processes, one writer."""

from quotecheck.batch.extraction import Event, Extracted, Unchanged, extract_all
from quotecheck.batch.ingest import ingest
from quotecheck.batch.supervisor import Failure, Outcome, supervise

__all__ = ["Event", "Extracted", "Failure", "Outcome", "Unchanged", "extract_all", "ingest", "supervise"]
