"""To whom, where, on what occasion and through whom a statement was made, by the words of its reporting clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecheck.evidence.frame import Frame
from quotecheck.types import Span
from quotecheck.vocabulary import EvidenceRole

_STOP = (
    r"(?:on|in|at|during|by|after|before|that|this|last|yesterday|today|tonight|earlier|later|late|early|via|over|as"
    r"|while"
    r"|when|ahead|following|from|through|about|of how|he|she|they|it|it's|there|to|for|without|under|outside|near|how"
    r"|why"
    r"|what|whether|if|and|but|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NOUN_PHRASE = (
    rf"(?!{_STOP})[\w.’'&-]+(?: (?!{_STOP})[\w.’'&-]+){{0,6}}?(?: and (?!{_STOP}|then\b|was\b|had\b)[\w’'-]+)?"
)
_END = rf"(?=\s*(?:[,.;:—–)“\"]|$)| {_STOP})"
_TOLD = re.compile(
    rf"\b(?:told|tells?|telling|informed|informs|assured|assures|reminded|reminds|briefed|notified"
    rf"|lectured) (?P<who>{_NOUN_PHRASE}){_END}",
    re.IGNORECASE,
)  # fmt: skip
_TO = re.compile(
    rf"\b(?:(?:spe(?:aking|aks?)|spoke|talk(?:ing|ed|s)?|said|saying|wr(?:iting|ote|ites?)|complained|confided"
    rf"|testif(?:ied|ying)|repl(?:ied|ying)) to"
    rf"|(?:speaking|talking|spoke|interview|conversation|call|chat|exchange|briefing|conference) with"
    rf"|(?:letter|remarks|comments|statement|message|speech|e-?mail|memo|note|report|testimony|presentation|interview"
    rf"|response|address) to"
    rf"|addressing) (?P<who>{_NOUN_PHRASE}){_END}",
    re.IGNORECASE,
)
_NO_ADDRESSEE = re.compile(
    r"^(?:him|her|it|them|us|you)self|^themselves|^(?:say|have|be|reduce|make|the effect)\b", re.IGNORECASE
)

_EVENTS = (
    r"(?:(?:news|press|media|phone|video) conferences?|conferences?|briefings?|interviews?|statements?|speech(?:es)?"
    r"|rall(?:y|ies)|hearings?"
    r"|debates?|meetings?|summits?|forums?|town halls?|address|testimony|trial|(?:conference |phone |telephone "
    r"|video )?calls?|e-?mails?"
    r"|letters?|memos?|reports?|tweets?|posts?|videos?|messages?|op-eds?|columns?|essays?|articles?|books?|memoirs?"
    r"|autobiography"
    r"|releases?|filings?|court (?:papers|documents|records)|affidavits?|lawsuits?|indictments?|complaints?"
    r"|petitions?|podcasts?"
    r"|broadcasts?|programme|appearances?|remarks|comments|talks|visits?|ceremon(?:y|ies)|events?|dinners?|lunch"
    r"|breakfast"
    r"|funerals?|services?|mass|sermons?|vigils?|protests?|march|sessions?|questioning|cross-examination|convention"
    r"|stops?|panels?"
    r"|webinars?|lectures?|receptions?|symposium|opinions?|rulings?|judg(?:e)?ments?|verdicts?|proceedings|inquest"
    r"|inquiry"
    r"|exchanges?|conversations?|broadcasts?|newsletter|blog|diary|transcripts?|recordings?|notes?|inauguration"
    r"|assembly|parliament"
    r"|court|church|gatherings?|workshops?|presentations?|tours?)"
)
_WORDS = r"(?:(?!(?:that|who|which|and|said|was|were|had|has)\b)[\w.’'&-]+ ){0,5}?"
_OCCASION = re.compile(
    rf"\b(?:in|at|during|through|via|on|by|with|from|issu\w+|releas\w+|publish\w+|post\w*|sign\w*|sen[dt]\w*"
    rf"|wr[io]t\w+|deliver\w*|g[ai]v\w+"
    rf"|h[eo]ld\w*|fil\w+|ma[dk]\w+|penn\w+) (?P<event>(?:a|an|the|his|her|its|their|my|our|this|that|one|another"
    rf"|[A-Z]\w+[’']s"
    rf"|[\w.-]+[’']s?) {_WORDS}{_EVENTS}\b(?! for\b)(?: (?:with|to|about) {_NOUN_PHRASE}{_END})?)"
    rf"|\b(?:in|at|during|via) (?P<bare>(?:sworn |written |emailed |televised |opening |closing |prepared "
    rf"|recorded )?(?:testimony|remarks|comments"
    rf"|court(?: (?:papers|filings|documents|records))?|parliament|talks|interviews|statements"
    rf"|e-?mails?))\b(?! (?-i:[A-Z]))"
    rf"|\b(?P<afterwards>(?:after|following|before|ahead of) (?:(?:a|an|the|his|her|their|its"
    rf"|\w+[’']s) )?{_WORDS}(?:talks|meetings?|summits?|hearings?"
    rf"|debates?|votes?|visits?|trial|verdict|ruling|match|game|session|briefing|ceremony))\b",
    re.IGNORECASE,
)

_NAME = r"[A-Z][\w.’'-]*(?:(?:,? (?:of|de|la|le|el|upon|and|the))? [A-Z][\w’'-]*\.?)*"
_NO_PLACE = re.compile(
    r"^(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October"
    r"|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|English|French|Russian|German|Spanish|Arabic"
    r"|Chinese"
    r"|Congress|God|Mr|Mrs|Ms|Dr|I|Twitter|Facebook|Telegram|Instagram|Christmas|Easter)\b"
)
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]t|[Ii]nside|(?:[Ss]peaking|by (?:tele)?phone|live|reporting"
    rf"|[Tt]alking) from) (?P<name>(?:the )?{_NAME}(?:, [A-Z][\w.]*(?: [A-Z]\w+)?)*)"
    r"|\b(?:in|outside|at|from|inside|near) (?P<common>(?:the|a|his|her|their) (?:[\w’'-]+ )?(?:courthouse|hospital"
    r"|capital|scene|palace|airport"
    r"|headquarters|home|house|stadium|church|mosque|station|border|harbou?r|port|village|town|city|prison|jail"
    r"|school|university|embassy"
    r"|factory|square|building|hotel|court|parliament))\b(?! (?:conference|meeting|briefing|hall|council))"
)

_PLATFORM = (
    r"(?:Twitter|X|Facebook|Instagram|Telegram|WhatsApp|Signal|YouTube|TikTok|Truth Social|Weibo|VKontakte|LinkedIn"
    r"|Reddit|Mastodon"
    r"|Bluesky|Threads|Snapchat|social media)"
)
_MEDIUM = re.compile(
    rf"\bon (?P<medium>(?:(?:his|her|its|their|the) (?:[\w’'-]+ ){{0,3}}?)?(?:{_PLATFORM}(?: (?:account|page|channel"
    rf"|feed|post))?|(?:state |national |local )?(?:television"
    r"|TV|radio)(?: (?:station|channel))?|website|blog|homepage|(?:[A-Z][\w.’'-]+ ){1,3}(?:News|TV|Radio|Television)"
    r"|CNN|CBS|NBC|ABC|BBC|MSNBC|C-SPAN|NPR"
    r"|Fox|ITV|Sky))\b"
    rf"|\b(?:in|via|through) (?P<post>(?:a|an|his|her|its|their) (?:[\w’'-]+ )?(?:{_PLATFORM}) (?:post|message|video"
    rf"|statement|channel|account))\b"
    rf"|\bvia (?P<via>{_PLATFORM}|(?:his|her|its|their|a|an) (?:lawyers?|attorneys?|spokes\w+|translator|interpreter"
    rf"|representative)s?)\b"
    r"|\bthrough (?P<mouth>(?:his|her|its|their|a|an) (?:lawyers?|attorneys?|spokes\w+|translator|interpreter"
    r"|representative|publicist|family))\b"
)
_CARRIED = re.compile(
    rf"\b(?:carried|published|broadcast|aired|released|obtained|seen|posted|reviewed|shown|circulated) (?:by|on|in)"
    rf" (?P<who>{_NOUN_PHRASE}){_END}"
)
_QUOTED = re.compile(rf"\b(?:quoted|cited|reported|relayed|paraphrased) (?:by|in) (?P<who>{_NOUN_PHRASE}){_END}")
_ACCORDING = re.compile(rf",? according to (?P<who>[^,.;:“”\"\n]+(?:, (?:who|which|a|an|the) [^,.;“”\"\n]+)?){_END}")


def addressees(text: str, frame: Frame) -> tuple[Span, ...]:
    """To whom it was said: “told reporters”, “in an interview with the paper”, “addressing students”."""
    found = [*_named(text, frame, _TOLD), *_named(text, frame, _TO)]
    return tuple(_distinct(span for span in found if not _NO_ADDRESSEE.search(span.text)))


def occasions(text: str, frame: Frame, taken: tuple[Span, ...]) -> tuple[Span, ...]:
    """At what event or in what document it was said, preposition left out but for “after the talks”.

    Words that are `taken` by the addressee are no occasion.
    """
    return tuple(_distinct(span for span in _named(text, frame, _OCCASION) if not _touches(span, taken)))


def places(text: str, frame: Frame, taken: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where it was said; words that are already `taken` by the occasion or the addressee are no place."""
    found = (span for span in _named(text, frame, _PLACE) if not _NO_PLACE.search(span.text))
    return tuple(_distinct(span for span in found if not _touches(span, taken)))[:1]


def relays(text: str, frame: Frame, source: tuple[Span, ...]) -> tuple[tuple[Span, ...], int]:
    """Through what or whom the article knows of it, and how many further mouths that makes.

    A platform is only a channel; somebody who is said to have quoted the speaker is one more mouth.
    """
    channels = [*_named(text, frame, _CARRIED), *_named(text, frame, _MEDIUM)]
    mouths = [*_named(text, frame, _ACCORDING), *_named(text, frame, _QUOTED)]
    mouths += [_trimmed(text, *match.span("who")) for match in _ACCORDING.finditer(text, *frame.behind)]
    mouths = [span for span in mouths if not _touches(span, source)]
    return tuple(_distinct([*mouths, *channels])), int(bool(mouths))


_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Inc|Corp|Co|Ltd|Jr|Sr|Ill|Calif|Fla|Mass|Va|Pa|Ga)\.$")

ROLES: tuple[EvidenceRole, ...] = ("time", "place", "occasion", "addressee", "relay")
"""What a statement without a cue of its own shares with the one that it continues."""


def _named(text: str, frame: Frame, pattern: re.Pattern[str]) -> list[Span]:
    """The named groups of a pattern's matches in the zones of a frame, nearest zone first, trimmed."""
    return [
        _trimmed(text, *match.span(name))
        for start, end in frame.zones
        for match in pattern.finditer(text, start, end)
        for name, words in match.groupdict().items()
        if words
    ]


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    stripped = words.strip(" ,\n\t")
    if stripped.endswith(".") and not _ABBREVIATED.search(stripped):
        stripped = stripped[:-1]
    begin = start + words.index(stripped) if stripped else start
    return Span.of(text, begin, begin + len(stripped))


def _touches(span: Span, taken: tuple[Span, ...]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in taken)


def _distinct(spans: Iterator[Span] | list[Span]) -> Iterator[Span]:
    """The spans in text order, without those that lie inside or overlap an earlier found one."""
    kept: list[Span] = []
    for span in spans:
        if span.text and not _touches(span, tuple(kept)):
            kept.append(span)
    return iter(sorted(kept))
