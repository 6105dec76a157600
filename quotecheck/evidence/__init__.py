"""What a fact-checker's file says about a statement besides who said what, each question in a module of its own.

Everything is read off the text and the spans of the claims; no parse is needed.
"""

from quotecheck.evidence.gathering import gather, gather_one

__all__ = ["gather", "gather_one"]
