"""Many articles, several processes, one writer. (`ingest` is imported from its module: workers need no database.)"""

from quotecheck.batch.extraction import Event, Extracted, Unchanged, extract_all
from quotecheck.batch.supervisor import Failure, Outcome, supervise

__all__ = ["Event", "Extracted", "Failure", "Outcome", "Unchanged", "extract_all", "supervise"]
