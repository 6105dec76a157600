"""Files of every format that is read, each holding the harbour's news, written by the tests themselves."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping

from docx import Document
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!doctype html>
<html lang="en"><head><title>Ferry to sail again | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2025-03-03T08:00:00+01:00">
<link rel="canonical" href="https://gazette.example/ferry"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry to sail again</h1>
<p>The mayor, Ines Okoro, said <q>the ferry will sail on
   <b>Monday</b></q>, and left the town hall.<br>Nobody followed &amp; nobody asked.</p>
<p>What the union wrote to its members:</p>
<blockquote><p>We have checked every crane in the harbour.</p><p>And every gate.</p>
<cite>Bo Lund, union</cite></blockquote>
<p>“Nobody asked us,” the pilots said. They told the board that the mayor had said <q>it was <q>fine</q></q>.</p>
<ul><li>The board meets on Tuesday.</li><li>The pilots meet on Friday.</li></ul>
</article><footer>Copyright Harbour Gazette</footer></body></html>
"""
PAGE_TEXT = (
    "Ferry to sail again\n\n"
    "The mayor, Ines Okoro, said “the ferry will sail on Monday”, and left the town hall.\n"
    "Nobody followed & nobody asked.\n\n"
    "What the union wrote to its members:\n\n"
    "“We have checked every crane in the harbour.\n\n"
    "“And every gate.”\n\n"
    "Bo Lund, union\n\n"
    "“Nobody asked us,” the pilots said. They told the board that the mayor had said “it was ‘fine’”.\n\n"
    "The board meets on Tuesday.\n\n"
    "The pilots meet on Friday."
)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Gazette</title><link>https://gazette.example</link>
<item><title>Ferry to sail</title><link>https://gazette.example/ferry</link><author>Ana Ruiz</author>
<pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate><category>COAST</category><description>In short.</description>
<content:encoded><![CDATA[<p>The mate said <q>no</q>.</p><p>He left.</p>]]></content:encoded></item>
<item><title>Nothing</title></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Gazette</title>
<entry><id>urn:ferry:1</id><title>Ferry</title><updated>2025-03-03T08:00:00Z</updated>
<content type="text">The mate said &lt;no&gt;.</content></entry></feed>
"""


def warc(*pages: tuple[str, bytes], gzip: bool = True, headers: Mapping[str, str] | None = None) -> bytes:
    """A web archive with a response for each (url, body), fetched on 4 March 2025."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    kinds = {"Content-Type": "text/html; charset=utf-8"} | dict(headers or {})
    for url, body in pages:
        answer = StatusAndHeaders("200 OK", list(kinds.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=answer,
            warc_headers_dict={"WARC-Date": "2025-03-04T05:06:07Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    """A Word document."""
    document, out = Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.author = "Ferry to sail", "Ana Ruiz"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def pdf(*lines: str) -> bytes:
    """A PDF document of one page with a text layer."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Ferry to sail) /Author (Ana Ruiz) >>",
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def mhtml(page: str) -> bytes:
    """A page that a browser saved in one file."""
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://gazette.example/saved\r\n"
        "Date: Tue, 4 Mar 2025 05:06:07 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="edge"\r\n\r\n'
        "--edge\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{page}\r\n--edge--\r\n"
    ).encode()
