"""Articles in, their claims out, in the order of the input: what `quotecheck extract` does with each of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quotecheck.batch.pipeline import load_extractor
from quotecheck.batch.supervisor import Failure, Outcome, supervise
from quotecheck.errors import InputError
from quotecheck.types import Article, Claim, SpeakerMention, Topic

SECONDS_PER_ARTICLE = 60.0
SECONDS_PER_MILLION_CHARACTERS = 400.0
"""Ten times what an idle laptop core needs; it ends a worker that hangs, not one that shares the machine."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article that was read now, its claims in text order, where it means their speakers, and its topics."""

    article: Article
    claims: Sequence[Claim]
    mentions: Sequence[SpeakerMention] = ()
    topics: Sequence[Topic] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article whose claims by the same model are stored already."""

    article: Article


Event = Extracted | Unchanged | InputError
"""What became of one input."""

_Input = Article | InputError


def extract_all(
    inputs: Iterable[Article | InputError],
    *,
    model: str | None,
    workers: int,
    is_done: Callable[[Article], bool] = lambda article: False,
    speaker_confidence: float | None = None,
    weights: Path | None = None,
) -> Generator[Event]:
    """Yield what became of every input, in input order, reading articles in `workers` processes.

    An article on which a worker dies, hangs or fails comes out as an InputError (`crash`, `timeout`, `error`).
    `speaker_confidence` and `weights` are those of `load_extractor`. Raises ModelError if the pipeline cannot be
    loaded.
    """
    known = partial(_known, is_done=is_done)
    prepare = partial(_prepare, model, speaker_confidence, weights)
    outcomes = supervise(inputs, prepare, workers=workers, seconds=_seconds, known=known)
    with closing(outcomes):
        yield from map(_event, outcomes)


def _prepare(model: str | None, speaker_confidence: float | None, weights: Path | None) -> Callable[[_Input], Event]:
    extract = load_extractor(model, speaker_confidence, weights)

    def read(item: _Input) -> Event:
        if isinstance(item, InputError):
            return item
        reading = extract(item)
        return Extracted(item, reading.claims, reading.mentions, reading.topics)

    return read


def _known(item: _Input, is_done: Callable[[Article], bool]) -> Event | None:
    if isinstance(item, InputError):
        return item
    return Unchanged(item) if is_done(item) else None


def _event(outcome: Outcome[_Input, Event]) -> Event:
    result = outcome.result
    if not isinstance(result, Failure):
        return result
    # An exception's own words may hold the article's; its name is enough to report it.
    what = result.message.partition(":")[0] if result.reason == "error" else result.message
    message = f"not read: {what}; the other articles are not affected"
    return InputError(outcome.job.source_ref, result.reason, message)


def _seconds(item: _Input) -> float:
    size = 0 if isinstance(item, InputError) else len(item.text)
    return SECONDS_PER_ARTICLE + SECONDS_PER_MILLION_CHARACTERS * size / 1e6
