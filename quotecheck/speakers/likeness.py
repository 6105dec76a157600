"""Why two names may be one person's or one body's. A likeness is a reason to ask a person, never a reason to join.

No measure of string distance tells people apart: George W. Bush and George H. W. Bush are closer to each other than
two transliterations of one name are. So a likeness is one of a few rules that a reader can check by eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from anyascii import anyascii

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.given_names import SHORT_FORMS
from quotecheck.speakers.persons import belongs_to_title

Reason = Literal[
    "same_letters", "same_name", "transliteration", "nickname", "title", "initial", "middle_name", "spelling",
    "acronym", "longer_name", "surname_only",
]  # fmt: skip
REASONS: dict[Reason, str] = {
    "same_letters": "the same letters but for accents, case and marks",
    "same_name": "the same name, taken for different kinds of speaker",
    "transliteration": "two ways to write one name in Latin letters",
    "nickname": "a short form of the same given name",
    "title": "the same name with and without a title",
    "initial": "an initial of the same given name",
    "middle_name": "the same but for a middle name or initial",
    "spelling": "one letter apart",
    "acronym": "the initials of the longer name",
    "longer_name": "a longer form of the same name",
    "surname_only": "the family name alone",
}
"""Why two names are alike, the most telling reasons first, in words for the reviewer."""

GIVEN_NAME_FORMS = (
    "alexander aleksandr aleksander alexandr alyaksandr aliaksandr oleksandr oleksander",
    "alexei aleksei alexey aleksey alexej oleksii oleksiy",
    "andrew andrei andrey andrej andriy andrii", "anatoly anatoli anatoliy anatolii",
    "dmitry dmitri dmitriy dmitrii dimitri dmytro", "eugene evgeny evgeni evgenii yevgeny yevgeni yevgenii yevhen",
    "george georgy georgi georgii heorhiy", "gregory grigory grigori grigorii hryhoriy",
    "igor ihor", "john ivan", "julia yulia iuliia yuliya", "maxim maksim maksym", "michael mikhail mykhailo mihail",
    "mohammed muhammad mohamed mohammad muhammed mohamad mehmet", "hussein husayn hussain husein hossein",
    "nicholas nikolai nikolay nikolaj mykola", "olga olha", "paul pavel pavlo", "peter pyotr petr petro",
    "sergei sergey serhiy serhii siarhei", "stephen steven stepan", "tatiana tatyana tetiana tetyana",
    "victor viktor", "vladimir volodymyr uladzimir", "vyacheslav viacheslav", "yaroslav iaroslav",
    "yuri yury yuriy yurii iurii", "ahmed ahmad ahmet", "osama usama", "abdullah abdallah abdulla", "omar umar",
    "youssef yusuf yousef yusef joseph", "khalid khaled", "catherine katherine kathryn ekaterina yekaterina kateryna",
)  # fmt: skip
_GIVEN_NAME = {form: forms.split()[0] for forms in GIVEN_NAME_FORMS for form in forms.split()}
_SMALL = frozenset("the of for and on in to at a an & de la le du des".split())
_COMPANY = frozenset("inc ltd llc plc corp corporation company co limited group ag gmbh sa nv".split())
# One spelling for the letters that transliterations and languages of one origin write in several ways.
_SPELLINGS = (
    ("'", ""), ("shch", "s"), ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "z"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dj", "j"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("tz", "c"), ("ts", "c"), ("x", "ks"), ("q", "k"), ("w", "v"), ("yo", "e"), ("ye", "e"), ("ie", "e"), ("ya", "a"),
    ("ia", "a"), ("ja", "a"), ("yu", "u"), ("iu", "u"), ("ju", "u"), ("j", "i"), ("y", "i"), ("g", "h"),
)  # fmt: skip
_ENDING = re.compile(r"(sk|ck|c|s)[eiy]+$")
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 5
"""Letters of the shortest names that are compared letter by letter; of shorter ones too many are alike by chance."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in plain letters: all its words, and for a person its parts without titles and suffixes."""

    words: tuple[str, ...]
    parts: tuple[str, ...]
    suffix: str

    @property
    def given(self) -> str:
        """The first part, empty where there is only a family name."""
        return self.parts[0] if len(self.parts) > 1 else ""

    @property
    def family(self) -> str:
        """The last part."""
        return self.parts[-1] if self.parts else ""


@cache
def plain(name: str) -> Name:
    """A name in plain Latin letters (whatever script it is in), lower case, without marks."""
    letters = re.sub(r"[’'`ʼ]", "'", anyascii(name)).casefold()
    words = tuple(re.findall(r"[a-z0-9]+(?:'[a-z]+)*", letters.replace(".", " ")))
    start = 0
    while start < len(words) - 1 and belongs_to_title(words[start]):
        start += 1
    parts = tuple(word for word in words[start:] if word not in lx.SUFFIXES)
    suffix = next((word for word in words if word in lx.SUFFIXES), "")
    return Name(words, parts, suffix)


def likeness(one: str, other: str, *, persons: bool) -> Reason | None:
    """Why two different names may mean the same, None if nothing says so. `persons`: whether both name persons."""
    left, right = plain(one), plain(other)
    if _joined(left.words) == _joined(right.words):
        return "same_letters"
    return _persons(left, right) if persons else _bodies(left, right)


def keys(name: str, *, persons: bool) -> Iterator[str]:
    """Keys of which two alike names have one in common, so that only few pairs need to be compared."""
    known = plain(name)
    yield _joined(known.words)
    if persons:
        yield from _person_keys(known)
        return
    core = _core(known)
    yield "".join(word[0] for word in core)
    yield from core[:1]
    yield from core[-1:]
    if len(known.words) == 1:
        yield known.words[0]


def _person_keys(name: Name) -> Iterator[str]:
    family = skeleton(name.family)
    yield family
    if len(family) >= _SHORTEST:
        # Whichever letter differs, one half of the name is spelt alike.
        yield f"{family[: len(family) // 2]}…"
        yield f"…{family[-(len(family) // 2) :]}"


def _persons(left: Name, right: Name) -> Reason | None:
    if not left.parts or not right.parts or (left.suffix and right.suffix and left.suffix != right.suffix):
        return None
    if left.parts == right.parts:
        return "title" if left.words != right.words else None
    same_family = left.family == right.family
    if not left.given or not right.given:
        return "surname_only" if same_family else None
    if same_family:
        return _same_family(left, right)
    if skeleton(left.family) == skeleton(right.family) and _alike_given(left.given, right.given):
        return "transliteration"
    near = _one_letter(skeleton(left.family), skeleton(right.family))
    return "spelling" if near and _alike_given(left.given, right.given) else None


def _same_family(left: Name, right: Name) -> Reason | None:
    one, other = left.given, right.given
    if one == other:
        return _middle(left.parts[1:-1], right.parts[1:-1])
    if skeleton(one) == skeleton(other) or _given_name(one) == _given_name(other):
        return "transliteration"
    if SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other):
        return "nickname"
    if one[0] == other[0] and min(len(one), len(other)) == 1:
        return "initial"
    return "spelling" if min(len(one), len(other)) >= _SHORTEST and _one_letter(one, other) else None


def _middle(left: tuple[str, ...], right: tuple[str, ...]) -> Reason | None:
    """Middle names speak against one person where both are given and differ (George W. Bush, George H. W. Bush)."""
    if left and right and not (left[0][0] == right[0][0] and min(len(left[0]), len(right[0])) == 1):
        return None
    return "middle_name"


def _bodies(left: Name, right: Name) -> Reason | None:
    one, other = _core(left), _core(right)
    if not one or not other:
        return None
    if one == other:
        return "longer_name"
    short, long = sorted((left, right), key=lambda name: len(name.words))
    if len(short.words) == 1 and len(_core(long)) > 1 and short.words[0] in _initials(long):
        return "acronym"
    fewer, more = sorted((one, other), key=len)
    contained = len(fewer) > 1 and (more[: len(fewer)] == fewer or more[-len(fewer) :] == fewer)
    if contained:
        return "longer_name"
    return "spelling" if len(_joined(one)) > 2 * _SHORTEST and _one_letter(_joined(one), _joined(other)) else None


def _core(name: Name) -> tuple[str, ...]:
    """The telling words of a body's name."""
    return tuple(word for word in name.words if word not in _SMALL and word not in _COMPANY)


def _initials(name: Name) -> set[str]:
    core = [word for word in name.words if word not in _SMALL]
    return {"".join(word[0] for word in core), "".join(word[0] for word in name.words)}


@cache
def skeleton(word: str) -> str:
    """A word in one spelling for all ways in which its sounds are commonly written in Latin letters."""
    for written, as_one in _SPELLINGS:
        word = word.replace(written, as_one)
    return _DOUBLED.sub(r"\1", _ENDING.sub(r"\1i", word))


def _given_name(name: str) -> str:
    return _GIVEN_NAME.get(name, name)


def _alike_given(one: str, other: str) -> bool:
    return (
        skeleton(one) == skeleton(other)
        or _given_name(one) == _given_name(other)
        or SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other)
    )


def _joined(words: tuple[str, ...]) -> str:
    return "".join(words).replace("'", "")


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter is added, left out or another, in words long enough for that to mean something."""
    if one == other or min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]
