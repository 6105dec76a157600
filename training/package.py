"""Assemble the shipped pipeline: `python -m training.package EXPORTED FOLDER` writes a spaCy pipeline directory."""

from __future__ import annotations

import argparse
import json
import shutil
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.pipeline import Lemmatizer
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from quotecheck.pipeline.attribution import HEADS

MARKS = r"(?:[\"“”„‟«»‹›]|''|``)"
GLUED = (
    MARKS,
    r"(?<=[a-z0-9)\]][.?!])(?=[A-Z])",
    r"(?<=\w)[,;:](?=[A-Z\"“„'‘«])",
    r"(?<=[\"”’»])[.,;:?!](?=\w)",
    r"…",
    r"(?<=[a-z])[.?!](?=[\"“”‘'A-Z])",
)
"""Where scraped text lacks a space, a token ends all the same."""
COMPONENTS = (
    *("quotecheck_encoder", "quotecheck_tagger", "quotecheck_parser", "lemmatizer", "quotecheck_ner"),
    *("quotecheck_coref", "quotecheck"),
)
FACTORIES = {"lemmatizer": "quotecheck_lemmatizer"}
"""Components whose users know them by another name than their factory's."""
TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
SOURCES = (
    ("all-MiniLM-L6-v2 (backbone)", "Apache-2.0"),
    ("PolNeAR 1.0 (annotations; texts not included)", "MIT"),
    ("Universal Dependencies, English Web Treebank", "CC BY-SA 4.0"),
    ("Universal Dependencies, GUM without its non-commercial genres", "CC BY 4.0"),
    ("Universal NER, English Web Treebank", "CC BY-SA 4.0"),
    ("Wikigold", "CC BY 4.0"),
    ("WNUT 2017 emerging entities", "CC BY 4.0"),
    ("CrossNER, politics", "MIT"),
    ("LitBank", "CC BY 4.0"),
    ("GAP coreference", "Apache-2.0"),
    ("spacy-lookups-data (lemma tables, from WordNet 3.0)", "WordNet License"),
)


def main() -> None:
    """Read the command line and assemble."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.folder.exists():
        shutil.rmtree(options.folder)
    assemble(options.exported).to_disk(options.folder)


def assemble(exported: Path) -> Language:
    """The pipeline: English rules, a tokenizer that bears scraped text, and the components with their weights."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer(nlp)
    for name in COMPONENTS:
        component = nlp.add_pipe(FACTORIES.get(name, name), name=name)
        if isinstance(component, Lemmatizer):
            component.initialize(lookups=_lemmas())
        else:
            component.from_disk(exported / name)  # type: ignore[attr-defined]
    nlp.meta["name"] = "quotecheck"
    nlp.meta["version"] = version("quotecheck")
    nlp.meta["spacy_version"] = ">=3.8,<4"
    nlp.meta["description"] = "Attributions, parts of speech, dependencies, entities and coreference of English news"
    nlp.meta["license"] = "Apache-2.0"
    nlp.meta["sources"] = [{"name": name, "license": licence} for name, licence in SOURCES]
    heads = json.loads((exported / "quotecheck" / HEADS).read_text("utf-8"))
    nlp.meta["performance"] = {**heads.get("performance", {}), **heads.get("token_performance", {})}
    return nlp


IRREGULAR = {
    "aux": {"'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "ai": "be", "'ve": "have"}
    | {"’ve": "have", "'ll": "will", "’ll": "will", "wo": "will", "'d": "would", "’d": "would", "ca": "can"},
    "noun": {"taxes": "tax", "bases": "base", "axes": "axe", "motives": "motive", "clothes": "clothes"},
    "verb": {"'s": "be", "’s": "be", "wan": "want"},
    "adj": {"better": "good"},
    "part": {"n't": "not", "n’t": "not"},
    "pron": {"i": "I", "me": "I", "him": "he", "us": "we", "them": "they"},
}
"""Lemmas that the tables lack; their verbs' tables serve auxiliaries too."""


def _lemmas() -> Lookups:
    """spaCy's English tables, with auxiliaries and pronouns."""
    lookups = load_lookups("en", list(TABLES))
    index = lookups.get_table("lemma_index")
    for pos, words in index.items():
        # spaCy asks whether a word is among tens of thousands; in a list that takes a tenth of a millisecond.
        index[pos] = dict.fromkeys(words, True)
    for table in (lookups.get_table(name) for name in TABLES):
        table["aux"] = table["verb"]
    exceptions = lookups.get_table("lemma_exc")
    for pos, forms in IRREGULAR.items():
        known = exceptions.get(pos, {})
        exceptions[pos] = {**known, **{form: [lemma] for form, lemma in forms.items()}}
    return lookups


def tokenizer(nlp: Language) -> Tokenizer:
    """English rules, and some for text that lacks spaces."""
    defaults = nlp.Defaults
    made = nlp.tokenizer
    assert isinstance(made, Tokenizer)
    made.prefix_search = compile_prefix_regex([MARKS, *(defaults.prefixes or [])]).search
    made.suffix_search = compile_suffix_regex([*(defaults.suffixes or []), MARKS]).search
    made.infix_finditer = compile_infix_regex([*(defaults.infixes or []), *GLUED]).finditer
    return made


if __name__ == "__main__":
    main()
