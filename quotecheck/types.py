"""The values that travel through quotecheck. All offsets are Unicode code points, half open, into `Article.text`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotecheck.vocabulary import (
    Anonymity,
    ClaimType,
    CueClass,
    DateBasis,
    EvidenceRole,
    Kind,
    Mode,
    Polarity,
    SpeakerBasis,
    SpeakerKind,
    TopicKind,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text; `article.text[start:end] == text` always holds."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` between two offsets."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: the text untouched, and what its header or record says about it.

    `id` is the input's own id where it has one, else None. `source_ref` says where it was read (path, `path:line`
    for a record in a file, `-` for standard input). `published_at` is ISO 8601 or None; `published_raw` is the
    input's own words. `raw_sha256` is the hash of the bytes read (for a record in a file: of the record's line).
    `retrieved_at` is when a web page was fetched, ISO 8601. `warnings` are stable codes such as `encoding_guessed`.
    """

    text: str
    source_ref: str
    reader: str
    raw_sha256: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    author_title: str | None = None
    author_description: str | None = None
    categories: tuple[str, ...] = ()
    published_raw: str | None = None
    published_at: str | None = None
    retrieved_at: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the model finds: who (source), by what words (cue), said what (content); each in text order.

    `confidence` is the calibrated probability that content and source are both right.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a source stands for.

    `name` is the canonical name, None where the article names nobody or it is not safe to say. `mention` is the
    span that was resolved (None if a statement has no source of its own). `role` and `affiliation` are the
    article's words. `confidence` is the probability that `name` is right (1.0 - if None: that nobody is named).
    `why` is one short English sentence for the reader ("surname of Sergei Ryabkov, named earlier").
    `role_span` and `affiliation_span` say where their words stand.
    """

    name: str | None
    kind: SpeakerKind
    basis: SpeakerBasis
    mention: Span | None = None
    role: str | None = None
    affiliation: str | None = None
    confidence: float = 0.0
    why: str = ""
    role_span: Span | None = None
    affiliation_span: Span | None = None


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """A place in an article that means a speaker: by name, or as a source by pronoun or description."""

    span: Span
    name: str
    kind: SpeakerKind
    basis: SpeakerBasis
    confidence: float


@dataclass(frozen=True, slots=True)
class SaidDate:
    """When a statement was made: a day, a month, a year or `from/to` as EDTF ("" if unknown), and how we know."""

    value: str = ""
    basis: DateBasis = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact-checker's file says about a statement besides who said what. A field is empty where it is unknown.

    `polarity` and `mode` say what the speaker did with the content. `spans` are the article's words for time, place,
    occasion, addressee and relay (through whom the article knows), and for the reason why a source is not named.
    `anonymity` is None where the source is a pronoun that nobody resolved.
    `source_count` is how many sources speak. `nested_in` is the index, in the article's list of claims, of the claim
    that this one is reported within, `hop` how many mouths it went through. `check_score` (0 to 100) says how much
    it is worth checking, `check_reasons` why.
    """

    polarity: Polarity = "unclear"
    mode: Mode = "plain"
    said: SaidDate = SaidDate()
    spans: Mapping[EvidenceRole, tuple[Span, ...]] = field(default_factory=dict)
    anonymity: Anonymity | None = None
    source_count: int | None = None
    nested_in: int | None = None
    hop: int = 1
    claim_types: tuple[ClaimType, ...] = ()
    check_score: float | None = None
    check_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A name or phrase that an article is about, or that one of its claims names.

    `term` is the name in its fullest form in the article, or the phrase with its noun in the singular. `score` (0 to
    1; those of an article's key terms are comparable) is None for a name that only claims speak of. `mentions` are
    the places in the article that mean it, in text order.
    """

    term: str
    kind: TopicKind
    score: float | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Triple:
    """Who does what to whom within a claim's content, at the places where the article says so.

    `subject` acts and `object` is acted upon, in the passive, too. `verb` is as written, with auxiliaries and “not”;
    `lemma` is its base form. `negated` if the clause denies the act (“did not close”, “closed no schools”).
    """

    subject: Span
    verb: Span
    object: Span
    lemma: str
    passive: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement of an article, as the machine reads it.

    `statement` is False for beliefs, intentions and attitudes. `quoted` are the stretches of the content inside
    quotation marks, without the marks. `context` is the whole sentence or sentences with source and cue.
    `matching_key` is the same for the same words printed again, "" where they are too few to tell. `evidence` says
    how, when, where, to whom and through whom it was said, and whether it is worth checking. `topics` are terms of
    the article's topics that the content names, the most important first; `triples` who does what to whom in it.
    """

    kind: Kind
    statement: bool
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    context: Span
    cue_class: CueClass
    confidence: float
    speakers: tuple[Speaker, ...] = field(default=())
    matching_key: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    topics: tuple[str, ...] = ()
    triples: tuple[Triple, ...] = ()

    @property
    def start(self) -> int:
        """Where the content begins."""
        return min(span.start for span in self.content)

    @property
    def end(self) -> int:
        """Where the content ends."""
        return max(span.end for span in self.content)

    @property
    def speaker(self) -> str | None:
        """The canonical names, joined by `; `, or None if nobody is named."""
        return "; ".join(dict.fromkeys(s.name for s in self.speakers if s.name)) or None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine reads in one article: its claims, every place that means one of their speakers, and its topics.

    The topics are its key terms, the most important first, and then the other names of its claims.
    """

    claims: tuple[Claim, ...]
    mentions: tuple[SpeakerMention, ...] = ()
    topics: tuple[Topic, ...] = ()


def texts(spans: Iterable[Span]) -> str:
    """The words of several spans, for display, joined by an ellipsis in brackets."""
    return " […] ".join(span.text for span in spans)
