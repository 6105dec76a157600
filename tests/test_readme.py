"""The examples that people copy must run."""

import doctest
import re
from pathlib import Path

import pytest

import quotecheck

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

pytestmark = pytest.mark.skipif(
    not (quotecheck.model_path() / "config.cfg").is_file(), reason="the shipped pipeline is not in this checkout"
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_readme_run(example: str) -> None:
    scope: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), scope)
    doc = scope.get("doc")
    assert doc is None or len(doc.spans["attributions"]) == 3  # type: ignore[attr-defined]


def test_the_example_of_the_package_says_what_it_prints() -> None:
    assert doctest.testmod(quotecheck) == doctest.TestResults(failed=0, attempted=3)
