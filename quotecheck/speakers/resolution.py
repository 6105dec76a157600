"""Puts the readings together: each source of an article with the speakers it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotecheck.speakers import confidence
from quotecheck.speakers.first_person import by_author, by_quoted, enclosing, is_first_person, is_transcript
from quotecheck.speakers.scene import Scene, read_scene
from quotecheck.types import Attribution, Speaker, SpeakerMention

OPENING_MARKS = tuple("\"“„«‘'`")
UNRESOLVED = Speaker(None, "unknown", "unresolved", why="no source is given")
CARRIED = 0.85
"""Share of a quotation's confidence that one without a source, which continues it, keeps."""
FLOOR = 0.5
"""Confidence below which a name is not given: it would be wrong more often than right."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The speakers of each attribution, and every place of the article that means one of them, in text order."""

    speakers: list[tuple[Speaker, ...]]
    mentions: tuple[SpeakerMention, ...]


def resolve(
    text: str, attributions: Sequence[Attribution], *, author: str | None = None, floor: float = FLOOR
) -> list[tuple[Speaker, ...]]:
    """Whom each attribution's source stands for, parallel to `attributions`.

    Offsets are code points into `text`, half open. A joint source gives several speakers, any other exactly one;
    a speaker that the article does not name, or that cannot be told with a confidence of at least `floor` (0 to 1),
    has the name None. `author` is the byline as the input gives it: who says “I” outside quotation marks. Raises
    nothing.
    """
    return read(text, attributions, author=author, floor=floor).speakers


def read(
    text: str,
    attributions: Sequence[Attribution],
    *,
    author: str | None = None,
    floor: float = FLOOR,
    weigh: bool = True,
) -> Reading:
    """As `resolve`, and where else the article means those speakers.

    Without `weigh` the confidences are the rules' own, from which the probabilities are fitted.
    """
    if not attributions:
        return Reading([], ())
    scene = read_scene(text)
    found = _resolved(text, scene, attributions)
    author = None if is_transcript(text) else author
    for i, attribution in enumerate(attributions):
        if len(found[i]) == 1 and is_first_person(attribution):
            around = enclosing(attribution, attributions)
            speaker = by_author(attribution, author) if around is None else by_quoted(attribution, found[around])
            found[i] = (speaker,) if speaker else found[i]
    speakers = [
        tuple(_above(_weighed(speaker, attribution) if weigh else speaker, floor) for speaker in found[i])
        for i, attribution in enumerate(attributions)
    ]
    return Reading(speakers, _mentions(scene, speakers))


def _resolved(text: str, scene: Scene, attributions: Sequence[Attribution]) -> dict[int, tuple[Speaker, ...]]:
    found: dict[int, tuple[Speaker, ...]] = {}
    previous: int | None = None
    for i in sorted(range(len(attributions)), key=lambda i: _position(attributions[i])):
        speakers = scene.speakers(attributions[i])
        if not speakers and previous is not None and _runs_on(text, attributions[previous], attributions[i]):
            speakers = tuple(_carried(s) for s in found[previous])
        found[i] = speakers or (UNRESOLVED,)
        previous = i
    return found


def _weighed(speaker: Speaker, attribution: Attribution) -> Speaker:
    """The speaker with the probability that the name is right in place of the rule's share of right answers."""
    if speaker.name is None:
        return speaker
    return replace(speaker, confidence=confidence.probability(speaker.confidence, attribution.confidence))


def _above(speaker: Speaker, floor: float) -> Speaker:
    """The speaker as it is, or as written where its name is less sure than `floor`."""
    if speaker.name is None or speaker.confidence >= floor:
        return speaker
    why = f"perhaps {speaker.name} ({speaker.why}), which is not sure enough"
    return Speaker(None, "unknown", "unresolved", speaker.mention, confidence=1 - speaker.confidence, why=why)


def _mentions(scene: Scene, speakers: Sequence[tuple[Speaker, ...]]) -> tuple[SpeakerMention, ...]:
    """Where the speakers are named, and the sources that mean them by other words."""
    known = {(s.name, s.kind) for found in speakers for s in found if s.name}
    named = {m.span: m for m in scene.named() if (m.name, m.kind) in known}
    covered = {offset for span in named for offset in range(span.start, span.end)}
    meant = {
        (s.mention, s.name): SpeakerMention(s.mention, s.name, s.kind, s.basis, s.confidence)
        for found in speakers
        for s in found
        if s.name and s.mention and not covered.intersection(range(s.mention.start, s.mention.end))
    }
    return tuple(sorted([*named.values(), *meant.values()], key=lambda m: (m.span, m.name)))


def _runs_on(text: str, before: Attribution, after: Attribution) -> bool:
    """Whether a quotation without source and cue only continues the one before it: nothing stands between them."""
    if after.source or after.cue or not after.content:
        return False
    start = after.content[0].start
    end = max((s.end for s in (*before.source, *before.cue, *before.content) if s.end <= start), default=-1)
    opens = text.startswith(OPENING_MARKS, start) or text.startswith(OPENING_MARKS, max(0, start - 1))
    return end >= 0 and opens and not any(c.isalnum() for c in text[end:start])


def _carried(speaker: Speaker) -> Speaker:
    """The speaker of the quotation before, for one that continues it."""
    why = "continues the quotation before it"
    if speaker.name is None:
        return replace(speaker, mention=None, why=why)
    return replace(speaker, basis="carry_over", mention=None, confidence=speaker.confidence * CARRIED, why=why)


def _position(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0
