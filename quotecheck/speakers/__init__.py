"""Whom a source stands for: pure functions over text and character spans."""

from quotecheck.speakers.resolution import FLOOR, Reading, read, resolve

__all__ = ["FLOOR", "Reading", "read", "resolve"]
