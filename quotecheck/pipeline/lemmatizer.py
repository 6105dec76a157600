"""The spaCy component `quotecheck_lemmatizer`: spaCy's English rule lemmatizer, set right in two places.

spaCy's own works out anew, at every token, what is a base form or has no rules: most tokens. It expects no number on
a present form ("they need"), which Universal Dependencies mark; and of two verbs that a form may come from ("hoped")
it takes the shorter one.
"""

from __future__ import annotations

import re

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Doc, Token

_MOST = 200_000
"""Forms that are remembered before all are forgotten, so that memory does not grow with the number of articles."""

_DOUBLES = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
"""Stems whose last letter is doubled before -ed and -ing, so that "hoped" is none of "hop"."""


class LemmatizerComponent(EnglishLemmatizer):  # type: ignore[misc]
    """Sets `token.lemma_` where there is none, by form, part of speech and morphology."""

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

    def is_base_form(self, token: Token) -> bool:
        """Whether a form is its own lemma: also "need" in "they need"."""
        if super().is_base_form(token):
            return True
        irregular = self.lookups.get_table("lemma_exc")["verb"]
        return token.pos_ == "VERB" and _is_plain_present(token) and token.lower_ not in irregular

    def rule_lemmatize(self, token: Token) -> list[str]:
        """The lemmas that a form may have, the likeliest first."""
        found: list[str] = super().rule_lemmatize(token)
        longer = [f"{lemma}e" for lemma in found if f"{lemma}e" in found and _DOUBLES.search(lemma)]
        return [*longer, *(lemma for lemma in found if lemma not in longer)]


def _is_plain_present(token: Token) -> bool:
    features = token.morph.to_dict()
    third_person = (features.get("Number"), features.get("Person")) == ("Sing", "3")
    return features.get("Tense") == "Pres" and features.get("VerbForm") == "Fin" and not third_person


@Language.factory(
    "quotecheck_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.pos"],
    default_score_weights={"lemma_acc": 1.0},
)
def make_lemmatizer(nlp: Language, name: str) -> LemmatizerComponent:
    """The factory behind `nlp.add_pipe("quotecheck_lemmatizer")`."""
    return LemmatizerComponent(nlp.vocab, None, name, mode="rule", scorer=lemmatizer_score)
