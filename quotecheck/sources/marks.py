"""Quotation marks that a page's markup stands for, written into its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from lxml import etree

_MARKS = (("“", "”"), ("‘", "’"))
_OPENING = tuple("\"“„«‹‘'")
_ASIDE = frozenset({"cite", "footer", "figcaption"})
"""Elements at the end of a block quotation that name its speaker and are no part of it."""

_UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, which lxml reads in a page and refuses to write: they become U+FFFD, one for one."""


class _Slot(NamedTuple):
    """A place in a tree that holds text."""

    element: Any
    name: Literal["text", "tail"]

    @property
    def words(self) -> str:
        return getattr(self.element, self.name) or ""

    def write(self, words: str) -> None:
        setattr(self.element, self.name, words)


def write_marks(page: Any) -> None:
    """Put marks around every `<q>` and `<blockquote>` of a tree that has none, nested ones by turns.

    Of a quotation of several paragraphs each is opened and the last is ended, as in print. The words between the marks
    stay as they are, and `<q>` itself goes: text extraction is known to shuffle nested ones.
    """
    for slot in list(_all_slots(page)):
        if _UNWRITABLE.search(slot.words):
            slot.write(_UNWRITABLE.sub("\ufffd", slot.words))
    unmarked = [element for element in page.iter("q", "blockquote") if not _has_marks(element)]
    for element in reversed(unmarked):  # the inner ones first, so that the outer mark comes to stand outside
        depth = sum(1 for _ in element.iterancestors("q", "blockquote"))
        _put_marks(element, *_MARKS[depth % 2])
    for element in list(page.iter("q")):
        element.drop_tag()


def _has_marks(element: Any) -> bool:
    """Whether an element's words begin with a quotation mark of their own, or it has no words."""
    first = next((slot.words for slot in _slots(element) if slot.words.strip()), "")
    return not first or first.lstrip().startswith(_OPENING)


def _put_marks(element: Any, opening: str, closing: str) -> None:
    written = [slot for slot in _slots(element) if slot.words.strip()]
    first, last = written[0], written[-1]
    words = first.words
    first.write(words[: len(words) - len(words.lstrip())] + opening + words.lstrip())
    words = last.words
    last.write(words.rstrip() + closing + words[len(words.rstrip()) :])
    for paragraph in element.iter("p"):
        inside = next((slot for slot in _slots(paragraph) if slot.words.strip()), None)
        if inside is not None and not inside.words.lstrip().startswith(opening):
            inside.write(opening + inside.words.lstrip())


def _all_slots(page: Any) -> Iterator[_Slot]:
    """Every place of text in a tree, in no order."""
    for element in page.iter():
        if isinstance(element.tag, str):
            yield _Slot(element, "text")
        yield _Slot(element, "tail")


def _slots(element: Any) -> Iterator[_Slot]:
    """The places of text inside an element, in the order of the page, up to the name of who is quoted."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in _ASIDE:
                return
            if isinstance(node.tag, str):
                yield _Slot(node, "text")
        elif node is not element:
            yield _Slot(node, "tail")
