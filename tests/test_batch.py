"""A batch goes on whatever a single article does to its worker."""

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import batch_works
import pytest
from batch_works import Order

from quotecheck.batch import Failure, supervise
from quotecheck.errors import ModelError


def results(orders: list[Order], workers: int = 2, seconds: float = 20) -> list[str | Failure]:
    outcomes = list(supervise(orders, batch_works.prepare, workers=workers, seconds=lambda order: seconds))
    assert [outcome.job for outcome in outcomes] == orders
    return [outcome.result for outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_articles(workers: int) -> None:
    orders = [("slow" if n % 4 == 0 else "echo", str(n)) for n in range(12)]
    assert results(orders, workers) == [f"{action} {word}" for action, word in orders]


def test_articles_whose_result_is_known_keep_their_place() -> None:
    outcomes = supervise(
        [("echo", "a"), ("done", "b"), ("echo", "c")],
        batch_works.prepare,
        workers=2,
        seconds=lambda order: 20,
        known=lambda order: "unchanged" if order[0] == "done" else None,
    )
    assert [outcome.result for outcome in outcomes] == ["echo a", "unchanged", "echo c"]


def test_a_batch_whose_input_ends_late_ends() -> None:
    def slow() -> Iterator[Order]:
        for word in "abc":
            time.sleep(0.5)
            yield ("echo", word)
        time.sleep(0.5)

    outcomes = supervise(slow(), batch_works.prepare, workers=1, seconds=lambda order: 20)
    assert [outcome.result for outcome in outcomes] == ["echo a", "echo b", "echo c"]


def test_an_empty_batch_starts_no_worker() -> None:
    assert list(supervise([], batch_works.prepare_and_die, workers=2, seconds=lambda order: 1)) == []


@pytest.mark.parametrize(
    ("poison", "failure"),
    [
        (("raise", "no such cue"), Failure("error", "ValueError: no such cue")),
        (("die", ""), Failure("crash", "the worker process died twice (exit code -9)")),
        (("hang", ""), Failure("timeout", "took longer than 1 seconds, twice")),
    ],
)
def test_a_bad_article_is_named_and_the_others_are_read(poison: Order, failure: Failure) -> None:
    assert results([("echo", "a"), poison, ("echo", "b")], seconds=1) == ["echo a", failure, "echo b"]


def test_an_article_whose_worker_was_killed_by_accident_is_read_again(tmp_path: Path) -> None:
    marker = str(tmp_path / "killed")
    assert results([("die once", marker), ("echo", "b")]) == [f"die once {marker}", "echo b"]


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (batch_works.prepare_badly, "ValueError: the encoder's file is damaged"),
        (batch_works.prepare_and_die, "A worker process cannot start"),
    ],
)
def test_a_model_that_cannot_load_ends_the_batch(prepare: object, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        list(supervise([("echo", "a")], prepare, workers=1, seconds=lambda order: 5))  # type: ignore[arg-type]


def test_only_a_few_articles_are_read_ahead() -> None:
    read: list[int] = []

    def endless() -> Iterator[Order]:
        for number in itertools.count():
            read.append(number)
            yield ("echo", str(number))

    outcomes = supervise(endless(), batch_works.prepare, workers=2, seconds=lambda order: 20)
    assert [outcome.result for outcome in itertools.islice(outcomes, 20)] == [f"echo {n}" for n in range(20)]
    assert len(read) <= 20 + 2 * 4


def test_closing_the_batch_ends_its_workers() -> None:
    outcomes = supervise([("pid", "")] * 9, batch_works.report_process, workers=1, seconds=lambda order: 20)
    first = next(outcomes)
    outcomes.close()
    assert isinstance(first.result, int)
    with pytest.raises(ProcessLookupError):
        os.kill(first.result, 0)
