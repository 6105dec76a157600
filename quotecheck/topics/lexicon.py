"""Words that say nothing of what an article is about."""

from __future__ import annotations

NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
"""OntoNotes' entities that are names; the others are dates, times and numbers."""

SPEAKING = frozenset(
    "spokesman spokeswoman spokesperson spokespeople statement comment interview remark quote quotation reporter "
    "journalist correspondent editor newspaper paper source official insider announcement tweet email e-mail "
    "press release briefing caption photo photograph picture video".split()
)
"""Heads of phrases about who said something where, which every article has."""

# Read from the 330 nouns that most articles of a sample of 100 have in common, with their like.
GENERAL = frozenset(
    "ability abstract account act action activity advantage age aim amount announcement answer appeal approach area "
    "article aspect attention attitude back background basis bit call case cause challenge chance change character "
    "charge choice circumstance colleague concern condition contrast conversation copy couple course day deal decade "
    "decision degree detail development difference difficulty direction discussion door effect effort end example "
    "exchange expectation experience expert face fact fan feature feeling figure focus force form friend front future "
    "goal ground group guy half hand head history hope hour idea impact importance individual influence information "
    "instance interest issue item job kind lack lady language lead leader level life line list look lot majority man "
    "manner margin matter meaning measure meeting member message middle million mind minute moment month move name "
    "nature need news night none note number occasion office one opinion opportunity option order other outcome page "
    "pair panel part partner past path people percent percentage performance period person perspective phase place "
    "plan point position possibility post power practice presence pressure priority problem process program programme "
    "progress promise purpose question range rate reaction reality reason record relation report request response "
    "responsibility rest result right rise risk role rule scene season second section sense series set share shift "
    "show side sign situation size son sort space speech stage stance standard start state status step story strategy "
    "strength stuff style subject success suggestion support surprise system talk task team term text thing thought "
    "thousand time today tone top topic total type understanding use value version view voice way week while whole "
    "woman word work world wrap year yesterday".split()
)
"""Nouns that are no topic alone, but may be within a phrase (“power plant”)."""
