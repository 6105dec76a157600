"""Parsing of hostile formats in a process of its own.

Parsers written in C can be made to run for hours by a page of a few kilobytes, and take no signal while they do. So
they run where they can be killed, and where what they take of the memory is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

from quotecheck.errors import InputError
from quotecheck.processes import Done, Failed, Unfit, WorkerProcess
from quotecheck.sources.source import Document, Result

SECONDS = 30.0
"""How long the parsing of one document may take: a hundred times what a long page needs."""
LOADING_SECONDS = 120.0
MEMORY = 2_000_000_000
"""Most bytes of address space for the parsing process."""
_PARSERS = {
    "html": ("quotecheck.sources.html", "parse_page"),
    "mhtml": ("quotecheck.sources.html", "parse_saved"),
    "feed": ("quotecheck.sources.feed", "parse_feed"),
    "pdf": ("quotecheck.sources.pdf", "parse_pdf"),
    "docx": ("quotecheck.sources.docx", "parse_docx"),
}
_EXTRAS = {"pdf": "pypdf", "docx": "docx"}
"""Parsers to the module that they need and that a plain installation lacks."""

_Job = tuple[str, Document]


class IsolatedParser:
    """Parses documents in a child process, which is started when first needed and replaced when it hangs or dies."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: WorkerProcess[bool] | None = None

    def __call__(self, parser: str, document: Document) -> Iterable[Result]:
        """The articles of a document, and an InputError as a value for what cannot be parsed.

        Among them `timeout` if it takes too long, `crash` if the process dies of it, and `unsupported` if the library
        that reads the format is not installed.
        """
        if (module := _EXTRAS.get(parser)) and find_spec(module) is None:
            message = f"a .{parser} file needs more: pip install 'quotecheck[documents]'"
            return [InputError(document.source_ref, "unsupported", message)]
        process = self._ready()
        process.send(True, (parser, document), seconds=self.seconds)
        if not process.connection.poll(self.seconds):
            return [self._given_up(document, "timeout", f"took longer than {self.seconds:.0f} seconds to parse")]
        answer = process.receive()
        process.ticket = None
        match answer:
            case Done(results):
                return list(results)
            case Failed(message):
                return [_not_parsed(document, "error", message.partition(":")[0])]
        return [self._given_up(document, "crash", "the process that parsed it died")]

    def close(self) -> None:
        """End the child process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _ready(self) -> WorkerProcess[bool]:
        if self._process is None:
            self._process = WorkerProcess(prepare, loading_seconds=LOADING_SECONDS)
            if not self._process.connection.poll(LOADING_SECONDS) or isinstance(self._process.receive(), Unfit | None):
                self.close()
                raise RuntimeError("the parsing process cannot start")
        return self._process

    def _given_up(self, document: Document, reason: str, what: str) -> InputError:
        self.close()
        return _not_parsed(document, reason, what)


def prepare() -> Callable[[_Job], list[Result]]:
    """In the child: bound its memory, and return the function from a parser's name and a document to its articles."""
    _limit_memory()
    return parse


def parse(job: _Job) -> list[Result]:
    """The articles of a document; what the parser refuses is the last of them."""
    name, document = job
    module, function = _PARSERS[name]
    results: list[Result] = []
    try:
        results.extend(getattr(import_module(module), function)(document))
    except InputError as error:
        results.append(error)
    except MemoryError:
        results.append(_not_parsed(document, "too_large", f"needs more than {MEMORY // 10**9} GB of memory"))
    return results


def _not_parsed(document: Document, reason: str, what: str) -> InputError:
    message = f"not parsed: {what}; save its text as a .txt file, the other inputs are not affected"
    return InputError(document.source_ref, reason, message)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
