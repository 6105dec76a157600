"""What an article and its claims are about, and who does what to whom in a claim: textacy over a parsed Doc."""

from quotecheck.topics.reading import read

__all__ = ["read"]
