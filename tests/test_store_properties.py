"""Any text goes into the store and out of an export as it was; extraction and review do not hinder each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import article, contents, filled, new_run
from store_writer import long_article

from quotecheck.export import export, verify
from quotecheck.store import open_database, record, save_article, verify_chain
from quotecheck.store.reviews import stale_states
from quotecheck.types import Article, Claim, Span, Speaker
from quotecheck.vocabulary import CUE_CLASSES, KINDS, SPEAKER_BASES, SPEAKER_KINDS

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("=+-@'\"“”\r\n\t\u2028;,")), min_size=1, max_size=60)


def spans(text: str, least: int) -> st.SearchStrategy[tuple[Span, ...]]:
    """Stretches of a text in order that do not overlap."""
    cuts = st.lists(st.integers(0, len(text)), min_size=2 * least, max_size=6, unique=len(text) > 4).map(sorted)
    return cuts.map(lambda at: tuple(Span.of(text, a, b) for a, b in zip(at[::2], at[1::2], strict=False)))


@st.composite
def claims(draw: st.DrawFn, text: str) -> Claim:
    source = draw(spans(text, 0))
    name = draw(st.none() | TEXTS)
    kind, basis = draw(st.sampled_from(SPEAKER_KINDS)), draw(st.sampled_from(SPEAKER_BASES))
    speaker = Speaker(name, kind, basis, source[0] if source else None, role=draw(st.none() | TEXTS), confidence=0.5)
    return Claim(
        kind=draw(st.sampled_from(KINDS)),
        statement=draw(st.booleans()),
        source=source,
        cue=draw(spans(text, 0)),
        content=draw(spans(text, 1)),
        quoted=draw(spans(text, 0)),
        context=Span.of(text, 0, len(text)),
        cue_class=draw(st.sampled_from(CUE_CLASSES)),
        confidence=draw(st.floats(0, 1)),
        speakers=draw(st.sampled_from([(), (speaker,), (speaker, speaker)])),
        matching_key=draw(st.sampled_from(["", "08155c2e6d0f4a71"])),
    )


@st.composite
def inputs(draw: st.DrawFn) -> tuple[Article, list[Claim]]:
    text = draw(TEXTS)
    about = {name: draw(st.none() | TEXTS) for name in ("id", "title", "url", "outlet", "published_at")}
    return article(text, **about), draw(st.lists(claims(text), max_size=3))


@given(read=inputs())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_anything_is_stored_and_exported_as_it_was(tmp_path: Path, read: tuple[Article, list[Claim]]) -> None:
    one, found = read
    folder = Path(mkdtemp(dir=tmp_path))
    db = open_database(folder / "quotes.db")
    save_article(db, new_run(db), one, found)
    before = contents(db)
    assert db.execute("SELECT text FROM articles").fetchone() == (one.text,)
    save_article(db, new_run(db), one, found)
    assert contents(db) == before
    for profile in ("claims", "full"):
        path = folder / f"{profile}.csv"
        assert export(db, path, profile=profile) == sum(claim.statement for claim in found)  # type: ignore[arg-type]
        assert {proof.what for proof in verify(db, path)} <= {""}
    db.close()


def test_reviewers_and_an_extraction_work_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    filled(path).close()

    def extract() -> int:
        db = open_database(path)
        run = new_run(db)
        return sum(save_article(db, run, *long_article(number)).new for number in range(20))

    def review(actor: str) -> int:
        connection = open_database(path).conn
        claim_ids = [row[0] for row in connection.execute("SELECT claim_id FROM claims WHERE article = 1 ORDER BY id")]
        return len([record(connection, claim_id, actor=actor, action="unsure") for claim_id in claim_ids * 10])

    with ThreadPoolExecutor() as pool:
        work = [pool.submit(extract), pool.submit(review, "Ada"), pool.submit(review, "Bo")]
        assert [job.result() for job in work] == [800, 40, 40]
    db = open_database(path)
    assert (db["review_events"].count, verify_chain(db.conn), stale_states(db.conn)) == (80, [], [])


def test_two_processes_may_make_one_database(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda _: len(open_database(tmp_path / "quotes.db").table_names()), range(8)))
    assert len(set(made)) == 1
