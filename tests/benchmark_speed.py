"""How fast articles are read on this machine, how much memory that takes, and what the parts of the pipeline cost.

    python tests/benchmark_speed.py ARTICLES [--limit N]

ARTICLES is anything that `quotecheck extract` reads. Words are what stands between white space. Times run from the
first finished article to the last, so that loading the model is not counted. Memory is resident memory, summed over
the parent and its workers, so pages that they share count more than once; it is read from /proc and missing
elsewhere.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import spacy

import quotecheck
from quotecheck import Article
from quotecheck.batch import Extracted, extract_all
from quotecheck.sources import read

MEGABYTE = 1_000_000
TENTHS = 10


@dataclass
class Speed:
    """Words per second, and the memory after each tenth of the articles, in megabytes."""

    words_per_second: float
    memory: list[float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", help="file or folder")
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    options = parser.parse_args()
    articles = [item for item in itertools.islice(read([options.articles]), options.limit) if isinstance(item, Article)]
    print(f"{len(articles):,} articles, {sum(map(words, articles)):,} words, {os.cpu_count()} cores")
    one, two = measure(articles, workers=1), measure(articles, workers=2)
    report("one process", one)
    report("two processes", two)
    print(f"two against one: {two.words_per_second / one.words_per_second:.2f} times")
    print(f"share of the time inside the model's sessions: {share_of_sessions(articles):.0%}")
    alone, whole = parts(articles)
    print(
        f"attributions alone {alone:,.0f} words/s, whole pipeline {whole:,.0f} words/s: {alone / whole - 1:+.0%} time"
    )


def report(title: str, speed: Speed) -> None:
    """Print one measurement."""
    memory = " ".join(f"{megabytes:,.0f}" for megabytes in speed.memory)
    print(
        f"{title}: {speed.words_per_second:,.0f} words/s; MB after each tenth: {memory}; peak {max(speed.memory):,.0f}"
    )


def words(article: Article) -> int:
    """The number of words of an article."""
    return len(article.text.split())


def measure(articles: list[Article], *, workers: int) -> Speed:
    """Read all articles as `quotecheck extract` does, without storing anything."""
    events = extract_all(articles, model=None, workers=workers)
    first = next(events)
    assert isinstance(first, Extracted), first
    start, done, memory = time.perf_counter(), 0, []
    for number, event in enumerate(events, start=2):
        assert isinstance(event, Extracted), event
        done += words(event.article)
        if number * TENTHS // len(articles) > (number - 1) * TENTHS // len(articles):
            memory.append(resident_megabytes())
    return Speed(done / (time.perf_counter() - start), memory or [resident_megabytes()])


def resident_megabytes() -> float:
    """Resident memory of this process and its workers."""
    children = (child.pid for child in multiprocessing.active_children())
    return sum(pages_of(pid) for pid in [os.getpid(), *children] if pid) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def pages_of(pid: int) -> int:
    """Resident pages of a process; 0 where there is no /proc."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


def share_of_sessions(articles: list[Article]) -> float:
    """The share of the time, in one process, that the ONNX sessions themselves take."""
    from quotecheck.pipeline.attribution import Attributor
    from quotecheck.pipeline.encoder import Encoder

    spent = 0.0

    def timed(run: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any) -> Any:
            nonlocal spent
            start = time.perf_counter()
            outputs = run(*arguments)
            spent += time.perf_counter() - start
            return outputs

        return measured

    nlp = quotecheck.load()
    quotecheck.extract(articles[0], nlp=nlp)
    with (
        mock.patch.object(Encoder, "run", timed(Encoder.run)),
        mock.patch.object(Attributor, "run", timed(Attributor.run)),
    ):
        start = time.perf_counter()
        for article in articles[1:]:
            quotecheck.extract(article, nlp=nlp)
        return spent / (time.perf_counter() - start)


def parts(articles: list[Article]) -> tuple[float, float]:
    """Words per second of processor time, of the component of the attributions alone and of the whole pipeline.

    Both read each article in turn, so that what else the machine does burdens both alike.
    """
    whole = quotecheck.load()
    others = [name for name in whole.pipe_names if name != "quotecheck"]
    alone = spacy.load(quotecheck.model_path(), exclude=others)
    spent = [0.0, 0.0]
    for article in articles:
        for number, nlp in enumerate((alone, whole)):
            start = time.process_time()
            quotecheck.extract(article, nlp=nlp)
            # The first article loads what is loaded when first needed.
            spent[number] += time.process_time() - start if article is not articles[0] else 0.0
    done = sum(map(words, articles[1:]))
    return done / spent[0], done / spent[1]


if __name__ == "__main__":
    main()
