"""Claims as linked data, and the manifest beside a CSV."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import CRANES, REOPENING, TEXT, article, filled

from quotecheck.export import Filters, export, verify
from quotecheck.export import manifest as manifests
from quotecheck.store import record, save_article


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


def document(db: Database, format: str) -> dict[str, list[dict[str, object]]]:
    stream = io.BytesIO()
    assert export(db, stream, format=format) == 3  # type: ignore[arg-type]
    found: dict[str, list[dict[str, object]]] = json.loads(stream.getvalue())
    return found


def test_schema_org_names_the_speaker_as_author_only_of_what_they_assert(db: Database) -> None:
    graph = document(db, "jsonld")["@graph"]
    claims = [item for item in graph if item["@type"] == "Claim"]
    port = {"@type": "Organization", "name": "Port Authority"}
    assert [(item["text"], item.get("author"), item.get("mentions")) for item in claims] == [
        ("the harbour would reopen on Monday", [{"@type": "Person", "name": "Marta Lind", "jobTitle": "Mayor"}], None),
        ("“We have checked every crane,” […] “and every gate.”", [{"@type": "Person", "name": "Marta Lind"}], None),
        ("that it had been warned", None, [port]),
    ]
    assert claims[1]["hasPart"] == {
        "@type": "Quotation",
        "text": "We have checked every crane, […] and every gate.",
        "spokenByCharacter": [{"@type": "Person", "name": "Marta Lind"}],
    }
    assert claims[2]["additionalProperty"][0] == {"@type": "PropertyValue", "name": "polarity", "value": "denies"}  # type: ignore[index]


def test_a_draft_review_has_a_rating_only_if_a_person_typed_one(db: Database) -> None:
    ids = [row[0] for row in db.execute("SELECT claim_id FROM claims_current ORDER BY char_start")]
    links = {"fact_check_url": "https://checks.example/1", "fact_check_rating": "Half right"}
    record(db.conn, ids[0], actor="Ada", action="link", changes=links)
    reviews = [item for item in document(db, "jsonld")["@graph"] if item["@type"] == "ClaimReview"]
    assert [(item["creativeWorkStatus"], item.get("url"), item.get("reviewRating")) for item in reviews] == [
        ("Draft", "https://checks.example/1", {"@type": "Rating", "alternateName": "Half right"}),
        ("Draft", None, None),
        ("Draft", None, None),
    ]


def test_web_annotations_find_every_stretch_by_position_and_by_its_words(tmp_path: Path) -> None:
    text = "🚢 " + TEXT
    db = filled(tmp_path / "quotes.db", [])
    shifted = replace(CRANES, **{name: tuple(moved(span) for span in getattr(CRANES, name)) for name in PARTS})
    shifted = replace(shifted, context=moved(CRANES.context), speakers=(), evidence=REOPENING.evidence)
    save_article(db, 1, article(text, id="ship", url="https://courier.example/1"), [shifted])
    stream = io.BytesIO()
    assert export(db, stream, format="webannotation") == 1
    (item,) = json.loads(stream.getvalue())["items"]
    for target, words in zip(item["target"], ["“We have checked every crane,”", "“and every gate.”"], strict=True):
        position, quote = target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == words
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        assert target["source"] == "https://courier.example/1"


PARTS = ("source", "cue", "content", "quoted")


def moved(span):  # type: ignore[no-untyped-def]
    """The span behind two more code points."""
    return replace(span, start=span.start + 2, end=span.end + 2)


def test_an_empty_selection_is_a_document_all_the_same(db: Database) -> None:
    for format in ("jsonld", "webannotation"):
        stream = io.BytesIO()
        assert export(db, stream, format=format, filters=Filters(outlet=("No such paper",))) == 0  # type: ignore[arg-type]
        json.loads(stream.getvalue())


def test_the_manifest_says_how_the_file_was_made(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path, profile="short", filters=Filters(kind=("direct", "indirect"), min_score=10), delimiter=";")
    record_ = json.loads((tmp_path / "claims.csv-metadata.json").read_text("utf-8"))
    assert (record_["url"], record_["dialect"]["delimiter"], record_["quotecheck:rows"]) == ("claims.csv", ";", 3)
    assert record_["quotecheck:filters"] == {"kind": ["direct", "indirect"], "min_score": 10}
    columns = record_["tableSchema"]["columns"]
    assert (len(columns), columns[0]["name"], all(column["dc:description"] for column in columns)) == (
        16,
        "claim_id",
        True,
    )
    made = manifests.read(path)
    assert made is not None
    assert made.filters == Filters(kind=("direct", "indirect"), min_score=10)


def rows_of(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig").split("\r\n")


def test_a_deleted_row_and_a_doubled_one_are_noticed(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    header, first, second, third, _ = rows_of(path)
    path.write_bytes("\r\n".join([header, first, third, first, ""]).encode())
    assert [(proof.line, proof.claim_id, proof.verdict) for proof in verify(db, path)] == [
        (2, "qc-25t1-kfjj", "OK"),
        (3, "qc-9090-wz7d", "OK"),
        (4, "qc-25t1-kfjj", "DOUBLED"),
        (0, "qc-w1tx-djv3", "DELETED"),
    ]
    assert "We have checked" in second


def test_a_deleted_row_is_noticed_when_the_database_has_gone_on(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    header, _, second, third, _ = rows_of(path)
    path.write_bytes("\r\n".join([header, second, third, ""]).encode())
    save_article(db, 1, article(id="another"), [REOPENING])
    last = list(verify(db, path))[-1]
    assert (last.verdict, last.what) == ("DELETED", "the file had 3 rows and has lost 1; which ones is not certain")


def test_without_a_manifest_a_part_of_an_export_is_proved_as_it_is(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    export(db, path)
    (tmp_path / "claims.csv-metadata.json").unlink()
    path.write_bytes("\r\n".join([*rows_of(path)[:2], ""]).encode())
    assert [proof.verdict for proof in verify(db, path)] == ["OK"]
