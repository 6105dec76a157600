"""The same speaker across articles: what people decide is an event, can be taken back, and holds from then on."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from store_samples import new_run

from quotecheck.errors import ConflictError, StoreError
from quotecheck.export import export
from quotecheck.store import open_database, people, record, save_article, statistics, verify_chain
from quotecheck.store.identity import speaker_uid
from quotecheck.types import Article, Claim, Span, Speaker

PRESS = (
    # outlet, speaker as the article names them, role there
    ("The Vestby Courier", "Dmitri Vasin", "harbour master"),
    ("The Vestby Courier", "Dmitri Vasin", "harbour master"),
    ("Sund Radio", "Dmitry Vasin", "harbour master"),
    ("Sund Radio", "Marta Lind", "mayor"),
    ("The Vestby Courier", "John Smith", "plumber"),
    ("Sund Radio", "John Smith", "minister"),
)
VASIN, DMITRY, LIND, SMITH = (
    speaker_uid(name, "person") for name in ("Dmitri Vasin", "Dmitry Vasin", "Marta Lind", "John Smith")
)


def report(number: int, outlet: str, *names: str, role: str | None = None, words: str = "it would rain") -> Article:
    return Article(
        text=f"{' and '.join(names)}, the {role}, said {words} on day {number}.",
        source_ref=f"wire/{number}.txt",
        reader="text",
        raw_sha256="0" * 64,
        outlet=outlet,
        title=f"Weather {number}",
    )


def statement(article: Article, *names: str, role: str | None = None) -> Claim:
    text = article.text

    def at(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    return Claim(
        kind="indirect",
        statement=True,
        source=(at(" and ".join(names)),),
        cue=(at("said"),),
        content=(Span.of(text, text.index("said") + 5, len(text) - 1),),
        quoted=(),
        context=Span.of(text, 0, len(text)),
        cue_class="neutral",
        confidence=0.9,
        speakers=tuple(Speaker(name, "person", "name", at(name), role=role, confidence=0.97) for name in names),
    )


def print_article(db: Database, number: int, outlet: str, *names: str, role: str | None = None) -> str:
    """Save an article in which these people say something, and return the id of the claim."""
    article = report(number, outlet, *names, role=role)
    save_article(db, new_run(db), article, [statement(article, *names, role=role)])
    return str(db.execute("SELECT claim_id FROM claims ORDER BY id DESC").fetchone()[0])


def newsroom(path: Path) -> Database:
    db = open_database(path)
    for number, (outlet, name, role) in enumerate(PRESS):
        print_article(db, number, outlet, name, role=role)
    return db


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = newsroom(tmp_path / "quotes.db")
    yield db
    db.close()


@pytest.fixture
def conn(db: Database) -> sqlite3.Connection:
    return db.conn


def shown(conn: sqlite3.Connection) -> list[str | None]:
    return [name for (name,) in conn.execute("SELECT speaker FROM claims_current ORDER BY id")]


def state(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything that readers of the database see of speakers."""
    return {
        view: conn.execute(f"SELECT * FROM {view} ORDER BY 1, 2").fetchall()
        for view in ("claim_people", "speaker_state", "speaker_parts", "attributed_claims")
    }


def test_a_merge_shows_everywhere_and_holds_for_later_articles(db: Database, conn: sqlite3.Connection) -> None:
    event = people.merge(conn, DMITRY, VASIN, actor=" Ada ", reason="same harbour, same desk")
    assert (event.id, event.actor, event.action, event.speaker, event.other) == (1, "Ada", "merge", DMITRY, VASIN)
    assert shown(conn) == ["Dmitri Vasin"] * 3 + ["Marta Lind", "John Smith", "John Smith"]
    assert [
        row[0] for row in conn.execute("SELECT speaker_id FROM attributed_claims WHERE speaker = 'Dmitri Vasin'")
    ] == [VASIN] * 3
    print_article(db, 7, "Sund Radio", "Dmitry Vasin", role="harbour master")
    assert shown(conn)[-1] == "Dmitri Vasin"
    assert people.names_of(conn, VASIN) == ["Dmitri Vasin", "Dmitry Vasin"]
    assert people.touched(conn, VASIN) == 4


def test_a_merged_speaker_counts_once_and_is_exported_with_all_its_forms(db: Database, tmp_path: Path) -> None:
    for uid, form in ((VASIN, "Mr. Vasin"), (DMITRY, "Captain Dmitry Vasin")):
        db.execute("INSERT INTO speaker_aliases SELECT id, ?, 'text' FROM speakers WHERE uid = ?", [form, uid])
    db.conn.commit()
    assert statistics(db).speakers == 4
    people.merge(db.conn, DMITRY, VASIN, actor="Ada")
    assert statistics(db).speakers == 3
    export(db, tmp_path / "claims.csv", profile="full")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as stream:
        aliases = {row["speaker_aliases"] for row in csv.DictReader(stream) if row["speaker"] == "Dmitri Vasin"}
    assert aliases == {"Captain Dmitry Vasin; Dmitri Vasin; Dmitry Vasin; Mr. Vasin"}


def test_joint_speakers_are_merged_one_by_one(db: Database, conn: sqlite3.Connection) -> None:
    print_article(db, 7, "Sund Radio", "Marta Lind", "Dmitry Vasin")
    print_article(db, 8, "Sund Radio", "Dmitri Vasin", "Dmitry Vasin")
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    assert shown(conn)[-2:] == ["Marta Lind; Dmitri Vasin", "Dmitri Vasin"]
    assert conn.execute("SELECT speaker_id FROM claims_current ORDER BY id DESC").fetchone() == (VASIN,)


def test_a_reviewers_name_is_merged_too(conn: sqlite3.Connection) -> None:
    claim_id = conn.execute("SELECT claim_id FROM claims WHERE speaker = 'Marta Lind'").fetchone()[0]
    record(conn, claim_id, actor="Bo", action="correct", changes={"speaker": "Dmitry Vasin"})
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    assert conn.execute(
        "SELECT speaker, speaker_id, speaker_basis, machine_speaker FROM claims_current WHERE claim_id = ?", (claim_id,)
    ).fetchone() == ("Dmitri Vasin", VASIN, "human", "Marta Lind")


def test_an_alias_holds_before_anybody_is_called_so(db: Database, conn: sqlite3.Connection) -> None:
    people.alias(conn, VASIN, "Dima Vasin", actor="Ada")
    print_article(db, 7, "Sund Radio", "Dima Vasin")
    assert shown(conn)[-1] == "Dmitri Vasin"
    assert people.find(conn, "Dima Vasin") == VASIN


def test_a_wikidata_item_stands_in_every_export_row_of_the_person(conn: sqlite3.Connection) -> None:
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    people.identify(conn, DMITRY, actor="Ada", wikidata="Q4242", role="harbour master of Vestby")
    items = conn.execute("SELECT speaker_wikidata, count(*) FROM attributed_claims GROUP BY 1 ORDER BY 1").fetchall()
    assert items == [(None, 3), ("Q4242", 3)]
    people.identify(conn, VASIN, actor="Ada", wikidata="")
    assert conn.execute("SELECT DISTINCT role, wikidata FROM speaker_state").fetchall() == [
        ("harbour master of Vestby", None)
    ]


def test_claims_of_a_namesake_are_split_off(db: Database, conn: sqlite3.Connection) -> None:
    minister = conn.execute("SELECT claim_id FROM claims WHERE speaker_role = 'minister'").fetchone()[0]
    people.split(conn, SMITH, actor="Ada", claims=[minister], name="John Smith (minister)")
    assert shown(conn)[4:] == ["John Smith", "John Smith (minister)"]
    article = report(5, "Sund Radio", "John Smith", role="minister")
    save_article(db, new_run(db, model_sha256="cd" * 32), article, [statement(article, "John Smith", role="minister")])
    assert shown(conn)[4:] == ["John Smith", "John Smith (minister)"]
    people.undo(conn, 1, "Ada")
    assert shown(conn)[4:] == ["John Smith", "John Smith"]


def test_a_merged_speaker_leaves_with_those_merged_into_it(db: Database, conn: sqlite3.Connection) -> None:
    print_article(db, 7, "Sund Radio", "Dima Vasin")
    dima = speaker_uid("Dima Vasin", "person")
    people.merge(conn, dima, DMITRY, actor="Ada")
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    people.split(conn, DMITRY, actor="Ada")
    assert (shown(conn)[2], shown(conn)[-1], shown(conn)[0]) == ("Dmitry Vasin", "Dmitry Vasin", "Dmitri Vasin")


REFUSED: tuple[tuple[str, Callable[[sqlite3.Connection], object], type[StoreError], str], ...] = (
    ("nobody", lambda c: people.merge(c, "qs-none", VASIN, actor="Ada"), StoreError, "speakers list"),
    ("itself", lambda c: people.merge(c, VASIN, VASIN, actor="Ada"), ConflictError, "one speaker already"),
    ("nameless actor", lambda c: people.merge(c, DMITRY, VASIN, actor=" "), StoreError, "--reviewer"),
    ("split of nothing", lambda c: people.split(c, VASIN, actor="Ada"), ConflictError, "not merged"),
    (
        "split without a name", lambda c: people.split(c, SMITH, actor="Ada", claims=["qc-1"]), StoreError,
        "a name of their own",
    ),
    (
        "another's claim", lambda c: people.split(c, SMITH, actor="Ada", claims=["qc-1"], name="J. S."), StoreError,
        "no claim of John Smith",
    ),
    ("no item", lambda c: people.identify(c, VASIN, actor="Ada", wikidata="4242"), StoreError, "such as Q42"),
    ("nothing said", lambda c: people.identify(c, VASIN, actor="Ada"), StoreError, "Wikidata id or a role"),
    ("no such event", lambda c: people.undo(c, 99, "Ada"), StoreError, "no people event 99"),
    ("own alias", lambda c: people.alias(c, VASIN, "Dmitri Vasin", actor="Ada"), ConflictError, "already"),
    ("empty alias", lambda c: people.alias(c, VASIN, "  ", actor="Ada"), StoreError, "needs a name"),
    ("nobody's name", lambda c: people.find(c, "Ines Okoro"), StoreError, "no speaker 'Ines Okoro'"),
)  # fmt: skip


@pytest.mark.parametrize(("act", "error", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_is_refused_whole(
    conn: sqlite3.Connection, act: Callable[[sqlite3.Connection], object], error: type[StoreError], message: str
) -> None:
    before = state(conn)
    with pytest.raises(error, match=message):
        act(conn)
    assert (people.history(conn), state(conn), conn.in_transaction) == ([], before, False)


def test_different_people_cannot_be_merged_by_mistake(conn: sqlite3.Connection) -> None:
    people.different(conn, VASIN, DMITRY, actor="Ada")
    with pytest.raises(ConflictError, match=r"declared different \(by Ada, event 1\)"):
        people.merge(conn, DMITRY, VASIN, actor="Bo")
    people.undo(conn, 1, "Ada")
    people.merge(conn, DMITRY, VASIN, actor="Bo")
    with pytest.raises(ConflictError, match="one person; split them first"):
        people.different(conn, VASIN, DMITRY, actor="Ada")


def test_two_wikidata_items_are_two_people(conn: sqlite3.Connection) -> None:
    people.identify(conn, VASIN, actor="Ada", wikidata="Q1")
    people.identify(conn, DMITRY, actor="Ada", wikidata="Q2")
    with pytest.raises(StoreError, match=r"two Wikidata items: Q1 \(Dmitri Vasin\) and Q2 \(Dmitry Vasin\)"):
        people.merge(conn, DMITRY, VASIN, actor="Ada")


def test_a_speaker_merged_meanwhile_is_a_conflict(conn: sqlite3.Connection) -> None:
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    with pytest.raises(ConflictError, match="Dmitry Vasin is merged with Dmitri Vasin; look at the speaker again"):
        people.merge(conn, DMITRY, LIND, actor="Bo")


def test_an_undo_that_contradicts_a_later_decision_is_refused(conn: sqlite3.Connection) -> None:
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    taken_back = people.undo(conn, 1, "Ada")
    people.different(conn, VASIN, DMITRY, actor="Bo")
    with pytest.raises(ConflictError, match="declared different"):
        people.undo(conn, taken_back.id, "Ada")
    with pytest.raises(ConflictError, match="undone already"):
        people.undo(conn, 1, "Ada")


def test_events_are_for_good_and_every_change_of_them_is_seen(conn: sqlite3.Connection) -> None:
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    people.identify(conn, VASIN, actor="Ada", wikidata="Q1")
    for sql in (
        "UPDATE speaker_events SET actor = 'Eve'",
        "DELETE FROM speaker_events",
        "INSERT OR REPLACE INTO speaker_events SELECT * FROM speaker_events WHERE id = 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="speaker events are append-only"):
            conn.execute(sql)
        conn.rollback()
    assert (verify_chain(conn, "speaker_events"), people.stale_people(conn)) == ([], [])
    conn.execute("DROP TRIGGER speaker_events_no_update")
    conn.execute("UPDATE speaker_events SET actor = 'Eve' WHERE id = 1")
    assert verify_chain(conn, "speaker_events") == [1]
    conn.execute("DROP TRIGGER speaker_events_no_delete")
    conn.execute("DELETE FROM speaker_events WHERE id = 2")
    assert people.stale_people(conn) == sorted([DMITRY, VASIN])


def test_history_follows_a_person_through_merges(conn: sqlite3.Connection) -> None:
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    people.identify(conn, LIND, actor="Ada", wikidata="Q7")
    people.undo(conn, 1, "Bo", reason="two harbours")
    assert [(e.id, e.action, e.undoes) for e in people.history(conn, DMITRY)] == [(1, "merge", None), (3, "undo", 1)]
    assert [e.id for e in people.history(conn)] == [1, 2, 3]


def test_suggestions_say_what_speaks_for_them_and_heed_every_answer(db: Database, conn: sqlite3.Connection) -> None:
    (found,) = people.suggestions(conn)
    assert (found.one.name, found.other.name, found.reason, found.later) == (
        "Dmitri Vasin", "Dmitry Vasin", "transliteration", False,
    )  # fmt: skip
    assert (found.one.claims, found.other.claims) == (2, 1)
    assert (found.evidence, found.against) == (("same role: harbour master",), ())
    people.later(conn, VASIN, DMITRY, actor="Ada")
    assert [s.later for s in people.suggestions(conn)] == [True]
    people.different(conn, DMITRY, VASIN, actor="Ada")
    assert people.suggestions(conn) == []
    print_article(db, 7, "Sund Radio", "Dmitry Vasin", role="harbour master")
    assert people.suggestions(conn) == []
    people.undo(conn, 2, "Ada")
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    assert people.suggestions(conn) == []


def test_what_is_said_of_one_holds_for_whom_it_was_merged_with(db: Database, conn: sqlite3.Connection) -> None:
    print_article(db, 7, "Sund Radio", "Dimitri Vasin", role="harbour master")
    dimitri = speaker_uid("Dimitri Vasin", "person")
    people.different(conn, dimitri, DMITRY, actor="Ada")
    people.merge(conn, DMITRY, VASIN, actor="Ada")
    assert people.suggestions(conn) == []


def test_names_in_one_article_speak_against_a_suggestion(db: Database, conn: sqlite3.Connection) -> None:
    print_article(db, 7, "Sund Radio", "Dmitri Vasin", "Dmitry Vasin")
    (found,) = people.suggestions(conn)
    assert (found.shared_articles, found.against) == (1, ("1 article names both",))


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_can_be_undone(tmp_path: Path, data: st.DataObject) -> None:
    db = newsroom(Path(mkdtemp(dir=tmp_path)) / "quotes.db")
    conn, uids = db.conn, [VASIN, DMITRY, LIND, SMITH]
    claims = [claim_id for (claim_id,) in conn.execute("SELECT claim_id FROM claims")]
    one, other = st.sampled_from(uids), st.sampled_from(uids)
    acts = st.one_of(
        st.builds(lambda a, b: lambda: people.merge(conn, a, b, actor="Ada"), one, other),
        st.builds(lambda a, b: lambda: people.different(conn, a, b, actor="Ada"), one, other),
        st.builds(lambda a: lambda: people.split(conn, a, actor="Ada"), one),
        st.builds(
            lambda a, c: lambda: people.split(conn, a, actor="Ada", claims=[c], name="Another"), one,
            st.sampled_from(claims),
        ),
        st.builds(lambda a, f: lambda: people.alias(conn, a, f, actor="Ada"), one, st.sampled_from(["Dima", "Marta"])),
        st.builds(
            lambda a, q: lambda: people.identify(conn, a, actor="Ada", wikidata=q), one, st.sampled_from(["Q1", "Q2"])
        ),
        st.builds(lambda i: lambda: people.undo(conn, i, "Bo"), st.integers(1, 8)),
    )  # fmt: skip
    states = [state(conn)]
    for act in data.draw(st.lists(acts, max_size=8)):
        before = len(people.history(conn))
        try:
            act()
        except StoreError:
            assert (len(people.history(conn)), state(conn)) == (before, states[-1])
            continue
        states.append(state(conn))
        assert (verify_chain(conn, "speaker_events"), people.stale_people(conn)) == ([], [])
    for event in reversed(people.history(conn)):
        people.undo(conn, event.id, "Ada")
        assert state(conn) == states[event.id - 1]
    kept = state(conn)
    people.rebuild_people(conn)
    assert state(conn) == kept
    db.close()


def test_an_older_database_comes_to_the_present_schema(tmp_path: Path) -> None:
    """A migration keeps what was stored, and what is stored then is complete."""
    db = newsroom(tmp_path / "quotes.db")
    before = db.execute("SELECT * FROM attributed_claims").fetchall()
    for table in ("speaker_parts", "speaker_state", "speaker_events"):
        db.execute(f"DROP TABLE {table}")
    for column in ("role_start", "role_end", "affiliation_start", "affiliation_end"):
        for view in ("who_did_what", "article_topics", "attributed_claims", "claims_current", "claim_people"):
            db.execute(f"DROP VIEW IF EXISTS {view}")
        db.execute(f"ALTER TABLE claim_speakers DROP COLUMN {column}")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_people'")
    db.conn.commit()
    db.close()
    db = open_database(tmp_path / "quotes.db")
    assert db.execute("SELECT * FROM attributed_claims").fetchall() == before
    people.merge(db.conn, DMITRY, VASIN, actor="Ada")
    assert replace(people.history(db.conn)[0], hash="", at="", prev_hash="").action == "merge"
