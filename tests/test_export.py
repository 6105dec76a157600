"""Exports: 48 columns, the same bytes every time, harmless in a spreadsheet, and proved row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from store_samples import CLAIMS, LIND, REOPENING, TEXT, article, filled, new_run, span

from quotecheck.errors import ExportError
from quotecheck.export import Filters, RowProof, columns, export, verify
from quotecheck.export.guard import DANGEROUS, guard, guarded_row, unguard
from quotecheck.export.reading import read_csv
from quotecheck.store import record, save_article
from quotecheck.types import Speaker

GOLDEN = Path(__file__).parent / "golden" / "claims.csv"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return filled(tmp_path / "quotes.db")


@pytest.fixture
def exported(db: Database, tmp_path: Path) -> Path:
    path = tmp_path / "claims.csv"
    export(db, path)
    return path


def written(db: Database, **options: object) -> list[dict[str, str]]:
    stream = io.BytesIO()
    count = export(db, stream, **options)  # type: ignore[arg-type]
    read = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert len(read) == count
    return read


def statements(db: Database, filters: Filters) -> list[str]:
    return [row["statement"] for row in written(db, filters=filters)]


def test_profiles_have_their_columns() -> None:
    assert (len(columns("claims")), len(columns("short")), len(columns("full"))) == (48, 16, 73)
    assert columns("full")[:48] == columns("claims")
    assert set(columns("short")) < set(columns("claims"))


def test_the_file_is_the_same_to_the_byte(exported: Path, db: Database, tmp_path: Path) -> None:
    assert exported.read_bytes() == GOLDEN.read_bytes()
    again = tmp_path / "again.csv"
    assert export(db, again) == 3
    assert again.read_bytes() == GOLDEN.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir() if "csv" in path.name) == [
        "again.csv", "again.csv-metadata.json", "claims.csv", "claims.csv-metadata.json",
    ]  # fmt: skip


def test_file_has_bom_and_crlf_and_a_stream_has_no_bom(exported: Path, db: Database) -> None:
    stream = io.BytesIO()
    export(db, stream)
    assert exported.read_bytes() == b"\xef\xbb\xbf" + stream.getvalue()
    assert stream.getvalue().count(b"\r\n") == 4


def test_jsonl_has_the_same_columns_with_their_types(db: Database) -> None:
    stream = io.BytesIO()
    assert export(db, stream, profile="full", format="jsonl") == 3
    first = json.loads(stream.getvalue().splitlines()[1])
    assert list(first) == [name for name in columns("full") if name != "guarded"]
    start = TEXT.index("“We")
    assert (first["char_start"], first["speaker_wikidata"], first["span_confidence"]) == (start, None, 0.9123)
    assert [TEXT[slice(*piece)] for piece in first["spans_json"]["content"]] == [
        "“We have checked every crane,”",
        "“and every gate.”",
    ]


def test_beliefs_are_left_out_unless_asked_for(db: Database) -> None:
    belief = "the storm was worse than forecast"
    assert belief not in statements(db, Filters())
    assert belief in statements(db, Filters(all_statements=True))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        pytest.param(Filters(), 4, id="all"),
        pytest.param(Filters(speaker=(LIND,)), 2, id="a speaker"),
        pytest.param(Filters(speaker=("Lind",)), 0, id="part of a name is not a speaker"),
        pytest.param(Filters(speaker=("Port Authority", LIND)), 4, id="either of two speakers"),
        pytest.param(Filters(kind=("direct",)), 1, id="a kind"),
        pytest.param(Filters(status=("accepted",)), 1, id="a status"),
        pytest.param(Filters(outlet=("The Vestby Courier",)), 3, id="an outlet"),
        pytest.param(Filters(article=("vc-17",)), 1, id="an article"),
        pytest.param(Filters(since="2031-03-03"), 3, id="from that day on"),
        pytest.param(Filters(until="2031-03-03"), 3, id="to that day, included"),
        pytest.param(Filters(since="2031-03-04"), 0, id="after it"),
        pytest.param(Filters(until="2031-02"), 0, id="to the month before"),
        pytest.param(Filters(speaker=(LIND,), kind=("direct",)), 1, id="speaker and kind"),
        pytest.param(Filters(category=("Local",)), 4, id="a section"),
        pytest.param(Filters(category=("Loc",)), 0, id="part of a section's name is no section"),
        pytest.param(Filters(min_score=40), 1, id="a check score"),
    ],
)
def test_filters(db: Database, filters: Filters, found: int) -> None:
    about = {"id": "vc-17", "outlet": None, "published_at": None}
    speakers = (Speaker("Port Authority", "organisation", "list"), Speaker("Ann Roe", "person", "list"))
    save_article(db, 1, article(**about), [replace(REOPENING, speakers=speakers)])
    claim_id = str(db.execute("SELECT claim_id FROM claims WHERE article = 2").fetchone()[0])
    record(db.conn, claim_id, actor="Ada", action="accept")
    assert len(statements(db, filters)) == found


def test_rows_stand_in_the_order_of_date_article_and_place(db: Database) -> None:
    for own_id, day in (("b", "2031-01-02"), ("c", None), ("a", "2031-01-02")):
        save_article(db, 1, article(id=own_id, published_at=day), CLAIMS[:2])
    rows = written(db)
    keys = [(row["published_at"], row["article_id"], int(row["char_start"])) for row in rows]
    assert keys == sorted(keys)
    assert [row["article_id"] for row in rows][:6] == ["c", "c", "a", "a", "b", "b"]


def test_formulas_are_guarded_and_named(tmp_path: Path) -> None:
    text = "=1+1, said @Marta Lind."
    claim = replace(
        REOPENING,
        content=(span("=1+1", text),),
        source=(span("@Marta Lind", text),),
        cue=(span("said", text),),
        context=span(text, text),
        speakers=(Speaker("'Marta", "person", "name"),),
    )
    db = filled(tmp_path / "quotes.db", [])
    save_article(db, new_run(db), article(text, id="-7", title="+1"), [claim])
    row = written(db)[0]
    names = "speaker; speaker_as_written; statement; context; article_title; article_id"
    assert [row[name] for name in names.split("; ")] == [
        "''Marta", "'@Marta Lind", "'=1+1", "'=1+1, said @Marta Lind.", "'+1", "'-7",
    ]  # fmt: skip
    assert row["guarded"] == names
    raw = written(db, guard=False)[0]
    assert (raw["statement"], raw["guarded"]) == ("=1+1", "")
    for guarded in (True, False):
        export(db, tmp_path / "claims.csv", guard=guarded)
        assert [proof.verdict for proof in verify(db, tmp_path / "claims.csv")] == ["OK"]


@given(st.one_of(st.text(), st.text(alphabet="".join(DANGEROUS) + "ab ")))
def test_a_guarded_cell_comes_back_and_is_no_formula(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(tuple("=+-@\t\r\n\0＝＋－＠"))


ANY_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(ANY_CELL, min_size=1, max_size=4), st.sampled_from(",;\t"))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cells_come_back_from_a_file(tmp_path: Path, cells: list[str], delimiter: str) -> None:
    path = tmp_path / "any.csv"
    row = {"claim_id": "qc-1", **{f"column_{number}": cell for number, cell in enumerate(cells)}}
    safe = guarded_row(row, frozenset())
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows([list(safe), list(safe.values())])
    (line,) = read_csv(path)
    assert {name: unguard(cell) for name, cell in line.cells.items()} == row


@pytest.mark.parametrize("profile", ["claims", "short", "full"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("bom", [True, False])
def test_an_untouched_export_is_proved(db: Database, tmp_path: Path, profile: str, delimiter: str, bom: bool) -> None:
    path = tmp_path / "claims.csv"
    export(db, path, profile=profile, delimiter=delimiter, bom=bom)  # type: ignore[arg-type]
    proofs = list(verify(db, path))
    assert [(proof.line, proof.verdict, proof.what) for proof in proofs] == [
        (2, "OK", ""),
        (3, "OK", ""),
        (4, "OK", ""),
    ]


def test_reviews_after_an_export_do_not_change_it(db: Database, exported: Path) -> None:
    record(db.conn, verify_ids(db, exported)[0], actor="Ada", action="accept", note="checked")
    assert [proof.verdict for proof in verify(db, exported)] == ["OK"] * 3


def verify_ids(db: Database, exported: Path) -> list[str]:
    return [proof.claim_id for proof in verify(db, exported)]


@pytest.mark.parametrize(
    ("column", "change", "what"),
    [
        pytest.param("statement", lambda cell: cell.replace("Monday", "Tuesday"), "statement", id="a word"),
        pytest.param("statement", lambda cell: cell + " ", "statement", id="a blank"),
        pytest.param("quoted_words", lambda cell: "Never!", "quoted_words", id="words put in quotation marks"),
        pytest.param("char_start", lambda cell: str(int(cell) + 1), "char_start", id="an offset"),
        pytest.param("char_end", lambda cell: "", "char_end", id="an offset removed"),
        pytest.param("text_sha256", lambda cell: "0" * 64, "text_sha256", id="the hash"),
        pytest.param("speaker", lambda cell: "Bo Ek", "speaker", id="the speaker"),
        pytest.param("published_at", lambda cell: "2031-03-04", "published_at", id="the date"),
        pytest.param("note", lambda cell: "ask again", "", id="a note, which people may write"),
        pytest.param("review_status", lambda cell: "accepted", "", id="the status, which people may set"),
    ],
)
def test_tampering_is_named(db: Database, exported: Path, column: str, change: Callable[[str], str], what: str) -> None:
    with exported.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = change(rows[0][column])
    with exported.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    proofs = list(verify(db, exported))
    assert [(proof.verdict, proof.what) for proof in proofs] == [
        ("CHANGED" if what else "OK", what), ("OK", ""), ("OK", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tampering", "what"),
    [
        ("UPDATE claims SET statement = 'I resign' WHERE id = 1", "database: statement"),
        (
            "UPDATE articles SET text = replace(text, 'Monday', 'Friday')",
            "database: statement, statement, database: context, context, database: text_sha256, text_sha256",
        ),
        (
            'UPDATE claim_spans SET "end" = "end" - 1 WHERE claim = 1 AND role = \'content\'',
            "database: statement, statement, database: char_end, char_end",
        ),
        ("UPDATE claims SET speaker = 'Bo Ek' WHERE id = 1", "speaker"),
        (
            "DELETE FROM claim_spans WHERE claim = 1 AND role = 'content'",
            "database: statement, statement, database: char_start, char_start, database: char_end, char_end",
        ),
    ],
)
def test_a_database_that_was_tampered_with_is_named(db: Database, exported: Path, tampering: str, what: str) -> None:
    db.execute(tampering)
    assert next(verify(db, exported)).what == what


def test_claims_that_are_gone_are_missing_with_the_reason(db: Database, exported: Path) -> None:
    save_article(db, new_run(db, model_sha256="cd" * 32), article(), CLAIMS[1:])
    first, second, _ = verify(db, exported)
    assert (first.verdict, first.what) == ("MISSING", "no longer found by run 2")
    assert (second.verdict, second.what) == ("CHANGED", "extractor")
    save_article(db, new_run(db), article(TEXT + " More."), [])
    assert {proof.what for proof in verify(db, exported)} == {"the article has a newer version"}
    exported.write_text("claim_id,statement\nqc-none,words\n")
    exported.with_name("claims.csv-metadata.json").unlink()
    assert list(verify(db, exported)) == [RowProof(2, "qc-none", "MISSING", "no such claim in the database")]


def test_what_a_spreadsheet_rewrites_is_no_change(tmp_path: Path) -> None:
    text = '"It is\r\nopen," said Marta Lind.'
    claim = replace(
        CLAIMS[0],
        kind="direct",
        source=(span("Marta Lind", text),),
        cue=(span("said", text),),
        content=(span('"It is\r\nopen,"', text),),
        quoted=(span("It is\r\nopen,", text),),
        context=span(text, text),
        speakers=(),
    )
    db = filled(tmp_path / "quotes.db")
    save_article(db, 1, article(text, id="crlf"), [claim])
    path = tmp_path / "claims.csv"
    export(db, path, filters=Filters(article=("crlf",)), delimiter=";")
    saved = path.read_bytes()
    for before, after in ((b"is\r\nopen", b"is\nopen"), (b";0.9123;", b";0,9123;")):
        assert before in saved
        saved = saved.replace(before, after)
    path.write_bytes(saved)
    assert [(proof.verdict, proof.what) for proof in verify(db, path)] == [("OK", "")]


def test_rows_of_several_lines_are_numbered_by_their_first(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text('claim_id,note\nqc-a,"two\nlines"\nqc-b,one,too many\n')
    assert [proof.line for proof in verify(db, path)] == [2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name,place\nx,y\n", "no column claim_id"),
        (b"", "no column claim_id"),
        (b"claim_id,claim_id\n", "twice in the header"),
        (b'claim_id\n"qc-1\n', "not a well-formed CSV"),
        (b"claim_id\n\xff\xfe\n", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_files_that_are_no_exports(db: Database, tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "claims.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError, match=message):
        list(verify(db, path))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "xls"}, "no such format"),
        ({"profile": "long"}, "no such profile"),
        ({"delimiter": '"'}, "cannot separate columns"),
        ({"delimiter": "|"}, "cannot separate columns"),
    ],
)
def test_options_that_are_not_there(db: Database, tmp_path: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        export(db, tmp_path / "claims.csv", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "claims.csv").exists()


def test_a_failed_export_leaves_the_old_file(db: Database, exported: Path) -> None:
    before = exported.read_bytes()
    db.execute("UPDATE claims SET context = CAST(x'ff' AS TEXT) WHERE id = 3")
    with pytest.raises(Exception, match="decode"):
        export(db, exported)
    assert exported.read_bytes() == before
    assert list(exported.parent.glob(".*.part")) == []
    with pytest.raises(ExportError, match="cannot be written"):
        export(db, exported.parent / "no" / "folder.csv")
