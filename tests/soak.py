"""Hostile inputs by the hundred thousand: `python tests/soak.py --inputs 100000 --seed 1`.

Random texts and bytes, made of what has broken readers before, go through every reader, the tokenizer's guard, the
search for quotation marks, the store and an export that is read back. An uncaught exception, a span that is not what
the text says, or a text that comes back otherwise ends it.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from format_samples import ATOM, PAGE, RSS, docx, mhtml, pdf, tarred, warc, zipped
from store_samples import CLAIMS, article, new_run
from store_writer import moved

from quotecheck import quotations
from quotecheck.batch.report import SKIPPED
from quotecheck.errors import InputError
from quotecheck.export import export
from quotecheck.export.guard import guard, unguard
from quotecheck.sources import read
from quotecheck.sources.body import storable
from quotecheck.store import open_database, save_article
from quotecheck.types import Article

if TYPE_CHECKING:
    from spacy.language import Language

PIECES = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "''", "``", "(", ")", "…", "—", ".", "?!", " ", "\n", "\r\n", "\r", "\t",
    "\u2028", "\u0085", "\x0b", "\x00", "\x1b[31m", "\ufeff", "\u202e", "\u200d", "e\u0301", "\U0001f469\u200d",
    "ﬁ", "ß", "İ", "\ud800", "\udfff", "said", "Ana Reyes", "the mayor", "according to", "=1+1", "@SUM", "-", "+", ";",
    ",", "<q>", "</q>", "<script>", "&amp;", "&#0;", "]]>", "{", "}", "[", "]", "\\", "\\u0000", "null", "NaN",
    "Text:", "Title:", "1e999", "漢字", "\u0645\u0631",
]  # fmt: skip
SEEDS = {
    "a.html": PAGE.encode(), "a.mhtml": mhtml(PAGE), "a.rss": RSS.encode(), "a.atom": ATOM.encode(),
    "a.warc": warc(("https://g.example/1", PAGE.encode()), gzip=False),
    "a.warc.gz": warc(("https://g.example/1", b"x")),
    "a.docx": docx("No.", "Yes."), "a.pdf": pdf("No."), "a.zip": zipped({"a.txt": b"No.", "b.html": PAGE.encode()}),
    "a.tar": tarred({"a.txt": b"No."}), "a.csv": b'text,title\n"He said ""no"".",x\n', "a.txt": b"Title: x\nText:\nNo.",
    "a.jsonl": b'{"text": "No."}\n{"text": "Yes."}\n', "a.json": b'[{"text": "No."}]',
}  # fmt: skip
"""A file of every format, to be damaged."""


def words(chance: random.Random, most: int = 60) -> str:
    """A text of pieces that have broken things before."""
    return "".join(chance.choices(PIECES, k=chance.randrange(most)))


def damaged(chance: random.Random, raw: bytes) -> bytes:
    """The bytes with a few of them changed, left out, doubled or cut off."""
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[place : place + 1] = chance.randbytes(1)
            case 1:
                del changed[place : place + chance.randrange(40)]
            case 2:
                changed[place:place] = words(chance, 5).encode("utf-8", "surrogatepass")
            case 3:
                changed = changed[: max(place, len(changed) // 2)]
    return bytes(changed)


def read_files(folder: Path, chance: random.Random, count: int) -> list[str]:
    """What the readers make of damaged files of every format, in one call: the parsing process is started once."""
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for number in range(count):
        name = chance.choice(list(SEEDS))
        (inbox / f"{number:03}{name[1:]}").write_bytes(damaged(chance, SEEDS[name]))
    results = [_checked(result) for result in read([inbox])]
    for path in inbox.iterdir():
        path.unlink()
    return results


def _checked(result: Article | InputError) -> str:
    result.source_ref.encode("utf-8")
    if isinstance(result, InputError):
        assert result.remedy or result.reason in SKIPPED, result.message
        assert result.reason not in ("error", "crash"), result
        return result.reason
    assert result.text.strip() and "\0" not in result.text
    result.text.encode("utf-8")
    return "read"


def check_records(folder: Path, texts: list[str]) -> list[str]:
    """Texts as JSON Lines come back character for character."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (folder / "r.jsonl").write_text(lines, "ascii")
    results = list(read([folder / "r.jsonl"]))
    for text, result in zip(texts, results, strict=True):
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        expected = "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in whole)
        if isinstance(result, Article):
            assert result.text == expected
        else:
            assert not expected.strip(), result
    return [_checked(result) for result in results]


def check_text(nlp: Language, text: str) -> str:
    """Tokens and quotations of a text are stretches of it."""
    from quotecheck.pipeline.tokens import make_doc

    whole = text.encode("utf-8", "replace").decode()
    assert make_doc(nlp, whole).text == whole
    for quotation in quotations.pair(whole):
        assert 0 <= quotation.start < quotation.end <= len(whole)
    cell = guard(whole)
    assert unguard(cell) == whole
    return "text"


def check_store(folder: Path, chance: random.Random, count: int) -> list[str]:
    """Articles with hostile descriptions go in, their claims come out of an export as they were."""
    with closing(open_database(folder / f"{chance.random()}.db")) as db:
        run, expected = new_run(db), []
        for number in range(count):
            said = article(title=words(chance), author=words(chance), outlet=words(chance), id=f"{number}")
            name = storable(words(chance, 6)).strip() or "Ana"  # a speaker's name is a stretch of a stored text
            claims = [replace(moved(CLAIMS[0], said.text, 0), speakers=(replace(CLAIMS[0].speakers[0], name=name),))]
            save_article(db, run, said, claims)
            expected.append(claims[0].content[0].text)
        out = io.BytesIO()
        export(db, out)
        rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
        assert sorted(row["statement"] for row in rows) == sorted(expected)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return ["stored"] * count


def soak(inputs: int, seed: int) -> Counter[str]:
    """Run so many inputs and count what became of them."""
    import spacy  # here, and not in the process that parses and imports this module too

    chance, tally, nlp = random.Random(seed), Counter[str](), spacy.blank("en")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while tally.total() < inputs:
            texts = [words(chance) for _ in range(4_000)]
            tally.update(check_records(folder, texts))
            tally.update(check_text(nlp, text) for text in texts)
            tally.update(read_files(folder, chance, 1_000))
            tally.update(check_store(folder, chance, 100))
            for old in folder.glob("*.db*"):
                old.unlink()
    return tally


def main() -> None:
    """Soak and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begin = time.monotonic()
    tally = soak(options.inputs, options.seed)
    print(f"{tally.total():,} inputs, seed {options.seed}, {time.monotonic() - begin:.0f} s; nothing uncaught")
    print(", ".join(f"{what} {count:,}" for what, count in tally.most_common()))


if __name__ == "__main__":
    main()
