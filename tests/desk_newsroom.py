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
from dataclasses import dataclass
from pathlib import Path

import httpx

from quotecheck.store import finish_run, open_database, save_article, start_run
from quotecheck.types import Article, Claim, Span, Speaker

ROOT = Path(__file__).resolve().parent.parent

HARBOUR = """Harbour board splits over the ferry contract

The mayor of Port Ellory, Ines Calderwood, said on Tuesday that the town would “not sign a contract nobody has read”.
She told reporters that the board had received the 212-page draft only hours before the vote.
“I asked for a week. I was given an afternoon,” Calderwood said.\r
Harbour commissioner Tobias Wrenfield rejected the criticism. “Every member had the draft by Friday,” he said, adding that\
 “the delay alone costs us 40,000 crowns a day”.

According to the Ellory Port Authority, passenger numbers fell by 11% last year 🚢.
The authority warned that two of the five ferries may be laid up in winter.
A person familiar with the talks said the operator had threatened to walk away.
“We believe in this island,” said operator Merrow Lines in a statement, “and we will sail on Monday.”
Calderwood believes the contract can still be saved. Wrenfield hopes for a vote before Christmas.
The union's Petra Lindqvist said Wrenfield had promised her that "no crew will be sacked".
"""


def spans(text: str, *pieces: str) -> tuple[Span, ...]:
    """The places of `pieces` in `text`, each looked for after the one before."""
    found, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        found.append(Span.of(text, at, at + len(piece)))
        at += len(piece)
    return tuple(found)


def after(text: str, landmark: str, *pieces: str) -> tuple[Span, ...]:
    """Like `spans`, from the first `landmark` on."""
    skipped = text.index(landmark)
    return tuple(Span(s.start + skipped, s.end + skipped, s.text) for s in spans(text[skipped:], *pieces))


def claim(
    text: str, landmark: str, source: str, cue: str, content: tuple[str, ...], quoted: tuple[str, ...],
    speakers: tuple[Speaker, ...], kind: str = "indirect", statement: bool = True, confidence: float = 0.93,
    cue_class: str = "neutral",
) -> Claim:  # fmt: skip
    """A claim whose parts stand in `text` at or after `landmark`."""
    content_spans = after(text, landmark, *content)
    start, end = text.rindex("\n", 0, content_spans[0].start) + 1, text.index("\n", content_spans[-1].end)
    return Claim(
        kind=kind,
        statement=statement,
        source=after(text, landmark, source),
        cue=after(text, landmark, cue),
        content=content_spans,
        quoted=after(text, landmark, *quoted) if quoted else (),
        context=Span.of(text, start, end),
        cue_class=cue_class,
        confidence=confidence,
        speakers=speakers,
    )


def person(text: str, landmark: str, mention: str, name: str | None, basis: str, why: str, **rest: object) -> Speaker:
    """A speaker mentioned in `text` at or after `landmark`."""
    kind = rest.pop("kind", "person")
    (span,) = after(text, landmark, mention)
    return Speaker(name=name, kind=kind, basis=basis, mention=span, confidence=0.9, why=why, **rest)


def harbour_claims(text: str = HARBOUR) -> list[Claim]:
    """The claims of the harbour article, in the order of the text."""
    ines, tobias = "Ines Calderwood", "Tobias Wrenfield"
    mayor = person(text, "The mayor", "The mayor of Port Ellory, Ines Calderwood", ines, "name", "named in full here", role="mayor", affiliation="Port Ellory")
    she = person(text, "She told", "She", ines, "pronoun", "the only woman named so far")
    surname = person(text, "Calderwood said", "Calderwood", ines, "alias", "surname of Ines Calderwood, named earlier")
    he = person(text, "he said", "he", tobias, "pronoun", "the subject of the sentence before", role="harbour commissioner")
    board = person(text, "the Ellory", "the Ellory Port Authority", "Ellory Port Authority", "name", "named in full here", kind="organisation")
    authority = person(text, "The authority", "The authority", "Ellory Port Authority", "alias", "head noun of Ellory Port Authority", kind="organisation")
    source = person(text, "A person", "A person familiar with the talks", None, "unresolved", "the article names nobody", kind="unnamed")
    merrow = person(text, "operator Merrow", "operator Merrow Lines", "Merrow Lines", "name", "named in full here", kind="organisation", role="operator")
    believer = person(text, "Calderwood believes", "Calderwood", ines, "alias", "surname of Ines Calderwood, named earlier")
    hoper = person(text, "Wrenfield hopes", "Wrenfield", tobias, "alias", "surname of Tobias Wrenfield, named earlier")
    petra = person(text, "The union's", "The union's Petra Lindqvist", "Petra Lindqvist", "name", "named in full here", affiliation="the union")
    promised = person(text, "Wrenfield had", "Wrenfield", tobias, "alias", "surname of Tobias Wrenfield, named earlier")
    return [
        claim(text, "The mayor", "The mayor of Port Ellory, Ines Calderwood", "said", ("that the town would “not sign a contract nobody has read”",), ("not sign a contract nobody has read",), (mayor,), "mixed"),
        claim(text, "She told", "She", "told", ("that the board had received the 212-page draft only hours before the vote",), (), (she,), confidence=0.88),
        claim(text, "“I asked", "Calderwood", "said", ("“I asked for a week. I was given an afternoon,”",), ("I asked for a week. I was given an afternoon,",), (surname,), "direct", confidence=0.98),
        claim(text, "“Every", "he", "said", ("“Every member had the draft by Friday,”",), ("Every member had the draft by Friday,",), (he,), "direct", confidence=0.97),
        claim(text, "he said", "he", "adding", ("that “the delay alone costs us 40,000 crowns a day”",), ("the delay alone costs us 40,000 crowns a day",), (he,), "mixed", confidence=0.91),
        claim(text, "According", "the Ellory Port Authority", "According to", ("passenger numbers fell by 11% last year 🚢",), (), (board,)),
        claim(text, "The authority", "The authority", "warned", ("that two of the five ferries may be laid up in winter",), (), (authority,), cue_class="forecast"),
        claim(text, "A person", "A person familiar with the talks", "said", ("the operator had threatened to walk away",), (), (source,), confidence=0.71),
        claim(text, "“We believe", "operator Merrow Lines", "said", ("“We believe in this island,”", "“and we will sail on Monday.”"), ("We believe in this island,", "and we will sail on Monday."), (merrow,), "direct"),
        claim(text, "Calderwood believes", "Calderwood", "believes", ("the contract can still be saved",), (), (believer,), statement=False, cue_class="belief"),
        claim(text, "Wrenfield hopes", "Wrenfield", "hopes", ("for a vote before Christmas",), (), (hoper,), statement=False, cue_class="intention"),
        claim(text, "The union's", "The union's Petra Lindqvist", "said", ("Wrenfield had promised her that \"no crew will be sacked\"",), ("no crew will be sacked",), (petra,), "mixed"),
        claim(text, "Wrenfield had", "Wrenfield", "promised", ("that \"no crew will be sacked\"",), ("no crew will be sacked",), (promised,), "mixed", confidence=0.64, cue_class="commit"),
    ]  # fmt: skip


HOSTILE = """<script>window.hacked = 1</script>
“<img src=x onerror=window.hacked=1>,” said Bob "><b> Tablesmith.
"""


def hostile_claims(text: str = HOSTILE) -> list[Claim]:
    """One claim whose every word tries to become markup."""
    name = 'Bob "><b> Tablesmith'
    speaker = person(text, "Bob", name, name, "name", "<script>window.hacked=1</script>", role="<i>role</i>")
    content = "“<img src=x onerror=window.hacked=1>,”"
    return [claim(text, "“<img", name, "said", (content,), (content[1:-1],), (speaker,), "direct")]


def build(path: Path) -> Path:
    """A database with both articles at `path`."""
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
    finish_run(db, run, {"articles": 2})
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
            return client.post(path, data=fields, headers={"origin": self.url, "sec-fetch-site": "same-origin"} | headers)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Fetch a page; redirects are not followed."""
        return httpx.get(self.url + path, headers=headers)


SERVE = "import sys; from quotecheck.serve import serve; serve(sys.argv[1], reviewer=sys.argv[2] or None, port=int(sys.argv[3]))"


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
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not come up within 30 seconds")
