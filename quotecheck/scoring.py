"""Scoring of attributions and speakers against gold, on characters, so that tokenisers do not matter.

A predicted attribution is right if its content and a gold content overlap by at least half (intersection over union,
one to one, best overlap first) and their sources overlap or are both empty. White space, quotation marks and
punctuation count for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quotecheck import passages, vocabulary
from quotecheck.types import Span

OVERLAP = 0.5
KINDS = (*vocabulary.KINDS, "other")
"""Kinds of attributions; `other` are beliefs, intentions, decrees and the like, which corpora annotate too."""
SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|add(?:s|ed|ing)?|claim\w*|announc\w+|stat(?:e|es|ed|ing)|warn\w*"
    r"|argu(?:e|es|ed|ing)|not(?:e|es|ed|ing)|report(?:s|ed|ing)?|insist\w*|explain\w*|declar\w+|ask(?:s|ed|ing)?"
    r"|repl(?:y|ies|ied|ying)|respond\w*|wr(?:ite|ites|ote|iting|itten)|tweet\w*|suggest\w*|admit\w*"
    r"|den(?:y|ies|ied|ying)|confirm\w*|acknowledg\w+|according|quip\w*|joke\w*|accus\w+|critici\w+|call(?:s|ed|ing)?"
    r"|describ\w+|assert\w*|alleg\w+|cit(?:e|es|ed|ing)|declin\w+|recall\w*|testif\w+|vow\w*|promis\w+|urg(?:e|es|ed|ing)"
    r"|question\w*|remark\w*|comment\w*|statement|talk\w*)\b",
    re.IGNORECASE,
)
"""Words of saying. Kept apart from the classes of `quotecheck.cues`, so that the measure does not move with them."""
Attributions = Sequence[Mapping[str, Any]]
"""In the form of `extract --to jsonl`: source, cue and content as lists of [start, end], speaker, optional."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over articles; add scores to sum them.

    `found`: contents matched; `attributed`: of these with the right source; `predicted` and `gold` in all. `right`,
    `wrong`, `unnamed`: matched attributions whose gold names a speaker, by the name given; `invented`: names given
    where gold says that nobody is named, of `anonymous` such attributions.
    """

    predicted: int = 0
    gold: int = 0
    found: int = 0
    attributed: int = 0
    right: int = 0
    wrong: int = 0
    unnamed: int = 0
    anonymous: int = 0
    invented: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def precision(self) -> float:
        """Whole attributions that are right among those found, 0 to 1."""
        return self.attributed / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """Whole attributions that are right among those annotated, 0 to 1."""
        return self.attributed / max(self.gold, 1)

    @property
    def attributed_f1(self) -> float:
        """Harmonic mean of precision and recall of whole attributions, 0 to 1."""
        return 2 * self.attributed / max(self.predicted + self.gold, 1)

    @property
    def found_f1(self) -> float:
        """The same without looking at sources."""
        return 2 * self.found / max(self.predicted + self.gold, 1)

    @property
    def wrong_share(self) -> float:
        """Wrong names among the names given, 0 to 1."""
        return self.wrong / max(self.right + self.wrong, 1)

    @property
    def right_share(self) -> float:
        """Right names among matched attributions whose gold names a speaker, 0 to 1."""
        return self.right / max(self.right + self.wrong + self.unnamed, 1)


def score(text: str, gold: Attributions, predicted: Attributions) -> Score:
    """Score one article's attributions; those that gold calls optional, or that lack a content, count neither way."""
    gold = [attribution for attribution in gold if attribution.get("content")]
    pairs = match(text, gold, predicted)
    optional = {index for index, attribution in enumerate(gold) if attribution.get("optional")}
    counted = [(g, p) for g, p in pairs if g not in optional]
    total = Score(
        predicted=len(predicted) - len(pairs) + len(counted),
        gold=len(gold) - len(optional),
        found=len(counted),
        attributed=sum(same_source(text, gold[g], predicted[p]) for g, p in counted),
    )
    return sum((speaker_score(gold[g], predicted[p]) for g, p in counted), total)


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The score of one article, or the sum of several.

    `statements` is the score without attributions of the kind `other` on either side; `kinds` has for each of
    `KINDS` the annotated attributions of that kind and how many of them were found and attributed.
    """

    all: Score = Score()
    statements: Score = Score()
    kinds: Mapping[str, Score] = field(default_factory=dict)

    def __add__(self, other: ArticleScore) -> ArticleScore:
        kinds = {kind: self.kinds.get(kind, Score()) + other.kinds.get(kind, Score()) for kind in KINDS}
        return ArticleScore(self.all + other.all, self.statements + other.statements, kinds)


def score_article(text: str, gold: Attributions, predicted: Attributions) -> ArticleScore:
    """All scores of one article."""
    wanted = [one for one in gold if one.get("content")]
    pairs = dict(match(text, wanted, predicted))
    kinds = {kind: Score() for kind in KINDS}
    for g, one in enumerate(wanted):
        if not one.get("optional"):
            found = g in pairs
            right = found and same_source(text, one, predicted[pairs[g]])
            kinds[kind_of(text, one)] += Score(gold=1, found=int(found), attributed=int(right))
    said = [one for one in wanted if kind_of(text, one) != "other"]
    statements = score(text, said, [one for one in predicted if kind_of(text, one) != "other"])
    return ArticleScore(score(text, wanted, predicted), statements, kinds)


def kind_of(text: str, attribution: Mapping[str, Any]) -> str:
    """direct, mixed or indirect as claims are; `other` without quoted words where the cue has no word of saying."""
    content = tuple(Span.of(text, start, end) for start, end in attribution["content"])
    quoted = passages.quoted_words(text, content)
    cue = " ".join(text[start:end] for start, end in attribution.get("cue") or ())
    if not quoted and cue.strip() and not SAYING.search(cue):
        return "other"
    return passages.kind_of(content, quoted)


def match(text: str, gold: Attributions, predicted: Attributions) -> list[tuple[int, int]]:
    """Pairs of gold and predicted attributions (their indices) whose contents overlap enough, one to one."""
    theirs = [_letters(text, attribution["content"]) for attribution in gold]
    ours = [_letters(text, attribution["content"]) for attribution in predicted]
    overlaps = sorted(
        (
            (-len(one & other) / len(one | other), g, p)
            for g, one in enumerate(theirs)
            for p, other in enumerate(ours)
            if one & other
        ),
    )
    taken_gold: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for overlap, g, p in overlaps:
        if -overlap >= OVERLAP and g not in taken_gold and p not in taken:
            taken_gold.add(g)
            taken.add(p)
            pairs.append((g, p))
    return pairs


def same_source(text: str, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> bool:
    """Whether two attributions have overlapping sources, or none both."""
    theirs, ours = _letters(text, gold["source"]), _letters(text, predicted["source"])
    return bool(theirs & ours) or not (theirs or ours)


def same_name(given: str, wanted: Iterable[str]) -> bool:
    """Whether names joined by `; ` are one of the wanted ones, in any order, whatever accents and case."""
    return any(_names(given) == _names(name) for name in wanted)


def _letters(text: str, spans: Iterable[Sequence[int]] | None) -> set[int]:
    return {offset for start, end in spans or () for offset in range(start, end) if text[offset].isalnum()}


def _names(joined: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", joined).casefold()
    return {" ".join("".join(c if c.isalnum() else " " for c in name if not unicodedata.combining(c)).split())
            for name in plain.split(";")}  # fmt: skip


def unnamed(score: Score) -> Score:
    """The same attributions' score had no name been given."""
    given = score.right + score.wrong
    return replace(score, right=0, wrong=0, unnamed=score.unnamed + given, invented=0)


def speaker_score(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Score:
    """The speaker counts of one matched attribution; all zero if gold says nothing of its speaker."""
    wanted, given = gold.get("speaker"), predicted.get("speaker") or ""
    if wanted is None:
        return Score()
    if not wanted:
        return Score(anonymous=1, invented=int(bool(given)))
    if not given:
        return Score(unnamed=1)
    right = same_name(given, [wanted, *(gold.get("speakers_ok") or [])])
    return Score(right=int(right), wrong=int(not right))
