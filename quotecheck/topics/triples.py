"""Who does what to whom in a claim's content: textacy's subject-verb-object triples, with the places they come from.

`textacy.extract.subject_verb_object_triples` gives lists of head words. What is made of them here, and why:

- Subject and object become the noun phrases around those words, so that a “no” or “few” is never lost.
- Of a passive, textacy gives the acted-upon as the subject and the agent as the object, and, if something is given to
  somebody by somebody, the two in one object. Here the agent (“by the council”) is the subject and what was acted upon
  the object. A passive without an agent names nobody who acted; it makes no triple.
- “The council met and closed the bridge”: textacy lends “met” the object of “closed”. No such loan is taken: it is
  wrong as often as right. A subject is borrowed from a verb before only (“… cut jobs and raised prices”).
- “did not cut jobs or raise prices”: the second verb has no “not” of its own but is denied like the first.
- The subject or object “which”, “who” or “that” of a relative clause is the noun that the clause belongs to.

Forms of “be” make no triples, nor does a verb whose subject, verb and object do not all lie within the content.
Whether the clause stands under an “if” or a “would” is left to the reader: the verb is given with its auxiliaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quotecheck.topics.terms import noun_chunks
from quotecheck.types import Span, Triple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

LONGEST_SENTENCE = 500
"""Tokens of a sentence that is read; textacy needs time that grows with the square of a list of verbs."""
_CLAUSES = frozenset({"csubj", "csubjpass", "xcomp"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass", "auxpass"})
_RELATIVE = frozenset({"WDT", "WP"})
_ALWAYS_RELATIVE = frozenset({"which", "who", "whom"})
_BETWEEN_NOUN_AND_PRONOUN = frozenset({"conj", "ccomp", "xcomp"})
_NEGATIVE = frozenset({"no", "nobody", "none", "nothing", "neither", "nor"})

Range = tuple[int, int]
"""Tokens, half open."""


def find(doc: Doc, contents: Iterable[Sequence[Span]]) -> list[tuple[Triple, ...]]:
    """The triples within each claim's content, in text order; `contents` are spans of a parsed Doc's text."""
    text = doc.text
    chunks = {token.i: (chunk.start, chunk.end) for chunk in noun_chunks(doc) for token in chunk}
    read: dict[int, list[Triple]] = {}
    found = []
    for content in contents:
        for sentence in (sentences := _sentences(doc, content)):
            if sentence.start not in read:
                read[sentence.start] = list(_of_sentence(text, sentence, chunks))
        triples = (triple for sentence in sentences for triple in read[sentence.start])
        found.append(tuple(triple for triple in triples if _lies_in(triple, content)))
    return found


def _sentences(doc: Doc, content: Iterable[Span]) -> list[DocSpan]:
    spans = (doc.char_span(span.start, span.end, alignment_mode="expand") for span in content)
    found = (sentence for span in spans if span is not None for sentence in span.sents)  # type: ignore[attr-defined]
    return list({sentence.start: sentence for sentence in found}.values())


def _lies_in(triple: Triple, content: Sequence[Span]) -> bool:
    parts = (triple.subject, triple.verb, triple.object)
    return all(any(span.start <= part.start and part.end <= span.end for span in content) for part in parts)


def _of_sentence(text: str, sentence: DocSpan, chunks: Mapping[int, Range]) -> Iterator[Triple]:
    from textacy.extract import subject_verb_object_triples

    if len(sentence) > LONGEST_SENTENCE:
        return
    for subjects, verb_words, objects in subject_verb_object_triples(sentence):
        triple = _triple(text, subjects, verb_words, objects, chunks)
        if triple is not None:
            yield triple


def _triple(
    text: str,
    subjects: Sequence[Token],
    verb_words: Sequence[Token],
    objects: Sequence[Token],
    chunks: Mapping[int, Range],
) -> Triple | None:
    """What textacy's triple says, or None if it names nobody who acts, or nothing that is acted upon."""
    verb = next(word for word in verb_words if word.head not in verb_words or word.head == word)
    subject = _subject_of(verb, _roots(subjects))
    if subject is None:
        return None
    passive = _is_passive(verb, subject)
    actor, target = _roles(verb, subject, _roots(objects), passive=passive)
    if actor is None or target is None:
        return None
    doing, done_to = _extent(actor, chunks), _extent(target, chunks)
    if doing is None or done_to is None:
        return None
    words = [*verb_words, *_children(verb, "prt")]
    if _overlap(doing, done_to) or _overlap(doing, (verb.i, verb.i + 1)) or _overlap(done_to, (verb.i, verb.i + 1)):
        return None  # no clause is its own object: the parse is wrong
    return Triple(
        subject=_span(text, verb.doc, doing),
        verb=_span(text, verb.doc, _around(verb, words, (doing, done_to))),
        object=_span(text, verb.doc, done_to),
        lemma=" ".join([verb.lemma_ or verb.lower_, *(word.lower_ for word in _children(verb, "prt"))]),
        passive=passive,
        negated=_is_negated(verb, subject) or _says_no(verb.doc, actor, doing) or _says_no(verb.doc, target, done_to),
    )


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _children(token: Token, *relations: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


def _roots(tokens: Sequence[Token]) -> list[Token]:
    """The words on which the others of the list hang."""
    return [token for token in tokens if token.head not in tokens or token.head == token]


def _subject_of(verb: Token, roots: Sequence[Token]) -> Token | None:
    """The verb's own subject, or that of a verb before it in the same list of verbs."""
    own = [root for root in roots if root.head == verb]
    lent = [root for root in roots if root.head.i < verb.i]
    return next(iter([*own, *lent]), None)


def _is_passive(verb: Token, subject: Token) -> bool:
    """Also for the second verb of “was closed and sold by the council”, which has no “was” of its own."""
    if _children(verb, *_PASSIVE):
        return True
    lender = subject.head
    return lender != verb and lender.tag_ == verb.tag_ == "VBN" and bool(_children(lender, *_PASSIVE))


def _roles(
    verb: Token, subject: Token, objects: Sequence[Token], *, passive: bool
) -> tuple[Token | None, Token | None]:
    """Who acts and who or what is acted upon."""
    own = next((token for token in objects if token.head == verb), None)
    if not passive:
        return subject, own
    agent = next((token for token in objects if token.head.dep_ == "agent" and token.head.head == verb), None)
    return agent, own or subject


def _is_negated(verb: Token, subject: Token) -> bool:
    lender = subject.head
    shares = lender != verb and lender.tag_ == verb.tag_
    denied = [*_children(verb, "neg"), *(_children(lender, "neg") if shares else [])]
    return any(word.i < verb.i for word in denied)


def _says_no(doc: Doc, part: Token, extent: Range) -> bool:
    return part.dep_ not in _CLAUSES and any(token.lower_ in _NEGATIVE for token in doc[slice(*extent)])


def _extent(part: Token, chunks: Mapping[int, Range]) -> Range | None:
    """The words of a subject or object; None for a pronoun that stands for no noun (“who closed it?”)."""
    if part.dep_ in _CLAUSES:
        return part.left_edge.i, part.right_edge.i + 1
    if part.tag_ in _RELATIVE or part.lower_ in _ALWAYS_RELATIVE:
        noun = _antecedent(part)
        return _noun_phrase(noun, chunks) if noun is not None else None
    ranges = [_noun_phrase(noun, chunks) for noun in (part, *(noun for noun in part.conjuncts if noun.i > part.i))]
    return min(start for start, _ in ranges), max(end for _, end in ranges)


def _antecedent(pronoun: Token) -> Token | None:
    """The noun whose relative clause the pronoun is in."""
    verb = pronoun.head
    while verb.dep_ in _BETWEEN_NOUN_AND_PRONOUN:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _noun_phrase(noun: Token, chunks: Mapping[int, Range]) -> Range:
    """The noun chunk around a noun, with what follows on “of” (“a majority of the members”).

    Numbers (“about 650 million”) are in no chunk; they have what stands before them.
    """
    start, end = chunks.get(noun.i, (noun.left_edge.i, noun.i + 1))
    for preposition in _children(noun, "prep"):
        if preposition.lower_ == "of" and preposition.i == end:
            end = max([end, *(_noun_phrase(within, chunks)[1] for within in _children(preposition, "pobj"))])
    return start, end


def _around(verb: Token, words: Sequence[Token], parts: Sequence[Range]) -> Range:
    """From the first to the last of a verb's words; those beyond its subject or object are left out (“Will it …?”).

    Auxiliaries and “not” stand before the verb; where one is said to stand after it, the parse is wrong.
    """

    def is_parted(index: int) -> bool:
        low, high = sorted((index, verb.i))
        return any(low < end and start <= high for start, end in parts)

    kept = [word.i for word in words if (word.i < verb.i or word.dep_ == "prt") and not is_parted(word.i)]
    return min([*kept, verb.i]), max([*kept, verb.i]) + 1


def _span(text: str, doc: Doc, tokens: Range) -> Span:
    """Without marks and blanks at the ends."""
    start, end = tokens
    while end - start > 1 and not _is_worded(doc[start]):
        start += 1
    while end - start > 1 and not _is_worded(doc[end - 1]):
        end -= 1
    return Span.of(text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _is_worded(token: Token) -> bool:
    return token.is_currency or any(letter.isalnum() for letter in token.text)
