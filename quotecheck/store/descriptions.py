"""What every table and column means, in one place: docs/schema.md and metadata.yml are written from here."""

from __future__ import annotations

from quotecheck.store import people_descriptions, readings, review_descriptions, topic_descriptions
from quotecheck.store.review_descriptions import KEY, REVIEW

TABLES: dict[str, str] = {
    "articles": "Articles as read, one row per version of a text; the text is exactly the input's, never changed.",
    "runs": "Extraction runs: with which tool, model and options, and when. A run without an end broke off.",
    "claims": "Attributed statements as the machine reads them; people's decisions stand in review_events.",
    "claim_spans": "Where in the article's text a claim's source, cue, content, quoted words and circumstances stand.",
    "claim_speakers": "Whom the machine takes for the speakers of a claim, and why; a claim may have several.",
    "speakers": "Speakers by name and kind. Two names are never joined because they look alike.",
    "speaker_aliases": "Forms under which a speaker's name was seen or which a person declared.",
    "mentions": "Places in an article that mention a speaker.",
    **people_descriptions.TABLES,
    **review_descriptions.TABLES,
    **topic_descriptions.TABLES,
    "claim_spans_current": "Spans of claims as they stand today: as a person set them, else as the machine read them.",
    "claims_current": "Claims as they stand today: the machine's reading under the latest human decision.",
    "attributed_claims": "What `quotecheck export` writes: statements, without beliefs, intentions and attitudes.",
}

_ARTICLE = {
    "source_ref": "Where the article was read: a path, path:line for a record in a file, - for standard input.",
    "outlet": "The newspaper, agency or site.",
    "author_title": "The author's title, as the input gives it.",
    "author_description": "What the input says about the author.",
    "published_raw": "The time of publication in the input's own words.",
    "published_at": "When the article was published, ISO 8601; empty if unknown.",
    "raw_sha256": "SHA-256 of the bytes that were read.",
    "text_sha256": "SHA-256 of the article's text as UTF-8. Offsets count Unicode code points of this text.",
    "article_id": "Names an article through all its versions: the input's own id, or one made from URL, path or text.",
}
_SPEAKER = {
    "speaker": "The canonical name, several separated by `; `; empty if nobody is named or it is not safe to say.",
    "speaker_id": "The speaker's id; the same name of the same kind always has the same.",
    "speaker_kind": "person, organisation, place_metonym (the palace), group (critics), document, unnamed, unknown.",
    "speaker_as_written": "The article's own words for the source.",
    "speaker_basis": "By what: name, alias, pronoun, title_only, carry_over, metonym, list, human, unresolved.",
    "speaker_role": "Office or title, in the article's words.",
    "speaker_affiliation": "Body or country the speaker is said to belong to, in the article's words.",
    "speaker_confidence": "Probability that the name is right; of several speakers, the lowest.",
}
_EVIDENCE = {
    "polarity": "What the speaker did with the statement: asserts, denies, asks; unclear.",
    "mode": "plain; negated (“did not say”), hypothetical (“if he says”), future (“will say”), declines (to comment), "
    "refuses (to do it).",
    "said_date": "When it was said, EDTF: a day, a month, a year or from/to; empty if the article does not tell.",
    "said_date_text": "The article's words for when it was said.",
    "said_date_basis": "How the date follows: explicit, weekday, relative, same_as_publication (assumed), human, "
    "unknown.",
    "place": "Where it was said.",
    "occasion": "At what event or in what document it was said.",
    "told_to": "To whom it was said.",
    "reported_via": "Through whom or what the article knows of it.",
    "anonymity": "A0 named person, A1 named body, A2 document, A3 unnamed with role and body, A4 unnamed and loose, "
    "A5 bare, A6 collective, A7 no source.",
    "anonymity_reason": "Why the source is not named, in the article's words.",
    "source_count": "How many sources there are (“two officials”).",
    "nested_in": "The claim_id of the claim that this one is reported within.",
    "hop": "How many mouths it went through; 1 if the article has it from the speaker.",
    "claim_type": "personal, quantity, correlation, rules, predictions, voting, opinion, support, other, not_claim; "
    "several separated by `; `.",
    "check_score": "How much the statement is worth checking, 0 to 100; it sorts and never says what is true. "
    "Words that a person set are scored with the shipped weights.",
    "check_reasons": "The questions that raised or lowered the score, separated by `; `.",
}
_CLAIM = (
    _SPEAKER
    | _EVIDENCE
    | {
        "claim_id": "The claim's id; minted once and kept when the article is read again.",
        "kind": "direct (in quotation marks), mixed (partly), indirect (reported).",
        "is_statement": "1 for something said or written, 0 for a belief, intention or attitude.",
        "cue": "The words that report the statement, such as “said” or “has denied”.",
        "cue_class": "What the cue does: neutral, doubt, concede, deny, factive, commit, forecast, direct, ask, agree; "
        "belief, intention, attitude; none.",
        "statement": "The article's words, untouched; pieces that stand apart are joined by ` […] `.",
        "quoted_words": "Only what stands inside quotation marks, pieces joined by ` […] `.",
        "context": "The whole sentence or sentences with source and cue.",
        "char_start": "Where the statement begins in the article's text, in Unicode code points from 0.",
        "char_end": "Where the statement ends in the article's text (the first code point after it).",
        "confidence": "Calibrated probability that content and source are both right.",
    }
)
_MATCHING_KEY = (
    "The same for the same words printed elsewhere; case, punctuation and line breaks do not count. Empty for fewer "
    "than three words."
)
_ORIGIN = "machine if an extraction found the claim, human if a person added it; no extraction touches the latter."
_STATUS = (
    "unreviewed, accepted, corrected, rejected, unsure, conflicting, adjudicated, or stale: the text or the "
    "machine's reading has changed since the decision."
)
_START = "First code point of the stretch, counted from 0 in the article's text."
_END = "First code point after the stretch."
_KEY = KEY

COLUMNS: dict[str, dict[str, str]] = {
    "articles": _ARTICLE
    | {
        "id": _KEY,
        "uid": "Names this version: made from article_id and text_sha256.",
        "version_of": "The version that this one took the place of.",
        "is_latest": "1 for the version that was read last.",
        "reader": "What read the input: header, text, jsonl, …",
        "url": "Where the article was published.",
        "title": "The headline.",
        "author": "The byline.",
        "category": "Sections or topics, separated by `; `.",
        "warnings": "What the reader had to decide, as codes such as encoding_guessed.",
        "run_id": "The run whose reading of this text is stored.",
        "retrieved_at": "When the web page was fetched, ISO 8601; empty for other inputs.",
        "text": "The article's text, character for character.",
    },
    "runs": {
        "id": _KEY,
        "tool_version": "Version of quotecheck.",
        "model_name": "Name of the language pipeline.",
        "model_sha256": "SHA-256 that names the model's files.",
        "options_json": "The options that change results, as JSON.",
        "options_sha256": "SHA-256 of options_json.",
        "started_at": "When the run began, in UTC.",
        "finished_at": "When it ended, in UTC.",
        "counts_json": "What it counted, as JSON.",
    },
    "claims": _CLAIM
    | {
        "id": _KEY,
        "article": "The version of the article that the claim stands in.",
        "context_start": "Where the context begins, in code points.",
        "context_end": "Where the context ends, in code points.",
        "fingerprint": "Names the reading: hash of all that a reviewer sees of it, not of the confidences.",
        "matching_key": _MATCHING_KEY,
        "found_by": "Words and names that people put in place of the machine's, by which search finds the claim too.",
        "origin": _ORIGIN,
        "covered_by": "The claim that a person had added before the machine found the same; it stands for both.",
        "revision": "Grows when a later run reads the claim otherwise.",
        "run_id": "The run that this reading comes from.",
        "superseded_by_run": "The run that no longer found the claim; empty for a live one.",
    },
    "claim_spans": {
        "claim": "The claim.",
        "role": "source (who), cue (by what words), content (what), quoted (inside quotation marks), time, place, "
        "occasion, addressee (told to), relay (reported via), reason (why the source is not named).",
        "seq": "Place among the claim's spans of this role, from 0.",
        "start": _START,
        "end": _END,
        "text": "The words there.",
    },
    "claim_speakers": {
        "claim": "The claim.",
        "seq": "Place among the claim's speakers, from 0.",
        "speaker": "The speaker; empty if nobody is named.",
        "as_written": "The mention that was resolved.",
        "start": _START,
        "end": _END,
        "kind": _SPEAKER["speaker_kind"],
        "basis": _SPEAKER["speaker_basis"],
        "role": _SPEAKER["speaker_role"],
        "affiliation": _SPEAKER["speaker_affiliation"],
        "role_start": "Where the words of the role begin in the article's text; empty if there is none.",
        "role_end": "Where they end.",
        "affiliation_start": "Where the words of the affiliation begin; empty if there is none.",
        "affiliation_end": "Where they end.",
        "confidence": "Probability that the name is right.",
        "why": "The reason, in a short sentence.",
    },
    "speakers": {
        "id": _KEY,
        "uid": "The speaker's id, made from name and kind.",
        "name": "The canonical name.",
        "kind": _SPEAKER["speaker_kind"],
    },
    "speaker_aliases": {
        "speaker": "The speaker.",
        "form": "The form of the name.",
        "origin": "text if it was read in an article, human if a person declared it.",
    },
    "mentions": {
        "id": _KEY,
        "article": "The version of the article.",
        "start": _START,
        "end": _END,
        "text": "The words there.",
        "speaker": "The speaker meant; empty if unknown.",
        "basis": _SPEAKER["speaker_basis"],
        "confidence": "Probability that the speaker is right.",
    },
}
COLUMNS |= review_descriptions.COLUMNS
COLUMNS["judged_readings"] = {name: COLUMNS["claims"][name] for name in ("fingerprint", *readings.COLUMNS)} | {
    "claim": "The claim.",
    "spans_json": "Where its parts stand, as JSON: role to a list of [start, end].",
}
COLUMNS["claim_state"] |= {
    name: f"As corrected: {_CLAIM[name][:1].lower()}{_CLAIM[name][1:]}"
    for name in (
        "statement", "quoted_words", "cue", "cue_class", "speaker_as_written", "context", "char_start", "char_end",
        "polarity", "mode", "anonymity", "source_count", "claim_type", "check_score", "check_reasons",
    )
}  # fmt: skip
COLUMNS["claim_spans_current"] = COLUMNS["claim_spans"]
_OF_ARTICLE = {name: _ARTICLE[name] for name in ("outlet", "published_at", "text_sha256", "article_id")} | {
    "article_title": "The article's headline.",
    "article_author": "The article's byline.",
    "article_category": "Sections or topics, separated by `; `.",
    "article_url": "Where the article was published.",
}
COLUMNS |= people_descriptions.COLUMNS | topic_descriptions.COLUMNS
COLUMNS["claims_current"] = (
    _CLAIM
    | REVIEW
    | _OF_ARTICLE
    | {
        "id": _KEY,
        "status": _STATUS,
        "article": "The version of the article that the claim stands in.",
        "speaker_wikidata": "The speaker's Wikidata item, as a person said.",
        "machine_kind": "The kind as the machine reads it.",
        "machine_speaker": "The speaker as the machine reads it.",
        "matching_key": _MATCHING_KEY,
        "origin": _ORIGIN,
        "version": "Grows with every review and every changed reading; a review names the version it saw.",
        "run_id": "The run that the machine's reading comes from.",
        "topics": "Which of the article's topics the statement names, as a JSON list; empty for none.",
        "is_latest": "1 if the article has no newer version.",
        "superseded_by_run": "The run that no longer found the claim.",
    }
)
COLUMNS["who_did_what"] = topic_descriptions.who_did_what(COLUMNS["claims_current"])
_EXPORTED = {
    "review_status": _STATUS,
    "quote_type": _CLAIM["kind"],
    "speaker_wikidata": "The speaker's Wikidata item, as a person said.",
    "context": "The whole sentence or sentences with source and cue, at most 1,500 characters.",
    "span_confidence": _CLAIM["confidence"],
    "cluster_id": "Group of repeats of one quotation.",
    "repeats": "How many claims of other articles have the same words, as things stood at the export; 0 if none, empty "
    "for fewer than three words.",
    "extractor": "The tool, its version, the model and the beginning of the model's hash; `human` for a claim that a "
    "person added.",
    "guarded": "Columns of this row whose cell has a ' in front, so that no spreadsheet runs it as a formula.",
}
_REVIEWED = {name: REVIEW[name] for name in ("reviewer", "reviewed_at", "note", "tags")}
_ONLY_IN_FULL = ("mode", "anonymity_reason", "source_count", "nested_in", "hop")
COLUMNS["attributed_claims"] = {
    name: text
    for name, text in (_CLAIM | _OF_ARTICLE | _REVIEWED | _EXPORTED).items()
    if name not in ("kind", "is_statement", "confidence", *_ONLY_IN_FULL)
}

FULL_COLUMNS: dict[str, str] = {
    **{
        name: _ARTICLE[name]
        for name in ("author_title", "author_description", "published_raw", "raw_sha256", "source_ref")
    },
    **{name: _EVIDENCE[name] for name in _ONLY_IN_FULL},
    "spans_json": "All offsets by role (content, cue, source, time, …) as JSON, each a list of [start, end].",
    "speaker_aliases": "Forms under which the speaker's name was seen.",
    "retrieved_at": "When the article was fetched.",
    "archived_url": "Where a copy of the article is archived.",
    "fidelity": "How the quotation compares with a transcript.",
    "evidence_ref": "Evidence that a person added.",
    **{name: REVIEW[name] for name in ("fact_check_url", "fact_check_rating", "second_reviewer", "adjudicator")},
    "event_count": "How many review events the claim has.",
    "run_id": "The run that the machine's reading comes from.",
    "rules_sha256": "Hash of the options that the run had.",
    "exported_at": "When the file was written, in UTC.",
    "topics": "Which of the article's topics the statement names, separated by `; `.",
}
"""Columns that only the export profile `full` has."""
