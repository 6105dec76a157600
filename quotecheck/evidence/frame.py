"""The reporting clause of a statement: the words around source and cue that belong to no content.

What dates, places or addresses a statement stands there. What stands in the content is about something else: “He said
the bridge closed on Tuesday” does not say when he said it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.passages import sentence_end, sentence_start
from quotecheck.types import Claim, Span

_ENDS_CLAUSE = re.compile(
    r"[;:(—–“\"\n\r]| - |,? (?:and|but|or) (?=(?:he|she|it|they|that|then|also|has|had|have|was|were|is|are|did|will"
    r"|would)\b"
    r"|\w+(?:ed|ought|old|rote|ave)\b)|,? (?:who|whose|which|that|because|although|though|if|whether|where)\b"
    r"|, (?:and|but|so|yet)\b|,? (?!(?:speaking|talking|appearing|testifying|addressing|meeting|according|during"
    r"|morning"
    r"|evening|briefing|hearing|meeting)\b)\w+ing (?:that|the|how|his|her|their|its|it|he|she|they|to)\b"
)
"""Where the words after a cue stop being about the saying."""
_FINITE = re.compile(
    r"\b(?:who|which|(?:after|before)(?!,)|when|because|if|although|though|was|were|is|are|had|has|have|did|does|do|will|would"
    r"|could"
    r"|can|about|over|despite|amid)\b|\b(?!asked|pressed|questioned|scheduled|televised|heated|prepared"
    r"|so-called)\w{3,}ed\b",
    re.IGNORECASE,
)
"""Words that make an opening phrase one about something other than the saying."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Half-open stretches of the text: `after` begins at the cue (behind a source that follows it), `between` lies
    between source and cue, `before` is the opening of the sentence, `behind` what follows the content; each is (0, 0)
    if there is none.
    """

    after: tuple[int, int] = (0, 0)
    between: tuple[int, int] = (0, 0)
    before: tuple[int, int] = (0, 0)
    behind: tuple[int, int] = (0, 0)

    @property
    def zones(self) -> tuple[tuple[int, int], ...]:
        """The stretches around source and cue, nearest to the cue first."""
        return tuple(zone for zone in (self.after, self.between, self.before) if zone[0] < zone[1])


def frame_of(text: str, claim: Claim, contents: Sequence[Span]) -> Frame:
    """The frame of a claim; `contents` are the contents of all claims of the article in text order."""
    if not claim.cue:
        return Frame()
    cue, source = _hull(claim.cue), _hull(claim.source or claim.cue)
    if _apart(text, cue, source):
        source = cue
    begin = sentence_start(text, min(cue[0], source[0]))
    end = sentence_end(text, max(cue[1], source[1]))
    within = [span for span in contents if span.start <= cue[0] and cue[1] <= span.end and span not in claim.content]
    for outer in within:  # a report inside a report: nothing outside the outer one's content is about it
        begin, end = max(begin, outer.start), min(end, outer.end)
    others = [span for span in contents if span not in within and span.start < end and span.end > begin]
    after = _after(text, cue, source, end, others)
    head = min(cue[0], source[0])
    between = (source[1], cue[0]) if source[1] < cue[0] else (0, 0)
    if any(span.start < between[1] and span.end > between[0] for span in others):
        between = (0, 0)
    return Frame(after, between, _before(text, begin, head, others), _behind(claim, end, others))


def _hull(spans: Sequence[Span]) -> tuple[int, int]:
    return min(span.start for span in spans), max(span.end for span in spans)


def _apart(text: str, cue: tuple[int, int], source: tuple[int, int]) -> bool:
    """Whether source and cue stand in different sentences."""
    low, high = min(cue[1], source[1]), max(cue[0], source[0])
    return low < high and (high - low > 400 or sentence_end(text, low) < high)


def _after(
    text: str, cue: tuple[int, int], source: tuple[int, int], end: int, others: Sequence[Span]
) -> tuple[int, int]:
    start = cue[0] if source[0] <= cue[0] else source[1]
    stop = min([end, *(span.start for span in others if span.start >= start)])
    behind = max(start, cue[1] if start == cue[0] else start)
    cut = _ENDS_CLAUSE.search(text, behind, max(behind, stop))
    return start, cut.start() if cut else stop


def _before(text: str, begin: int, head: int, others: Sequence[Span]) -> tuple[int, int]:
    start = max([begin, *(span.end for span in others if span.end <= head)])
    if start > begin:
        # A content stands in front (“…,” the mayor said), or another report shares the opening of the sentence.
        first = min(span.start for span in others if span.end <= head)
        start, head = begin, min(first, head)
    opening = text[start:head]
    return (start, start + _opening_phrase(opening)) if opening.strip() else (0, 0)


def _behind(claim: Claim, end: int, others: Sequence[Span]) -> tuple[int, int]:
    stop = min([end, *(span.start for span in others if span.start >= claim.end)])
    return (claim.end, stop) if claim.cue[-1].end <= claim.end < stop else (0, 0)


def _opening_phrase(opening: str) -> int:
    """How many characters of a sentence's opening are a phrase about the saying, such as “In Oslo on Tuesday,”."""
    found = _FINITE.search(opening)
    if found is None:
        return len(opening)
    return opening.rfind(",", 0, found.start()) + 1
