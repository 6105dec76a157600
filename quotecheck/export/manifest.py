"""What lies beside an exported CSV: `<name>-metadata.json` says how it was made and what its columns mean (CSVW)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from quotecheck.errors import ExportError
from quotecheck.export.profiles import NUMERIC, Profile, columns
from quotecheck.export.selection import Filters
from quotecheck.store.descriptions import COLUMNS, FULL_COLUMNS

_NAMESPACE = "https://quotecheck.example/ns#"
_DESCRIBED = COLUMNS["attributed_claims"] | FULL_COLUMNS


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a file was made: its profile and filters, how many rows it had, and the hash of its bytes."""

    profile: Profile
    filters: Filters
    rows: int
    sha256: str


def path_of(csv_path: Path) -> Path:
    """Where the manifest of a CSV file lies."""
    return csv_path.with_name(f"{csv_path.name}-metadata.json")


def write(csv_path: Path, *, profile: Profile, filters: Filters, rows: int, delimiter: str) -> None:
    """Write the manifest of a finished CSV file. The same file has the same manifest, to the byte."""
    record = {
        "@context": ["http://www.w3.org/ns/csvw", {"quotecheck": _NAMESPACE}],
        "url": csv_path.name,
        "dialect": {"delimiter": delimiter, "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "datatype": "number" if name in NUMERIC else "string",
                    "dc:description": _DESCRIBED[name],
                }
                for name in columns(profile)
            ],
            "primaryKey": "claim_id",
        },
        "quotecheck:version": version("quotecheck"),
        "quotecheck:profile": profile,
        "quotecheck:filters": {name: value for name, value in asdict(filters).items() if value},
        "quotecheck:rows": rows,
        "quotecheck:sha256": _hash(csv_path),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    try:
        path_of(csv_path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExportError(f"{path_of(csv_path)}: cannot be written ({error.strerror})") from error


def read(csv_path: Path) -> Manifest | None:
    """The manifest beside a CSV file, None if there is none. Raises ExportError if it cannot be understood."""
    path = path_of(csv_path)
    if not path.is_file():
        return None
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        given: dict[str, Any] = record["quotecheck:filters"]
        lists: dict[str, Any] = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
        filters = Filters(**(given | lists))
        return Manifest(
            record["quotecheck:profile"], filters, int(record["quotecheck:rows"]), record["quotecheck:sha256"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{path}: not a manifest of an export ({error}); export again or remove it") from error


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
