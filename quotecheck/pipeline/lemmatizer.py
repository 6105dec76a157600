"""The spaCy component `quotecheck_lemmatizer`: spaCy's English rule lemmatizer, which works a form out only once.

spaCy's own works out anew, at every token, what is a base form or has no rules: most tokens.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Doc

_MOST = 200_000
"""Forms that are remembered before all are forgotten, so that memory does not grow with the number of articles."""


class LemmatizerComponent(EnglishLemmatizer):  # type: ignore[misc]
    """Sets `token.lemma_` where there is none, by form, part of speech and morphology, as spaCy's lemmatizer does."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc."""
        if not self._validated:
            self._validate_tables()
        if len(self.cache) > _MOST:
            self.cache.clear()
        lemmas = []
        for number, (lemma, *form) in enumerate(doc.to_array([LEMMA, ORTH, POS, MORPH]).tolist()):
            key = tuple(form)
            if not lemma and key not in self.cache:
                self.cache[key] = self.lemmatize(doc[number])
            lemmas.append(lemma or doc.vocab.strings.add(self.cache[key][0]))
        doc.from_array([LEMMA], np.array(lemmas, dtype=np.uint64)[:, None])  # type: ignore[arg-type]
        return doc


@Language.factory(
    "quotecheck_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.pos"],
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(nlp: Language, name: str) -> LemmatizerComponent:
    """The factory behind `nlp.add_pipe("quotecheck_lemmatizer")`."""
    return LemmatizerComponent(nlp.vocab, None, name, mode="rule", scorer=lemmatizer_score)
