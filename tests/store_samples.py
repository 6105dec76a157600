"""A small newsroom for the store's tests: one article of an invented harbour town and its claims, built by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from quotecheck.evidence import gather
from quotecheck.store import open_database, save_article, start_run
from quotecheck.types import Article, Claim, Span, Speaker
from quotecheck.vocabulary import CueClass, Kind

TEXT = (
    "Mayor Marta Lind said the harbour would reopen on Monday. “We have checked every crane,” she told reporters, "
    "“and every gate.”\n"
    "The Port Authority denied that it had been warned. The head of the pilots believes the storm was worse than "
    "forecast."
)
LIND = "Marta Lind"
AUTHORITY = "Port Authority"


def article(text: str = TEXT, **about: object) -> Article:
    """The harbour article, with what is said about it changed at will."""
    known: dict[str, object] = {
        "source_ref": "inbox/harbour.txt",
        "reader": "header",
        "raw_sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        "title": "Harbour to reopen",
        "outlet": "The Vestby Courier",
        "author": "Ines Okoro",
        "categories": ("Local", "Sea; ships"),
        "published_raw": "3 March 2031",
        "published_at": "2031-03-03T08:00:00+00:00",
    }
    return Article(text=text, **(known | about))  # type: ignore[arg-type]


def span(words: str, text: str = TEXT) -> Span:
    """The only place where these words stand."""
    assert text.count(words) == 1, (words, text.count(words))
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def claim(
    content: Sequence[str],
    source: str,
    cue: str,
    context: str,
    speaker: Speaker,
    *,
    quoted: Sequence[str] = (),
    kind: Kind = "indirect",
    cue_class: CueClass = "neutral",
    statement: bool = True,
    text: str = TEXT,
) -> Claim:
    """A claim whose parts are named by their words."""
    mention = span(source, text)
    return Claim(
        kind=kind,
        statement=statement,
        source=(mention,),
        cue=(span(cue, text),),
        content=tuple(span(piece, text) for piece in content),
        quoted=tuple(span(piece, text) for piece in quoted),
        context=span(context, text),
        cue_class=cue_class,
        confidence=0.91234,
        speakers=(replace(speaker, mention=mention),),
    )


REOPENING = claim(
    ["the harbour would reopen on Monday"],
    "Mayor Marta Lind",
    "said",
    "Mayor Marta Lind said the harbour would reopen on Monday.",
    Speaker(LIND, "person", "name", role="Mayor", confidence=0.97, why="named here"),
)
CRANES = claim(
    ["“We have checked every crane,”", "“and every gate.”"],
    "she",
    "told",
    "“We have checked every crane,” she told reporters, “and every gate.”",
    Speaker(LIND, "person", "pronoun", confidence=0.9, why="she: the mayor, named before"),
    quoted=["We have checked every crane,", "and every gate."],
    kind="direct",
)
WARNING = claim(
    ["that it had been warned"],
    "The Port Authority",
    "denied",
    "The Port Authority denied that it had been warned.",
    Speaker(AUTHORITY, "organisation", "name", confidence=0.95, why="named here"),
    cue_class="deny",
)
STORM = claim(
    ["the storm was worse than forecast"],
    "The head of the pilots",
    "believes",
    "The head of the pilots believes the storm was worse than forecast.",
    Speaker(None, "unnamed", "unresolved", role="head of the pilots", confidence=0.8, why="nobody is named"),
    cue_class="belief",
    statement=False,
)
_READ = (REOPENING, CRANES, WARNING, STORM)
REOPENING, CRANES, WARNING, STORM = CLAIMS = tuple(
    replace(found, evidence=evidence)
    for found, evidence in zip(_READ, gather(TEXT, _READ, article().published_at), strict=True)
)


def new_run(db: Database, *, model_sha256: str = "ab" * 32, tool_version: str = "0.1.0") -> int:
    """A run of the shipped model with no options."""
    return start_run(db, tool_version=tool_version, model_name="qc_en", model_sha256=model_sha256, options={})


def filled(path: Path, claims: Sequence[Claim] = CLAIMS) -> Database:
    """A database with the harbour article in it."""
    db = open_database(path)
    save_article(db, new_run(db), article(), claims)
    return db


def contents(db: Database, without: Collection[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that say when things ran, leaving some columns out."""
    found = {}
    for table in db.table_names():
        if table not in ("runs", "_sqlite_migrations") and "_fts" not in table:
            columns = ", ".join(f'"{name}"' for name in db[table].columns_dict if name not in without)
            found[table] = db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3").fetchall()
    return found
