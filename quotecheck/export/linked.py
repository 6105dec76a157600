"""Claims as linked data: schema.org JSON-LD and W3C Web Annotations, one item per claim, made from `full` rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from quotecheck.store.connection import Row, Value

Json = dict[str, object]
TextOf = Callable[[str, str], str]
"""The text of an article by its id and the hash of the text."""

_PREFIX = "urn:quotecheck:"
_ORGANISATIONS = ("organisation", "place_metonym")
_AROUND = 32
"""Code points of text before and behind a quotation that help another program to find it again."""

JSON_LD = ('{"@context": "https://schema.org", "@graph": [\n', "\n]}\n")
ANNOTATIONS = (
    '{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:quotecheck:claims", "type": "AnnotationPage", '
    '"items": [\n',
    "\n]}\n",
)
"""What stands before and behind the items of a document, which are separated by commas."""


def schema_org(rows: Iterable[Row]) -> Iterator[Json]:
    """A `Claim` and a draft `ClaimReview` per row.

    The speaker is the claim's author only where they assert it. A review has an address and a rating only if a person
    typed them; none is ever made up.
    """
    for row in rows:
        yield _claim(row)
        yield _review(row)


def _claim(row: Row) -> Json:
    asserted = row["polarity"] == "asserts"
    speakers = _speakers(row)
    properties = {
        name: row[name] for name in ("polarity", "cue", "anonymity", "check_score", "review_status", "text_sha256")
    }
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{_PREFIX}{row['claim_id']}",
            "identifier": row["claim_id"],
            "text": row["statement"],
            "author": speakers if asserted else None,
            "mentions": None if asserted else speakers,
            "datePublished": row["said_date"] or row["published_at"],
            "appearance": _article(row),
            "hasPart": _quotation(row, speakers),
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": value}
                for name, value in properties.items()
                if value is not None
            ],
        }
    )


def _review(row: Row) -> Json:
    rating = row["fact_check_rating"]
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"{_PREFIX}{row['claim_id']}#review",
            "creativeWorkStatus": "Draft",
            "claimReviewed": row["statement"],
            "itemReviewed": {"@id": f"{_PREFIX}{row['claim_id']}"},
            "url": row["fact_check_url"],
            "reviewRating": {"@type": "Rating", "alternateName": rating} if rating else None,
        }
    )


def _speakers(row: Row) -> list[Json] | None:
    names, kinds, items = (_list(row[name]) for name in ("speaker", "speaker_kind", "speaker_wikidata"))
    if not names:
        return None
    return [
        _filled(
            {
                "@type": "Organization" if _at(kinds, place) in _ORGANISATIONS else "Person",
                "name": name,
                "jobTitle": row["speaker_role"] if len(names) == 1 else None,
                "sameAs": f"https://www.wikidata.org/wiki/{_at(items, place)}" if _at(items, place) else None,
            }
        )
        for place, name in enumerate(names)
    ]


def _article(row: Row) -> Json:
    outlet, author = row["outlet"], row["article_author"]
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": f"{_PREFIX}{row['article_id']}",
            "url": row["article_url"],
            "headline": row["article_title"],
            "datePublished": row["published_at"],
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "author": {"@type": "Person", "name": author} if author else None,
        }
    )


def _quotation(row: Row, speakers: list[Json] | None) -> Json | None:
    words = row["quoted_words"]
    return _filled({"@type": "Quotation", "text": words, "spokenByCharacter": speakers}) if words else None


def web_annotations(rows: Iterable[Row], text_of: TextOf) -> Iterator[Json]:
    """One Annotation per row: its target is every stretch of the statement, found by position and by its words.

    Positions are Unicode code points, as the Web Annotation model asks.
    """
    for row in rows:
        text = text_of(str(row["article_id"]), str(row["text_sha256"]))
        pieces = json.loads(str(row["spans_json"]))["content"]
        yield {
            "id": f"{_PREFIX}{row['claim_id']}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                _tag(name, row[name]) for name in ("speaker", "quote_type", "cue", "polarity", "said_date") if row[name]
            ],
            "target": [
                {
                    "source": row["article_url"] or f"{_PREFIX}{row['article_id']}",
                    "selector": [
                        {"type": "TextPositionSelector", "start": start, "end": end},
                        {
                            "type": "TextQuoteSelector",
                            "exact": text[start:end],
                            "prefix": text[max(0, start - _AROUND) : start],
                            "suffix": text[end : end + _AROUND],
                        },
                    ],
                }
                for start, end in pieces
            ],
        }


def _tag(name: str, value: Value) -> Json:
    return {"type": "TextualBody", "purpose": "tagging", "value": f"{name}: {value}"}


def _filled(item: Json) -> Json:
    return {name: value for name, value in item.items() if value not in (None, [])}


def _list(cell: Value) -> list[str]:
    return str(cell).split("; ") if cell else []


def _at(values: list[str], place: int) -> str | None:
    return values[place] if place < len(values) else None
