"""Classes of cues: what kind of act or state of mind the words between source and content report.

The lexicon is ours. A verb is listed by its stem forms; inflected forms are made by rule, irregular ones are listed.
"""

from __future__ import annotations

import re
from functools import cache

from quotecheck.vocabulary import STANCES, CueClass

_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "speak": "spoke spoken", "read": "read", "put": "put",
    "swear": "swore sworn", "forecast": "forecast", "find": "found", "show": "shown", "think": "thought",
    "feel": "felt", "know": "knew known", "see": "saw seen", "hold": "held", "understand": "understood",
    "mean": "meant", "foresee": "foresaw foreseen", "hear": "heard", "learn": "learnt", "hit": "hit", "shoot": "shot",
    "lay": "laid", "beg": "begged", "quip": "quipped", "plan": "planned planning", "admit": "admitted admitting",
    "slam": "slammed slamming", "rebut": "rebutted rebutting", "commit": "committed committing", "begin": "began",
    "permit": "permitted", "let": "let", "choose": "chose chosen", "seek": "sought", "forbid": "forbade forbidden",
    "bet": "bet", "make": "made", "give": "gave given", "send": "sent", "take": "took taken", "come": "came",
    "sing": "sang", "fight": "fought", "strike": "struck", "tweet": "tweeted", "plead": "pled",
}  # fmt: skip

_VERBS: dict[CueClass, str] = {
    "deny": "deny reject dispute refute rebut dismiss contradict disavow rebuff disagree repudiate counter "
    "rubbish debunk disown scoff negate gainsay",
    "concede": "admit acknowledge concede confess grant own",
    "doubt": "claim allege purport insinuate contend maintain profess",
    "commit": "vow promise pledge swear commit guarantee assure undertake",
    "forecast": "warn predict forecast foresee project estimate caution anticipate",
    "direct": "urge order demand request recommend advise instruct encourage plead beg implore command appeal insist "
    "exhort propose invite forbid",
    "ask": "ask inquire enquire question query",
    "agree": "agree concur endorse praise welcome echo applaud back support commend",
    "factive": "reveal note disclose find show confirm discover remind demonstrate observe prove establish indicate "
    "verify learn emphasise emphasize stress underline underscore highlight recall",
    "neutral": "say tell add state write tweet post explain describe announce report comment remark respond reply "
    "answer declare argue speak quote cite call mention suggest assert testify proclaim issue read publish joke quip "
    "conclude repeat reiterate continue go put accuse blame criticise criticize condemn denounce slam blast lament "
    "complain shout cry whisper mutter laugh exclaim tout brand dub label portray characterise characterize liken "
    "compare depict express voice talk discuss detail outline clarify specify boast brag rail fume hail thank "
    "apologise apologize congratulate signal hint imply sum summarise summarize list name retort shoot hit fire snap "
    "refuse decline threaten broadcast document record rule hold find interject protest object vent share relay "
    "recount narrate predict charge attack mock ridicule rip lambast rap chide scold",
    "intention": "plan intend want seek aim decide try opt prepare vote choose attempt strive set need mean consider "
    "resolve",
    "attitude": "hope fear worry like love hate prefer wish regret oppose favour favor resent enjoy dread care mind "
    "desire long trust",
    "belief": "believe think feel assume suspect know doubt see view understand expect regard imagine realise realize "
    "reckon guess wonder suppose presume deem perceive interpret judge speculate dream recognise recognize remember "
    "forget hear convince figure",
}

_PHRASES: tuple[tuple[str, CueClass], ...] = (
    (r"(?:call(?:s|ed|ing)?\s+(?:for|on|upon)|ask(?:s|ed|ing)?\s+for)\b", "direct"),
    (r"(?:shoot|shot|hit|fire|snap|fight|fought)\w*\s+back\b", "neutral"),
    (r"point(?:s|ed|ing)?\s+out\b", "factive"),
    (r"(?:go|goes|went|gone|going)\s+on\b", "neutral"),
    (r"so-called|supposed", "doubt"),
    (r"pl(?:ed|eads?|eaded|eading)\s+(?:not\s+guilty|innocent)\b", "deny"),
    (r"cast(?:s|ing)? doubt|call(?:s|ed|ing)? into question", "doubt"),
    (
        r"rul(?:e|es|ed|ing)\s+out\b|shot\s+down\b|push(?:es|ed|ing)?\s+back\b|brush(?:es|ed|ing)?\s+(?:off|aside)\b",
        "deny",
    ),
    (
        r"pour(?:s|ed|ing)?\s+(?:cold\s+water|scorn)|thr(?:ew|ows?)\s+cold\s+water|wav(?:ed?|es|ing)\s+(?:away|off)\b",
        "deny",
    ),
    (r"distanc(?:ed|es|ing)\s+(?:him|her|it|them)sel", "deny"),
    (r"\baccording\s+to\b|\bper\b|\bin\s+the\s+words\b|^\s*[:—–-]\s*$", "neutral"),
)

_NOUNS: dict[CueClass, str] = {
    "neutral": "statement remark comment message word words announcement report interview speech tweet post letter "
    "argument assertion description response reply answer account testimony criticism accusation complaint "
    "suggestion quote slogan",
    "doubt": "claim allegation",
    "deny": "denial rejection dismissal",
    "concede": "admission acknowledgement acknowledgment confession concession",
    "commit": "promise pledge vow commitment guarantee assurance",
    "forecast": "warning prediction forecast projection estimate",
    "direct": "call demand order request appeal plea recommendation advice proposal",
    "ask": "question inquiry enquiry",
    "agree": "agreement endorsement praise",
    "factive": "revelation finding disclosure confirmation reminder evidence conclusion",
    "belief": "belief view opinion feeling thought doubt suspicion impression perception assumption idea conviction "
    "understanding speculation",
    "intention": "plan intention aim decision desire goal effort attempt",
    "attitude": "hope fear worry wish concern confidence",
}

_ADJECTIVES: dict[CueClass, str] = {
    "belief": "sure certain convinced aware unaware doubtful sceptical skeptical",
    "attitude": "afraid worried concerned confident optimistic pessimistic hopeful proud glad happy angry sorry",
    "intention": "determined ready willing unwilling eager reluctant",
}

_SAID_FIRST: tuple[CueClass, ...] = (
    "deny", "concede", "doubt", "commit", "forecast", "direct", "ask", "agree", "factive", "neutral",
    "intention", "attitude", "belief",
)  # fmt: skip
"""Where words of several classes stand in one cue, an act of speech outweighs a state of mind."""

_PLAIN = "say tell add write tweet ask reply answer respond warn announce argue note claim declare explain insist state"

_RETORTS = "counter scoff disagree"
"""Verbs that deny what they are about, but whose own words the speaker asserts."""
_REQUEST = re.compile(
    r"(?:for|to|that)\b|(?!whether|if|what|why|how|who|whom|whose|when|where|which|about|questions?\b)"
    r"(?![“\"‘'])(?:[^\s?]+ ){1,6}?(?:not )?to [a-z]+\b(?!.*\?)",
    re.IGNORECASE | re.DOTALL,
)

_LETTERS = re.compile(r"[a-z]+(?:-[a-z]+)*")


def classify(cue: str, content: str = "") -> CueClass:
    """The class of a cue's words; `none` for an empty cue, `neutral` for words that no list knows.

    To ask for something or to ask somebody to do it is to direct; `content` tells it from a question.
    """
    found = _class_of(cue)
    return "direct" if found == "ask" and _REQUEST.match(content) else found


def _class_of(cue: str) -> CueClass:
    lowered = cue.casefold()
    if not lowered.strip():
        return "none"
    for pattern, cue_class in _PHRASES:
        if re.search(pattern, lowered):
            return cue_class
    known = _lexicon()
    classes = {known[word] for word in _LETTERS.findall(lowered) if word in known}
    return next((cue_class for cue_class in _SAID_FIRST if cue_class in classes), "neutral")


def is_statement(cue_class: CueClass, quoted: bool) -> bool:
    """Whether something was said: quoted words always were, a belief, intention or attitude was not."""
    return quoted or cue_class not in STANCES


def is_plain(cue: str) -> bool:
    """Whether a cue has one of the plain verbs of speech, or is `according to`."""
    lowered = cue.casefold()
    return "according" in lowered or any(word in _forms_of(_PLAIN) for word in _LETTERS.findall(lowered))


def is_retort(cue: str) -> bool:
    """Whether a cue of the class `deny` is a verb such as “countered”, whose own words the speaker asserts."""
    return any(word in _forms_of(_RETORTS) for word in _LETTERS.findall(cue.casefold()))


def is_present(cue: str) -> bool:
    """Whether a cue's first word is a verb of speech in the present tense (“says”, “is warning”)."""
    words = _LETTERS.findall(cue.casefold())[:2]
    if words[:1] in (["is"], ["are"]):
        return words[-1].endswith("ing") and words[-1] in _lexicon()
    return bool(words) and words[0].endswith("s") and words[0] in _lexicon() and words[0] not in _plural_nouns()


@cache
def _plural_nouns() -> frozenset[str]:
    """Plurals of nouns that are no verb forms as well."""
    verbs = {form for listed in _VERBS.values() for verb in listed.split() for form in _forms(verb)}
    return frozenset(f"{noun}s" for nouns in _NOUNS.values() for noun in nouns.split()) - verbs


@cache
def _forms_of(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb))


@cache
def _lexicon() -> dict[str, CueClass]:
    known: dict[str, CueClass] = {}
    for cue_class in reversed(_SAID_FIRST):
        for noun in _NOUNS.get(cue_class, "").split():
            known |= {noun: cue_class, f"{noun}s": cue_class}
        for adjective in _ADJECTIVES.get(cue_class, "").split():
            known[adjective] = cue_class
    for cue_class in reversed(_SAID_FIRST):
        for verb in _VERBS.get(cue_class, "").split():
            known |= dict.fromkeys(_forms(verb), cue_class)
    return known


def _forms(verb: str) -> list[str]:
    """The verb and its inflected forms by rule, with the irregular ones."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeou":
        forms = [f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    else:
        plural = "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s"
        forms = [f"{verb}{plural}", f"{stem}ed", f"{stem}ing"]
    return [verb, *forms, *_IRREGULAR.get(verb, "").split()]
