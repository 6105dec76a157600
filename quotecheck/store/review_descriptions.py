"""What the tables of reviewing and their columns mean."""

from __future__ import annotations

KEY = "Row key."
REVIEW = {
    "reviewer": "Who made the latest decision that counts.",
    "reviewed_at": "When that was, in UTC.",
    "reject_reason": "Why it was rejected: not_speech, scare_quotes_or_title, wrong_speaker, wrong_span, duplicate, "
    "not_a_statement, other.",
    "note": "The reviewers' note.",
    "tags": "Tags, separated by `; `.",
    "second_reviewer": "Who reviewed it as the second, without seeing the first's work.",
    "adjudicator": "Who decided between two reviewers; `agreement` where they came to the same.",
    "fact_check_url": "A fact check that a person linked.",
    "fact_check_rating": "Its rating, as its publisher gives it.",
    "reviewers": "Who is to judge it in a double review.",
    "flagged": "1 if somebody asked for a second look.",
}

TABLES: dict[str, str] = {
    "review_events": "What reviewers did, one row per action, append-only: an undo is a further row. Each "
    "row holds the hash of the one before it.",
    "claim_state": "What the review events of a claim add up to; made from them and nothing else.",
    "judged_readings": "Readings of the machine that somebody acted on, kept when a later run read the claim "
    "otherwise; columns as in claims.",
    "article_state": "What people said of an article as a whole; made from review_events and nothing else.",
    "batches": "Statements given to several reviewers who judge them without seeing each other's work.",
    "batch_claims": "The statements of a batch.",
    "reviewers": "Who may work at the desk, and as what.",
    "login_links": "Links by which a reviewer logs in, each once; only a hash of what is secret in them is kept.",
}

COLUMNS: dict[str, dict[str, str]] = {
    "review_events": {
        "id": KEY,
        "claim_id": "The claim that was reviewed; empty for an event on an article as a whole.",
        "actor": "Who did it.",
        "at": "When, in UTC.",
        "action": "accept, reject, unsure, correct (fields), renew (takes the machine's new reading), spans, add, "
        "split, merge; note, link, flag, unflag; "
        "double (opens a double review), adjudicate; found-all (of an article); undo.",
        "before_json": "The columns of claim_state (article_state) that it changed, as they were, as JSON.",
        "after_json": "The same as they are now.",
        "reason": "Why, if the reviewer said so.",
        "undoes": "The event that an undo takes back.",
        "claim_version": "The claim's version that the reviewer saw.",
        "claim_fingerprint": "The fingerprint of the reading that the reviewer saw.",
        "prev_hash": "Hash of the event before; zeros for the first.",
        "hash": "SHA-256 over all other columns as canonical JSON; article_uid and part_of count only where filled.",
        "article_uid": "The version of the article that an event on an article as a whole is about.",
        "part_of": "The first event of an action on several claims; they are undone together.",
    },
    "article_state": {
        "article": "The version of the article.",
        "events": "How many events it has.",
        "complete": "1 if a person says that every statement is found, 0 if something is missing.",
        "reviewer": "Who said so.",
        "reviewed_at": "When, in UTC.",
    },
    "batches": {
        "id": KEY,
        "name": "The batch's name.",
        "reviewers": "Who judges its statements, separated by `; `.",
        "made_by": "Who made the batch.",
        "made_at": "When, in UTC.",
    },
    "batch_claims": {
        "batch": "The batch.",
        "seq": "Place in the batch, from 0.",
        "claim_id": "The claim.",
    },
    "reviewers": {
        "id": KEY,
        "name": "The name under which reviews are recorded.",
        "role": "reader (may look), reviewer (may judge), adjudicator (may also decide conflicts and make batches).",
        "added_at": "When, in UTC.",
        "removed_at": "When the person was removed; their reviews stay.",
    },
    "login_links": {
        "id": KEY,
        "nonce_sha256": "SHA-256 of what is secret in the link.",
        "reviewer": "Whom it logs in.",
        "made_at": "When, in UTC.",
        "expires_at": "Until when it can be used.",
        "used_at": "When it was used; it works once.",
    },
    "claim_state": REVIEW
    | {
        "claim": "The claim.",
        "events": "How many events it has.",
        "in_force": "How many of them count: neither undone nor an undo.",
        "status": "What the events make of it, before the text or the reading changed.",
        "kind": "The corrected kind; empty if it was not corrected.",
        "speaker": "The corrected name.",
        "speaker_id": "The corrected speaker's id.",
        "speaker_kind": "The corrected kind of speaker; empty if the speaker was not corrected.",
        "decided_fingerprint": "The fingerprint of the machine's reading at the time of the latest decision.",
        "reading": "The fingerprint of the reading that the decision stands on; an earlier one, from judged_readings, "
        "where a person kept that.",
        "said_date": "The corrected date.",
        "said_date_basis": "human or unknown where a person set the date; else empty.",
        "spans_json": "The corrected spans by role, as JSON; empty where the machine's stand.",
        "added": "1 if a person added the claim.",
        "merged_into": "The claim_id of the claim that has this one's words.",
        "judged_json": "What the latest decision took the claim to say: kind, speaker, date, spans.",
        "context_start": "Where the context of corrected spans begins, in code points.",
        "context_end": "Where it ends.",
    },
}
