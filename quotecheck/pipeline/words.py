"""What the encoder reads: words of a text, their surface features, their word pieces, and windows over them.

Training and inference share this module, so both see the same input.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from quotecheck import quotations
from quotecheck.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

PICTURES = "\u200d\ufe0e\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
"""Emoji and what joins them, as a range of characters: they are no words, and the model knows none of them."""
WORD = re.compile(rf"\w+|[^\w\s{PICTURES}]")
FEATURE_SIZES = (6, 4, 6)
"""Number of values of the features case, break and quotation, in the order of the columns of `Words.features`."""
PIECES_PER_WORD = 8
WINDOW = 384
"""Pieces in a window, the two special ones included."""
CONTEXT = 96
"""Pieces that neighbouring windows share."""
PARTS = 3
"""Tokens of one piece that are told apart."""

_STOPS = frozenset(".!?…")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep reps sens gov gen col lt sgt capt maj cmdr adm st jr sr rev hon no vs inc corp co ltd "
    "jan feb mar apr aug sept oct nov dec mt ft".split()
)
CASE_NONE, CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_MIXED, CASE_DIGIT = range(6)
BREAK_GLUED, BREAK_SPACE, BREAK_LINE, BREAK_PARAGRAPH = range(4)
QUOTE_NONE, QUOTE_OPEN, QUOTE_INSIDE, QUOTE_CLOSE, QUOTE_UNCLOSED, QUOTE_SINGLE = range(6)


@dataclass(frozen=True)
class Words:
    """The words of a text.

    `starts` and `ends`: (n,) offsets in code points; `features`: (n, 3) values below `FEATURE_SIZES`;
    `pieces`: (m,) ids of word pieces; `first`: (n + 1,) index of each word's first piece, ending with m; `stops`: (n,)
    True for full stops, question and exclamation marks; `sentence`: (n,) number of the sentence a word stands in;
    `piece_starts`: (m,) offset of each piece.
    """

    starts: Ints
    ends: Ints
    features: Ints
    pieces: Ints
    first: Ints
    stops: npt.NDArray[np.bool_]
    sentence: Ints
    piece_starts: Ints

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Window:
    """A stretch of words that the encoder reads at once, and the part of it whose results count."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def read(text: str, tokenizer: Tokenizer) -> Words:
    """Words, features and word pieces of a text of any length."""
    spans = np.array([match.span() for match in WORD.finditer(text)], dtype=np.int64).reshape(-1, 2)
    surface = [text[start:end] for start, end in spans]
    pieces, first, piece_starts = _pieces(surface, spans[:, 0], tokenizer)
    features = np.stack([_cases(surface), _breaks(text, spans), _quotes(text, spans)], axis=1)
    stops = np.array([word in _STOPS for word in surface], dtype=np.bool_)
    sentence = _sentences(surface, features, stops)
    return Words(spans[:, 0], spans[:, 1], features, pieces, first, stops, sentence, piece_starts)


def windows(words: Words, size: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Overlapping windows that cover all words; of two predictions for a word the one farther from an edge counts."""
    room = size - 2
    bounds: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = _fit(words.first, start, room)
        bounds.append((start, end))
        if end == len(words):
            break
        start = max(_back(words.first, end, context), start + 1)
    edges = [0, *((left[1] + right[0]) // 2 for left, right in itertools.pairwise(bounds)), len(words)]
    return [
        Window(start, end, keep_start, keep_end)
        for (start, end), keep_start, keep_end in zip(bounds, edges, edges[1:], strict=False)
    ]


def _fit(first: Ints, start: int, room: int) -> int:
    """The farthest word index such that the words from `start` up to it have at most `room` pieces."""
    return int(np.searchsorted(first, first[start] + room, side="right")) - 1


def _back(first: Ints, end: int, pieces: int) -> int:
    return int(np.searchsorted(first, first[end] - pieces, side="left"))


def _pieces(surface: Sequence[str], starts: Ints, tokenizer: Tokenizer) -> tuple[Ints, Ints, Ints]:
    """Ids of all pieces, where each word's begin, and their offsets in the text.

    A word that the vocabulary cannot spell is one unknown piece.
    """
    unknown = _id(tokenizer, "[UNK]")
    encoded = tokenizer.encode([_spellable(word) for word in surface], is_pretokenized=True, add_special_tokens=False)
    ids: list[list[int]] = [[] for _ in surface]
    places: list[list[int]] = [[] for _ in surface]
    for piece, word, (within, _) in zip(encoded.ids, encoded.word_ids, encoded.offsets, strict=True):
        if word is not None and len(ids[word]) < PIECES_PER_WORD:
            ids[word].append(piece)
            places[word].append(within)
    ids = [word or [unknown] for word in ids]
    counts = np.array([len(word) for word in ids], dtype=np.int64)
    offsets = np.array([place for word in places for place in word or [0]], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    pieces = np.array([piece for word in ids for piece in word], dtype=np.int64)
    return pieces, first, np.repeat(starts, counts) + offsets


def places(words: Words, spans: Ints) -> Ints:
    """Where tokens of any tokenizer are read out; spans (t, 2) offsets in text order.

    Returns (t, 3): the first and the last piece that a token touches, and its number among the tokens that begin in
    its first piece, at most 2 ("cannot" is one piece and two tokens). A token without a piece has -1 for the first.
    """
    if not len(spans) or not len(words.pieces):
        return np.full((len(spans), 3), -1, dtype=np.int64)
    first = np.searchsorted(words.piece_starts, spans[:, 0], side="right") - 1
    last = np.searchsorted(words.piece_starts, np.maximum(spans[:, 1] - 1, spans[:, 0]), side="right") - 1
    # A token that begins between two pieces begins with the next one; white space has none.
    word = np.searchsorted(words.first, first, side="right") - 1
    between = (first < 0) | (words.ends[np.maximum(word, 0)] <= spans[:, 0])
    first = np.where(between, first + 1, first)
    first = np.where(first > last, -1, first)
    runs = np.arange(len(first)) - np.maximum.accumulate(
        np.where(np.concatenate([[True], first[1:] != first[:-1]]), np.arange(len(first)), 0)
    )
    return np.stack([first, np.maximum(last, first), np.minimum(runs, PARTS - 1)], axis=1)


def special(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the pieces before and after a window."""
    return _id(tokenizer, "[CLS]"), _id(tokenizer, "[SEP]")


def _id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ModelError(f"the vocabulary has no piece {piece}; reinstall quotecheck")
    return int(number)


def _spellable(word: str) -> str:
    return word[:100].encode("utf-8", "replace").decode("utf-8")


def _cases(surface: Sequence[str]) -> Ints:
    return np.array([_case(word) for word in surface], dtype=np.int64)


def _case(word: str) -> int:
    if word.islower():
        return CASE_LOWER
    if any(letter.isdigit() for letter in word):
        return CASE_DIGIT
    if word.isupper():
        return CASE_UPPER if len(word) > 1 else CASE_TITLE
    if word.istitle():
        return CASE_TITLE
    return CASE_MIXED if word[0].isalpha() else CASE_NONE


def _breaks(text: str, spans: Ints) -> Ints:
    """What stands before each word: nothing, a space, a line break, an empty line (or the start of the text)."""
    ends = [0, *spans[:-1, 1].tolist()] if len(spans) else []
    gaps = [text[end:start] for end, start in zip(ends, spans[:, 0].tolist(), strict=True)]
    kinds = [_break(gap) for gap in gaps]
    if kinds:
        kinds[0] = BREAK_PARAGRAPH
    return np.array(kinds, dtype=np.int64)


def _break(gap: str) -> int:
    if not gap:
        return BREAK_GLUED
    lines = gap.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    return (BREAK_SPACE, BREAK_LINE)[lines] if lines < 2 else BREAK_PARAGRAPH


def _sentences(surface: Sequence[str], features: Ints, stops: npt.NDArray[np.bool_]) -> Ints:
    """A sentence begins after a line break, and after a stop unless a small letter follows or an abbreviation ended."""
    begins = features[:, 1] >= BREAK_LINE
    for word in range(1, len(surface)):
        if stops[word - 1] and features[word, 0] != CASE_LOWER and not _is_abbreviation(surface[max(0, word - 2)]):
            begins[word] = True
    return np.asarray(np.cumsum(begins), dtype=np.int64)


def _is_abbreviation(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word.casefold() in ABBREVIATIONS


def _quotes(text: str, spans: Ints) -> Ints:
    """Where each word stands to the outermost quotations."""
    values = np.zeros(len(spans), dtype=np.int64)
    starts, ends = spans[:, 0], spans[:, 1]
    for quotation in quotations.outermost(text):
        first, last = (int(i) for i in np.searchsorted(starts, (quotation.start, quotation.end)))
        inside = QUOTE_SINGLE if quotation.single else QUOTE_INSIDE if quotation.closed else QUOTE_UNCLOSED
        values[first:last] = inside
        values[first:last][ends[first:last] <= quotation.inner_start] = QUOTE_OPEN
        values[first:last][starts[first:last] >= quotation.inner_end] = QUOTE_CLOSE
    return values


def window_inputs(words: Words, window: Window, special: tuple[int, int]) -> tuple[Ints, Ints, Ints]:
    """Piece ids (p,), features (p, 3) and the position of each word's first piece (w,), special pieces included."""
    low, high = int(words.first[window.start]), int(words.first[window.end])
    ids = np.concatenate([[special[0]], words.pieces[low:high], [special[1]]])
    counts = np.diff(words.first[window.start : window.end + 1])
    features = np.zeros((len(ids), len(FEATURE_SIZES)), dtype=np.int64)
    features[1:-1] = np.repeat(words.features[window.start : window.end], counts, axis=0)
    positions = words.first[window.start : window.end] - low + 1
    return ids, features, positions


def word_range(words: Words, start: int, end: int) -> tuple[int, int]:
    """The words that a stretch of text touches, as a half-open range of word indices."""
    low = int(np.searchsorted(words.ends, start, side="right"))
    high = int(np.searchsorted(words.starts, end, side="left"))
    return low, max(low, high)
