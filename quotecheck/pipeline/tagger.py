"""The spaCy component `quotecheck_tagger`: fine and coarse parts of speech and morphology."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.scorer import Scorer
from spacy.tokens import Doc

from quotecheck.pipeline.crf import Floats, Ints
from quotecheck.pipeline.headed import HeadedComponent, spaces

SPACE_TAG, SPACE_POS = "_SP", "SPACE"


class TaggerComponent(HeadedComponent):
    """Sets `token.tag_` (Penn Treebank), `token.pos_` and `token.morph` (Universal Dependencies)."""

    folder = "quotecheck_tagger"

    @property
    def labels(self) -> tuple[str, ...]:
        """The fine tags."""
        return (*self.head.labels("xpos"), SPACE_TAG)

    def annotate(self, doc: Doc, x: Floats) -> None:
        """Choose each token's tags."""
        tags, coarse, features = (self.head.labels(name) for name in ("xpos", "upos", "feats"))
        scores = self.head.layer("tags", x)
        sizes = np.cumsum([len(tags), len(coarse)])
        fine, pos, morph = (part.argmax(axis=1) for part in np.split(scores, sizes, axis=1))
        strings, morphology = doc.vocab.strings, doc.vocab.morphology
        space = spaces(doc)
        columns = [
            keys(np.where(space, len(values), chosen), (*values, of_space), key)
            for chosen, values, of_space, key in (
                (fine, tags, SPACE_TAG, strings.add),
                (pos, coarse, SPACE_POS, IDS.__getitem__),
                (morph, features, "", morphology.add),
            )
        ]
        doc.from_array([TAG, POS, MORPH], np.stack(columns, axis=1))  # type: ignore[arg-type]

    def score(self, examples: Any, **_: Any) -> dict[str, Any]:
        """Accuracies of tags, parts of speech and morphology, as spaCy's own components report them."""
        found: dict[str, Any] = {}
        for attribute in ("tag", "pos"):
            found |= Scorer.score_token_attr(examples, attribute)
        return found | Scorer.score_token_attr(examples, "morph", getter=_morph)


def keys(chosen: Ints, labels: tuple[str, ...], key: Callable[[str], int]) -> npt.NDArray[np.uint64]:
    """spaCy's keys (n,) of the labels that are chosen by their indices (n,); labels not chosen are not stored."""
    used, places = np.unique(chosen, return_inverse=True)
    return np.array([key(labels[number]) for number in used], dtype=np.uint64)[places]


def _morph(token: Any, attribute: str) -> Any:
    return token.morph.key


@Language.factory(
    "quotecheck_tagger",
    assigns=["token.tag", "token.pos", "token.morph"],
    requires=["doc.tensor"],
    default_score_weights={"tag_acc": 0.3, "pos_acc": 0.4, "morph_acc": 0.3},
)
def make_tagger(nlp: Language, name: str) -> TaggerComponent:
    """The factory behind `nlp.add_pipe("quotecheck_tagger")`."""
    return TaggerComponent(name)
