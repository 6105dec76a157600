"""A text cut at every boundary of the spans marked in it, so that overlapping marks become flat, printable pieces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MarkRole = Literal["source", "cue", "content", "quoted"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One span of one claim; `start` and `end` are Unicode code points, half open."""

    start: int
    end: int
    claim_id: str
    role: MarkRole
    kind: str
    is_statement: bool = True
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks throughout. `begins` names the claims whose content starts here."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[str, ...] = ()

    @property
    def css_classes(self) -> str:
        """The marks' roles, the claims' kinds where content is marked, and `stance` if no statement is among them."""
        kinds = {f"kind-{mark.kind}" for mark in self.marks if mark.role in ("content", "quoted")}
        stance = () if any(mark.is_statement for mark in self.marks) else ("stance",)
        sources = [mark for mark in self.marks if mark.role == "source"]
        unresolved = ("unresolved",) if sources and not any(mark.is_named for mark in sources) else ()
        return " ".join(["mark", *sorted({mark.role for mark in self.marks}), *sorted(kinds), *stance, *unresolved])

    @property
    def claims(self) -> str:
        """The claims marked here with their roles, as `qc-…:content qc-…:source`."""
        return " ".join(dict.fromkeys(f"{mark.claim_id}:{mark.role}" for mark in self.marks))


def cut(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """`text` as segments in order, together exactly `text`; marks that are empty or lie outside it are left out."""
    kept = sorted(mark for mark in marks if 0 <= mark.start < mark.end <= len(text))
    opening, closing = _by_offset(kept, "start"), _by_offset(kept, "end")
    begins = _content_starts(kept)
    bounds = sorted({0, len(text), *opening, *closing})
    active: dict[Mark, None] = {}
    segments = []
    for start, end in pairwise(bounds):
        for mark in closing[start]:
            active.pop(mark, None)
        active.update(dict.fromkeys(opening[start]))
        segments.append(Segment(text[start:end], tuple(active), tuple(begins[start])))
    return segments


def _by_offset(marks: Iterable[Mark], edge: Literal["start", "end"]) -> defaultdict[int, list[Mark]]:
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[getattr(mark, edge)].append(mark)
    return found


def _content_starts(marks: Iterable[Mark]) -> defaultdict[int, list[str]]:
    first: dict[str, int] = {}
    for mark in marks:
        if mark.role == "content":
            first.setdefault(mark.claim_id, mark.start)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for claim_id, start in first.items():
        found[start].append(claim_id)
    return found
