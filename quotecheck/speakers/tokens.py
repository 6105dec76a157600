"""Words of an article with their offsets, sentences and quotation marks; made for broken text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, overload

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Drs|Messrs|Mme|St|Jr|Sr|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Cmdr|Prof|Rev|Pres|Sec"
    r"|Atty|Supt|Det|Cllr|Insp|Cpl|Pvt|Hon)\.(?!\w*\.\w)"
    r"|\b[^\W\d_a-z]\.(?=\s*[^\W\d_a-z])"
    r"|[^\W\d_]+[^\W_]*(?:(?:[-‐‑]|['’](?!s\b))[^\W_]+)*"
    r"|\d+[-‐‑]year[-‐‑]olds?\b"
    r"|\d+(?:[.,]\d+)*"
    r"|['’]s\b"
    r"|''|``"
    r"|[^\w\s]|_"
)
SENTENCE_END = frozenset(".!?…")
OPENING = frozenset("“„«\"‘'([`—–-*•:")
QUOTE_MARKS = frozenset(['"', "“", "”", "„", "«", "»", "``", "''"])
WRAPPED_LINE = 40


class Token(NamedTuple):
    """One word or mark: its offsets, its text, `key` (compared form) and where it stands."""

    start: int
    end: int
    text: str
    key: str
    sentence: int
    opens: bool
    follows: bool
    quoted: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it is written as a name would be."""
        return self.text[0].isupper() or (self.text[:3].lower() in {"al-", "el-"} and self.text[3:4].isupper())

    @property
    def is_word(self) -> bool:
        """Whether it has letters."""
        return self.text[0].isalpha()


def key_of(word: str) -> str:
    """The form under which words are compared: no case, accents, full stops or apostrophes."""
    if word.isascii():
        return word.lower().replace(".", "").replace("'", "")
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[.'’‐‑]", lambda m: "-" if m[0] in "‐‑" else "", plain.casefold())


@dataclass(frozen=True)
class Tokens(Sequence[Token]):
    """The tokens of one text, in order, found by index or by offset."""

    text: str
    items: tuple[Token, ...]

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, index: int | slice) -> Token | tuple[Token, ...]:
        """The token or tokens at `index`."""
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts."""
        return [token.start for token in self.items]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Indices [first, last) of the tokens that touch the characters [start, end)."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        if first < len(self.items) and self.items[first].end <= start:
            first += 1
        return first, max(first, bisect_left(self.starts, end))

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to token `last` (half open), white space made single."""
        if first >= last:
            return ""
        return " ".join(self.text[self.items[first].start : self.items[last - 1].end].split())


def tokenise(text: str) -> Tokens:
    """The tokens of `text`; `opens` marks the first word of a sentence, `follows` that only a space lies before."""
    return Tokens(text, tuple(_tokens(text)))


def _tokens(text: str) -> Iterator[Token]:
    sentence, opens, inside = 0, True, False
    previous_end, line_start = 0, 0
    for match in WORD.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        gap = text[previous_end:start]
        breaks = gap.count("\n")
        if breaks:
            ends_line = breaks > 1 or previous_end - line_start < WRAPPED_LINE
            inside = inside and breaks < 2
            if ends_line or opens:
                sentence, opens = sentence + 1, True
            line_start = start
        follows = bool(gap) and breaks < 2 and not (breaks and opens)
        if word in QUOTE_MARKS:
            inside = _still_inside(word, inside)
        yield Token(start, end, word, key_of(word), sentence, opens and word[0].isalnum(), follows, inside)
        sentence, opens = _after(word, sentence, opens)
        previous_end = end


def _still_inside(mark: str, inside: bool) -> bool:
    if mark in {"“", "„", "«", "``"}:
        return True
    return not inside if mark in {'"', "''"} else False


def _after(word: str, sentence: int, opens: bool) -> tuple[int, bool]:
    if word in SENTENCE_END:
        return sentence + (not opens), True
    if opens and (word in OPENING or word in QUOTE_MARKS or word in "’)]"):
        return sentence, True
    return sentence, word in {"“", '"', "„", "«", ":", "``", "''"}
