"""The command line's reference page, written by the commands' own help."""

from __future__ import annotations

from typer.main import get_command
from typer.testing import CliRunner

from quotecheck.cli import app


def command_names() -> list[str]:
    """The commands, in the order of `quotecheck --help`."""
    group = get_command(app)
    return list(getattr(group, "commands", {}))


def pages() -> str:
    """One Markdown section per command, `quotecheck` itself first."""
    return "".join(_section(arguments) for arguments in [[], *_all_commands()])


def _all_commands() -> list[list[str]]:
    """Every command and every subcommand, as arguments."""
    found: list[list[str]] = []
    for name, command in getattr(get_command(app), "commands", {}).items():
        found += [[name], *([name, sub] for sub in getattr(command, "commands", {}))]
    return found


def _section(arguments: list[str]) -> str:
    title = " ".join(["quotecheck", *arguments])
    # A fixed width, so that the page does not depend on the terminal that wrote it.
    result = CliRunner().invoke(
        app, [*arguments, "--help"], prog_name="quotecheck", terminal_width=100, env={"COLUMNS": "100"}
    )
    return f"\n## {title}\n\n```\n{result.output.strip()}\n```\n"
