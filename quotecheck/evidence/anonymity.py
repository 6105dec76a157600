"""How well a source is named (grades A0 to A7), why it is not named in the article's words, and how many sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.passages import sentence_end, sentence_start
from quotecheck.types import Claim, Span, Speaker
from quotecheck.vocabulary import Anonymity, SpeakerKind

_BARE = re.compile(
    r"\b(?:sources?|insiders?|persons?|people|individuals?|someone|somebody|whistleblowers?|those)\b", re.IGNORECASE
)
_BODY = re.compile(
    r"\b(?:police|ministry|government|campaign|hospital|company|court|army|military|navy|party|union|embassy|council"
    r"|agency|commission"
    r"|parliament|senate|congress|department|bank|university|airline|club|palace|cabinet|administration"
    r"|prosecutors?['’]s? office"
    r"|presidential|congressional|municipal|city hall|intelligence|defen[cs]e|security service)\b",
    re.IGNORECASE,
)  # fmt: skip
_PLACE_ADJECTIVE = re.compile(
    r"^(?:[A-Z]\w*(?:ian|ean|ish|ese|an|i|ch|ench|utch|eek|wiss|ab)s?|US|U\.S\.|UK|U\.K\.|EU|E\.U\.|UN|U\.N\.|Western"
    r"|Eastern|Northern"
    r"|Southern|Arab|Middle|European|Democratic|Republican|Labour|Conservative|GOP|People|Persons?|Sources?|Insiders?|Individuals|Someone|Somebody|Those|Half|Many|A|An|The|One|Two|Three|Four|Five"
    r"|Some|Several)$"
)
_PRONOUN = re.compile(r"^(?:he|she|they|it|we|i|you|his|her|their|who|this|that|which)\b", re.IGNORECASE)
_TO_TEN = "one two three four five six seven eight nine ten".split()
_NUMBERS = {word: number for number, word in enumerate(_TO_TEN, 1)} | {
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_COUNT = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<digits>[1-9]\d{{0,2}})|(?P<half>half a dozen)|(?P<dozen>a dozen"
    rf"|dozen))\b"
    r"(?! (?:year|month|day|week|percent|%|other(?! (?:official|person|source|people)))|-)",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"^(?:an?|another|the)\b(?! (?:number|group|couple|handful|few)\b)", re.IGNORECASE)
_PLURAL = re.compile(r"(?:[^s]s|people|police)$|\b(?:people|sources|officials)\b", re.IGNORECASE)
_REASON = re.compile(
    r"(?:\b(?:who )?(?:(?:all |both )?(?:spoke|speaking|talked|agreed to (?:speak|talk|be interviewed)|was granted"
    r"|were granted|insisted|was speaking)"
    r" (?:[\w ]{0,30}?)?(?:on|under) (?:the )?condition (?:of anonymity|that)|(?:who )?(?:asked|requested|wished"
    r"|preferred|wanted|insisted on|declined|refused)"
    r" (?:for anonymity|anonymity|not to be (?:named|identified)|to (?:remain|stay) anonymous|to be (?:named"
    r"|identified)|that (?:his|her|their) names? not)"
    r"|on (?:the )?condition of anonymity|not (?:being )?authori[sz]ed to (?:speak|discuss|comment|talk|brief)"
    r"|who (?:was|were|is|are) not authori[sz]ed|(?:who )?(?:cannot|could not|can['’]t) be (?:named|identified)"
    r"|who gave only (?:his|her) first name"
    r"|(?:whose|her|his|their) names? (?:has|have|is|are|was|were) (?:been )?(?:withheld|changed))\b"
    r"(?: (?:to|because|as|since|for|citing|due|given|on|about|publicly|by name|he|she|they|in order|so"
    r"|of)\b[^.,;:—“”\"\n]*)?)",
    re.IGNORECASE,
)
_FOLLOWS_UP = re.compile(r"^(?:the|both|all|neither|he|she|they|like|none|each)\b", re.IGNORECASE)


def grade(claim: Claim) -> Anonymity | None:
    """The grade of a claim's source, the least well named of several; None if the source is a pronoun that nobody
    resolved, which says nothing about anonymity.
    """
    if not claim.source and not claim.speakers:
        return "A7"
    grades = [found for speaker in claim.speakers if (found := _grade(speaker, _words(claim, speaker)))]
    return max(grades, default=None)


def _words(claim: Claim, speaker: Speaker) -> str:
    return speaker.mention.text if speaker.mention else " ".join(span.text for span in claim.source)


_BY_KIND: dict[SpeakerKind, Anonymity] = {"organisation": "A1", "place_metonym": "A1", "document": "A2"}


def _grade(speaker: Speaker, words: str) -> Anonymity | None:
    if speaker.name or speaker.kind in _BY_KIND:
        return _BY_KIND.get(speaker.kind, "A0")
    if not words.strip():
        return "A7"
    return _unnamed(speaker, words)


def _unnamed(speaker: Speaker, words: str) -> Anonymity | None:
    if _PRONOUN.search(words.strip()):
        return None
    if _is_bare(words):
        return "A5"
    if speaker.kind == "group":
        return "A4" if _COUNT.search(words) else "A6"
    return "A3" if _names_body(speaker, words) else "A4"


def _is_bare(words: str) -> bool:
    """Whether nothing is said but that there is a source; “a government source” says a little more."""
    head = re.split(r"\b(?:with|familiar|close|briefed|who|in|at|from|of|inside|near)\b|,", words, maxsplit=1)[0]
    return bool(_BARE.search(head)) and not _BODY.search(head) and not _capitals(head)


def _names_body(speaker: Speaker, words: str) -> bool:
    if _BARE.search(words):
        return False
    return bool(speaker.affiliation) or bool(_BODY.search(words)) or bool(_capitals(words))


def _capitals(words: str) -> list[str]:
    """Capitalised words that may name a body: not those that name a country, a side or a number."""
    return [word for word in re.findall(r"[A-Z][\w.]*", words) if not _PLACE_ADJECTIVE.match(word)]


def reason(text: str, claim: Claim, contents: Sequence[Span]) -> Span | None:
    """Why the source is not named, as the article says in the same sentence or in one that follows it up."""
    parts = claim.source or claim.cue
    if not parts:
        return None
    begin = sentence_start(text, min(span.start for span in parts))
    end = sentence_end(text, max(span.end for span in (*parts, *claim.cue)))
    if found := _reason_in(text, begin, end, contents):
        return found
    following = len(text[end:]) - len(text[end:].lstrip()) + end
    if "\n" in text[end:following] or not _FOLLOWS_UP.match(text[following : following + 8]):
        return None
    return _reason_in(text, following, sentence_end(text, following + 1), contents)


def _reason_in(text: str, begin: int, end: int, contents: Sequence[Span]) -> Span | None:
    for match in _REASON.finditer(text, begin, end):
        if not any(span.start <= match.start() < span.end for span in contents):
            return Span.of(text, match.start(), match.start() + len(match[0].rstrip(" ,")))
    return None


def source_count(claim: Claim) -> int | None:
    """How many speak: those the article counts (“two officials”), else the speakers; None if it is left open."""
    words = " ".join(span.text for span in claim.source).strip()
    if counted := _COUNT.search(re.split(r",| (?:of|at|from|with|who|familiar|briefed|in)\b", words)[0]):
        if counted["half"]:
            return 6
        if counted["dozen"]:
            return 12
        return _NUMBERS[counted["word"].lower()] if counted["word"] else int(counted["digits"])
    named = [speaker for speaker in claim.speakers if speaker.name]
    if len(named) == len(claim.speakers) > 0:
        return len(named)
    return (
        1 if _SINGLE.search(words) and len(claim.speakers) == 1 and not _PLURAL.search(words.split(" of ")[0]) else None
    )
