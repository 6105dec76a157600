"""Which spaCy pipeline reads the articles: the shipped one, or one of the user's own with our component added."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck import pipeline
from quotecheck.errors import ModelError
from quotecheck.evidence import check
from quotecheck.speakers import FLOOR
from quotecheck.types import Article, Reading

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENT = "quotecheck"
LANGUAGES = ("en", "xx")
"""Languages, by spaCy's codes, of pipelines that attributions can be added to; `xx` is any."""
LONGEST = 10_000_000
"""Characters of the longest article that a user's pipeline is let to read; the readers refuse longer ones before."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a result depends on besides the text: the pipeline's name and a hash of its files."""

    name: str
    sha256: str


def identify(model: str | None) -> Identity:
    """The identity of the shipped pipeline (None), or of a user's own by package name or directory.

    Imports no spaCy. Raises ModelError if there is no such pipeline.
    """
    if model is None:
        return Identity("quotecheck", pipeline.model_sha256())
    joined = f"{pipeline.model_sha256()} {_revision(model)}"
    return Identity(model, hashlib.sha256(joined.encode()).hexdigest())


def load_extractor(
    model: str | None, speaker_confidence: float | None = None, weights: Path | None = None
) -> Callable[[Article], Reading]:
    """Load the pipeline and return the function from an article to its claims, in text order.

    Names of speakers that are less sure than `speaker_confidence` (None: as shipped) are not given. `weights` is a file
    of check weights (None: the shipped one).
    """
    from quotecheck import claims, matching
    from quotecheck.pipeline.tokens import make_doc

    nlp = load(model)
    matching.load()
    scorer = check.load(weights or check.SHIPPED)
    floor = FLOOR if speaker_confidence is None else speaker_confidence

    def extract(article: Article) -> Reading:
        # Words met for the first time are forgotten again, so that memory does not grow with the number of articles.
        with nlp.memory_zone():
            doc = nlp(make_doc(nlp, article.text))
            return claims.read(
                doc,
                author=article.author,
                published_at=article.published_at,
                speaker_confidence=floor,
                scorer=scorer,
            )

    return extract


def load(model: str | None) -> Language:
    """The shipped pipeline, or the user's own with the component added at its end if it is not in it.

    Raises ModelError if spaCy cannot load it or if it is a pipeline of another language.
    """
    if model is None:
        return pipeline.load()
    import spacy

    try:
        nlp = spacy.load(model)
    # What an installed package that is no pipeline raises is anybody's guess.
    except Exception as error:
        raise ModelError(f"{model}: spaCy cannot load this as a pipeline ({error})") from error
    if nlp.lang not in LANGUAGES:
        raise ModelError(f"{model}: a pipeline of the language {nlp.lang!r}; attributions are found in English only")
    nlp.max_length = max(nlp.max_length, LONGEST)
    if COMPONENT not in nlp.pipe_names:
        nlp.add_pipe(COMPONENT)
    return nlp


def _revision(model: str) -> str:
    if (Path(model) / "config.cfg").is_file():
        return pipeline.folder_sha256(Path(model))
    try:
        return version(model)
    except PackageNotFoundError as error:
        raise ModelError(
            f"{model}: neither a pipeline directory nor an installed package; "
            "install one as `python -m spacy download en_core_web_sm` does"
        ) from error
