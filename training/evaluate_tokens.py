"""Score the components that read tokens: `python -m training.evaluate_tokens EXPORTED DATA` prints and stores figures.

Documents are read whole by the exported weights in 8 bits; treebanks with their own tokens, the corpora of entities
with the pipeline's. Dependencies are scored against the converted trees, once in the corpora's sentences and once in
the model's own; "punct" counts only where that is said.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from quotecheck.pipeline.coreference import CoreferenceComponent
from training import corpora
from training.examples import articles
from training.package import tokenizer
from training.reader import keep
from training.treebank import convert, documents

COMPONENTS = ("quotecheck_encoder", "quotecheck_tagger", "quotecheck_parser", "quotecheck_ner", "quotecheck_coref")
THIRD_PERSON = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves".split()
)


def main() -> None:
    """Read the command line, predict, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="read only so many documents of each corpus")
    options = parser.parse_args()
    nlp = pipeline(options.exported)
    figures: dict[str, dict[str, float]] = {}
    for name in ("en_ewt-ud-dev", "en_gum-ud-dev"):
        gold = list(treebank(options.data / "treebanks" / f"{name}.conllu.xz", nlp.vocab))[: options.limit]
        figures[name] = trees(nlp, gold)
        print(name, figures[name])
    for name in ("uner_ewt.dev", "crossner_politics.dev"):
        lines = articles(options.data / "entities" / f"{name}.jsonl.xz")[: options.limit]
        figures[name] = entities(nlp, lines)
        print(name, figures[name])
    for name in ("gum.dev", "litbank.dev"):
        lines = articles(options.data / "coref" / f"{name}.jsonl.xz")[: options.limit]
        figures[name] = pronouns(nlp, lines)
        print(name, figures[name])
    keep(options.exported, {"token_performance": figures})


def pipeline(exported: Path) -> Language:
    """The components with exported weights."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name).from_disk(exported / name)  # type: ignore[attr-defined]
    return nlp


@dataclass(frozen=True)
class Gold:
    """A treebank's document as a Doc, its paragraphs parted by an empty line, and what is known of its words.

    `rows`: the tokens that are words; `columns`: their fine tags, coarse tags and features; `heads`: token numbers.
    """

    doc: Doc
    rows: list[int]
    columns: list[tuple[str, ...]]
    heads: list[int]
    deps: list[str]
    starts: list[int]


def treebank(path: Path, vocab: Vocab) -> Iterator[Gold]:
    """A treebank's documents with converted trees."""
    for document in documents(path):
        words: list[str] = []
        spaces: list[bool] = []
        gold = Gold(Doc(vocab), [], [], [], [], [])
        for sentence in document.sentences:
            if words:
                # Between sentences stands a space, between paragraphs a token of white space.
                spaces[-1] = not sentence.paragraph
                words += ["\n\n"] if sentence.paragraph else []
                spaces += [False] if sentence.paragraph else []
            start = len(words)
            found, labels = convert(sentence.tokens)
            gold.starts.append(start)
            gold.rows.extend(range(start, start + len(found)))
            gold.columns.extend((token.xpos, token.upos, token.feats) for token in sentence.tokens)
            gold.heads.extend(start + head for head in found)
            gold.deps.extend(labels)
            words += [token.form for token in sentence.tokens]
            spaces += [token.space for token in sentence.tokens]
        yield replace(gold, doc=Doc(vocab, words, spaces))


def trees(nlp: Language, gold: Iterable[Gold]) -> dict[str, float]:
    """Accuracies over documents: tags, and attachment in the corpus's sentences and in the model's own."""
    counts: Counter[str] = Counter()
    for document in gold:
        for name, given in (("", True), ("_own_sentences", False)):
            doc = document.doc.copy()
            if given:
                for token in doc:
                    token.is_sent_start = token.i in document.starts
            for _, component in nlp.pipeline:
                doc = component(doc)
            _count(counts, document, [doc[row] for row in document.rows], name)
            if not given:
                starts = {sentence.start for sentence in doc.sents}
                counts["sentences"] += len(starts & set(document.starts))
                counts["all_sentences"] += len(starts) + len(document.starts)
    shares = {name: counts[name] / counts["words"] for name in ("xpos", "upos", "morph")}
    for name in ("", "_own_sentences"):
        shares |= {f"{key}{name}": counts[f"{key}{name}"] / counts["unpunctuated"] for key in ("uas", "las")}
    shares |= {f"{key}_with_punct": counts[f"{key}_with_punct"] / counts["words"] for key in ("uas", "las")}
    shares["sentences_f"] = 2 * counts["sentences"] / counts["all_sentences"]
    return {name: _rounded(share) for name, share in shares.items()}


def _count(counts: Counter[str], gold: Gold, words: list[Token], name: str) -> None:
    for word, column, head, dep in zip(words, gold.columns, gold.heads, gold.deps, strict=True):
        attached = word.head.i == head
        labelled = attached and word.dep_ == dep
        if dep != "punct":
            counts[f"uas{name}"] += attached
            counts[f"las{name}"] += labelled
        if not name:
            found = (word.tag_, word.pos_, str(word.morph))
            counts["words"] += 1
            counts["unpunctuated"] += dep != "punct"
            counts["uas_with_punct"] += attached
            counts["las_with_punct"] += labelled
            for key, mine, theirs in zip(("xpos", "upos", "morph"), found, column, strict=True):
                counts[key] += mine == theirs


def entities(nlp: Language, lines: list[dict[str, Any]]) -> dict[str, float]:
    """F1 by label over exact spans of the running text; the model's finer labels count as the corpus's coarser one."""
    coarse = dict.fromkeys(corpora.PLACES, "LOC") | {"PERSON": "PERSON", "ORG": "ORG"}
    counts = {label: [0, 0, 0] for label in ("PERSON", "ORG", "LOC")}
    for line in lines:
        wanted = {(start, end, coarse.get(label, label)) for start, end, label in line["entities"]}
        found = {
            (span.start_char, span.end_char, coarse.get(span.label_, span.label_)) for span in nlp(line["text"]).ents
        }
        for label, count in counts.items():
            mine, theirs = ({item for item in group if item[2] == label} for group in (found, wanted))
            count[0] += len(mine & theirs)
            count[1] += len(mine)
            count[2] += len(theirs)
    return {label: _rounded(2 * right / max(1, given + wanted)) for label, (right, given, wanted) in counts.items()}


def pronouns(nlp: Language, lines: list[dict[str, Any]]) -> dict[str, float]:
    """How often a pronoun of the third person with an antecedent is linked to a mention of the same chain."""
    coreference = nlp.get_pipe("quotecheck_coref")
    assert isinstance(coreference, CoreferenceComponent)
    right = given = wanted = 0
    for line in lines:
        chain = {(start, end): number for number, spans in enumerate(line["coref"]) for start, end in spans}
        firsts = {number: min(spans) for number, spans in enumerate(line["coref"])}
        for choice in coreference.choices(nlp(line["text"])):
            mention = (choice.mention.start_char, choice.mention.end_char)
            number = chain.get(mention)
            if choice.mention.text.lower() not in THIRD_PERSON or number is None or list(mention) == firsts[number]:
                continue
            wanted += 1
            if choice.antecedent is not None:
                given += 1
                right += number in _chains_headed(chain, choice.antecedent.root)
    return {"pronouns_right": _rounded(right / max(1, wanted)), "links_right": _rounded(right / max(1, given))}


def _chains_headed(chain: dict[tuple[int, int], int], head: Token) -> set[int]:
    """The chain of the smallest mention that holds a word."""
    around = [span for span in chain if span[0] <= head.idx and head.idx + len(head) <= span[1]]
    return {chain[min(around, key=lambda span: span[1] - span[0])]} if around else set()


def _rounded(value: float) -> float:
    return round(100 * float(value), 2)


if __name__ == "__main__":
    main()
