"""How much a statement is worth checking: a linear score over yes/no questions that anybody can read and change.

The questions and their weights stand in `check_weights.json` beside this module (or in a file of the user's own). The
shape is that of Full Fact's PASTEL; questions and word lists are ours, the weights are fitted by
`training/checkworthy.py`. The score sorts a reading list. It says nothing about truth and hides nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quotecheck.errors import InputError

SHIPPED = Path(__file__).with_name("check_weights.json")
MOST_REASONS = 6
LEAST_WEIGHT = 0.15
"""Answers that weigh less than this are no reason worth showing."""

Ask = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question about a statement's words; `name` is what the reader sees as the reason."""

    name: str
    question: str
    weight: float
    ask: Ask


@dataclass(frozen=True, slots=True)
class Scorer:
    """The questions, and the score's logit where every answer is no; `sha256` names the file they come from."""

    bias: float
    questions: tuple[Question, ...]
    sha256: str

    def score(self, statement: str) -> tuple[float, tuple[str, ...]]:
        """The score from 0 to 100, to one decimal, and the reasons, weightiest first; those against say “: lowers”."""
        yes = [question for question in self.questions if question.ask(statement)]
        logit = self.bias + sum(question.weight for question in yes)
        weighty = sorted((q for q in yes if abs(q.weight) >= LEAST_WEIGHT), key=lambda q: -abs(q.weight))
        reasons = tuple(q.name if q.weight > 0 else f"{q.name}: lowers" for q in weighty[:MOST_REASONS])
        return round(100 / (1 + math.exp(-logit)), 1), reasons


@cache
def load(path: Path = SHIPPED) -> Scorer:
    """The scorer of a file of weights. Raises InputError if it cannot be read or a question cannot be asked."""
    try:
        raw = path.read_bytes()
        record = json.loads(raw)
        questions = tuple(_question(entry) for entry in record["questions"])
        return Scorer(float(record["bias"]), questions, hashlib.sha256(raw).hexdigest())
    except OSError as error:
        raise InputError(str(path), "not_found", f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, re.error) as error:
        message = f"not a file of check weights ({error}); start from a copy of {SHIPPED}"
        raise InputError(str(path), "bad_weights", message) from error


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(str(entry["name"]), str(entry["question"]), float(entry["weight"]), _ask(entry))


def _ask(entry: Mapping[str, Any]) -> Ask:
    """What an entry asks for: one of its `words`, its `pattern` (`"case": true` heeds capitals), or a length."""
    if "words" in entry:
        pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, str(entry["words"]).split())) + r")(?!\w)"
        return _searches(re.compile(pattern, re.IGNORECASE))
    if "pattern" in entry:
        return _searches(re.compile(str(entry["pattern"]), 0 if entry.get("case") else re.IGNORECASE))
    if "at_least_words" in entry:
        least = int(entry["at_least_words"])
        return lambda statement: len(statement.split()) >= least
    most = int(entry["at_most_words"])
    return lambda statement: len(statement.split()) <= most


def _searches(pattern: re.Pattern[str]) -> Ask:
    return lambda statement: pattern.search(statement) is not None
