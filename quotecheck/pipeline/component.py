"""The spaCy component `quotecheck`: finds attributions and puts them on the Doc.

After it has run, `doc.spans["attributions"]` holds a Span for every piece of every attribution (label SOURCE, CUE or
CONTENT; the span's id says which attribution it belongs to), and `doc._.attributions` the attributions as values with
exact offsets. Both survive `Doc.to_bytes`, `DocBin` and several processes.

It takes over what `quotecheck_encoder` has read, if that stands before it, and reads the text itself otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as DocSpan

from quotecheck import speakers
from quotecheck.errors import ModelError
from quotecheck.pipeline import attribution, confidence, decoding, encoder, idioms, model_path, readings
from quotecheck.pipeline.arrays import one_thread
from quotecheck.pipeline.attribution import Attributor
from quotecheck.pipeline.encoder import Encoder, Reading
from quotecheck.pipeline.links import Range
from quotecheck.pipeline.words import PICTURES, Words
from quotecheck.types import Attribution, Span, SpeakerMention
from quotecheck.vocabulary import ROLES

_PICTURE = rf"[\s{PICTURES}]"
_PICTURES = re.compile(f"^{_PICTURE}+|{_PICTURE}+$")
GROUP = "attributions"
FLOOR = 0.3
"""Confidence below which an attribution is more noise than help: on dev three in four such are wrong."""


class QuotecheckComponent:
    """Finds attributions. Without `from_disk` or `from_bytes` it uses the shipped weights.

    Attributions with a confidence below `floor` are left out. Saved, it brings its encoder along unless the pipeline
    has that in `quotecheck_encoder`.
    """

    def __init__(self, name: str = "quotecheck", floor: float = FLOOR) -> None:
        self.name = name
        self.floor = floor
        self._attributor: Attributor | None = None
        self._encoder: Encoder | None = None
        self._shares = False

    @property
    def attributor(self) -> Attributor:
        """The head, loaded when first needed."""
        if self._attributor is None:
            self._attributor = attribution.shipped()
        return self._attributor

    @property
    def encoder(self) -> Encoder:
        """The component's own encoder, for pipelines without `quotecheck_encoder`."""
        if self._encoder is None:
            self._encoder = encoder.shipped()
        return self._encoder

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of a Doc."""
        # spaCy joins the text anew at every access.
        text = doc.text
        reading = self._reading(doc, text)
        words, attributor = reading.words, self.attributor
        with one_thread():
            found = attributor.decoder().decode(words, attributor.score(reading)) if len(words) else []
        weigh = confidence.weights(attributor.heads)
        attributions = []
        for item in found:
            sure = confidence.probability(confidence.evidence(text, words, item), weigh)
            meant = idioms.read(text, _attribution(text, words, item, sure))
            if meant and sure >= self.floor:
                attributions.append(meant)
        annotate(doc, attributions)
        return doc

    def _reading(self, doc: Doc, text: str) -> Reading:
        wanted = self.attributor.encoder_sha256
        known = readings.take(doc, wanted)
        if known is not None:
            return known
        if wanted not in (None, self.encoder.sha256):
            raise ModelError("quotecheck's weights were trained with another encoder; reinstall quotecheck")
        return self.encoder.read(text)

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write the component's files into a folder."""
        self.attributor.to_disk(Path(path))
        if not self._shares:
            self.encoder.to_disk(Path(path))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> QuotecheckComponent:
        """Read the component's files from a folder; ModelError if one is missing."""
        folder = Path(path)
        self._attributor = Attributor.from_disk(folder)
        self._shares = not (folder / encoder.WEIGHTS).exists()
        self._encoder = None if self._shares else Encoder.from_disk(folder)
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """The component's files as bytes."""
        own = {} if self._shares else self.encoder.to_dict()
        return bytes(srsly.msgpack_dumps(self.attributor.to_dict() | own))

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> QuotecheckComponent:
        """The component from the result of `to_bytes`."""
        files = srsly.msgpack_loads(data)
        self._attributor = Attributor(files[attribution.WEIGHTS], files[attribution.HEADS])
        self._shares = encoder.WEIGHTS not in files
        self._encoder = None if self._shares else Encoder(files[encoder.WEIGHTS], files[encoder.VOCABULARY])
        return self

    def __reduce__(self) -> tuple[Callable[..., QuotecheckComponent], tuple[Any, ...]]:
        return _restore, (self.name, self.floor, self.to_bytes())


def _restore(name: str, floor: float, data: bytes) -> QuotecheckComponent:
    return QuotecheckComponent(name, floor).from_bytes(data)


@Language.factory(
    "quotecheck", assigns=["doc.spans", "doc._.attributions", "doc._.mentions"], default_config={"floor": FLOOR}
)
def make_component(nlp: Language, name: str, floor: float) -> QuotecheckComponent:
    """The factory behind `nlp.add_pipe("quotecheck", config={"floor": …})`."""
    return QuotecheckComponent(name, floor)


def load() -> Language:
    """The shipped spaCy pipeline. Raises ModelError if its files are missing or damaged."""
    try:
        nlp = spacy.load(model_path())
    except (OSError, ValueError) as error:
        raise ModelError(f"{model_path()}: {error}; reinstall quotecheck") from error
    nlp.max_length = 10_000_000
    return nlp


def annotate(doc: Doc, attributions: list[Attribution]) -> None:
    """Put attributions on a Doc; spans that cut a token are widened to whole tokens in the span group only."""
    spans = [
        _doc_span(doc, span, role, f"a{number}")
        for number, attribution in enumerate(attributions, start=1)
        for role in ROLES
        for span in getattr(attribution, role)
    ]
    stored = [
        {role: [[span.start, span.end] for span in getattr(attribution, role)] for role in ROLES}
        | {"confidence": attribution.confidence}
        for attribution in attributions
    ]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={GROUP: stored})


def _doc_span(doc: Doc, span: Span, role: str, name: str) -> DocSpan:
    found = doc.char_span(span.start, span.end, label=role.upper(), span_id=name, alignment_mode="expand")
    if found is None:
        raise ValueError(f"no tokens at {span.start}:{span.end}")
    return found


def attributions_of(doc: Doc) -> list[Attribution]:
    """The attributions that the component put on a Doc, in text order."""
    if GROUP not in doc.spans:
        return []
    text = doc.text
    return [_restored(text, stored) for stored in doc.spans[GROUP].attrs[GROUP]]


def _restored(text: str, stored: dict[str, Any]) -> Attribution:
    source, cue, content = (tuple(Span.of(text, start, end) for start, end in stored[role]) for role in ROLES)
    return Attribution(source, cue, content, stored["confidence"])


def _attribution(text: str, words: Words, found: decoding.Found, probability: float) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> tuple[Span, ...]:
        return tuple(_bare(text, int(words.starts[start]), int(words.ends[end - 1])) for start, end in ranges)

    return Attribution(spans(found.source), spans(found.cue), spans(found.content), probability)


def _bare(text: str, start: int, end: int) -> Span:
    """The span without pictures at its ends; a span of pictures alone stays as it is."""
    bare = _PICTURES.sub("", text[start:end])
    if not bare:
        return Span.of(text, start, end)
    offset = start + text[start:end].index(bare)
    return Span.of(text, offset, offset + len(bare))


def mentions_of(doc: Doc) -> tuple[SpeakerMention, ...]:
    """Every place of a Doc's text that means one of its speakers: by name, or as a source by other words."""
    return speakers.read(doc.text, attributions_of(doc)).mentions


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", getter=attributions_of)
    Doc.set_extension("mentions", getter=mentions_of)
