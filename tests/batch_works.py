"""Works for the supervisor's tests; in a module of their own because a spawned process imports them by name."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

Order = tuple[str, str]
"""What to do, and with which word or file."""


def prepare() -> Callable[[Order], str]:
    return obey


def prepare_badly() -> Callable[[Order], str]:
    raise ValueError("the encoder's file is damaged")


def prepare_and_die() -> Callable[[Order], str]:
    os.kill(os.getpid(), signal.SIGKILL)
    return obey


def obey(order: Order) -> str:
    action, word = order
    if action == "slow":
        time.sleep(0.3)
    if action == "hang":
        time.sleep(3600)
    if action == "raise":
        raise ValueError(word)
    if action == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "die once":
        _die_once(Path(word))
    return f"{action} {word}"


def _die_once(marker: Path) -> None:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def report_process() -> Callable[[Order], int]:
    return lambda order: os.getpid()
