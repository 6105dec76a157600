"""What can go wrong, as one small tree. Every message names the file, the place and the remedy."""

from __future__ import annotations


class QuotecheckError(Exception):
    """Base of every error that quotecheck raises on purpose."""


class InputError(QuotecheckError):
    """One input cannot be read; the rest of a batch goes on.

    `source_ref` says which input, `reason` is a stable code (`not_found`, `bad_encoding`, `bad_json`, …). `message`
    says what is wrong and, after a semicolon, what to do about it.
    """

    def __init__(self, source_ref: str, reason: str, message: str) -> None:
        super().__init__(source_ref, reason, message)
        self.source_ref = source_ref
        self.reason = reason
        self.message = message

    @property
    def what(self) -> str:
        """What is wrong."""
        return self.message.partition("; ")[0]

    @property
    def remedy(self) -> str | None:
        """What to do about it, if the message says so."""
        return self.message.partition("; ")[2] or None

    def __str__(self) -> str:
        return f"{self.source_ref}: {self.message}"


class ModelError(QuotecheckError):
    """The pipeline's files are missing, damaged or of another version."""


class StoreError(QuotecheckError):
    """The database cannot be opened, written or understood."""


class ConflictError(StoreError):
    """Somebody else changed the claim since it was shown."""


class ExportError(QuotecheckError):
    """An export or its proof cannot be made."""
