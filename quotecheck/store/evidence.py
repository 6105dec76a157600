"""Evidence of a claim as cells and spans."""

from __future__ import annotations

from quotecheck.store.articles import joined
from quotecheck.store.connection import Row
from quotecheck.types import Evidence, texts
from quotecheck.vocabulary import EvidenceRole

COLUMN_OF_ROLE: dict[EvidenceRole, str] = {
    "time": "said_date_text",
    "place": "place",
    "occasion": "occasion",
    "addressee": "told_to",
    "relay": "reported_via",
    "reason": "anonymity_reason",
}
"""The columns that hold the words of the spans of a role."""


def evidence_cells(evidence: Evidence) -> Row:
    """The columns of `claims` that hold evidence, but `nested_in`, which is known when the outer claim has its id."""
    words = {column: texts(evidence.spans.get(role, ())) or None for role, column in COLUMN_OF_ROLE.items()}
    return {
        "polarity": evidence.polarity,
        "mode": evidence.mode,
        "said_date": evidence.said.value or None,
        "said_date_basis": evidence.said.basis,
        **words,
        "anonymity": evidence.anonymity,
        "source_count": evidence.source_count,
        "hop": evidence.hop,
        "claim_type": joined(evidence.claim_types),
        "check_score": evidence.check_score,
        "check_reasons": joined(evidence.check_reasons),
    }
