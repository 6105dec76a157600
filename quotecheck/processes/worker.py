"""The child's side of a batch: load once, then answer one job after the other until the parent hangs up."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from quotecheck.errors import ModelError

Job = TypeVar("Job")
Result = TypeVar("Result")

Work = Callable[[Job], Result]
Prepare = Callable[[], Callable[[Job], Result]]
"""Loads what the work needs and returns the work. Must be importable by name: it is pickled to a new process."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has loaded and waits for a job."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """The worker could not load; `message` says why."""

    message: str


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """The job's result."""

    result: Result


@dataclass(frozen=True, slots=True)
class Failed:
    """The work raised; `message` names the exception."""

    message: str


def run(connection: Connection, prepare: Prepare[Job, Result]) -> None:
    """Answer jobs from `connection` until its other end is closed."""
    # On Ctrl-C the parent stops feeding, keeps what is done and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with suppress(BrokenPipeError, ConnectionResetError, EOFError):  # the parent is gone, or wants no more
        _serve(connection, prepare)


def _serve(connection: Connection, prepare: Prepare[Job, Result]) -> None:
    try:
        work = prepare()
    except Exception as error:
        connection.send(Unfit(str(error) if isinstance(error, ModelError) else _describe(error)))
        return
    connection.send(Ready())
    while True:
        connection.send(_answer(work, connection.recv()))


def _answer(work: Work[Job, Result], job: Job) -> Done[Result] | Failed:
    try:
        return Done(work(job))
    except Exception as error:
        return Failed(_describe(error))


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
