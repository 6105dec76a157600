"""Where the Datasette plugin and its metadata lie: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def plugins_dir() -> Path:
    """The folder to give to Datasette as `--plugins-dir`."""
    return _first(PACKAGE / "_datasette_plugins", PACKAGE.parent / "datasette_plugins")


def metadata_path() -> Path:
    """The file to give to Datasette as `--metadata`."""
    return _first(PACKAGE / "_metadata.yml", PACKAGE.parent / "metadata.yml")


def _first(packaged: Path, checkout: Path) -> Path:
    return packaged if packaged.exists() else checkout
