"""Assemble the shipped pipeline: `python -m training.package EXPORTED FOLDER` writes a spaCy pipeline directory."""

from __future__ import annotations

import argparse
import json
import shutil
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from quotecheck.pipeline.component import QuotecheckComponent
from quotecheck.pipeline.encoder import HEADS

MARKS = r"[\"“”„‟«»‹›]|''|``"
GLUED = (
    MARKS,
    r"(?<=[a-z0-9)\]][.?!])(?=[A-Z])",
    r"(?<=\w)[,;:](?=[A-Z\"“'‘])",
    r"…",
    r"(?<=[a-z])[.?!](?=[\"“”‘'A-Z])",
)
"""Where scraped text lacks a space, a token ends all the same."""


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
    """The pipeline: English rules, a tokenizer that bears scraped text, and the component with its weights."""
    nlp = spacy.blank("en")
    nlp.tokenizer = _tokenizer(nlp)
    component = nlp.add_pipe("quotecheck")
    assert isinstance(component, QuotecheckComponent)
    component.from_disk(exported)
    nlp.meta["name"] = "quotecheck"
    nlp.meta["version"] = version("quotecheck")
    nlp.meta["spacy_version"] = ">=3.8,<4"
    nlp.meta["description"] = "Attributions (source, cue, content) of English news articles"
    nlp.meta["license"] = "Apache-2.0"
    nlp.meta["sources"] = [
        {"name": "all-MiniLM-L6-v2 (backbone)", "license": "Apache-2.0"},
        {"name": "PolNeAR 1.0 (annotations; texts not included)", "license": "MIT"},
    ]
    nlp.meta["performance"] = json.loads((exported / HEADS).read_text("utf-8")).get("performance", {})
    return nlp


def _tokenizer(nlp: Language) -> Tokenizer:
    defaults = nlp.Defaults
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([*(defaults.prefixes or []), MARKS]).search
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or []), MARKS]).search
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or []), *GLUED]).finditer
    return tokenizer


if __name__ == "__main__":
    main()
