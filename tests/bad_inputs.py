"""What arrives at a newsroom's desk and should not: a table of inputs and what must become of each.

A row makes its file in an empty folder and names what is read. Outcomes are `ok`, `warn:CODES`, `skipped:CODE` and
`failed:CODE`, in the order in which the articles come.
"""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from format_samples import PAGE, pdf, tarred, warc, zipped

SENTENCE = "“The ferry will sail,” said Ines Okoro, the mayor of Vestby. "
NAMES = "“¿Quién?” asked Inés Muñoz – in the café, for £20m. "
GOOD = b'{"text": "First"}\n'


@dataclass(frozen=True)
class Bad:
    """One input: its number in the list of known trouble, what it is, and how it comes into a folder."""

    number: str
    what: str
    name: str
    make: bytes | Callable[[Path], object]
    outcomes: tuple[str, ...]
    text: str | None = None
    """The first article's text, where it is at stake."""
    seconds: float = 30.0
    """How long parsing may take."""
    named: bool = False
    """Whether the file is named by the user; else it is found in its folder."""

    def written(self, folder: Path) -> Path:
        """Make the input; what is to be read."""
        path = folder / self.name
        if isinstance(self.make, bytes):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.make)
        else:
            self.make(path)
        return path if self.named else folder

    def __str__(self) -> str:
        return f"{self.number} {self.what}"


def text(number: str, what: str, raw: bytes | str, *outcomes: str, **more: str) -> Bad:
    """A row for a text file; given as a string, its text must come back as it is."""
    content = raw.encode() if isinstance(raw, str) else raw
    expected = raw if isinstance(raw, str) and not outcomes[0].startswith(("skipped", "failed")) else None
    return Bad(number, what, "note.txt", content, outcomes, text=more.get("text", expected))


def line(number: str, what: str, raw: bytes, *outcomes: str) -> Bad:
    """A row for a bad line between two good ones."""
    content = GOOD + raw + b"\n" + GOOD.replace(b"First", b"Last")
    return Bad(number, what, "desk.jsonl", content, ("ok", *outcomes, "ok"))


def page(number: str, what: str, markup: str | bytes, *outcomes: str, **more: object) -> Bad:
    """A row for a web page."""
    raw = markup if isinstance(markup, bytes) else markup.encode()
    return Bad(number, what, "page.html", raw, outcomes, **more)  # type: ignore[arg-type]


def loop(path: Path) -> None:
    path.mkdir()
    (path / "again.txt").symlink_to(path)


def outward(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def unreadable(path: Path) -> None:
    # Readable by its permissions, and every read fails: true for root, too.
    path.symlink_to("/proc/self/mem")


def oddly_named(path: Path) -> None:
    Path(os.fsdecode(os.fsencode(path.parent) + b"/caf\xe9\n.txt")).write_text(SENTENCE, "utf-8")


CUT_OFF = warc(("https://g.example/1", PAGE.encode()), ("https://g.example/2", (PAGE * 20).encode()), gzip=False)
PACKED = warc(("https://g.example/1", PAGE.encode()), ("https://g.example/2", os.urandom(90_000).hex().encode()))
NESTED = "<div>" * 5_000 + "</div>" * 5_000
ATTRIBUTES = " ".join(f"a{n}=x" for n in range(60_000))
ENTITIES = (
    '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<html><body><article><p>{SENTENCE * 3}</p><p>&b; &x;</p></article></body></html>"
)
SOUP = f"<html><body><p>{SENTENCE * 3}<p>{SENTENCE}<b><i>Bold</b></i><table><td>x<p></div></span><p>End"

TABLE: tuple[Bad, ...] = (
    text("B01", "nothing", b"", "skipped:empty"),
    text("B02", "a million blanks", b" " * 1_000_000, "skipped:empty"),
    text("B03", "UTF-8 with a mark", b"\xef\xbb\xbf" + SENTENCE.encode(), "ok", text=SENTENCE),
    Bad("B03", "a table with a mark", "a.csv", b"\xef\xbb\xbftext\nNo.\n", ("ok",), text="No."),
    text("B04", "UTF-16, low byte first", SENTENCE.encode("utf-16"), "ok", text=SENTENCE),
    text("B04", "UTF-16, high byte first", b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "ok", text=SENTENCE),
    text("B05", "UTF-16 without a mark", b"She said that we sail. ".decode().encode("utf-16-le"), "warn:utf16_no_bom"),
    text("B06", "UTF-32", SENTENCE.encode("utf-32"), "ok", text=SENTENCE),
    text("B07", "Windows-1252, short", NAMES.encode("cp1252"), "warn:encoding_guessed", text=NAMES),
    text("B08", "Windows-1252, long", (NAMES * 500).encode("cp1252"), "warn:encoding_guessed", text=NAMES * 500),
    text("B09", "Latin-1", "He said no to Muñoz.".encode("latin-1"), "warn:encoding_guessed",
         text="He said no to Muñoz."),
    *(text("B10", encoding, words.encode(encoding), "failed:bad_encoding") for encoding, words in (
        ("koi8-r", "Паром отойдёт утром, сказала мэр."), ("cp1251", "Паром отойдёт утром, сказала мэр."),
        ("shift_jis", "市長は船が出ると述べた。"), ("gb18030", "市长说船会开。"),
    )),
    text("B11", "bytes of no encoding", b"She said \xff\xfe\xfd no.", "failed:bad_encoding"),
    text("B12", "two encodings in one file", (NAMES + "\n").encode() + NAMES.encode("cp1252"), "failed:bad_encoding"),
    text("B13", "mojibake", "â€œNo,â€ he said. â€œNever.â€", "warn:mojibake"),
    text("B14", "NUL", b"The mate\x00 said no.", "warn:replaced_characters", text="The mate\ufffd said no."),
    text("B15", "control characters", "The mate \x1b[1msaid\x07 no.", "warn:control_characters"),
    line("B16", "half a surrogate pair", b'{"text": "No \\ud800."}', "warn:replaced_characters"),
    text("B17", "random bytes", random.Random(1).randbytes(4_000), "failed:binary"),
    text("B17", "a PDF called .txt", pdf("No."), "failed:binary"),
    text("B17", "a picture called .txt", b"\xff\xd8\xff\xe0\x00\x10JFIF", "failed:binary"),
    text("B18", "one line of 50 MB", b"a" * 50_000_000, "failed:too_large"),
    text("B19", "a million and one characters", (SENTENCE * 20_000)[:1_000_001], "ok"),
    text("B20", "200,000 quotation marks", '"' * 200_000, "warn:punctuation_run,long_token,long_sentence"),
    text("B20", "a million brackets", "(" * 1_000_000, "warn:punctuation_run,long_token,long_sentence"),
    text("B21", "10,000 quotations", '"No," he said. ' * 10_000, "ok"),
    text("B22", "one quotation mark", 'He said "no and left.\n\n“Yes,” said Ana.', "warn:unbalanced_quotes"),
    text("B22", "three quotation marks", '"No," he said. "Never.', "warn:unbalanced_quotes"),
    text("B23", "mixed marks", "“No,\" he said.", "warn:unbalanced_quotes"),
    text("B24", "a sentence of 20,000 words", "she said that " * 6_667, "warn:long_sentence"),
    text("B25", "a word of a million letters", "a" * 1_000_000, "warn:long_token,long_sentence"),
    text("B26", "an address of 200,000 characters", "https://g.example/" + "a/b?c&" * 33_000, "warn:long_token"),
    text("B27", "a million line ends", "No." + "\n" * 1_000_000, "ok"),
    text("B28", "characters that turn the line round", "He said \u202eon\u202c.", "warn:bidi_control"),
    text("B28", "Arabic and Hebrew", "قال رئيس البلدية: “نعم”. ראש העיר אמרה לא.", "ok"),
    text("B29", "30,000 families", "👩‍👩‍👧 said no. " * 30_000, "ok"),
    text("B30", "letters and marks apart", "Ine\u0301s said no. " + "e\u0301 " * 20 + ".", "ok"),
    text("B31", "line ends of every kind", "No.\r\nNo.\rNo.\nNo.\u2028No.\u0085No.\x0b\x0c", "ok"),
    line("B31", "a line separator in a record", '{"text": "No.\u2028No."}'.encode(), "ok"),
    page("B32", "tag soup", SOUP, "ok"),
    page("B33", "5,000 boxes in each other", f"<html><body>{NESTED}</body></html>", "skipped:no_text"),
    page("B34", "an element with 60,000 attributes", f"<p {ATTRIBUTES}>No.</p>", "failed:timeout", seconds=2.0),
    page("B35", "entities that grow and reach for files", ENTITIES, "ok"),
    page("B36", "quotations in markup", f"<article><p>{SENTENCE * 3}</p><p>He said <q>no</q>.</p></article>", "ok",
         text=f"{SENTENCE * 3}".strip() + "\n\nHe said “no”."),
    page("B37", "a false charset", PAGE.replace("<head>", '<head><meta charset="koi8-r">'), "ok"),
    page("B37", "no charset", PAGE.encode("cp1252"), "warn:encoding_guessed"),
    page("B38", "no page", "just words", "skipped:no_text"),
    Bad("B39", "a bomb", "a.txt.gz", gzip.compress(b" " * 60_000_000), ("failed:too_large",)),
    Bad("B40", "an archive with a way out and an archive in it", "a.zip",
        zipped({"../../x.txt": b"Out?", "b.zip": zipped({"c.txt": b"No."})}), ("ok", "failed:unsupported")),
    Bad("B40", "a zip bomb", "a.zip", zipped({"a.txt": b" " * 60_000_000}), ("failed:too_large",)),
    Bad("B40", "a tar bomb", "a.tgz", gzip.compress(tarred({"a.txt": b" " * 60_000_000})), ("failed:too_large",)),
    Bad("B41", "a folder with a link to itself", "folder", loop, ("skipped:symlink",)),
    Bad("B42", "a link to nothing", "a.txt", lambda path: path.symlink_to("gone"), ("skipped:symlink",)),
    Bad("B42", "a link out of the folder", "a.txt", outward, ("skipped:symlink",)),
    Bad("B43", "a folder called .txt", "x.txt/y.txt", b"No.", ("ok",), text="No."),
    Bad("B44", "a pipe", "a.txt", os.mkfifo, ("skipped:not_regular",)),
    Bad("B45", "a file that cannot be read", "a.txt", unreadable, ("failed:unreadable",), named=True),
    Bad("B46", "a name with a line end and bytes of no encoding", "x", oddly_named, ("ok",), text=SENTENCE),
    Bad("B48", "a cell of 4 MB", "a.csv", b"text\n" + b"No. " * 1_000_000 + b"\n", ("ok",)),
    Bad("B48", "a cell of 10 MB", "a.csv", b"text\n" + b"a" * 10_000_000 + b"\nNo.\n", ("failed:too_large", "ok")),
    Bad("B49", "a cell that never ends", "a.csv", b'text\nNo.\n"Yes.\nNo.\n', ("ok", "failed:bad_csv")),
    Bad("B50", "a row with too many cells", "a.csv", b"text,n\nNo.,1,2\nYes.,1\n", ("failed:bad_row", "ok")),
    Bad("B50", "two columns of one name", "a.csv", b"text,text\nNo.,Yes.\n", ("failed:bad_header",)),
    line("B51", "half a record", b'{"text": "We sail', "failed:bad_json"),
    line("B52", "100,000 brackets", b"[" * 100_000, "failed:bad_json"),
    line("B53", "no number", b'{"text": "No.", "n": NaN}', "failed:bad_json"),
    line("B53", "a key twice", b'{"text": "No.", "text": "Yes."}', "failed:bad_json"),
    line("B53", "5,000 digits", b'{"text": "No.", "id": ' + b"9" * 5_000 + b"}", "failed:bad_json"),
    line("B54", "no text", b'{"body": "No."}', "failed:bad_record"),
    line("B54", "text that is a number", b'{"text": 5}', "failed:bad_record"),
    Bad("B55", "a web archive that was cut off", "a.warc", CUT_OFF[:-9_000], ("ok", "failed:truncated")),
    Bad("B55", "a packed web archive that was cut off", "a.warc.gz", PACKED[:-40_000], ("ok", "failed:truncated")),
    Bad("B56", "a web archive with a damaged byte", "a.warc.gz", PACKED[:200] + b"\0\0\0" + PACKED[203:],
        ("failed:bad_warc",)),
    Bad("B57", "a web archive packed as a whole", "a.warc.gz", gzip.compress(CUT_OFF), ("ok", "failed:bad_warc")),
    Bad("B58", "an empty web archive", "a.warc.gz", b"", ("skipped:empty",)),
    Bad("B58", "a page called .warc.gz", "a.warc.gz", PAGE.encode(), ("failed:bad_warc",)),
    Bad("B59", "a page of 21 MB", "a.warc.gz", warc(("https://g.example/1", b"<p>No.</p>" * 2_100_000)),
        ("failed:too_large",)),
    Bad("B60", "one article under two names", "a/note.txt",
        lambda path: [path.parent.mkdir(), path.write_text(SENTENCE, "utf-8"),
                      (path.parent / "copy.txt").write_text(SENTENCE, "utf-8")], ("ok", "ok"), text=SENTENCE),
    text("B61", "formulas, markup and SQL", '=HYPERLINK("x") <script>x()</script> \'; DROP TABLE claims;', "ok"),
    line("B63", "a record that is a list", json.dumps(["No."]).encode(), "failed:bad_record"),
)  # fmt: skip
"""Left out: B47 (a file that vanishes) and B62 (a full disk), which are events and have tests of their own."""
