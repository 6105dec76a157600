"""Score an exported model: `python -m training.evaluate EXPORTED GOLD [GOLD …]` prints its figures and stores them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from quotecheck import scoring
from quotecheck.pipeline import decoding
from quotecheck.pipeline.words import Words
from quotecheck.scoring import Score
from quotecheck.vocabulary import ROLES
from training.examples import articles
from training.reader import Reader, keep


def main() -> None:
    """Read the command line, predict, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exported", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    options = parser.parse_args()
    reader = Reader.from_disk(options.exported)
    figures = {}
    for path in options.gold:
        total = sum((evaluate(reader, article) for article in articles(path)), Score())
        name = path.name.partition(".jsonl")[0]
        figures[name] = {"attributed_f1": round(total.attributed_f1, 4), "found_f1": round(total.found_f1, 4)}
        print(name, figures[name])
    keep(options.exported, {"performance": figures})


def evaluate(reader: Reader, article: dict[str, Any]) -> Score:
    """The score of one annotated article."""
    words, found = reader.attributions(article["text"])
    return scoring.score(article["text"], article["attributions"] or [], [spans_of(words, item) for item in found])


def spans_of(words: Words, found: decoding.Found) -> dict[str, list[list[int]]]:
    """The offsets of an attribution in the scorer's form."""
    return {
        role: [[int(words.starts[start]), int(words.ends[end - 1])] for start, end in getattr(found, role)]
        for role in ROLES
    }


if __name__ == "__main__":
    main()
