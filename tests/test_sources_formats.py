"""Web pages, tables, web archives, feeds, documents and archives, as a newsroom has them."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from format_samples import ATOM, PAGE, PAGE_TEXT, RSS, docx, mhtml, pdf, tarred, warc, zipped

from quotecheck.errors import InputError
from quotecheck.sources import plan, read
from quotecheck.sources.isolation import IsolatedParser
from quotecheck.sources.source import Document
from quotecheck.types import Article


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def outcomes(path: Path, **columns: str) -> list[tuple[str, str]]:
    """Each result as (what its reference adds to the path, text or reason)."""
    return [
        (one.source_ref.removeprefix(str(path)), one.text if isinstance(one, Article) else one.reason)
        for one in read([path], columns=columns)
    ]


# Web pages


def test_a_web_page_keeps_its_words_its_marks_and_what_it_declares(tmp_path: Path) -> None:
    path = written(tmp_path / "ferry.html", PAGE)
    assert list(read([path])) == [
        Article(
            text=PAGE_TEXT,
            source_ref=str(path),
            reader="html",
            raw_sha256=sha256(PAGE.encode()),
            title="Ferry to sail again",
            url="https://gazette.example/ferry",
            outlet="Harbour Gazette",
            author="Ana Ruiz",
            published_raw="2025-03-03T08:00:00+01:00",
            published_at="2025-03-03T08:00:00+01:00",
        )
    ]


def test_date_and_outlet_are_declared_or_unknown(tmp_path: Path) -> None:
    bare = PAGE.replace("og:site_name", "x").replace("article:published_time", "x")
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2025-03-05", '
        '"publisher": {"name": "The Lamp"}}]}</script></head>'
    )
    pages = [bare, bare.replace("</head>", linked), bare.replace("</head>", linked[:-30] + "</script></head>")]
    found = [article for n, page in enumerate(pages) for article in read([written(tmp_path / f"{n}.html", page)])]
    assert [isinstance(one, Article) and (one.published_at, one.outlet) for one in found] == [
        (None, None), ("2025-03-05", "The Lamp"), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoded", "warnings"),
    [
        (PAGE.encode("utf-8-sig"), ()),
        (PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252"), ()),
        (PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252"), ()),
        (PAGE.replace("<head>", '<head><meta charset="windows-1251">').encode(), ()),
        (PAGE.encode("cp1252"), ("encoding_guessed",)),
        (PAGE.encode("utf-16"), ()),
    ],
)
def test_what_a_page_declares_counts_where_it_is_not_utf8(
    tmp_path: Path, encoded: bytes, warnings: tuple[str, ...]
) -> None:
    (article,) = read([written(tmp_path / "ferry.htm", encoded)])
    assert isinstance(article, Article)
    assert (article.text, article.warnings) == (PAGE_TEXT, warnings)


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    (article,) = read([written(tmp_path / "ferry.mhtml", mhtml(PAGE))])
    assert isinstance(article, Article)
    assert (article.text, article.url) == (PAGE_TEXT, "https://gazette.example/saved")
    assert article.retrieved_at == "2025-03-04T05:06:07+00:00"


def test_a_page_that_hangs_the_parser_is_given_up_and_the_next_one_is_read(tmp_path: Path) -> None:
    attributes = " ".join(f"a{n}=x" for n in range(60_000))
    parse = IsolatedParser(seconds=2)
    hostile = Document(f"<html><body><p {attributes}>No.</p></body></html>".encode(), "hostile.html", "")
    (given_up,) = parse("html", hostile)
    (article,) = parse("html", Document(PAGE.encode(), "ferry.html", ""))
    parse.close()
    assert isinstance(given_up, InputError) and isinstance(article, Article)
    assert (given_up.reason, article.text) == ("timeout", PAGE_TEXT)


def test_a_page_reads_no_file_of_ours(tmp_path: Path) -> None:
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + PAGE.replace("pilots", "pilots &x; ")
    (article,) = read([written(tmp_path / "a.html", entity)])
    assert isinstance(article, Article)
    assert "root:" not in article.text and "pilots &x;" in article.text


# Tables

ROWS = 'id,headline,body,date,link,byline\n7,Ferry,"He said ""no"".\nHe left.",2025-03-03,https://g.example/1,Ana\n'


def test_a_row_is_an_article(tmp_path: Path) -> None:
    path = written(tmp_path / "desk.csv", ROWS)
    assert list(read([path])) == [
        Article(
            text='He said "no".\nHe left.',
            source_ref=f"{path}:3",
            reader="table",
            raw_sha256=sha256(ROWS.split("\n", 1)[1].encode()),
            id="7",
            title="Ferry",
            url="https://g.example/1",
            author="Ana",
            published_raw="2025-03-03",
            published_at="2025-03-03",
        )
    ]


TABLES = {
    "semicolons": (b"text;title\nHe said no.;Ferry\n", {}, [(":2", "He said no.")]),
    "tabs": (b"title\ttext\r\nFerry\tHe, the mate, said no.\r\n", {}, [(":2", "He, the mate, said no.")]),
    "columns named by the user": (b"a,b\nHe said no.,x\n", {"text": "a", "title": "b"}, [(":2", "He said no.")]),
    "UTF-8 with mark": (b"\xef\xbb\xbftext\nNo.\n", {}, [(":2", "No.")]),
    "UTF-16": ("text\tn\n“No.”\t1\n".encode("utf-16"), {}, [(":2", "“No.”")]),
    "Windows-1252": ("text,n\n“No,” said Muñoz.,1\n".encode("cp1252"), {}, [(":2", "bad_row")]),
    "Windows-1252, quoted": ('text\n"“No,” said Muñoz."\n'.encode("cp1252"), {}, [(":2", "“No,” said Muñoz.")]),
    "blank rows": (b"text\n\nNo.\n\n", {}, [(":3", "No.")]),
    "an empty cell": (b"text,n\n,1\nNo.,2\n", {}, [(":2", "empty"), (":3", "No.")]),
    "a ragged row": (b"text,n\nNo.,1,2\nYes.,3\n", {}, [(":2", "bad_row"), (":3", "Yes.")]),
    "a column twice": (b"text,text\nNo.,Yes.\n", {}, [("", "bad_header")]),
    "no column of text": (b"title,n\nFerry,1\n", {}, [("", "bad_header")]),
    "a column that is not there": (b"a,b\nNo.,x\n", {"text": "c"}, [("", "bad_header")]),
    "a cell that never ends": (b'text\nNo.\n"Yes.\nNo.\n', {}, [(":2", "No."), ("", "bad_csv")]),
    "words after a cell's end": (b'text\nNo.\n"Yes" he said\nNo.\n', {}, [(":2", "No."), ("", "bad_csv")]),
    "a long cell": (b"text\n" + b"a" * 1_000_000 + b"\n", {}, [(":2", "a" * 1_000_000)]),
    "a cell that is too long": (b"text\n" + b"a" * 5_000_001 + b"\nNo.\n", {}, [(":2", "too_large"), (":3", "No.")]),
    "nothing": (b"", {}, [("", "empty")]),
    "bytes of no encoding": (b"text\nNo.\n\xff\xfe\xfd\xfc\nYes.\n", {}, [(":2", "No."), (":3", "bad_encoding")]),
}


@pytest.mark.parametrize(("content", "columns", "expected"), TABLES.values(), ids=TABLES)
def test_tables(tmp_path: Path, content: bytes, columns: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert outcomes(written(tmp_path / "desk.csv", content), **columns) == expected


def test_columns_may_be_named_for_records_too(tmp_path: Path) -> None:
    lines = written(tmp_path / "a.json", '{"body": "No.", "headline": "Ferry"}\n')
    (article,) = read([lines], columns={"text": "body", "title": "headline"})
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("No.", "Ferry")


# Web archives


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive(tmp_path: Path, packed: bool) -> None:
    raw = warc(("https://g.example/1", PAGE.encode()), ("https://g.example/2", b"<p>no text</p>" * 0), gzip=packed)
    path = written(tmp_path / ("g.warc.gz" if packed else "g.warc"), raw)
    article, empty = read([path])
    assert isinstance(article, Article) and isinstance(empty, InputError)
    assert (article.text, article.url, article.retrieved_at, article.source_ref, article.raw_sha256) == (
        PAGE_TEXT, "https://g.example/1", "2025-03-04T05:06:07+00:00", f"{path}#1", sha256(PAGE.encode()),
    )  # fmt: skip
    assert (empty.source_ref, empty.reason) == (f"{path}#2", "no_text")


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    picture = warc(("https://g.example/1.png", b"\x89PNG"), headers={"Content-Type": "image/png"})
    assert outcomes(written(tmp_path / "g.warc.gz", picture)) == []


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_was_cut_off_keeps_the_pages_before(tmp_path: Path, packed: bool) -> None:
    pages = [(f"https://g.example/{n}", (PAGE + "<p>filler</p>" * 4000).encode()) for n in range(2)]
    raw = warc(*pages, gzip=packed)
    path = written(tmp_path / ("g.warc.gz" if packed else "g.warc"), raw[: len(raw) - len(raw) // 6])
    first, second = outcomes(path)
    assert (first[0], second) == ("#1", ("#2", "truncated"))


BAD_ARCHIVES = {
    "packed as a whole": (gzip.compress(warc(("https://g.example/1", b"x"), ("https://g.example/2", b"y"), gzip=False)),
                          "bad_warc"),
    "a page": (PAGE.encode(), "bad_warc"),
    "empty": (b"", "empty"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "reason"), BAD_ARCHIVES.values(), ids=BAD_ARCHIVES)
def test_what_is_no_web_archive(tmp_path: Path, raw: bytes, reason: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes(written(tmp_path / "g.warc", raw))[-1] == ("", reason)
    assert capfd.readouterr() == ("", "")


def test_a_false_length_is_noticed_and_prints_no_words_of_the_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    raw = warc(("https://g.example/1", PAGE.encode()), ("https://g.example/2", PAGE.encode()), gzip=False)
    length = str(len(raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n\r\nWARC")[0])).encode()
    path = written(tmp_path / "g.warc", raw.replace(b"Content-Length: " + length, b"Content-Length: 300", 1))
    assert outcomes(path)[-1] == ("", "bad_warc")
    assert capfd.readouterr() == ("", "")


# Feeds


def test_the_entries_of_a_feed(tmp_path: Path) -> None:
    path = written(tmp_path / "gazette.rss", RSS)
    article, nothing = read([path])
    assert article == Article(
        text="The mate said “no”.\n\nHe left.",
        source_ref=f"{path}#1",
        reader="feed",
        raw_sha256=sha256(RSS.encode()),
        title="Ferry to sail",
        url="https://gazette.example/ferry",
        outlet="Harbour Gazette",
        author="Ana Ruiz",
        categories=("COAST",),
        published_raw="Mon, 03 Mar 2025 08:00:00 GMT",
        published_at="2025-03-03T08:00:00+00:00",
    )
    assert isinstance(nothing, InputError)
    assert (nothing.source_ref, nothing.reason) == (f"{path}#2", "empty")


def test_an_atom_feed_with_plain_text(tmp_path: Path) -> None:
    (article,) = read([written(tmp_path / "gazette.atom", ATOM)])
    assert isinstance(article, Article)
    assert (article.text, article.id, article.published_at) == (
        "The mate said <no>.", "urn:ferry:1", "2025-03-03T08:00:00+00:00",
    )  # fmt: skip


def test_xml_that_is_no_feed(tmp_path: Path) -> None:
    assert outcomes(written(tmp_path / "data.xml", "<data><ferry/></data>")) == [("", "unsupported")]


# Documents


def test_a_word_document(tmp_path: Path) -> None:
    path = written(tmp_path / "ferry.docx", docx("Ferry to sail", "“No,” said the mate."))
    (article,) = read([path])
    assert isinstance(article, Article)
    assert (article.text, article.reader, article.title, article.author) == (
        "Ferry to sail\n“No,” said the mate.", "docx", "Ferry to sail", "Ana Ruiz",
    )  # fmt: skip


def test_a_pdf_document(tmp_path: Path) -> None:
    (article,) = read([written(tmp_path / "ferry.pdf", pdf("The mate said no.", "He left."))])
    assert isinstance(article, Article)
    assert (article.text, article.reader, article.title) == ("The mate said no.\nHe left.", "pdf", "Ferry to sail")


BAD_DOCUMENTS = {
    "a PDF without text": ("a.pdf", pdf(), "no_text"),
    "half a PDF": ("a.pdf", pdf("No.")[:200], "corrupt"),
    "no PDF": ("a.pdf", b"No.", "corrupt"),
    "half a Word document": ("a.docx", docx("No.")[:3000], "corrupt"),
    "a zip archive": ("a.docx", zipped({"a.txt": b"No."}), "corrupt"),
    "a Word document without words": ("a.docx", docx(), "no_text"),
    "a Word document that expands": ("a.docx", zipped({"word/document.xml": b" " * 21_000_000}), "too_large"),
}


@pytest.mark.parametrize(("name", "content", "reason"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_documents_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert outcomes(written(tmp_path / name, content)) == [("", reason)]


# Archives

MEMBERS = {
    "day/a.txt": b"We sail.",
    "b.html.gz": gzip.compress(PAGE.encode()),
    "c.jsonl": b'{"text": "One"}\n{\n',
    "../../d.txt": b"Out?",
    "e.png": b"\x89PNG",
    ".hidden.txt": b"hidden",
    "__MACOSX/a.txt": b"hidden",
    "f.zip": zipped({"g.txt": b"Deep."}),
}
MEMBER_OUTCOMES = [
    ("!/day/a.txt", "We sail."), ("!/b.html.gz", PAGE_TEXT), ("!/c.jsonl:1", "One"), ("!/c.jsonl:2", "bad_json"),
    ("!/../../d.txt", "Out?"), ("!/f.zip", "unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar.gz", tarred(MEMBERS, "w:gz")),
        ("a.tgz", tarred(MEMBERS, "w:gz")),
        ("a.tar.xz", tarred(MEMBERS, "w:xz")),
    ],
)
def test_the_members_of_an_archive_are_read_and_nothing_is_unpacked(tmp_path: Path, name: str, raw: bytes) -> None:
    assert outcomes(written(tmp_path / name, raw)) == MEMBER_OUTCOMES
    assert [path.name for path in tmp_path.iterdir()] == [name]


BAD_ZIPS = {
    "a bomb": (zipped({"a.txt": b" " * 60_000_000}), [("", "too_large")]),
    "a bomb in a tar": (gzip.compress(tarred({"a.txt": b" " * 60_000_000})), [("", "too_large")]),
    "cut off": (zipped({"a.txt": b"No."})[:-10], [("", "corrupt")]),
    "a damaged member": (zipped({"a.txt": b"He said no, and no again."}).replace(b"\xf3H", b"\xf3I", 1),
                         [("!/a.txt", "corrupt")]),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), BAD_ZIPS.values(), ids=BAD_ZIPS)
def test_archives_that_are_not_as_they_should_be(tmp_path: Path, raw: bytes, expected: list[tuple[str, str]]) -> None:
    name = "a.tgz" if raw.startswith(b"\x1f\x8b") else "a.zip"
    assert outcomes(written(tmp_path / name, raw)) == expected


def test_a_plan_names_the_reader_of_every_file_and_opens_none(tmp_path: Path) -> None:
    for name in ["a.txt", "b.html", "c.csv", "d.warc.gz", "e.unknown", "f.rtf"]:
        written(tmp_path / name, "x").chmod(0)
    (tmp_path / "g.txt").symlink_to(tmp_path / "a.txt")
    planned = [
        (one.source_ref, one.reason) if isinstance(one, InputError) else one
        for one in plan([tmp_path, tmp_path / "e.unknown", tmp_path / "f.rtf", "-"])
    ]
    assert [(Path(ref).name, what) for ref, what in planned] == [
        ("a.txt", "text"), ("b.html", "html"), ("c.csv", "table"), ("d.warc.gz", "warc"), ("g.txt", "symlink"),
        ("e.unknown", "text"), ("f.rtf", "unsupported"), ("-", "standard input"),
    ]  # fmt: skip


def test_a_control_character_inside_a_quotation_of_a_page(tmp_path: Path) -> None:
    (article,) = read([written(tmp_path / "ferry.html", PAGE.replace("the ferry will", "\x07the ferry will"))])
    assert isinstance(article, Article)
    assert article.text == PAGE_TEXT.replace("the ferry will", "\ufffdthe ferry will")


@pytest.mark.parametrize("place", [5, 200, 2000, 9000])
def test_a_damaged_word_document_is_named_so(tmp_path: Path, place: int) -> None:
    raw = bytearray(docx("No.", "Yes."))
    del raw[place : place + 30]
    assert outcomes(written(tmp_path / "a.docx", bytes(raw))) == [("", "corrupt")]


def test_a_page_whose_record_does_not_say_its_length(tmp_path: Path) -> None:
    raw = warc(("https://g.example/1", PAGE.encode()), gzip=False)
    head, rest = raw.split(b"\r\n\r\n", 1)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    results = list(read([written(tmp_path / "g.warc", b"\r\n".join(lines) + b"\r\n\r\n" + rest)]))
    assert [one.reason for one in results if isinstance(one, InputError)] in ([], ["empty"], ["bad_warc"])


def test_a_library_that_fails_ends_no_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise LookupError("words of the article")

    monkeypatch.setattr("quotecheck.sources.warc._document", fail)
    bad = written(tmp_path / "a.warc", warc(("https://g.example/1", PAGE.encode()), gzip=False))
    error, article = read([bad, written(tmp_path / "b.txt", "No.")])
    assert isinstance(error, InputError) and isinstance(article, Article)
    assert (error.reason, "words of the article" in str(error)) == ("error", False)
