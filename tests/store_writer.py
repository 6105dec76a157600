"""Writes articles into a database until it is done or killed: `python store_writer.py DATABASE COUNT`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from store_samples import CLAIMS, TEXT, article, new_run

from quotecheck.store import is_done, open_database, options_sha256, save_article
from quotecheck.types import Article, Claim, Span


def moved(claim: Claim, text: str, by: int) -> Claim:
    """The claim of the same words further on in a text."""

    def move(span: Span) -> Span:
        return Span.of(text, span.start + by, span.end + by)

    parts = {name: tuple(map(move, getattr(claim, name))) for name in ("source", "cue", "content", "quoted")}
    speakers = tuple(replace(speaker, mention=move(speaker.mention)) for speaker in claim.speakers if speaker.mention)
    circumstances = {role: tuple(map(move, spans)) for role, spans in claim.evidence.spans.items()}
    evidence = replace(claim.evidence, spans=circumstances)
    return replace(claim, **parts, context=move(claim.context), speakers=speakers, evidence=evidence)


def long_article(number: int) -> tuple[Article, list[Claim]]:
    """An article of ten times the harbour's text with all its claims."""
    text = f"{number:06}\n" + TEXT * 10
    return article(text, id=f"wire-{number}"), [moved(c, text, 7 + len(TEXT) * at) for at in range(10) for c in CLAIMS]


def write(path: Path, count: int) -> None:
    """Store the articles that are not stored yet."""
    db = open_database(path)
    run = new_run(db)
    for number in range(count):
        one, claims = long_article(number)
        if not is_done(db, one, "ab" * 32, options_sha256({})):
            save_article(db, run, one, claims)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
