"""Documents that speak: each under its fullest description, whatever the article calls it later."""

from __future__ import annotations

from dataclasses import dataclass, field

VAGUE = frozenset({"new", "recent", "latest", "first", "one", "the", "a", "an", "this", "that", "another", "own"})
KIN = {
    noun: frozenset(nouns.split())
    for nouns in (
        "report study analysis review survey paper assessment research",
        "poll survey",
        "article piece story column editorial feature op-ed",
        "book memoir biography account",
        "letter memo memorandum email e-mail",
    )
    for noun in nouns.split()
}
"""Nouns by which an article calls one and the same document."""


@dataclass
class Documents:
    """The documents that an article has described so far, in order, by head noun."""

    described: list[tuple[str, str]] = field(default_factory=list)

    def known(self, head: str, name: str, *, nearest: bool) -> str | None:
        """The one document described before in more words; `nearest` (after `this`): of several the last."""
        kin, words = KIN.get(head, frozenset({head})), _modifiers(name)
        fuller = [known for noun, known in self.described if noun in kin and words < _modifiers(known)]
        return fuller[-1] if fuller and (nearest or len(set(fuller)) == 1) else None

    def add(self, head: str, name: str) -> bool:
        """Take a description as a name; False if its words are too vague for one."""
        if not _modifiers(name) - VAGUE:
            return False
        self.described.append((head, name))
        return True


def _modifiers(name: str) -> set[str]:
    return set(name.casefold().split()[:-1])
