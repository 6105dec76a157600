"""Blind double review: two people judge the same claim without seeing each other's work.

From the event `double` on, what each of its reviewers does to the claim is a track of its own. The claim's state stays
as it was until both have judged: then they agree, or it is `conflicting` until somebody adjudicates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotecheck.store.connection import Row, Value
from quotecheck.store.state import UNREVIEWED, ReviewEvent, applied, in_force

AGREEMENT = "agreement"
"""Stands for the `adjudicator` of a claim about which its reviewers agreed by themselves."""
VERDICTS = {"accepted": "right", "corrected": "right", "rejected": "rejected", "unsure": "unsure"}
"""What a track's status says about the claim; two corrections that come to the same are one verdict."""
JOINED = ("note", "tags")


@dataclass(slots=True)
class Progress:
    """How far the events of a claim have come: its state without double review, and the tracks while there is one."""

    state: Row
    tracks: dict[str, Row] = field(default_factory=dict)
    since: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a double review is under way in which somebody has not judged yet."""
        return any(track["status"] not in VERDICTS for track in self.tracks.values())


def progress(events: Sequence[ReviewEvent]) -> Progress:
    """Follow the events of a claim, oldest first."""
    found = Progress(dict(UNREVIEWED))
    for event in in_force(events):
        if event.action == "double":
            found.state = {**found.state, **event.after}
            base = dict(found.state) | {"status": "unreviewed"}
            found.tracks = {name: dict(base) for name in str(event.after["reviewers"]).split("; ")}
            found.since = event.id
        elif event.action == "adjudicate" or event.actor not in found.tracks:
            found.state = applied(found.state, event)
            if event.action == "adjudicate":
                found.tracks = {}
        else:
            found.tracks[event.actor] = applied(found.tracks[event.actor], event)
    return found


def replay(events: Sequence[ReviewEvent]) -> Row:
    """The state that a claim's events, oldest first, leave it in: the fields of `UNREVIEWED`."""
    found = progress(events)
    if not found.tracks or found.is_open:
        return found.state
    return found.state | _settled(sorted(found.tracks.values(), key=lambda track: str(track["reviewed_at"])))


def visible(events: Sequence[ReviewEvent], actor: str | None) -> list[ReviewEvent]:
    """The events that `actor` may see: while a double review is open, nobody sees the work of its other reviewers."""
    found = progress(events)
    if not found.is_open:
        return list(events)
    hidden = found.tracks.keys() - {actor}
    return [event for event in events if event.id < found.since or event.actor not in hidden]


def seen_by(events: Sequence[ReviewEvent], actor: str | None) -> Row:
    """The claim's state before `actor`: their own track while a double review of theirs is open, else `replay`."""
    found = progress(events)
    if found.is_open and actor in found.tracks:
        return found.tracks[str(actor)]
    return replay(events)


def _settled(tracks: Sequence[Row]) -> Row:
    """What several people's judgements come to, the first to judge first."""
    first, *others = tracks
    notes = {name: _joined(tracks, name) for name in JOINED}
    people = {"reviewer": first["reviewer"], "second_reviewer": others[-1]["reviewer"] if others else None}
    seen = {name: tracks[-1][name] for name in ("reviewed_at", "decided_fingerprint", "reading")}
    if len({_verdict(track) for track in tracks}) > 1:
        return {"status": "conflicting", **notes, **people, **seen}
    status = "adjudicated" if _verdict(first)[0] == "right" else first["status"]
    return dict(first) | {"status": status, "adjudicator": AGREEMENT, **notes, **people, **seen}


def _verdict(track: Mapping[str, Value]) -> tuple[str, Value]:
    verdict = VERDICTS[str(track["status"])]
    return verdict, track["judged_json"] if verdict == "right" else None


def _joined(tracks: Sequence[Row], name: str) -> str | None:
    parts = [str(track[name]) for track in tracks if track[name]]
    separator = "\n" if name == "note" else "; "
    return separator.join(dict.fromkeys(parts)) or None
