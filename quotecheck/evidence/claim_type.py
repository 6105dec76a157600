"""What kinds of claim a statement makes: the ten types of Full Fact's PASTEL, by words that we chose."""

from __future__ import annotations

import re

from quotecheck.vocabulary import ClaimType, CueClass

_NUMBER = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|trillions?|dozens?)"
)
_TYPES: tuple[tuple[ClaimType, str], ...] = (
    ("predictions", r"\b(?:will|won['’]t|shall|would(?! (?:have|like)\b)|going to|gonna|about to|bound to|likely to"
     r"|expected to|set to|by (?:the end of )?20[2-9]\d|next (?:year|month|week|decade)|tomorrow)\b|['’]ll\b"),
    ("quantity", rf"[$£€¥]\s?\d|\b\d[\d,.]*\s?%|\b{_NUMBER}\b(?! of (?:us|you|them)\b)|\b(?:percent|per cent|majority"
                 rf"|minority|half|a third"
     r"|a quarter|doubled|tripled|average|rate|more|fewer|less|most|highest|lowest|largest|biggest|increase[ds]?"
     r"|decrease[ds]?|rose|fell)\b"),
    ("correlation", r"\b(?:because|cause[sd]?|causing|led to|leads? to|leading to|due to|result(?:s|ed)? (?:in|from)"
                    r"|linked to|associated with"
     r"|thanks to|therefore|contribut(?:es?|ed) to|responsible for|as a result|brought about|the reason)\b"),
    ("rules", r"\b(?:laws?|legal(?:ly)?|illegal(?:ly)?|unlawful|ban(?:s|ned)?|prohibit(?:s|ed)?|forbid(?:s|den)?"
              r"|allow(?:s|ed)?|permit(?:s|ted)?"
     r"|required? (?:to|by)|obliged|entitled|regulations?|rules?|rights?|constitution(?:al)?|treaty|licen[cs]ed?"
     r"|mandatory|compulsory)\b"),
    ("voting", r"\b(?:voted|votes|voting record|abstained|cast (?:a|his|her|their) vote|veto(?:ed)?|co-?sponsored)\b"),
    ("support", r"\b(?:supports?|supported|backs?|backed|endors(?:es?|ed)|oppos(?:es?|ed)|in favou?r of"
                r"|against (?:the|a|any) \w+|rejects?|rejected"
     r"|favou?rs?|stands? (?:by|with))\b"),
    ("personal", r"\b(?:I|my) (?:\w+ ){0,2}?(?:was|had|saw|went|grew|remember|felt|lost|met|lived|worked|father"
                 r"|mother|husband|wife|son|daughter|family"
     r"|house|friend|child|children|brother|sister|\w+ed)\b|\bhappened to me\b|\bwe (?:were|lost|heard|saw|ran"
     r"|lived)\b"),
    ("opinion", r"\b(?:I (?:think|believe|feel|hope|guess|doubt|wish|love|hate)|in my (?:view|opinion)|should"
                r"|ought to|must|need to|needs to|have to|let['’]?s"
     r"|good|bad|best|worst|better|worse|great|terrible|wonderful|horrible|unfair|fair|shameful|disgrace(?:ful)?"
     r"|unacceptable|important|wrong"
     r"|beautiful|stupid|dangerous|ridiculous|disappoint(?:ed|ing)|proud|sorry|happy|sad|absurd|reckless|too (?:late"
     r"|much|far|little))\b"),
)  # fmt: skip
_COMPILED = tuple((claim_type, re.compile(pattern, re.IGNORECASE)) for claim_type, pattern in _TYPES)
_NO_CLAIM = re.compile(
    r"^[\"“‘'(]*(?:thank(?:s| you)|welcome|good (?:morning|evening|night|luck)|congratulations|hello|please"
    r"|no comment|yes|no|okay|ok|sorry|god bless"
    r"|happy \w+|rest in peace|well done|come on|wow)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"”’')\s]*$")
_WORD = re.compile(r"[^\W\d_]+")
FEWEST_WORDS = 3


def claim_types(statement: str, cue_class: CueClass) -> tuple[ClaimType, ...]:
    """The types of a statement: `other` if it claims something of no listed type, `not_claim` if it claims nothing.

    A forecast or a promise is a prediction by its cue, a recommendation an opinion.
    """
    words = statement.strip()
    if _QUESTION.search(words) or cue_class == "ask":
        return ("not_claim",)
    if _NO_CLAIM.search(words) and len(_WORD.findall(words)) < 8:
        return ("not_claim",)
    found = [claim_type for claim_type, pattern in _COMPILED if pattern.search(words)]
    if cue_class in ("forecast", "commit") and "predictions" not in found:
        found.insert(0, "predictions")
    if cue_class == "direct" and "opinion" not in found:
        found.append("opinion")
    if not found and len(_WORD.findall(words)) < FEWEST_WORDS:
        return ("not_claim",)
    return tuple(found) or ("other",)
