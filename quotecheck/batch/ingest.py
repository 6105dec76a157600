"""Extraction into a database: the parent process is its only writer, one transaction per article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck import store
from quotecheck.batch.extraction import Event, Extracted, Unchanged, extract_all
from quotecheck.batch.pipeline import identify
from quotecheck.errors import InputError
from quotecheck.evidence import check
from quotecheck.types import Article

if TYPE_CHECKING:
    from sqlite_utils import Database


def ingest(
    db: Database,
    inputs: Iterable[Article | InputError],
    *,
    model: str | None,
    workers: int,
    speaker_confidence: float | None = None,
    weights: Path | None = None,
) -> Generator[Event]:
    """Extract what is not stored yet, store it, and yield what became of every input, in input order.

    An article is stored before its event is yielded; broken off at any moment, the same call goes on where it stopped.
    `speaker_confidence` and `weights` are those of `load_extractor`. Raises ModelError, InputError (`weights`) and
    StoreError.
    """
    identity = identify(model)
    options: dict[str, object] = {"model": identity.name, "weights": check.load(weights or check.SHIPPED).sha256}
    if speaker_confidence is not None:
        options["speaker_confidence"] = speaker_confidence
    run = store.start_run(
        db,
        tool_version=version("quotecheck"),
        model_name=identity.name,
        model_sha256=identity.sha256,
        options=options,
    )
    is_done = partial(store.is_done, db, model_sha256=identity.sha256, options_sha256=store.options_sha256(options))
    counts: Counter[str] = Counter()
    for event in extract_all(
        inputs,
        model=model,
        workers=workers,
        is_done=is_done,
        speaker_confidence=speaker_confidence,
        weights=weights,
    ):
        if isinstance(event, Extracted):
            store.save_article(db, run, event.article, event.claims, event.mentions, event.topics)
        elif isinstance(event, Unchanged) and not is_done(event.article):
            # Another text under the same id, read earlier in this batch, took its place: the last one read counts.
            store.restore_article(db, run, event.article)
        counts[_label(event)] += 1
        yield event
    store.finish_run(db, run, counts)


def _label(event: Event) -> str:
    match event:
        case Extracted():
            return "extracted"
        case Unchanged():
            return "unchanged"
        case InputError(reason=reason):
            return f"skipped_{reason}"
