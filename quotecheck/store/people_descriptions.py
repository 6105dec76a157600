"""What the tables and views of people across articles mean."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "speaker_events": "What people decided about who is who across articles, one row per decision, append-only like "
    "review_events.",
    "speaker_state": "Who stands for whom after these decisions; made from speaker_events and nothing else.",
    "speaker_parts": "Claims that a split gave to another person of the same name; made from speaker_events.",
    "claim_people": "The named speakers of each claim as people decided: merged ones under the one name.",
}

COLUMNS: dict[str, dict[str, str]] = {
    "speaker_events": {
        "id": "Row key.",
        "actor": "Who decided it.",
        "at": "When, in UTC.",
        "action": "merge, split, alias, different, later, identity, undo.",
        "speaker": "The speaker it is about: of a merge or an alias the one that is joined.",
        "other": "The other speaker: of a merge or an alias the one whose name both have from then on, of a split with "
        "claims the one who gets them.",
        "details_json": "claims of a split (claim_id and the speaker found there), wikidata and role of an identity.",
        "reason": "Why, if the person said so.",
        "undoes": "The event that an undo takes back.",
        "prev_hash": "Hash of the event before; zeros for the first.",
        "hash": "SHA-256 over all other columns as canonical JSON.",
    },
    "speaker_state": {
        "uid": "A speaker as found in articles.",
        "person": "The speaker it stands for; itself if it was not merged.",
        "name": "That person's name.",
        "kind": "That person's kind.",
        "role": "Who that is, as a person said.",
        "wikidata": "The person's Wikidata item, as a person said.",
    },
    "speaker_parts": {
        "claim_id": "The claim.",
        "uid": "The speaker found there.",
        "person": "Whose claim it is.",
    },
    "claim_people": {
        "claim": "The claim.",
        "seq": "Place among the claim's speakers, from 0.",
        "person": "The id of the speaker, after merges and splits.",
        "name": "The speaker's name.",
        "kind": "As in `speakers`.",
        "wikidata": "The speaker's Wikidata item.",
        "found_uid": "The id of the speaker as found: by the machine, or by the claim's reviewer.",
        "found_name": "That speaker's name.",
    },
}
