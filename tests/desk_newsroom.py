"""A small newsroom for the desk's tests: two articles with every kind of claim, and servers that show them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpx

from quotecheck.store import finish_run, open_database, save_article, start_run
from quotecheck.types import Article, Claim, Span, Speaker
from quotecheck.vocabulary import STANCES

ROOT = Path(__file__).resolve().parent.parent

HARBOUR = """Harbour board splits over the ferry contract

The mayor of Port Ellory, Ines Calderwood, said on Tuesday that the town would “not sign a contract nobody has read”.
She told reporters that the board had received the 212-page draft only hours before the vote.
“I asked for a week. I was given an afternoon,” Calderwood said.\r
Harbour commissioner Tobias Wrenfield rejected the criticism. “Every member had the draft by Friday,” he said, \
adding that “the delay alone costs us 40,000 crowns a day”.

According to the Ellory Port Authority, passenger numbers fell by 11% last year 🚢.
The authority warned that two of the five ferries may be laid up in winter.
A person familiar with the talks said the operator had threatened to walk away.
“We believe in this island,” said operator Merrow Lines in a statement, “and we will sail on Monday.”
Calderwood believes the contract can still be saved. Wrenfield hopes for a vote before Christmas.
The union's Petra Lindqvist said Wrenfield had promised her that "no crew will be sacked".
"""


def words(text: str, landmark: str, wanted: str) -> Span:
    """Where `wanted` stands as whole words at or after the first `landmark`."""
    found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(text, text.index(landmark))
    assert found is not None, wanted
    return Span.of(text, found.start(), found.end())


def said(
    text: str, landmark: str, source: str, cue: str, *content: str, by: Speaker, kind: str = "indirect",
    confidence: float = 0.93, cue_class: str = "neutral",
) -> Claim:  # fmt: skip
    """A claim whose parts stand in `text` at or after `landmark`; what is in quotation marks is its quoted words."""
    mention = words(text, landmark, source)
    spans = tuple(words(text, landmark, piece) for piece in content)
    return Claim(
        kind=kind,
        statement=cue_class not in STANCES,
        source=(mention,),
        cue=(words(text, landmark, cue),),
        content=spans,
        quoted=tuple(quoted for span in spans for quoted in in_marks(text, span)),
        context=Span.of(text, text.rindex("\n", 0, spans[0].start) + 1, text.index("\n", spans[-1].end)),
        cue_class=cue_class,
        confidence=confidence,
        speakers=(replace(by, mention=mention),),
    )


def in_marks(text: str, span: Span) -> list[Span]:
    """The stretches of a span inside quotation marks, without the marks."""
    found = re.finditer(r"[“\"]([^”\"]+)[”\"]", span.text)
    return [Span.of(text, span.start + match.start(1), span.start + match.end(1)) for match in found]


def who(name: str | None, basis: str, why: str, kind: str = "person", **told: str) -> Speaker:
    """A speaker with a role and an affiliation if the article tells them."""
    return Speaker(name=name, kind=kind, basis=basis, confidence=0.9, why=why, **told)


INES = who("Ines Calderwood", "name", "named in full here", role="mayor", affiliation="Port Ellory")
SHE = who("Ines Calderwood", "pronoun", "the only woman named so far")
CALDERWOOD = who("Ines Calderwood", "alias", "surname of Ines Calderwood, named earlier")
HE = who("Tobias Wrenfield", "pronoun", "the subject of the sentence before", role="harbour commissioner")
WRENFIELD = who("Tobias Wrenfield", "alias", "surname of Tobias Wrenfield, named earlier")
PORT = who("Ellory Port Authority", "name", "named in full here", "organisation")
AUTHORITY = who("Ellory Port Authority", "alias", "head noun of Ellory Port Authority", "organisation")
SOMEBODY = who(None, "unresolved", "the article names nobody", "unnamed")
OPERATOR = who("Merrow Lines", "name", "named in full here", "organisation", role="operator")
PETRA = who("Petra Lindqvist", "name", "named in full here", affiliation="the union")


def harbour_claims(text: str = HARBOUR) -> list[Claim]:
    """The claims of the harbour article, in the order of the text."""
    claim = partial(said, text)
    return [
        claim("The mayor", "The mayor of Port Ellory, Ines Calderwood", "said",
              "that the town would “not sign a contract nobody has read”", by=INES, kind="mixed"),
        claim("She told", "She", "told", "that the board had received the 212-page draft only hours before the vote",
              by=SHE, confidence=0.88),
        claim("“I asked", "Calderwood", "said", "“I asked for a week. I was given an afternoon,”",
              by=CALDERWOOD, kind="direct", confidence=0.98),
        claim("“Every", "he", "said", "“Every member had the draft by Friday,”", by=HE, kind="direct"),
        claim("he said", "he", "adding", "that “the delay alone costs us 40,000 crowns a day”", by=HE, kind="mixed"),
        claim("According", "the Ellory Port Authority", "According to",
              "passenger numbers fell by 11% last year 🚢", by=PORT),
        claim("The authority", "The authority", "warned", "that two of the five ferries may be laid up in winter",
              by=AUTHORITY, cue_class="forecast"),
        claim("A person", "A person familiar with the talks", "said", "the operator had threatened to walk away",
              by=SOMEBODY, confidence=0.71),
        claim("“We believe", "operator Merrow Lines", "said", "“We believe in this island,”",
              "“and we will sail on Monday.”", by=OPERATOR, kind="direct"),
        claim("Calderwood believes", "Calderwood", "believes", "the contract can still be saved",
              by=CALDERWOOD, cue_class="belief"),
        claim("Wrenfield hopes", "Wrenfield", "hopes", "for a vote before Christmas",
              by=WRENFIELD, cue_class="intention"),
        claim("The union's", "The union's Petra Lindqvist", "said",
              'Wrenfield had promised her that "no crew will be sacked"', by=PETRA, kind="mixed"),
        claim("Wrenfield had", "Wrenfield", "promised", 'that "no crew will be sacked"',
              by=WRENFIELD, kind="mixed", confidence=0.64, cue_class="commit"),
    ]  # fmt: skip


HOSTILE = """<script>window.hacked = 1</script>
“<img src=x onerror=window.hacked=1>,” said Bob "><b> Tablesmith.
"""


def hostile_claims(text: str = HOSTILE) -> list[Claim]:
    """One claim whose every word tries to become markup."""
    name = 'Bob "><b> Tablesmith'
    speaker = who(name, "name", "<script>window.hacked=1</script>", role="<i>role</i>")
    content = "“<img src=x onerror=window.hacked=1>,”"
    return [said(text, "“<img", name, "said", content, by=speaker, kind="direct")]


ACCENTS = """Letter from the quay 🌊

👩‍🚒👩‍🚒 Harbour master Zoë Lind said the 🚢🏽 quay is étroit again, 👩‍🚒 as every spring.
At noon the bells 🔔🔔 rang for the fleet.
"""


def accents_claims(text: str = ACCENTS) -> list[Claim]:
    """One claim behind emoji of several code points, with an accent that is a code point of its own."""
    zoe = who("Zoë Lind", "name", "named in full here", role="Harbour master")
    return [said(text, "Harbour", "Harbour master Zoë Lind", "said", "the 🚢🏽 quay is étroit again", by=zoe)]


def build(path: Path) -> Path:
    """A database with the three articles at `path`."""
    db = open_database(path)
    run = start_run(db, tool_version="0.1.0", model_name="newsroom", model_sha256="0" * 64, options={})
    harbour = Article(
        text=HARBOUR, source_ref="harbour.txt", reader="header", raw_sha256="1" * 64, outlet="The Ellory Lamp",
        title="Harbour board splits over the ferry contract", author="Rosalind Achterberg", categories=("LOCAL",),
        url="https://lamp.example/harbour", published_raw="14 October 2025", published_at="2025-10-14",
    )  # fmt: skip
    hostile = Article(
        text=HOSTILE, source_ref="hostile.txt", reader="text", raw_sha256="2" * 64, outlet="<u>Outlet</u>",
        title="<script>window.hacked=1</script>", url="javascript:window.hacked=1", published_at="2025-09-01",
    )  # fmt: skip
    save_article(db, run, harbour, harbour_claims())
    save_article(db, run, hostile, hostile_claims())
    accents = Article(
        text=ACCENTS, source_ref="quay.txt", reader="text", raw_sha256="3" * 64, outlet="The Ellory Lamp",
        title="Letter from the quay", published_at="2025-04-02",
    )  # fmt: skip
    save_article(db, run, accents, accents_claims())
    finish_run(db, run, {"articles": 3})
    db.close()
    return path


@dataclass(frozen=True)
class Desk:
    """A running server: where it answers and the database behind it."""

    url: str
    database: Path

    def post(self, path: str, form: dict[str, str], page: str = "/", **headers: str) -> httpx.Response:
        """Post a form as a browser on `page` would: with the page's token and from the same origin."""
        with httpx.Client(base_url=self.url) as client:
            token = re.search(r'name="csrftoken" value="([^"]+)"', client.get(page).text)
            fields = form | ({"csrftoken": token.group(1)} if token else {})
            return client.post(
                path, data=fields, headers={"origin": self.url, "sec-fetch-site": "same-origin"} | headers
            )

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Fetch a page; redirects are not followed."""
        return httpx.get(self.url + path, headers=headers)


SERVE = """
import sys
from quotecheck.serve import serve
serve(sys.argv[1], reviewer=sys.argv[2] or None, port=int(sys.argv[3]))
"""


@contextmanager
def served(database: Path, reviewer: str | None = None) -> Iterator[Desk]:
    """The desk as `quotecheck serve` runs it."""
    port = free_port()
    with _running([sys.executable, "-c", SERVE, str(database), reviewer or "", str(port)], port):
        yield Desk(f"http://127.0.0.1:{port}", database)


@contextmanager
def plain_datasette(database: Path) -> Iterator[Desk]:
    """The desk as plain Datasette runs it, with the plugin folder and the metadata of the repository."""
    port = free_port()
    options = ["--plugins-dir", "datasette_plugins", "-m", "metadata.yml", "-p", str(port)]
    with _running([sys.executable, "-m", "datasette", "serve", str(database), *options], port):
        yield Desk(f"http://127.0.0.1:{port}", database)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    environment = os.environ | {"LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(process: subprocess.Popen[str] | subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server in `process` answers on `port`."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not come up within a minute")
