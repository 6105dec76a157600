"""Many articles, several processes, one writer."""

from quotecheck.batch.supervisor import Failure, Outcome, supervise

__all__ = ["Failure", "Outcome", "supervise"]
