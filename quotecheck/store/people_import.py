"""Taking over a list of known people: names, aliases, roles, Wikidata items. The same list again changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotecheck.errors import StoreError
from quotecheck.store.connection import Row, immediate
from quotecheck.store.identity import speaker_uid, stored_name
from quotecheck.store.people_events import append_decision, check_wikidata, settle
from quotecheck.store.people_state import People, SpeakerEvent, apply_event, load_people_events, replay_people
from quotecheck.store.speakers import speaker_key
from quotecheck.vocabulary import SPEAKER_KINDS


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One row of a list; `line` is where it stands in its file. Empty fields say nothing."""

    line: int
    name: str
    kind: str = "person"
    aliases: tuple[str, ...] = ()
    role: str = ""
    wikidata: str = ""


@dataclass
class ImportResult:
    """How many rows told something new and how many did not, and the rows refused, by line, with the reason."""

    changed: int = 0
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def import_people(connection: sqlite3.Connection, listed: Iterable[KnownPerson], *, actor: str) -> ImportResult:
    """Record what a list of people says that is not known yet, in one transaction.

    A row that contradicts what is known, or that cannot be, is refused as a whole; the others are taken over.
    """
    result = ImportResult()
    with immediate(connection):
        intake = _Intake(connection, actor, replay_people(load_people_events(connection)))
        for person in listed:
            try:
                changed = intake.take(person)
            except StoreError as error:
                result.refused[person.line] = str(error)
                continue
            result.changed += changed
            result.unchanged += not changed
        settle(connection)
    return result


class _Intake:
    """Records rows one by one, knowing who is who after each of them."""

    def __init__(self, connection: sqlite3.Connection, actor: str, people: People) -> None:
        self.connection, self.actor, self.people = connection, actor, people
        self.known = {person: people.known(members) for person, members in people.groups().items()}

    def take(self, person: KnownPerson) -> bool:
        """Record what a row says that is not known yet; whether there was anything. Raises StoreError, having
        recorded nothing, if it cannot be.
        """
        name, kind = stored_name(person.name).strip(), person.kind or "person"
        if not name:
            raise StoreError("no name; every row needs one")
        if kind not in SPEAKER_KINDS:
            raise StoreError(f"no such kind of speaker: {kind!r}; use one of {', '.join(SPEAKER_KINDS)}")
        check_wikidata(person.wikidata)
        root = self.people.root(speaker_uid(name, kind))
        said: Row = {"role": person.role or None, "wikidata": person.wikidata or None}
        known = self.known.get(root, {})
        news: Row = {field: value for field, value in said.items() if value and known.get(field) != value}
        if "wikidata" in news and known.get("wikidata"):
            raise StoreError(f"{name} is {known['wikidata']} here, {news['wikidata']} in the list; correct one of them")
        forms = [form for form in map(str.strip, map(stored_name, person.aliases)) if form]
        fresh = [form for form in dict.fromkeys(forms) if self._is_new(form, kind, root)]
        speaker_key(self.connection, name, kind)
        if news or root not in self.known:
            self._record("identity", root, None, news)
        for form in fresh:
            speaker_key(self.connection, form, kind)
            self._record("alias", speaker_uid(form, kind), root, {})
        changed = bool(news or fresh or root not in self.known)
        self.known[root] = known | news
        return changed

    def _is_new(self, form: str, kind: str, root: str) -> bool:
        """Whether a form is not known as this person's yet. Raises StoreError if it is another's."""
        uid = speaker_uid(form, kind)
        holder = self.people.root(uid)
        if holder == root:
            return False
        if uid in self.people.parent or uid in self.known:
            raise StoreError(f"{form!r} is another speaker's name here; merge or split them with `quotecheck speakers`")
        if frozenset((holder, root)) in self.people.apart():
            raise StoreError(f"{form!r} was declared another person; undo that first")
        return True

    def _record(self, action: str, speaker: str, other: str | None, details: Row) -> SpeakerEvent:
        event = append_decision(self.connection, action, speaker, other, actor=self.actor, details=details)
        apply_event(self.people, event)
        return event
