"""textacy's direct quotations as attributions, to measure ours against on the same pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from quotecheck.errors import ModelError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def quotations(doc: Doc) -> list[dict[str, Any]] | None:
    """What `textacy.extract.direct_quotations` finds in a Doc, in the scorer's form; None if it gives the Doc up.

    It does so where quotation marks, apostrophes that are tokens among them, are odd in number. Raises ModelError if
    the Doc has no parts of speech and no parse, without which textacy finds nothing, or is in a language that it
    has no reporting verbs of.
    """
    from textacy.constants import REPORTING_VERBS
    from textacy.extract import direct_quotations

    if doc.lang_ not in REPORTING_VERBS:
        raise ModelError(f"textacy finds quotations in {', '.join(sorted(REPORTING_VERBS))} only, not in {doc.lang_!r}")
    if len(doc) and not (doc.has_annotation("TAG") and doc.has_annotation("DEP")):
        raise ModelError(
            "textacy needs parts of speech and a parse, which this pipeline does not give; "
            "name one that does, such as --model en_core_web_sm"
        )
    try:
        found = list(direct_quotations(doc))
    except ValueError:
        return None
    return [
        {
            "source": list(_spans(triple.speaker)),
            "cue": list(_spans(triple.cue)),
            "content": [[triple.content.start_char, triple.content.end_char]],
            "speaker": _name(triple.speaker, doc),
        }
        for triple in found
    ]


def _name(tokens: Iterable[Token], doc: Doc) -> str | None:
    """The name among textacy's words for the speaker, in the longest form of the Doc's entities; None for no name.

    textacy itself leaves a speaker at the words beside the verb, often a surname, which would count as a wrong name.
    """
    name = " ".join(token.text for token in tokens if token.pos_ == "PROPN")
    return max((entity.text for entity in doc.ents if entity.text.endswith(f" {name}")), key=len, default=name) or None


def _spans(tokens: Iterable[Token]) -> Iterator[list[int]]:
    return ([token.idx, token.idx + len(token.text)] for token in tokens)
