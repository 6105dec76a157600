"""Work in several processes that may hang or die without taking the batch along."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Generic, Literal

from quotecheck.errors import ModelError
from quotecheck.processes import Done, Failed, Job, Message, Prepare, Ready, Result, Unfit, WorkerProcess

LOADING_SECONDS = 300.0
"""How long a worker may take to load; far above what a slow disk needs, it only catches a hang."""
LOADING_ATTEMPTS = 3
LOOKAHEAD = 4
"""How many jobs per worker may be read ahead of the oldest unfinished one; this bounds the memory."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job has no result: its worker died twice, was too slow twice, or the work raised."""

    reason: Literal["crash", "timeout", "error"]
    message: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Job, Result]):
    """A job and what became of it."""

    job: Job
    result: Result | Failure


@dataclass(slots=True)
class _Ticket(Generic[Job, Result]):
    job: Job
    attempts: int = 0
    result: Result | Failure | None = None


def supervise(
    jobs: Iterable[Job],
    prepare: Prepare[Job, Result],
    *,
    workers: int,
    seconds: Callable[[Job], float],
    known: Callable[[Job], Result | None] = lambda job: None,
) -> Generator[Outcome[Job, Result]]:
    """Yield the outcome of every job, in the order of the jobs, whatever the number of workers.

    `prepare` is called once in every worker and returns the work; `seconds(job)` is how long a job may take;
    `known(job)` is its result if that is known without work. A job whose worker dies or is too slow is tried once
    more with no other job running, then given up. Workers are started as they are needed; closing the iterator
    ends them. Raises ModelError if a worker cannot load.
    """
    supervisor = _Supervisor(prepare, workers, seconds, known)
    try:
        yield from supervisor.outcomes(iter(jobs))
    finally:
        supervisor.stop()


class _Supervisor(Generic[Job, Result]):
    """The state of one batch: jobs in input order, those not yet handed out, and the workers."""

    def __init__(
        self,
        prepare: Prepare[Job, Result],
        workers: int,
        seconds: Callable[[Job], float],
        known: Callable[[Job], Result | None],
    ) -> None:
        self.prepare = prepare
        self.size = workers
        self.seconds = seconds
        self.known = known
        self.tickets: deque[_Ticket[Job, Result]] = deque()
        self.waiting: deque[_Ticket[Job, Result]] = deque()
        self.pool: list[WorkerProcess[_Ticket[Job, Result]]] = []
        self.failed_starts = 0

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome[Job, Result]]:
        """Read ahead by one job at a time, so that a slow input never holds back a finished result for long."""
        more = True
        while more or self.tickets:
            reading = more and len(self.tickets) < self.size * LOOKAHEAD
            if reading:
                more = self._read(jobs)
            self._hand_out()
            self._listen(block=bool(self.tickets) and not (reading and more))
            yield from self._finished()

    def stop(self) -> None:
        """End every worker."""
        while self.pool:
            self.pool.pop().end()

    def _finished(self) -> Iterator[Outcome[Job, Result]]:
        while self.tickets and (result := self.tickets[0].result) is not None:
            yield Outcome(self.tickets.popleft().job, result)

    def _read(self, jobs: Iterator[Job]) -> bool:
        for job in jobs:
            ticket: _Ticket[Job, Result] = _Ticket(job, result=self.known(job))
            self.tickets.append(ticket)
            if ticket.result is None:
                self.waiting.append(ticket)
            return True
        return False

    def _hand_out(self) -> None:
        for process in self.pool:
            if process.idle and self._may_start_next():
                ticket = self.waiting.popleft()
                process.send(ticket, ticket.job, seconds=self.seconds(ticket.job))
        loading = sum(not process.ready for process in self.pool)
        if len(self.pool) < self.size and len(self.waiting) > loading:
            self.pool.append(WorkerProcess(self.prepare, loading_seconds=LOADING_SECONDS))

    def _may_start_next(self) -> bool:
        """A second attempt runs alone: what killed the first may have been memory that others held."""
        running = [process.ticket for process in self.pool if process.ticket is not None]
        if not self.waiting or any(ticket.attempts for ticket in running):
            return False
        return not (self.waiting[0].attempts and running)

    def _listen(self, *, block: bool) -> None:
        if not self.pool:
            return
        until = min(process.deadline for process in self.pool)
        patience = None if until == float("inf") else max(0.0, until - time.monotonic())
        heard = wait([process.connection for process in self.pool], patience if block else 0)
        for process in [process for process in self.pool if process.connection in heard]:
            self._hear(process)
        for process in [process for process in self.pool if process.deadline < time.monotonic()]:
            self._replace(process, "timeout")

    def _hear(self, process: WorkerProcess[_Ticket[Job, Result]]) -> None:
        answer: Message[Result] | None = process.receive()
        match answer:
            case None:
                self._replace(process, "crash")
            case Unfit(message):
                raise ModelError(message)
            case Ready():
                process.ready = True
                self.failed_starts = 0
            case Done(result):
                self._settle(process, result)
            case Failed(message):
                self._settle(process, Failure("error", message))

    def _settle(self, process: WorkerProcess[_Ticket[Job, Result]], result: Result | Failure) -> None:
        if process.ticket is not None:
            process.ticket.result = result
            process.ticket = None

    def _replace(self, process: WorkerProcess[_Ticket[Job, Result]], reason: Literal["crash", "timeout"]) -> None:
        """Drop a dead or late worker; the next hand-out starts another."""
        self.pool.remove(process)
        code = process.end(patience=1.0 if reason == "crash" else 0.0)
        ticket = process.ticket
        if ticket is None:
            self._count_failed_start(process, reason, code)
        elif ticket.attempts:
            ticket.result = Failure(reason, _explain(reason, code, self.seconds(ticket.job)))
        else:
            ticket.attempts += 1
            self.waiting.appendleft(ticket)

    def _count_failed_start(
        self, process: WorkerProcess[_Ticket[Job, Result]], reason: Literal["crash", "timeout"], code: int | None
    ) -> None:
        self.failed_starts += not process.ready
        if self.failed_starts >= LOADING_ATTEMPTS:
            raise ModelError(f"A worker process cannot start: {_explain(reason, code, LOADING_SECONDS)}")


def _explain(reason: Literal["crash", "timeout"], code: int | None, seconds: float) -> str:
    if reason == "timeout":
        return f"took longer than {seconds:.0f} seconds, twice"
    return f"the worker process died twice (exit code {code})"
