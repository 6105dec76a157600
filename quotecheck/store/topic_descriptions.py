"""What the tables and views of topics and triples mean."""

from __future__ import annotations

from quotecheck.store.review_descriptions import KEY

TABLES: dict[str, str] = {
    "topics": "What an article is about: its key terms, ranked, and the other names that its claims speak of.",
    "topic_mentions": "Where an article means one of its topics.",
    "claim_topics": "Which of its article's topics a claim's content names, the most important first.",
    "claim_triples": "Who does what to whom in a claim's content, at the places where the article says so; one row per "
    "clause with an actor, a verb and something acted upon.",
    "article_topics": "The key terms of the articles, for looking up what is about the same.",
    "who_did_what": "Who does what to whom in claims as they stand today; the search finds words by their stems.",
}

TOPIC = "A name in its fullest form in the article, or a phrase with its noun in the singular."
_KIND = "name (of a person, body, place, event, law, work …) or phrase."
_SCORE = (
    "How central the term is within its article (PositionRank), 0 to 1; comparable within one article only. Empty for "
    "a name that is no key term."
)
_SEQ = "Place among the article's topics, from 0, the most important first."
_TRIPLE: dict[str, str] = {
    "subject": "Who or what acts, in the article's words; in the passive the one after “by”.",
    "verb": "The verb with its auxiliaries and “not”, in the article's words.",
    "lemma": "The verb's base form.",
    "object": "Who or what is acted upon, in the article's words.",
    "passive": "1 if the clause is passive: its object is then its grammatical subject.",
    "negated": "1 if the clause denies the act (“did not close”, “closed no schools”).",
}
_PLACES = {
    f"{part}_{edge}": f"{'First code point of' if edge == 'start' else 'First code point after'} the {part} in the "
    "article's text."
    for part in ("subject", "verb", "object")
    for edge in ("start", "end")
}

COLUMNS: dict[str, dict[str, str]] = {
    "topics": {"article": "The version of the article.", "seq": _SEQ, "topic": TOPIC, "kind": _KIND, "score": _SCORE},
    "topic_mentions": {
        "article": "The version of the article.",
        "topic_seq": "The topic's `seq` in `topics`.",
        "start": "First code point of the stretch, counted from 0 in the article's text.",
        "end": "First code point after the stretch.",
        "text": "The words there.",
    },
    "claim_topics": {"claim": "The claim.", "seq": "Place among the claim's topics, from 0.", "topic": TOPIC},
    "claim_triples": {
        "id": KEY,
        "claim": "The claim.",
        "seq": "Place among the claim's triples, from 0.",
        **_TRIPLE,
        **_PLACES,
    },
    "article_topics": {
        "topic": TOPIC,
        "kind": _KIND,
        "score": _SCORE,
        "article_title": "The article's headline.",
        "outlet": "The newspaper, agency or site.",
        "published_at": "When the article was published, ISO 8601; empty if unknown.",
        "article_id": "Names an article through all its versions.",
        "article": "The version of the article.",
    },
}


def who_did_what(claim: dict[str, str]) -> dict[str, str]:
    """The columns of the view of triples; `claim` describes those of `claims_current`, of which it has some."""
    shared = (
        "speaker", "polarity", "statement", "status", "article_title", "outlet", "published_at", "claim_id", "article",
    )  # fmt: skip
    return {"id": KEY, **_TRIPLE} | {name: claim[name] for name in shared}
