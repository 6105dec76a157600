"""Walks every page of a running desk, and asks each again with hostile parameters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

HOSTILE = [
    "", "0", "-1", "999999999999999999999", "1e309", "NaN", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "\0",
    "' OR 1=1 --", '"', "a-b", "foo AND", "NEAR(", "*", "{x}", "\ud7ff\U0010ffff", "\u202e", "=cmd|' /C x'!A0",
    "<script>window.hacked=1</script>", "\r\nSet-Cookie: hacked=1", "javascript:alert(1)", "//evil.example/x",
    "a" * 4_000,
]  # fmt: skip
"""Values that have broken web applications: numbers that are none, paths, SQL, full-text syntax, markup, headers."""
PARAMETERS = [
    "q", "page", "after", "done", "go", "kind", "status", "speaker", "order", "sort", "outlet", "token", "claim",
    "topic", "article", "tag", "batch", "left", "right", "_search", "_sort", "_sort_desc", "_facet", "_facet_array",
    "_facet_date", "_size", "_next", "_where", "_through", "_col", "_nocol", "_shape", "_json", "_labels", "_trace",
    "_fts_table", "_fts_pk", "_timelimit", "_ttl", "_extra", "_stream", "_dl", "sql", "id", "id__gt", "speaker__in",
    "statement__like", "statement__contains", "text__glob", "title__arraycontains", "is_statement",
]  # fmt: skip
_LINK = re.compile(r'(?:href|action|src)="([^"#]*)')
_NUMBERED = re.compile(r"(?<=/)(\d+|q[a-z]-[^/?]+)(?=$|/|\?)")


def pages(client: httpx.Client, most: int = 120) -> Iterator[tuple[str, httpx.Response]]:
    """Every page that can be reached from the front page; of pages that differ by number or query alone, a few."""
    waiting, seen, kinds = ["/"], {"/"}, dict[str, int]()
    while waiting and len(seen) < 2_000 and most:
        path = waiting.pop(0)
        kind = re.sub(r"=[^&]*", "=", _NUMBERED.sub("N", path))
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 3:
            continue
        most -= 1
        response = client.get(path)
        yield path, response
        for link in _LINK.findall(response.text) if "html" in response.headers.get("content-type", "") else ():
            target = urlsplit(urljoin(str(response.url), html.unescape(link)))
            address = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == urlsplit(str(client.base_url)).netloc and address not in seen:
                seen.add(address)
                waiting.append(address)


def hostile_addresses(paths: list[str]) -> Iterator[str]:
    """Each page with each hostile value in a parameter and in the place of each part of its path."""
    bare = sorted({path.partition("?")[0] for path in paths})
    for number, path in enumerate(bare):
        # Every parameter meets every value somewhere; all of them everywhere would take hours.
        for step, parameter in enumerate(PARAMETERS):
            value = HOSTILE[(number * 7 + step) % len(HOSTILE)]
            yield f"{path}?{urlencode({parameter: value}, errors='replace')}"
        parts = path.strip("/").split("/")
        for place in range(len(parts)):
            value = httpx.QueryParams({"x": HOSTILE[(number + place) % len(HOSTILE)]})
            yield "/" + "/".join([*parts[:place], str(value)[2:].replace("+", "%20"), *parts[place + 1 :]])
