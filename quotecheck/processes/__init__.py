"""Child processes that may hang or die: what reads hostile files and what reads articles runs in one."""

from quotecheck.processes.process import Message, WorkerProcess
from quotecheck.processes.worker import Done, Failed, Job, Prepare, Ready, Result, Unfit

__all__ = ["Done", "Failed", "Job", "Message", "Prepare", "Ready", "Result", "Unfit", "WorkerProcess"]
