"""What a speaker did with the words: asserted, denied or asked them, and whether it was said at all.

A statement counts as asserted only where the cue reports a plain act of asserting. Whatever is negated, conditional,
still to come or declined is `unclear` or `denies`, so that no export shows it as something that somebody claimed.
"""

from __future__ import annotations

import re

from quotecheck import cues
from quotecheck.vocabulary import CueClass, Mode, Polarity

_NOT = re.compile(
    r"\b(?:did|does|do|has|have|had|was|were|is|would|could|can|will|should)(?:n['’]t| not)\b|\bcan ?not\b|\bnever\b"
    r"|\bstopped short of\b|\bno longer\b|\bneither\b|\bnor\b|\bnot\b|\bfail(?:s|ed|ing)? to\b|\bhardly\b"
    r"|\brather than\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|surprisingly|guilty)\b", re.IGNORECASE)
_SILENT = (
    r"(?:say|comment|answer|elaborate|confirm|discuss|reveal|disclose|be drawn|specify|name|identify|rule out"
    r"|give (?:details|names)"
    r"|provide (?:details|names)|speculate|speak|talk|be (?:interviewed|named|identified))"
)
_DECLINES = re.compile(
    rf"\b(?:declin|refus)(?:e|es|ed|ing|al)\b (?:immediate |further |any )?(?:to )?(?:{_SILENT}"
    rf"|(?:requests? for )?(?:comment|interviews?))\b"
    rf"|\bno comment\b|\b(?:would|could|will)(?: not|n['’]t) (?:immediately |further )?{_SILENT}\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\b(?:refus|declin)(?:e|es|ed|ing|al)\b|\bbalk(?:s|ed) at\b", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:no one|nobody|none|neither|no \w+)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|suppose|even if|in case|should)$", re.IGNORECASE)
_WOULD = re.compile(
    r"\b(?:would|could|might|may|should|must)\b(?! (?:like|love|want|later|eventually|subsequently|go on)\b)",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:will|shall)\b|['’]ll\b|\b(?:is|are|was|were) (?:going|expected|due|set|scheduled|likely|poised) to\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\?[”\"’')\]]*$")
_NEW_SENTENCE = re.compile(r"[.!,][”’\"']*\s+[“‘\"']*[A-Z]")
_FULL_SENTENCE = re.compile(r"^[“‘\"'«„`]+\s?[A-Z0-9I](?:\S* ){2}")
"""Words in quotation marks that begin like a sentence: the speaker's own, whatever the verb."""


def mode_of(subject: str, cue: str, before: str, content: str) -> Mode:
    """Whether and how the words were said.

    `subject` are the words of the source, `cue` those of the cue with what stands between source and cue, `before`
    those of the sentence in front of both.
    """
    verb = _NOT_ONLY.sub(" ", cue).strip()
    if _DECLINES.search(f"{verb} {content}"[: len(verb) + 40]):
        return "declines"
    if _REFUSES.search(verb):
        return "refuses"
    if _NOT.search(verb) or _NOBODY.search(subject.strip()):
        return "negated"
    if _IF.search(before.strip()) or _WOULD.search(verb):
        return "hypothetical"
    return "future" if _WILL.search(verb) else "plain"


def polarity_of(cue_class: CueClass, mode: Mode, cue: str, content: str, quoted: bool) -> Polarity:
    """What the speaker did with the content; `quoted` says whether words stand in quotation marks.

    A whole sentence in quotation marks beside a verb of denying is either the denial itself (“I took nothing,” she
    denied) or what is denied (“The dam failed,” a claim she denied): `unclear`. Beside a retort it is the speaker's.
    """
    if mode not in ("plain", "future"):
        return "denies" if mode == "refuses" else "unclear"
    if cue_class == "deny":
        return _denied(cue, content)
    if cue_class == "ask" or _is_question(content):
        return "asks"
    if mode == "future" or (cue_class == "none" and not quoted):
        return "unclear"
    return "asserts"


def _denied(cue: str, content: str) -> Polarity:
    whole = bool(_FULL_SENTENCE.search(content))
    if cues.is_retort(cue) and (whole or content.startswith("that ")):
        return "asserts"
    return "unclear" if whole else "denies"


def _is_question(content: str) -> bool:
    """Whether the whole content is one question, not only its last sentence."""
    return bool(_ASKED.search(content.strip())) and not _NEW_SENTENCE.search(content)
