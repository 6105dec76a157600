"""What cannot be: a sure cue with its source and nothing that was said, or with the end of a sentence only.

Where the tagger leaves such a cue without a content, the text itself usually shows it: a quotation stands right behind
the cue, or source and cue close a sentence that is what they report ("…, the ministry has said."). That sentence is
what they report, too, where the tagger took only its end or pieces of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quotecheck.pipeline.crf import TAGS, Floats
from quotecheck.pipeline.links import Range, Tagged
from quotecheck.pipeline.words import CASE_NONE, QUOTE_CLOSE, QUOTE_NONE, QUOTE_OPEN, Words

SURE = 0.75
"""Probability from which a tagged cue must have a content."""
EVEN = 0.5
"""What the tagger's view of a missing content counts for: it saw none, the text shows one."""
_NEAR = 3
_SHORTEST, _LONGEST = 3, 80


@dataclass(frozen=True)
class Missing:
    """A content that must be there: the cue's index, the words, and the indices of contents that it takes over."""

    cue: int
    content: Range
    replaces: frozenset[int]


def missing(
    words: Words, tagged: Tagged, cue_of_content: Sequence[int], source_of_cue: Mapping[int, int]
) -> list[Missing]:
    """Contents for the sure cues that none has chosen, or only pieces; indices count from 0, -1 means none."""
    chosen: dict[int, list[int]] = {}
    for content, cue in enumerate(cue_of_content):
        chosen.setdefault(cue, []).append(content)
    found = []
    for cue, (start, end) in enumerate(tagged.cue):
        source = source_of_cue.get(cue, -1)
        if source < 0 or tagged.marginals[start, TAGS.index("B-cue")] < SURE:
            continue
        if cue in chosen:
            whole = _sentence_before(words, tagged.source[source], (start, end))
            others = [tagged.cue[number] for number in chosen if number not in (cue, -1)]
            others += [content for number, content in enumerate(tagged.content) if number not in chosen[cue]]
            contents = [tagged.content[number] for number in chosen[cue]]
            if whole is not None and _are_pieces(contents, whole, others):
                found.append(Missing(cue, whole, frozenset(chosen[cue])))
            continue
        after = _quotation_after(words, end)
        if after and not any(_meet(after, span) for span in (*tagged.content, *tagged.source, *tagged.cue)):
            found.append(Missing(cue, after, frozenset()))
            continue
        before = _sentence_before(words, tagged.source[source], (start, end))
        if before is None:
            continue
        taken = {number: content for number, content in enumerate(tagged.content) if _meet(before, content)}
        inside = all(before[0] <= content[0] and content[1] <= before[1] for content in taken.values())
        if inside and all(source_of_cue.get(cue_of_content[number], -1) in (-1, source) for number in taken):
            found.append(Missing(cue, before, frozenset(taken)))
    return found


def opened(words: Words, tagged: Tagged) -> Tagged:
    """The spans with every opening mark that the tagger left at a cue's end given to the content behind it."""
    ends = {end: number for number, (_, end) in enumerate(tagged.cue)}
    cue, content, marginals = list(tagged.cue), list(tagged.content), tagged.marginals.copy()
    begins, inside = TAGS.index("B-content"), TAGS.index("I-content")
    for number, (start, end) in enumerate(content):
        if start in ends and words.features[start - 1, 2] == QUOTE_OPEN:
            first, last = cue[ends[start]]
            if first < last - 1:
                cue[ends[start]], content[number] = (first, last - 1), (start - 1, end)
                # The content is as sure as it was, one word earlier.
                marginals[start - 1, begins] = marginals[start, inside] = marginals[start, begins]
    return replace(tagged, cue=cue, content=content, marginals=marginals)


def assumed(marginals: Floats, found: Sequence[Missing]) -> Floats:
    """The probabilities of tags, with words of missing contents as likely as not to be content."""
    raised = marginals.copy()
    for item in found:
        start, end = item.content
        raised[start:end, TAGS.index("I-content")] = EVEN
        raised[start, [TAGS.index("B-content"), TAGS.index("I-content")]] = EVEN, 0.0
    return raised


def _are_pieces(contents: Sequence[Range], whole: Range, others: Sequence[Range]) -> bool:
    """Whether contents are the end of a sentence, or pieces of it, and no other attribution has a part in it.

    One word before them ("And", "But") is none of what was said.
    """
    first, last = contents[0][0], contents[-1][1]
    inside = whole[0] <= first and last in (whole[1], whole[1] + 1)
    missed = whole[1] - whole[0] - sum(end - start for start, end in contents)
    return inside and missed > 1 and not any(_meet(whole, span) for span in others)


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quotation_after(words: Words, end: int) -> Range | None:
    """The quotation that opens within a few words behind a cue, with its marks."""
    marks = words.features[:, 2]
    for start in range(end, min(end + _NEAR, len(words))):
        if marks[start] == QUOTE_OPEN:
            stop = start + 1
            while stop < len(words) and marks[stop] not in (QUOTE_NONE, QUOTE_OPEN):
                stop += 1
                if marks[stop - 1] == QUOTE_CLOSE:
                    return start, stop
            return None
        if words.stops[start]:
            return None
    return None


def _sentence_before(words: Words, source: Range, cue: Range) -> Range | None:
    """The sentence that source and cue close, up to them; None if they stand elsewhere."""
    sentence = words.sentence
    start, end = min(source[0], cue[0]), max(source[1], cue[1])
    apart = max(source[0], cue[0]) - min(source[1], cue[1])
    closes = end + 1 >= len(words) or (bool(words.stops[end]) and sentence[end + 1] != sentence[start])
    comma = start > 0 and words.features[start - 1, 0] == CASE_NONE
    begin = int(np.searchsorted(sentence, sentence[start]))
    if apart > 1 or not closes or not comma or not _SHORTEST <= start - 1 - begin <= _LONGEST:
        return None
    # The comma before the source is no part of what it says.
    return begin, start - 1
