"""The words of a source as a noun phrase: what leads in, where the head is, where clauses begin."""

from __future__ import annotations

from dataclasses import dataclass

from quotecheck.speakers import lexicon as lx
from quotecheck.speakers.tokens import Tokens

COORDINATORS = frozenset({"and", "&", "or"})
CLOSERS = frozenset("each all both alike together himself herself themselves itself".split())
OPENERS = frozenset("both either neither not only even".split())
DOCUMENT_LINKS = frozenset({"of", "by", "on", "in", "from"})
DASHES = frozenset({"—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a proper name of a source: tokens [first, last), `key` of a word, `mention` (index) of a name."""

    first: int
    last: int
    key: str
    mention: int | None = None
    comma: bool = False


def headline_subject(items: list[Item]) -> list[Item]:
    """The name at the start of a headline, with a noun that it only describes; the rest is likely the verb."""
    noun = items[1].key if len(items) > 1 and items[1].mention is None else ""
    if noun in lx.PERSON_NOUNS or _is_plural_person(noun) or noun in COORDINATORS:
        return items
    return items[: 2 if noun in lx.GROUPS_AS_BODIES else 1]


def trimmed(items: list[Item]) -> list[Item]:
    """Without marks, prepositions and `both` before, and without marks, `'s` and `each` behind."""
    start, end = 0, len(items)
    while start < end and items[start].mention is None and _is_lead(items[start].key):
        start += 1
    while end > start and items[end - 1].mention is None and _is_tail(items[end - 1].key):
        end -= 1
    return items[start:end]


def _is_lead(key: str) -> bool:
    return (
        not key[:1].isalnum()
        or key in lx.PREPOSITIONS
        or key in OPENERS
        or key in COORDINATORS
        or key in {"s", "according"}
    )


def _is_tail(key: str) -> bool:
    return not key[:1].isalnum() or key in CLOSERS or key == "s"


def is_boundary(item: Item) -> bool:
    """Whether a preposition or relative pronoun ends the phrase here."""
    return item.mention is None and (item.key in lx.PREPOSITIONS or item.key in lx.RELATIVES)


def base_of(items: list[Item]) -> list[Item]:
    """The words up to the first comma, preposition or relative pronoun; of `one of those` the words to `of`."""
    if items[0].key in lx.RELATIVES:
        return items[:1]
    end = next((i for i, item in enumerate(items) if item.comma or is_boundary(item)), len(items))
    base = [i for i in items[:end] if i.mention is not None or i.key[:1].isalnum()]
    while base and base[-1].mention is None and (base[-1].key in CLOSERS or base[-1].key == "s"):
        base.pop()
    return base


def head_index(base: list[Item]) -> int:
    """The last word, or the last noun we know where what follows it is no name."""
    for i in range(len(base) - 1, -1, -1):
        if base[i].mention is not None:
            break
        key = lx.ABBREVIATIONS.get(base[i].key, base[i].key)
        if key in KNOWN_NOUNS or _is_plural_person(key):
            return i
    return len(base) - 1


def is_group(key: str) -> bool:
    """Whether the noun stands for several people."""
    return key in lx.GROUP_NOUNS or _is_plural_person(key)


def _is_plural_person(key: str) -> bool:
    singular = {
        key.removesuffix("s"),
        key.removesuffix("es"),
        key.removesuffix("men") + "man",
        key.removesuffix("women") + "woman",
    }
    return key.endswith(("s", "men")) and key not in lx.PERSON_NOUNS and bool(singular & lx.PERSON_NOUNS)


def words_of(tokens: Tokens, base: list[Item]) -> tuple[str, ...]:
    """The keys of the words, without determiners."""
    words = (t for i in base for t in tokens.items[i.first : i.last])
    return tuple(t.key for t in words if t.is_word and t.key not in lx.DETERMINERS)


def phrase(tokens: Tokens, base: list[Item], at: int) -> str:
    """The words up to the head at index `at`, without a determiner."""
    start = 1 if base[0].key in lx.DETERMINERS and at else 0
    return tokens.slice(base[start].first, base[at].last)


def is_institution(tokens: Tokens, base: list[Item], at: int) -> bool:
    """Whether the words alone name a body that is one of its kind (`the Chilean foreign ministry`)."""
    words = words_of(tokens, base[:at])
    if base[0].key != "the" or at != len(base) - 1 or base[at].mention is not None:
        return False
    lower = [i.key for i in base[1:at] if i.mention is None and i.key != "s"]
    one_of_a_kind = bool(lower or words) and all(w in lx.INSTITUTION_WORDS for w in (*lower, *words) if w != "s")
    return base[at].key in lx.INSTITUTIONS or (base[at].key in lx.INSTITUTION_HEADS and one_of_a_kind)


def document_name(tokens: Tokens, items: list[Item], base: list[Item], at: int) -> str:
    """The phrase with what it is about or by whom (`analysis of the harbour fees`), without dates and clauses."""
    end = next(i for i, item in enumerate(items) if item.first == base[at].first) + 1
    while end < len(items) and items[end].mention is None and items[end].key in DOCUMENT_LINKS:
        stop = end + 1
        while stop < len(items) and not items[stop].comma and not is_boundary(items[stop]):
            stop += 1
        if stop == end + 1:
            break
        end = stop
    start = 0
    while start < at and base[start].mention is None and base[start].key in lx.DETERMINERS | {"latest"}:
        start += 1
    return tokens.slice(base[start].first, items[end - 1].last)


KNOWN_NOUNS = (
    lx.PERSON_NOUNS | lx.GROUP_NOUNS | lx.DOCUMENT_NOUNS | lx.UTTERANCE_NOUNS | lx.GROUPS_AS_BODIES
    | frozenset(lx.BODY_SYNONYMS)
)  # fmt: skip
