"""The names and phrases of an article that may be its topics, each time that they occur.

A name is a named entity under the fullest form that the article has of it. A phrase is the end of a noun phrase, as
much of it as occurs at least twice: where “new ferry timetable”, “the ferry timetable” and “timetables” occur, the
first two are about the “ferry timetable”.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.topics.lexicon import GENERAL, NAMED, SPEAKING
from quotecheck.types import SpeakerMention
from quotecheck.vocabulary import TopicKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

Key = tuple[str, ...]
"""The words by which a term is the same in another place."""
LONGEST_PHRASE = 6
"""Words of a phrase; longer ones are lists."""
LONGEST_ACRONYM = 4
"""Letters of a place's name that may be an acronym."""
_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ"})
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Term:
    """One occurrence: the tokens from `start` to `end`, its key and its spelling.

    A phrase's `spelling` has its noun in the singular, a name's is that of the name's fullest form.
    """

    start: int
    end: int
    key: Key
    spelling: str
    kind: TopicKind


def find(doc: Doc, mentions: Iterable[SpeakerMention] = ()) -> list[Term]:
    """Every term of a parsed Doc, in text order. `mentions` give the fullest names of persons who speak in it."""
    named = _names(doc)
    inside = {index for name in named for index in range(name.start, name.end)}
    found = [*_as_terms(named, mentions), *_phrases(doc, inside)]
    return sorted(found, key=lambda term: (term.start, term.end))


def noun_chunks(doc: Doc) -> list[DocSpan]:
    """The noun chunks of a parsed Doc; none in a language for which spaCy has no rules for them."""
    try:
        return list(doc.noun_chunks)
    except NotImplementedError:
        return []


def words(tokens: Iterable[Token]) -> Key:
    """What makes two phrases the same: case, number and full stops do not count."""
    return tuple(_word(token) for token in tokens)


def _word(token: Token) -> str:
    return (token.lemma_ if token.pos_ == "NOUN" and token.lemma_ else token.text).casefold().replace(".", "")


def _names(doc: Doc) -> list[DocSpan]:
    """The named entities without article and possessive; adjectives such as “Spanish” are no names."""
    trimmed = (_trimmed(entity) for entity in doc.ents if entity.label_ in NAMED)
    return [name for name in trimmed if any(letter.isalpha() for letter in name.text) and not _is_adjective(name)]


def _is_adjective(name: DocSpan) -> bool:
    return name[-1].ent_type_ == "NORP" and name[-1].pos_ == "ADJ"


def _trimmed(entity: DocSpan) -> DocSpan:
    start, end, doc = entity.start, entity.end, entity.doc
    while start < end and (doc[start].lower_ in _ARTICLES or _is_mark(doc[start])):
        start += 1
    while end > start and (doc[end - 1].lower_ in _POSSESSIVES or _is_mark(doc[end - 1])):
        end -= 1
    return doc[start:end]


def _is_mark(token: Token) -> bool:
    return token.is_space or not any(letter.isalnum() for letter in token.text)


def _as_terms(names: Sequence[DocSpan], mentions: Iterable[SpeakerMention]) -> Iterator[Term]:
    known = {m.span.start: m.name for m in mentions if m.kind == "person" and m.basis in ("name", "alias")}
    fullest = _fullest_names(Counter(_text(name) for name in names if name[0].ent_type_ == "PERSON"))
    for name in names:
        text = _text(name)
        if text in fullest:  # the same words may be read as a body elsewhere (“the Lind board”)
            text = known.get(name.start_char) or fullest[text]
        yield Term(name.start, name.end, _key(text), text, "name")


def _text(name: DocSpan) -> str:
    """The name in one line; a place in capitals, as datelines have it, as it is written elsewhere."""
    text = " ".join(name.text.split())
    shouted = text.isupper() and len(text) > LONGEST_ACRONYM and name[0].ent_type_ in ("GPE", "LOC")
    return text.title() if shouted else text


def _key(name: str) -> Key:
    return tuple(name.casefold().replace(".", "").split())


def _fullest_names(persons: Counter[str]) -> dict[str, str]:
    """Each name with the one longer name that ends with it, or itself where two persons share it."""
    surnames: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(persons, key=lambda name: (len(name.split()), persons[name])):
        surnames[name.split()[-1]].append(name)
    return {name: _fullest(name, surnames[name.split()[-1]]) for name in persons}


def _fullest(name: str, same_surname: Sequence[str]) -> str:
    longer = [other for other in same_surname if other.endswith(f" {name}")]
    parts = set(longer[-1].split()) if longer else set()
    return longer[-1] if longer and all(parts >= set(other.split()) for other in longer) else name


def _phrases(doc: Doc, inside: set[int]) -> Iterator[Term]:
    """The longest recurring end of every noun phrase that is no name; `inside` are the tokens of names."""
    found = [list(_ends(phrase, inside)) for chunk in noun_chunks(doc) if (phrase := _phrase(chunk, inside))]
    counts = Counter(words(end) for ends in found for end in ends)
    for ends in found:
        recurring = next((end for end in ends if counts[words(end)] > 1), None)
        if recurring is not None and _says_something(recurring):
            yield Term(recurring.start, recurring.end, words(recurring), _singular(recurring, inside), "phrase")


def _phrase(chunk: DocSpan, inside: set[int]) -> DocSpan | None:
    """The nouns and adjectives at the end of a noun chunk."""
    doc, root = chunk.doc, chunk.root
    if root.i in inside or not _counts(root) or root.pos_ == "ADJ" or root.lemma_.lower() in SPEAKING:
        return None
    start, first = root.i, max(chunk.start, root.i - LONGEST_PHRASE + 1)
    while start > first and _counts(doc[start - 1]):
        start -= 1
    return doc[start : root.i + 1]


def _counts(token: Token) -> bool:
    """Whether a word may be part of a phrase: no stop word, nothing of a date or a number."""
    dated = bool(token.ent_type_) and token.ent_type_ not in NAMED
    return token.pos_ in _MODIFIERS and not token.is_stop and not dated and token.text[0].isalpha()


def _ends(phrase: DocSpan, inside: set[int]) -> Iterator[DocSpan]:
    """The phrase, then with fewer and fewer words before the noun; none begins within a name."""
    for index in range(len(phrase)):
        token = phrase[index]
        if token.ent_iob_ != "I" or token.i not in inside:
            yield phrase[index:]


def _says_something(phrase: DocSpan) -> bool:
    return len(phrase) > 1 or (len(phrase.text) > 2 and _word(phrase[0]) not in GENERAL)


def _singular(phrase: DocSpan, inside: set[int]) -> str:
    """How the phrase is written but for its number: names as they are, other words in lower case."""
    before = (
        (token.text if token.i in inside or token.pos_ == "PROPN" or token.ent_type_ else token.lower_)
        + token.whitespace_
        for token in phrase[:-1]
    )
    noun = phrase[-1]
    last = noun.text if noun.pos_ == "PROPN" else (noun.lemma_ or noun.text).lower()
    return " ".join("".join([*before, last]).split())
