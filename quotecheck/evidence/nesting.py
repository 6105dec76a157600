"""Statements that are reported within other statements: “Lind said the owner had told her that the boat was safe”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.types import Claim

_RETOLD = re.compile(
    r"[“\"‘']?(?:that )?(?:(?!(?:and|but|that|was|were|is|are|who)\b)[\w’'.-]+,? ){1,8}?(?:(?:had |has )?(?:told"
    r"|assured|informed|promised)"
    r" (?:him|her|them|me|us|(?-i:[A-Z])\w+)\b|as (?:saying|telling|writing)\b)",
    re.IGNORECASE,
)
"""A content that begins with a report of its own which was not found as a claim."""


def containers(claims: Sequence[Claim]) -> list[int | None]:
    """For every claim the index of the smallest claim in whose content its cue and its own content stand, if any."""
    return [_container(claims, index) for index in range(len(claims))]


def _container(claims: Sequence[Claim], index: int) -> int | None:
    inner = claims[index]
    if not inner.cue:
        return None
    start = min(span.start for span in (*inner.cue, *inner.content))
    end = max(span.end for span in (*inner.cue, *inner.content))
    around = [
        (outer.end - outer.start, number)
        for number, outer in enumerate(claims)
        if number != index
        and any(span.start <= start and end <= span.end for span in outer.content)
        and outer.cue != inner.cue
    ]
    return min(around)[1] if around else None


def retells(claim: Claim) -> bool:
    """Whether a content opens with what somebody told its speaker (“the owner had told her that the boat was safe”)."""
    return bool(_RETOLD.match(" ".join(span.text for span in claim.content)))


def hops(outer: Sequence[int | None], mouths: Sequence[int]) -> list[int]:
    """Through how many mouths each claim went: its speaker, its relays (`mouths`), those of the claims around it."""
    counted: dict[int, int] = {}

    def hop(index: int) -> int:
        if index not in counted:
            around = outer[index]
            counted[index] = 1 + mouths[index] + (0 if around is None else hop(around))
        return counted[index]

    return [hop(index) for index in range(len(outer))]
