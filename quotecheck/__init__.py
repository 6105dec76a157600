"""Finds direct quotations and reported statements in news articles and says who said them.

>>> import quotecheck
>>> claims = quotecheck.extract('"The dam is safe," said Ana Reyes, the chief engineer.')
>>> [(claim.speaker, claim.kind, claim.content[0].text) for claim in claims]
[('Ana Reyes', 'direct', '"The dam is safe,"')]

Importing this package loads neither spaCy nor the model; the first call of `load` or `extract` does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.errors import ConflictError, ExportError, InputError, ModelError, QuotecheckError, StoreError
from quotecheck.types import Article, Attribution, Claim, Span, Speaker

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Article",
    "Attribution",
    "Claim",
    "ConflictError",
    "ExportError",
    "InputError",
    "ModelError",
    "QuotecheckError",
    "Span",
    "Speaker",
    "StoreError",
    "extract",
    "load",
    "model_path",
]


@cache
def load() -> Language:
    """The shipped spaCy pipeline, loaded once. Raises ModelError if its files are missing or damaged."""
    from quotecheck import pipeline

    return pipeline.load()


def model_path() -> Path:
    """The directory of the shipped pipeline, for `spacy.load`."""
    from quotecheck import pipeline

    return pipeline.model_path()


def extract(article: Article | str, *, nlp: Language | None = None) -> list[Claim]:
    """Every attributed statement of one article, in text order, by the shipped pipeline or by `nlp`.

    Offsets are Unicode code points into the text as given, half open. For many articles use `quotecheck extract`.
    """
    from quotecheck import claims
    from quotecheck.pipeline.tokens import make_doc

    nlp = nlp or load()
    if isinstance(article, str):
        return list(claims.read(nlp(make_doc(nlp, article))).claims)
    doc = nlp(make_doc(nlp, article.text))
    return list(claims.read(doc, author=article.author, published_at=article.published_at).claims)
