"""How far two reviewers agree who judged the same claims without seeing each other's work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotecheck.store.connection import Value
from quotecheck.store.double import VERDICTS

Judgement = Mapping[str, Value]
LABELLED = {"verdict": "verdict", "speaker": "speaker", "kind": "kind of statement"}


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement about one field: share of equal values, and Cohen's kappa (None where chance alone gives one value)."""

    label: str
    claims: int
    share: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over `claims` that two people judged. `exact` is the share of equal contents among those that both
    keep, `overlap` the F1 of the characters that both chose.
    """

    claims: int
    fields: list[FieldAgreement]
    kept: int
    exact: float | None
    overlap: float | None


def agreement(pairs: Sequence[Sequence[Judgement]]) -> Agreement:
    """Agreement over pairs of judgements (states of a claim, as each of two reviewers left it)."""
    read = [(_values(one), _values(other)) for one, other in pairs]
    kept = [(one, other) for one, other in read if one["verdict"] == other["verdict"] == "right"]
    fields = [_field(name, label, read if name == "verdict" else kept) for name, label in LABELLED.items()]
    letters = [(_letters(one["content"]), _letters(other["content"])) for one, other in kept]
    shared, total = sum(len(a & b) for a, b in letters), sum(len(a) + len(b) for a, b in letters)
    return Agreement(
        claims=len(read),
        fields=[field for field in fields if field.claims],
        kept=len(kept),
        exact=sum(1 for a, b in letters if a == b) / len(kept) if kept else None,
        overlap=2 * shared / total if total else None,
    )


def kappa(labels: Sequence[tuple[object, object]]) -> float | None:
    """Cohen's kappa of two people's labels, None where they could not but agree.

    J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960).
    """
    total = len(labels)
    if not total:
        return None
    ours, theirs = Counter(one for one, _ in labels), Counter(other for _, other in labels)
    by_chance = sum(ours[label] * theirs[label] for label in ours) / total**2
    observed = sum(1 for one, other in labels if one == other) / total
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def _field(name: str, label: str, pairs: Sequence[tuple[Mapping[str, object], Mapping[str, object]]]) -> FieldAgreement:
    labels = [(one[name], other[name]) for one, other in pairs]
    share = sum(1 for one, other in labels if one == other) / len(labels) if labels else 0.0
    return FieldAgreement(label, len(labels), share, kappa(labels))


def _values(judgement: Judgement) -> dict[str, object]:
    judged = json.loads(str(judgement["judged_json"]))
    return {
        "verdict": VERDICTS[str(judgement["status"])],
        "speaker": (judged["speaker"], judged["speaker_kind"]),
        "kind": judged["kind"],
        "content": judged["spans"]["content"],
    }


def _letters(content: object) -> set[int]:
    return {place for start, end in content for place in range(start, end)}  # type: ignore[attr-defined]
