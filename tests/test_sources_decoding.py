"""Files in the encodings that newsrooms really send."""

import pytest

from quotecheck.errors import InputError
from quotecheck.sources.decoding import Decoded, decode

QUOTE = "“We will not close the mill,” said Zoë Lindqvist. “Not this year…”\r\n"

READ = {
    "utf-8": (QUOTE.encode(), Decoded(QUOTE)),
    "utf-8 with mark": (b"\xef\xbb\xbf" + QUOTE.encode(), Decoded(QUOTE)),
    "only the first mark goes": (b"\xef\xbb\xbf\xef\xbb\xbfNo.", Decoded("\ufeffNo.")),
    "utf-16 with mark": (b"\xff\xfe" + QUOTE.encode("utf-16-le"), Decoded(QUOTE)),
    "utf-16 big endian with mark": (b"\xfe\xff" + QUOTE.encode("utf-16-be"), Decoded(QUOTE)),
    "utf-16 without mark": (QUOTE.encode("utf-16-le"), Decoded(QUOTE, ("utf16_no_bom",))),
    "utf-16 big endian without mark": (QUOTE.encode("utf-16-be"), Decoded(QUOTE, ("utf16_no_bom",))),
    "utf-16 with a lone surrogate": (b"\xff\xfe\x00\xd8N\x00o\x00", Decoded("\ud800No")),
    "utf-32": (b"\xff\xfe\x00\x00" + QUOTE.encode("utf-32-le"), Decoded(QUOTE)),
    "windows-1252": (QUOTE.encode("cp1252"), Decoded(QUOTE, ("encoding_guessed",))),
    "latin-1": ("Zoë said no.".encode("latin-1"), Decoded("Zoë said no.", ("encoding_guessed",))),
    "NUL in utf-8": (b"He said\x00 no.", Decoded("He said\x00 no.")),
    "mojibake stays": ("â€œNo,â€\x9d he said".encode(), Decoded("â€œNo,â€\x9d he said")),
    "nothing": (b"", Decoded("")),
}

REFUSED = {
    "broken utf-8": (b"She said \xff\xfe\xfd no.", "bad_encoding", "not valid UTF-8 at byte 9"),
    "koi8-r": ("Завод не закроют, сказал мэр.".encode("koi8-r"), "bad_encoding", "not valid UTF-8 at byte 0"),
    "cp1251": ("Завод не закроют, сказал мэр.".encode("cp1251"), "bad_encoding", "not valid UTF-8 at byte 0"),
    "shift-jis": ("市長は「閉鎖しない」と述べた。".encode("shift-jis"), "bad_encoding", "not valid UTF-8 at byte 0"),
    "two encodings": ("Zoë said no. ".encode() + "Zoë said no.".encode("cp1252"), "bad_encoding", "at byte 16"),
    "utf-8 mark, other bytes": (b"\xef\xbb\xbfZo\xeb said no.", "bad_encoding", "not valid UTF-8 at byte 5"),
    "utf-16 cut in half": (b"\xff\xfeN\x00o", "bad_encoding", "not valid UTF-16-LE at byte 4"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "binary", "a PDF document"),
    "word": (b"PK\x03\x04\x14\x00", "binary", "an office document"),
    "photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "binary", "a picture"),
    "gzip without its extension": (b"\x1f\x8b\x08\x00", "binary", "the extension .gz"),
    "noise": (bytes(range(256)) * 4, "binary", "not readable in any text encoding"),
    "control characters": (b"\x01\x02\x03\x04" * 20, "binary", "mostly control characters"),
}


@pytest.mark.parametrize(("raw", "expected"), READ.values(), ids=READ)
def test_a_text_is_decoded_character_for_character(raw: bytes, expected: Decoded) -> None:
    assert decode(raw, "story.txt") == expected


@pytest.mark.parametrize(("raw", "reason", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_decoded_for_certain_is_refused_with_the_place(raw: bytes, reason: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(raw, "story.txt")
    assert caught.value.reason == reason
    assert str(caught.value).startswith("story.txt: ")
    assert words in str(caught.value)
