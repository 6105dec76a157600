"""Tokens of any text in linear time.

spaCy's tokenizer takes a stretch without white space apart from its ends inward, each step over all that is left, and
so needs time and memory that grow with its square: 200,000 quotation marks and letters by turns took over two minutes
and 2.7 GB. No word is as long as the stretches meant here, so where their tokens begin and end is of no matter to
anybody; they are cut at every change between letters and signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_STRETCH = 500
"""Characters without white space that spaCy takes apart in a tenth of a second at worst."""
LONGEST_RUN = 200
"""Signs in a row, without a letter, a digit or white space."""
_HOSTILE = re.compile(rf"\S{{{LONGEST_STRETCH + 1},}}|[^\w\s]{{{LONGEST_RUN + 1},}}")
_PIECE = re.compile(r"\w+|[^\w\s]+")


def make_doc(nlp: Language, text: str) -> Doc:
    """What `nlp.make_doc` makes, for texts that no newspaper prints too; `doc.text` is `text`."""
    if _HOSTILE.search(text) is None:
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []

    def add(between: str) -> None:
        tokens = nlp.make_doc(between)
        words.extend(token.text for token in tokens)
        spaces.extend(bool(token.whitespace_) for token in tokens)

    end = 0
    for stretch in _HOSTILE.finditer(text):
        add(text[end : stretch.start()])
        pieces = _PIECE.findall(stretch[0])
        words.extend(pieces)
        spaces.extend([False] * len(pieces))
        end = stretch.end()
    add(text[end:])
    return Doc(nlp.vocab, words=words, spaces=spaces)
