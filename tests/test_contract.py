"""Rules of the design that no single module can hold by itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotecheck
from quotecheck.cli.document import command_names

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "quotecheck"
MODULES = sorted(PACKAGE.rglob("*.py"))
TOP_LEVEL = {
    "quotecheck", "datasette_plugins", "tests", "seeds", "pyproject.toml", "metadata.yml",
    "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "docs", "training", ".ci", ".gitignore",
}  # fmt: skip
MEGABYTE = 1_000_000


def tracked() -> list[Path]:
    """Every file of the repository, or of the unpacked source where there is no repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def imports(path: Path) -> set[str]:
    """The modules a file imports, at its top or inside functions; not what only type checkers see."""
    nodes = list(_run(ast.parse(path.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _run(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _run(child)


def uses(path: Path, module: str) -> bool:
    return any(name == module or name.startswith(module + ".") for name in imports(path))


def test_the_public_door_names_what_it_offers() -> None:
    assert quotecheck.__all__ == sorted(quotecheck.__all__)
    assert [name for name in quotecheck.__all__ if not hasattr(quotecheck, name)] == []


@pytest.mark.parametrize(
    ("library", "doors"),
    [
        ("onnxruntime", ["pipeline/encoder.py"]),
        ("textacy", ["matching.py", "topics", "batch/baseline.py"]),
        ("typer", ["cli"]),
        ("datasette", ["serve.py", "desk"]),
        ("sqlite_utils", ["store", "export"]),
        ("uvicorn", ["serve.py"]),
        ("lxml", ["sources/html.py", "sources/marks.py", "sources/docx.py"]),
        ("trafilatura", ["sources/html.py"]),
        ("warcio", ["sources/warc.py", "fetching.py"]),
        ("torch", []),
        ("transformers", []),
        ("training", []),
    ],
)
def test_every_heavy_library_has_one_door(library: str, doors: list[str]) -> None:
    allowed = [PACKAGE / door for door in doors]
    strays = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if uses(path, library) and not any(path == door or door in path.parents for door in allowed)
    ]
    assert strays == []


@pytest.mark.parametrize("layer", ["types", "vocabulary", "errors"])
def test_the_shared_values_import_no_other_part(layer: str) -> None:
    others = {path.stem for path in PACKAGE.iterdir()} - {"types", "vocabulary", "errors", "__init__"}
    assert [name for name in others if uses(PACKAGE / f"{layer}.py", f"quotecheck.{name}")] == []


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (
            "processes",
            ["cli", "batch", "sources", "store", "export", "desk", "serve", "pipeline", "claims", "speakers"],
        ),
        ("sources", ["cli", "batch", "store", "export", "desk", "serve", "pipeline", "claims", "speakers"]),
        ("pipeline", ["cli", "batch", "store", "export", "desk", "serve", "sources"]),
        ("speakers", ["cli", "batch", "store", "export", "desk", "serve", "sources"]),
        ("store", ["cli", "batch", "export", "desk", "serve", "pipeline", "claims", "sources"]),
        ("export", ["cli", "batch", "desk", "serve", "pipeline", "claims", "sources"]),
        ("desk", ["cli", "batch", "serve", "pipeline", "claims", "sources"]),
        ("batch", ["cli", "export", "desk", "serve"]),
    ],
)
def test_imports_point_one_way(lower: str, upper: list[str]) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (PACKAGE / lower).rglob("*.py")
        for name in upper
        if uses(path, f"quotecheck.{name}")
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ["spacy", "textacy", "onnxruntime", "quotecheck.pipeline", "quotecheck.claims"])
def test_the_datasette_side_never_imports_the_model(library: str) -> None:
    files = [*(ROOT / "datasette_plugins").glob("*.py"), *(PACKAGE / "desk").rglob("*.py"), PACKAGE / "serve.py"]
    assert [str(path) for path in files if uses(path, library)] == []


def loaded_by(code: str) -> set[str]:
    """The top-level packages in memory after running `code` in a fresh process."""
    report = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, sep='\\n', file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return set(result.stderr.split())


HEAVY = {"spacy", "textacy", "onnxruntime", "tokenizers", "numpy", "datasette", "sqlite_utils", "uvicorn", "lxml"}
HELP = """
import sys
from quotecheck.cli import app
try:
    app(["--help"])
except SystemExit as stop:
    assert not stop.code
"""


@pytest.mark.parametrize("code", ["import quotecheck", HELP], ids=["import", "help"])
def test_importing_and_asking_for_help_load_nothing_heavy(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


def test_textacy_waits_for_the_first_statement() -> None:
    assert "textacy" not in loaded_by("import quotecheck.claims")


def test_the_desk_loads_no_model() -> None:
    assert loaded_by("import quotecheck.serve, quotecheck.desk, quotecheck.store") & {"spacy", "textacy"} == set()


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## quotecheck {command}\n" in (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert f"quotecheck {command}" in (ROOT / "README.md").read_text("utf-8")


def test_the_top_level_is_that_of_the_design() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL == set()


def test_the_weights_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in (PACKAGE / "model").rglob("*") if path.is_file()) < 45 * MEGABYTE


# Spelt in pieces so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    r"(?<![\w.])/(?:wor"
    r"k|roo"
    r"t)/(?!$)|/opt/py"
    r"pi|Chat"
    r"GPT|Clau"
    r"de Code|\bsub"
    r"agent\b|\bAI ag"
    r"ent\b"
)


def test_no_file_speaks_of_where_it_was_made() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".yml", ".html", ".css", ".js", ".txt", ".cfg", ""}
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert found == []


LONGEST_MODULE, LONGEST_FUNCTION = 300, 50


def test_modules_and_functions_stay_small() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}
    long = [str(path.relative_to(ROOT)) for path, tree in trees.items() if code_lines(path, tree) > LONGEST_MODULE]
    long += [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.body[0].lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def code_lines(path: Path, tree: ast.Module) -> int:
    """Lines of a module without those of its long strings: word lists and SQL do not make code hard to follow."""
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return len(path.read_text("utf-8").splitlines()) - sum((node.end_lineno or 0) - node.lineno for node in strings)
