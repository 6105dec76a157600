"""Whatever characters an article holds, its text comes back as promised."""

import json
import re
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.sources import read
from quotecheck.types import Article

ANY = st.text(st.characters(codec="utf-8"), max_size=50)
ANY_WITH_SURROGATES = st.text(st.characters(exclude_categories=[]), max_size=50)


def read_as(name: str, raw: bytes) -> Article | InputError:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        (result,) = read([path])
        return result


def promised(text: str) -> str:
    """NUL and lone surrogates replaced, one for one; all else as it was. Nothing but space is no article."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text) if text.strip() else "empty"


def outcome(result: Article | InputError) -> str:
    return result.text if isinstance(result, Article) else result.reason


@settings(max_examples=60, deadline=None)
@given(ANY)
@example("\r\nShe said\rno\u2028\x00\x85\n")
@example("\nText:\nTitle: not a header\n")
@example("\ufeffNo.")
def test_under_a_header(text: str) -> None:
    raw = f"Published Time: 2022-01-26\nTitle: Ferry\nText: \n{text}".encode()
    assert outcome(read_as("ferry.txt", raw)) == promised(text)


@settings(max_examples=60, deadline=None)
@given(ANY)
@example("Title: a word\r\nText messages\x00")
def test_as_plain_text(text: str) -> None:
    # The mark says UTF-8, and goes; without it a text that itself begins with one would lose it.
    raw = b"\xef\xbb\xbf" + text.encode()
    assert outcome(read_as("note.txt", raw)) == promised(text)


@settings(max_examples=60, deadline=None)
@given(ANY_WITH_SURROGATES, st.booleans())
@example("\ud800 she said \udc00", False)
@example("\u2028\u2029\x85\x0b\x1c one line", True)
def test_as_a_record(text: str, ascii_only: bool) -> None:
    line = json.dumps({"text": text}, ensure_ascii=ascii_only or bool(re.search("[\ud800-\udfff]", text)))
    # Adjacent halves make one character again when JSON is read.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert outcome(read_as("desk.jsonl", line.encode())) == promised(whole)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.jsonl", "a.json", "a.txt.gz", "a.jsonl.xz"]))
def test_no_bytes_raise(raw: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        results = list(read([path]))
    assert all(isinstance(one, Article | InputError) for one in results)
