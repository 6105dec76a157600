"""One worker process as its parent sees it: start it, hand it a job, hear from it, end it."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from quotecheck.processes import worker
from quotecheck.processes.worker import Done, Failed, Job, Prepare, Ready, Result, Unfit

Ticket = TypeVar("Ticket")
Message = Ready | Unfit | Done[Result] | Failed

_SPAWN = multiprocessing.get_context("spawn")


class WorkerProcess(Generic[Ticket]):
    """A spawned process with one pipe; `ticket` is what it is working on, None while it loads or waits.

    `deadline` is a time of `time.monotonic()` after which the parent should end it.
    """

    def __init__(self, prepare: Prepare[Job, Result], *, loading_seconds: float) -> None:
        self.connection, child_end = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=worker.run, args=(child_end, prepare), daemon=True)
        with _interrupts_ignored():
            self._process.start()
        # Only the child may hold its end, or its death would not show as the end of the pipe.
        child_end.close()
        self.ready = False
        self.ticket: Ticket | None = None
        self.deadline = time.monotonic() + loading_seconds

    @property
    def idle(self) -> bool:
        """Whether it waits for a job."""
        return self.ready and self.ticket is None

    def send(self, ticket: Ticket, job: object, *, seconds: float) -> None:
        """Hand over a job that must be answered within `seconds`."""
        self.ticket, self.deadline = ticket, time.monotonic() + seconds
        try:
            self.connection.send(job)
        except (BrokenPipeError, ConnectionResetError):
            return  # its death is noticed, and the job retried, when the pipe is read

    def receive(self) -> Message[Any] | None:
        """What the worker says; None if it has died."""
        try:
            message: Message[Any] = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.deadline = float("inf")
        return message

    def end(self, *, patience: float = 0.0) -> int | None:
        """Wait up to `patience` seconds for it to stop by itself, else kill it; its exit code (negative: a signal)."""
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        self.connection.close()
        return self._process.exitcode


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """A child that starts under this inherits the setting, so that Ctrl-C reaches the parent alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
