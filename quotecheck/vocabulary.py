"""Closed vocabularies of the data model, as types and as tuples of their values."""

from typing import Literal, get_args

Kind = Literal["direct", "mixed", "indirect"]
CueClass = Literal[
    "neutral", "doubt", "concede", "deny", "factive", "commit", "forecast", "direct", "ask", "agree",
    "belief", "intention", "attitude", "none",
]  # fmt: skip
Polarity = Literal["asserts", "denies", "asks", "unclear"]
Mode = Literal["plain", "negated", "hypothetical", "future", "declines", "refuses"]
DateBasis = Literal["explicit", "weekday", "relative", "same_as_publication", "human", "unknown"]
ClaimType = Literal[
    "personal", "quantity", "correlation", "rules", "predictions", "voting", "opinion", "support", "other", "not_claim"
]
SpeakerKind = Literal["person", "organisation", "place_metonym", "group", "document", "unnamed", "unknown"]
Anonymity = Literal["A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7"]
SpeakerBasis = Literal[
    "name", "alias", "pronoun", "title_only", "carry_over", "metonym", "list", "human", "unresolved"
]  # fmt: skip
ReviewStatus = Literal[
    "unreviewed", "accepted", "corrected", "rejected", "unsure", "conflicting", "adjudicated", "stale"
]  # fmt: skip
Role = Literal["source", "cue", "content"]
TopicKind = Literal["name", "phrase"]
EvidenceRole = Literal["time", "place", "occasion", "addressee", "relay", "reason"]

KINDS: tuple[Kind, ...] = get_args(Kind)
CUE_CLASSES: tuple[CueClass, ...] = get_args(CueClass)
STANCES: frozenset[CueClass] = frozenset({"belief", "intention", "attitude"})
"""Cue classes that report a state of mind, not something said; stored, not exported by default."""
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
MODES: tuple[Mode, ...] = get_args(Mode)
DATE_BASES: tuple[DateBasis, ...] = get_args(DateBasis)
CLAIM_TYPES: tuple[ClaimType, ...] = get_args(ClaimType)
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
ANONYMITY_GRADES: tuple[Anonymity, ...] = get_args(Anonymity)
SPEAKER_BASES: tuple[SpeakerBasis, ...] = get_args(SpeakerBasis)
REVIEW_STATES: tuple[ReviewStatus, ...] = get_args(ReviewStatus)
ROLES: tuple[Role, ...] = get_args(Role)
EVIDENCE_ROLES: tuple[EvidenceRole, ...] = get_args(EvidenceRole)
