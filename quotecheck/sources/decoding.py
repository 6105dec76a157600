"""Bytes to text: strict, never repaired, never silently guessed."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from quotecheck.errors import InputError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "gzip-compressed (give it the extension .gz)",
    b"\xfd7zXZ\x00": "xz-compressed (give it the extension .xz)",
    b"BZh": "bzip2-compressed",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"GIF89a": "a picture",
    b"SQLite format 3\x00": "a SQLite database",
}
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3}")
_UTF8_LATIN_PAIR = re.compile(rb"[\xc2\xc3][\x80-\xbf]")


class Decoded(NamedTuple):
    """A decoded text and the stable codes of what is odd about its encoding."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes, source_ref: str, declared: str | None = None) -> Decoded:
    """The text of `raw` without its byte order mark, otherwise character for character.

    UTF-8, UTF-16 and UTF-32 are certain; then comes the encoding that the input itself declares, if any; Windows-1252
    is tried last, only where it is plausible, and flagged `encoding_guessed`. Raises InputError `binary` or
    `bad_encoding` (with the offset of the first bad byte).
    """
    _refuse_signatures(raw, source_ref)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return Decoded(_decode_declared(raw, len(mark), encoding, source_ref))
    if utf16 := _utf16_without_mark(raw):
        return Decoded(_decode_declared(raw, 0, utf16, source_ref), ("utf16_no_bom",))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        bad_byte = error.start
    else:
        if len(raw) >= 64 and _control_share(raw) > 0.1:
            raise InputError(source_ref, "binary", _not_text("mostly control characters"))
        return Decoded(text)
    if declared is not None and (as_declared := _decode_as(declared, raw)) is not None:
        return Decoded(as_declared)
    return _decode_windows_1252(raw, bad_byte, source_ref)


def decode_line(raw: bytes, source_ref: str) -> Decoded:
    """The text of one line of a file: UTF-8, else Windows-1252 where plausible. Raises InputError like `decode`."""
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _decode_windows_1252(raw, error.start, source_ref)


def has_wide_mark(raw: bytes) -> bool:
    """Whether `raw` begins with the byte order mark of UTF-16 or UTF-32."""
    return raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))


def _decode_as(encoding: str, raw: bytes) -> str | None:
    """`raw` in a declared encoding, or None if there is no such encoding of text or it is not what was declared."""
    try:
        # A page that declares Latin-1 means Windows-1252: so every browser reads it.
        name = codecs.lookup(encoding).name
        return str(raw, "cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _refuse_signatures(raw: bytes, source_ref: str) -> None:
    for signature, what in _SIGNATURES.items():
        if raw.startswith(signature):
            raise InputError(source_ref, "binary", _not_text(what))


def _decode_declared(raw: bytes, start: int, encoding: str, source_ref: str) -> str:
    # A lone surrogate in UTF-16 is one damaged character, not a damaged file: it is replaced later.
    errors = "strict" if encoding == "utf-8" else "surrogatepass"
    try:
        return raw[start:].decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise _bad_encoding(source_ref, encoding.upper(), start + error.start) from None


def _utf16_without_mark(raw: bytes) -> str | None:
    half = len(raw) // 2
    if half < 8 or len(raw) % 2:
        return None
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if even == 0 and odd >= 0.8 * half:
        return "utf-16-le"
    if odd == 0 and even >= 0.8 * half:
        return "utf-16-be"
    return None


def _decode_windows_1252(raw: bytes, bad_byte: int, source_ref: str) -> Decoded:
    if b"\x00" in raw or _control_share(raw) > 0.02:
        raise InputError(source_ref, "binary", _not_text("not readable in any text encoding"))
    high = len(raw) - len(raw.translate(None, bytes(range(128, 256))))
    # Runs of high bytes are another alphabet; UTF-8 pairs among them mean two encodings in one file.
    if high >= 0.2 * len(raw) or _HIGH_RUN.search(raw) or _UTF8_LATIN_PAIR.search(raw):
        raise _bad_encoding(source_ref, "UTF-8", bad_byte)
    try:
        return Decoded(raw.decode("cp1252"), ("encoding_guessed",))
    except UnicodeDecodeError:
        raise _bad_encoding(source_ref, "UTF-8", bad_byte) from None


def _control_share(raw: bytes) -> float:
    return 1 - len(raw.translate(None, _CONTROL_BYTES)) / max(1, len(raw))


def _bad_encoding(source_ref: str, encoding: str, byte: int) -> InputError:
    return InputError(
        source_ref, "bad_encoding", f"not valid {encoding} at byte {byte}; save it as UTF-8 and try again"
    )


def _not_text(what: str) -> str:
    return f"not a text file: {what}; save the article's words as a UTF-8 .txt file"
