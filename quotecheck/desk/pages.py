"""Every question the desk's pages ask of the database, in one place; each takes the connection first."""

from quotecheck.desk.adjudication import conflict, double_review, open_batches
from quotecheck.desk.articles import article_lines, article_page
from quotecheck.desk.cards import card
from quotecheck.desk.focus import focus_page, following
from quotecheck.desk.home import home
from quotecheck.desk.peopling import preview
from quotecheck.desk.progress import progress_page
from quotecheck.desk.queue import queue_page
from quotecheck.desk.speakers import known_names, people_page, speaker_counts, speaker_page

__all__ = [
    "article_lines",
    "article_page",
    "card",
    "conflict",
    "double_review",
    "focus_page",
    "following",
    "home",
    "known_names",
    "open_batches",
    "people_page",
    "preview",
    "progress_page",
    "queue_page",
    "speaker_counts",
    "speaker_page",
]
