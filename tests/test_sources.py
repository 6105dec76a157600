"""Reading a desk's files: headers, records, folders, patterns, standard input, and everything that goes wrong."""

import gzip
import hashlib
import io
import json
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.sources import read
from quotecheck.sources.body import has_unbalanced_quotes
from quotecheck.types import Article

BODY = '"The ferry will sail," said Ines Okoro.\r\nShe gave no date.\n'
USERS_ARTICLE = Path(__file__).parent.parent.parent / "shared" / "data" / "seeds"


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_one(path: Path) -> Article:
    (article,) = read([path])
    assert isinstance(article, Article), article
    return article


def outcomes(*paths: str | Path, stdin: bytes | None = None) -> list[tuple[str, str]]:
    """Each result as (reference, text or reason)."""
    results = read(paths, stdin=None if stdin is None else io.BytesIO(stdin))
    return [(one.source_ref, one.text if isinstance(one, Article) else one.reason) for one in results]


# The header format


def test_every_field_of_a_header(tmp_path: Path) -> None:
    header = (
        "Published Time: 26 January 2022\nTitle: Ferry to sail again\nCategory 1: COAST; Category 2: TRADE\n"
        "Author: Harbour Gazette\nAuthor title: Shipping editor\nAuthor description: Writes about ships.\n"
        "URL: https://gazette.example/ferry\nOutlet: Harbour Gazette\nText: \n"
    )
    path = written(tmp_path / "ferry.txt", header + BODY)
    assert read_one(path) == Article(
        text=BODY,
        source_ref=str(path),
        reader="header",
        raw_sha256=sha256(path.read_bytes()),
        title="Ferry to sail again",
        url="https://gazette.example/ferry",
        outlet="Harbour Gazette",
        author="Harbour Gazette",
        author_title="Shipping editor",
        author_description="Writes about ships.",
        categories=("COAST", "TRADE"),
        published_raw="26 January 2022",
        published_at="2022-01-26",
    )


EMPTY = {
    "title": None,
    "author": None,
    "author_description": None,
    "categories": (),
    "published_raw": None,
    "warnings": (),
}

HEADERS = {
    "not found is null": (
        "Published Time: Published time Not Found\nTitle: Title not found\nAuthor: Author details not found\nText:\n",
        {},
    ),
    "a headline may end in it": ("Title: Missing trawler not found\nText:\n", {"title": "Missing trawler not found"}),
    "category lines": ("Category 1: COAST\nCategory 2: TRADE\nText:\n", {"categories": ("COAST", "TRADE")}),
    "another order and case": ("AUTHOR: Ana Ruiz\ntitle:  Ferry \nText:\n", {"author": "Ana Ruiz", "title": "Ferry"}),
    "Windows line ends": ("Title: Ferry\r\nAuthor: Ana Ruiz\r\nText:\t \r\n", {"title": "Ferry", "author": "Ana Ruiz"}),
    "blank lines between": ("\nTitle: Ferry\n\nText:\n", {"title": "Ferry"}),
    "repeated: the last that says something": (
        "Title: Ferry\nTitle: Ferry sails\nTitle: Title not found\nText:\n",
        {"title": "Ferry sails", "warnings": ("repeated_field",)},
    ),
    "unknown field": ("Title: Ferry\nReading time: 3 min\nText:\n", {"title": "Ferry", "warnings": ("unknown_field",)}),
    "a description over two lines": (
        "Title: Ferry\nAuthor description: Ana Ruiz writes\non ships.\nText:\n",
        {"title": "Ferry", "author_description": "Ana Ruiz writes on ships."},
    ),
    "words after Text:": ("Title: Ferry\nText: ", {"title": "Ferry"}),
    "an ambiguous date keeps its words": ("Published Time: 03/04/2022\nText:\n", {"published_raw": "03/04/2022"}),
    "nothing but Text:": ("Text:\n", {}),
}  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_is_not_as_it_should_be(tmp_path: Path, header: str, expected: dict[str, object]) -> None:
    article = read_one(written(tmp_path / "ferry.txt", header + BODY))
    assert (article.reader, article.text) == ("header", BODY)
    assert {name: getattr(article, name) for name in EMPTY} == EMPTY | expected


@pytest.mark.parametrize(
    ("line", "outlet", "url"),
    [
        ("Source: Harbour Gazette", "Harbour Gazette", None),
        ("Source: https://gazette.example/1", None, "https://gazette.example/1"),
        ("Source: Wire\nOutlet: Harbour Gazette", "Harbour Gazette", None),
        ("Author: Harbour Gazette", None, None),
    ],
)
def test_the_outlet_is_what_the_header_says_and_never_guessed(
    tmp_path: Path, line: str, outlet: str | None, url: str | None
) -> None:
    article = read_one(written(tmp_path / "ferry.txt", f"{line}\nText:\n{BODY}"))
    assert (article.outlet, article.url) == (outlet, url)


PLAIN = [
    BODY,
    "Note: the ferry sails on Monday.\nText: a message said so.\nNobody confirmed it.",
    "Title: a word with many meanings.\n\nShe sent it by phone.\nText:\nWe sail.",
    "Title: Ferry\nAuthor: Ana Ruiz\nNo line announces a text here.",
    "Text: we sail at nine, it read.\nThe mate said: no.",
    "  \n\tIndented, with space at the end  \n\n",
    "\r\r\n\x0b\x0c\u0085\u2028\u2029All the line ends there are\r",
    "https://gazette.example\nText:\nFerry",
]


@pytest.mark.parametrize("content", PLAIN)
def test_anything_else_is_plain_text_to_the_last_character(tmp_path: Path, content: str) -> None:
    article = read_one(written(tmp_path / "note.txt", content))
    assert (article.reader, article.text, article.title, article.author) == ("text", content, None, None)


def test_the_users_article() -> None:
    if not USERS_ARTICLE.is_dir():
        pytest.skip("the user's article is not here")
    (article,) = read([USERS_ARTICLE])
    assert isinstance(article, Article)
    raw = Path(article.source_ref).read_bytes().decode()
    assert raw.endswith("Text: \n" + article.text)
    assert (article.author, article.author_title, article.categories) == ("Sputnik News", None, ("WORLD", "EUROPE"))
    assert (article.published_raw, article.published_at, article.warnings) == (
        "2022-01-26",
        "2022-01-26",
        ("unbalanced_quotes",),
    )


# What is odd about a text is flagged, never repaired

ODD = {
    "NUL": (b"The mate\x00 said no.", "The mate\ufffd said no.", ("replaced_characters",)),
    "escape sequence": (b"The mate \x1b[1msaid no.", "The mate \x1b[1msaid no.", ("control_characters",)),
    "mojibake": ("â€œNo,â€ he said. â€œNever.â€".encode(), "â€œNo,â€ he said. â€œNever.â€", ("mojibake",)),
    "Windows-1252": ("“No,” he said.".encode("cp1252"), "“No,” he said.", ("encoding_guessed",)),
}


@pytest.mark.parametrize(("raw", "text", "warnings"), ODD.values(), ids=ODD)
def test_odd_characters_keep_their_place(tmp_path: Path, raw: bytes, text: str, warnings: tuple[str, ...]) -> None:
    article = read_one(written(tmp_path / "note.txt", raw))
    assert (article.text, article.warnings) == (text, warnings)


# Records


def test_every_field_of_a_record_and_its_own_id(tmp_path: Path) -> None:
    record = {
        "id": 17, "text": BODY, "title": " Ferry ", "url": "https://gazette.example/1", "publisher": "Harbour Gazette",
        "author": ["Ana Ruiz", "Bo Lund"], "author_title": "Author details not found", "author_description": None,
        "category": "COAST; TRADE", "date": "Jan. 26, 2022", "attributions": [],
    }  # fmt: skip
    line = json.dumps(record).encode() + b"\r\n"
    path = written(tmp_path / "desk.jsonl", b"\xef\xbb\xbf\n" + line)
    assert read_one(path) == Article(
        text=BODY,
        source_ref=f"{path}:2",
        reader="jsonl",
        raw_sha256=sha256(line),
        id="17",
        title="Ferry",
        url="https://gazette.example/1",
        outlet="Harbour Gazette",
        author="Ana Ruiz; Bo Lund",
        categories=("COAST", "TRADE"),
        published_raw="Jan. 26, 2022",
        published_at="2022-01-26",
    )


BAD_LINES = {
    "cut off": (b'{"text": "We sail', "bad_json", "Unterminated string starting at line 2, byte 27;"),
    "NaN": (b'{"text": "We sail.", "score": NaN}', "bad_json", "NaN is not JSON (line 2, byte 18)"),
    "a key twice": (
        b'{"text": "We sail.", "text": "We stay."}',
        "bad_json",
        "a key appears twice in one object (line 2, byte 18)",
    ),
    "absurd nesting": (b"[" * 100_000, "bad_json", "nested too deeply"),
    "absurd number": (b'{"id": ' + b"9" * 5_000 + b"}", "bad_json", "line 2, byte 18"),
    "no object": (b'["We sail."]', "bad_record", "not a JSON object"),
    "no text": (b'{"id": "1", "body": "We sail."}', "bad_record", 'no string under "text"'),
    "text is no string": (b'{"text": ["We sail."]}', "bad_record", 'no string under "text"'),
    "text is empty": (b'{"text": " \\n"}', "empty", "no text in it"),
    "not utf-8": (b'{"text": "\xff\xfe\xfd"}', "bad_encoding", "at byte 10"),
    "too long": (b'{"text": "' + b"a" * 20_000_000 + b'"}', "too_large", "more than 20,000,000 bytes"),
}


@pytest.mark.parametrize(("line", "reason", "words"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_and_the_rest_of_the_file_goes_on(
    tmp_path: Path, line: bytes, reason: str, words: str
) -> None:
    path = written(tmp_path / "desk.jsonl", b'{"text": "First"}' + b"\n" + line + b"\n" + b'{"text": "Last"}')
    first, bad, last = read([path])
    assert isinstance(first, Article) and isinstance(last, Article) and isinstance(bad, InputError)
    assert [(a.text, a.source_ref) for a in (first, last)] == [("First", f"{path}:1"), ("Last", f"{path}:3")]
    assert (bad.source_ref, bad.reason) == (f"{path}:2", reason)
    assert words in str(bad)


def test_only_newline_bytes_end_a_record(tmp_path: Path) -> None:
    text = "First\u2028still first\u0085\x0b"
    path = written(
        tmp_path / "desk.ndjson", json.dumps({"text": text}, ensure_ascii=False).replace("\\u000b", "\\u000B")
    )
    assert outcomes(path) == [(f"{path}:1", text)]


def test_a_list_in_a_json_file(tmp_path: Path) -> None:
    path = written(tmp_path / "desk.json", json.dumps([{"text": "One"}, {"id": 2}, {"text": "Three"}], indent=1))
    assert outcomes(path) == [(f"{path}#1", "One"), (f"{path}#2", "bad_record"), (f"{path}#3", "Three")]


JSON_FILES = {
    "an object": ('{\n "text": "One"\n}', [("", "One")]),
    "json lines under another name": ('{"text": "One"}\n{"text": "Two"}\n', [(":1", "One"), (":2", "Two")]),
    "broken": ('{\n "text": "One', [("", "bad_json")]),
    "empty": ("", [("", "empty")]),
    "no records": ("[]", [("", "empty")]),
}


@pytest.mark.parametrize(("content", "expected"), JSON_FILES.values(), ids=JSON_FILES)
def test_a_json_file(tmp_path: Path, content: str, expected: list[tuple[str, str]]) -> None:
    path = written(tmp_path / "desk.json", content)
    assert outcomes(path) == [(f"{path}{place}", result) for place, result in expected]


def test_a_file_without_records_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "desk.jsonl", "\n\n")
    assert outcomes(path) == [(str(path), "empty")]


def test_json_lines_in_utf16_are_refused_once(tmp_path: Path) -> None:
    path = written(tmp_path / "desk.jsonl", '{"text": "One"}\n{"text": "Two"}\n'.encode("utf-16"))
    assert outcomes(path) == [(str(path), "bad_encoding")]


# Compression and limits

PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_files_read_as_their_contents(tmp_path: Path, suffix: str) -> None:
    records = b'{"text": "One"}\n{"text": "Two"}\n'
    written(tmp_path / f"a.txt{suffix}", PACKERS[suffix](BODY.encode()))
    written(tmp_path / f"b.jsonl{suffix}", PACKERS[suffix](records))
    written(tmp_path / f"c.json{suffix}", PACKERS[suffix](b'[{"text": "Three"}]'))
    article, *others = read([tmp_path])
    assert isinstance(article, Article)
    assert (article.text, article.raw_sha256) == (BODY, sha256(PACKERS[suffix](BODY.encode())))
    assert [one.text for one in others if isinstance(one, Article)] == ["One", "Two", "Three"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_truncated_file_gives_its_whole_lines_and_says_so(tmp_path: Path, suffix: str) -> None:
    packed = PACKERS[suffix](
        b"".join(b'{"text": "Ferry %d %s"}\n' % (n, os.urandom(500).hex().encode()) for n in range(300))
    )
    path = written(tmp_path / f"desk.jsonl{suffix}", packed[: len(packed) * 2 // 3])
    *articles, last = outcomes(path)
    assert last == (str(path), "truncated")
    assert len(articles) > 50
    assert all(text.startswith(f"Ferry {n} ") for n, (_, text) in enumerate(articles))


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("name", ["note.txt", "desk.jsonl", "desk.json"])
def test_a_file_that_is_not_compressed_at_all(tmp_path: Path, suffix: str, name: str) -> None:
    path = written(tmp_path / (name + suffix), BODY)
    assert outcomes(path) == [(str(path), "corrupt")]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress((b" " * 999_999 + b"\n") * 60)
    lines = written(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "One"}\n') + bomb)
    text = written(tmp_path / "b.txt.gz", bomb)
    assert outcomes(lines, text) == [(f"{lines}:1", "One"), (str(lines), "too_large"), (str(text), "too_large")]


def test_an_article_has_a_greatest_length(tmp_path: Path) -> None:
    longest = "a" * 5_000_000
    fits = written(tmp_path / "fits.txt", longest)
    over = written(tmp_path / "over.txt", longest + "a")
    assert outcomes(fits, over) == [(str(fits), longest), (str(over), "too_large")]


# Paths


def test_a_folder_in_order_and_only_what_is_ours(tmp_path: Path) -> None:
    names = [
        "b/2.txt",
        "b/10.md",
        "a.text",
        "c.TXT",
        ".hidden.txt",
        ".git/x.txt",
        "photo.jpg",
        "page.rtf",
        "notes",
        "x.txt/y.txt",
    ]
    for name in names:
        written(tmp_path / name, name)
    (tmp_path / "d").symlink_to(tmp_path)
    (tmp_path / "e.txt").symlink_to(tmp_path / "a.text")
    (tmp_path / "f.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "g.txt")
    assert outcomes(tmp_path) == [
        (str(tmp_path / name), result)
        for name, result in [
            ("a.text", "a.text"), ("b/10.md", "b/10.md"), ("b/2.txt", "b/2.txt"), ("c.TXT", "c.TXT"),
            ("e.txt", "symlink"), ("f.txt", "symlink"), ("g.txt", "not_regular"), ("x.txt/y.txt", "x.txt/y.txt"),
        ]
    ]  # fmt: skip


def test_a_named_file_is_read_whatever_its_extension(tmp_path: Path) -> None:
    transcript = written(tmp_path / "transcript.srt", "We sail.")
    link = tmp_path / "link.txt"
    link.symlink_to(transcript)
    page = written(tmp_path / "page.rtf", "We sail.")
    photo = written(tmp_path / "photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")
    empty = written(tmp_path / "empty.txt", "")
    blank = written(tmp_path / "blank.txt", " \n\u2003\n")
    head_only = written(tmp_path / "head.txt", "Title: Ferry\nText:\n")
    assert outcomes(transcript, link, page, photo, empty, blank, head_only) == [
        (str(transcript), "We sail."),
        (str(link), "We sail."),
        (str(page), "unsupported"),
        (str(photo), "binary"),
        (str(empty), "empty"),
        (str(blank), "empty"),
        (str(head_only), "empty"),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("[a]*", ["a.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "deep/er/c.txt"]),
        ("**", ["a.txt", "b.txt", "deep/er/c.txt"]),
        ("d*", ["deep/er/c.txt"]),
        ("deep/.h*/*.txt", ["deep/.hid/d.txt"]),
        ("literal[1].txt", ["literal[1].txt"]),
    ],
)
def test_a_pattern_the_shell_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, expected: list[str]
) -> None:
    for name in ["a.txt", "b.txt", "deep/er/c.txt", "deep/.hid/d.txt", ".z.txt"]:
        written(tmp_path / name, name)
    if "literal" in pattern:
        written(tmp_path / pattern, pattern)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    assert outcomes(pattern) == [(name, name) for name in expected]
    assert outcomes(str(tmp_path / pattern)) == [(str(tmp_path / name), name) for name in expected]


@pytest.mark.parametrize("path", ["gone.txt", "gone/", "*.gone", "a**b", "note.txt/inside"])
def test_what_is_not_there(tmp_path: Path, path: str) -> None:
    written(tmp_path / "note.txt", BODY)
    assert outcomes(f"{tmp_path}/{path}") == [(str(tmp_path / path), "not_found")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    locked, folder, last = tmp_path / "a.txt", tmp_path / "b", tmp_path / "c.txt"
    written(locked, BODY).chmod(0)
    folder.mkdir(mode=0)
    written(last, "Last")
    assert outcomes(tmp_path) == [(str(locked), "unreadable"), (str(folder), "unreadable"), (str(last), "Last")]


def test_a_name_that_is_not_utf8_can_still_be_stored(tmp_path: Path) -> None:
    written(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt")), BODY)
    assert outcomes(tmp_path) == [(f"{tmp_path}/caf%E9\n.txt", BODY)]


def test_every_message_names_the_input_and_a_remedy(tmp_path: Path) -> None:
    (error,) = read([written(tmp_path / "note.txt", b"%PDF-1.7 and so on")])
    assert str(error) == (
        f"{tmp_path / 'note.txt'}: not a text file: a PDF document; save the article's words as a UTF-8 .txt file"
    )


def test_a_kept_error_keeps_nothing_of_what_was_read(tmp_path: Path) -> None:
    text = written(tmp_path / "a.txt", b"She said \xff\xfe\xfd no.")
    records = written(tmp_path / "b.jsonl", b'{"text": "\xff\xfe\xfd"}\n{"text": 1}\n{')
    errors = [error for error in read([text, records]) if isinstance(error, InputError)]
    assert [error.reason for error in errors] == ["bad_encoding", "bad_encoding", "bad_record", "bad_json"]
    assert [(error.__traceback__, error.__context__) for error in errors] == [(None, None)] * 4


def test_reading_is_lazy(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a.txt", "First"), written(tmp_path / "b.txt", "Second")
    results = read([first, second])
    assert next(results).source_ref == str(first)
    second.write_text("Changed")
    assert [one.text for one in results if isinstance(one, Article)] == ["Changed"]


# Standard input

STDIN = {
    "records": (b'\n{"text": "One"}\n{\n{"text": "Two"}', [("-:2", "One"), ("-:3", "bad_json"), ("-:4", "Two")]),
    "plain text": (b"\n\n  One\nTwo", [("-", "\n\n  One\nTwo")]),
    "header": (b"Title: Ferry\nText:\nOne\n", [("-", "One\n")]),
    "text that looks like JSON": (b'{"Ferry": "sails"}\nso they said', [("-", '{"Ferry": "sails"}\nso they said')]),
    "utf-16": ("We sail.".encode("utf-16"), [("-", "We sail.")]),
    "nothing": (b"", [("-", "empty")]),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), STDIN.values(), ids=STDIN)
def test_standard_input(raw: bytes, expected: list[tuple[str, str]]) -> None:
    assert outcomes("-", stdin=raw) == expected


BALANCED = {
    "“No,” he said. “Never.”": False,
    "“No.\n\n“Never,” he said.": False,
    '"No.\n\n"Never," he said. "Not once."': False,
    "No marks at all.": False,
    "“No, he said.": True,
    "“No.\n\nNever,” he said.": True,
    "No,” he said.": True,
    '"No, he said.': True,
    '"No," he said. "Never.': True,
}


@pytest.mark.parametrize(("text", "expected"), BALANCED.items())
def test_a_quotation_mark_without_a_partner_is_noticed(text: str, expected: bool) -> None:
    assert has_unbalanced_quotes(text) is expected
