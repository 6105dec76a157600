"""Damage as scraping does it, applied to training articles: marks of other styles, lost marks, glued paragraphs.

An edit replaces one stretch of the text by another; offsets of the annotation move along.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from quotecheck import quotations


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


_STYLES = (('"', '"'), ("“", "”"), ("''", "''"), ("``", "''"), ("«", "»"), ("„", "“"), ("‘", "’"), ("'", "'"))
_STYLE_WEIGHTS = (4, 4, 1, 1, 1, 1, 4, 3)
_PARAGRAPH = re.compile(r"[ \t]*\n\s*")


def damage(text: str, generator: random.Random) -> list[Edit]:
    """Edits for one article, in text order, not overlapping."""
    edits: dict[int, Edit] = {}
    if generator.random() < 0.35:
        edits |= {edit.start: edit for edit in _restyle(text, generator)}
    if generator.random() < 0.2:
        edits |= {edit.start: edit for edit in _glue(text, generator)}
    if generator.random() < 0.12:
        edits |= {edit.start: edit for edit in _lose(text, generator)}
    if generator.random() < 0.1:
        edits |= {edit.start: edit for edit in _break_lines(text, generator)}
    return _disjoint(sorted(edits.values(), key=lambda edit: edit.start))


def _disjoint(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _restyle(text: str, generator: random.Random) -> list[Edit]:
    opening, closing = generator.choices(_STYLES, _STYLE_WEIGHTS)[0]
    edits = []
    for quotation in quotations.outermost(text):
        if quotation.single:
            continue
        edits.append(Edit(quotation.start, quotation.inner_start, opening))
        if quotation.closed:
            edits.append(Edit(quotation.inner_end, quotation.end, closing))
    return edits


def _glue(text: str, generator: random.Random) -> list[Edit]:
    share = generator.choice((0.2, 0.6, 1.0))
    fillers = generator.choice((("",), (" ",), ("\n",), ("", " ", "\n")))
    breaks = [m for m in _PARAGRAPH.finditer(text) if m.start() > 0 and m.end() < len(text)]
    return [Edit(m.start(), m.end(), generator.choice(fillers)) for m in breaks if generator.random() < share]


def _lose(text: str, generator: random.Random) -> list[Edit]:
    """Drop closing marks, or push one behind a line break (`"No.⏎"The …`)."""
    edits = []
    for quotation in quotations.outermost(text):
        if not quotation.closed or generator.random() > 0.15:
            continue
        mark = text[quotation.inner_end : quotation.end]
        new = generator.choice(("", "", "\n" + mark))
        edits.append(Edit(quotation.inner_end, quotation.end, new))
    return edits


def _break_lines(text: str, generator: random.Random) -> list[Edit]:
    """Break lines inside quotations after a sentence."""
    edits = []
    for quotation in quotations.outermost(text):
        for match in re.finditer(r"(?<=[.!?]) ", text[quotation.inner_start : quotation.inner_end]):
            if generator.random() < 0.5:
                start = quotation.inner_start + match.start()
                edits.append(Edit(start, start + 1, "\n"))
    return edits


def apply(text: str, edits: list[Edit]) -> tuple[str, list[int]]:
    """The edited text, and for every old offset (0 … len) its new one."""
    parts: list[str] = []
    moved: list[int] = []
    position = length = 0
    for edit in edits:
        moved.extend(range(length, length + edit.start - position))
        parts.append(text[position : edit.start])
        length += edit.start - position
        old = edit.end - edit.start
        moved.extend(length + round(i * len(edit.new) / old) for i in range(old))
        parts.append(edit.new)
        length += len(edit.new)
        position = edit.end
    moved.extend(range(length, length + len(text) - position + 1))
    parts.append(text[position:])
    return "".join(parts), moved
