"""Every question the desk's pages ask of the database, in one place; each takes the connection first."""

from quotecheck.desk.articles import article_lines, article_page
from quotecheck.desk.cards import card
from quotecheck.desk.home import home
from quotecheck.desk.speakers import speaker_counts, speaker_page

__all__ = ["article_lines", "article_page", "card", "home", "speaker_counts", "speaker_page"]
