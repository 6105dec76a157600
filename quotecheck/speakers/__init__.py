"""Whom a source stands for: pure functions over text and character spans."""

from quotecheck.speakers.resolution import resolve

__all__ = ["resolve"]
