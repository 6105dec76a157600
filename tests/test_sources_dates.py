"""Publication dates as news sites write them, and what can safely be said about each."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.sources.dates import iso_date

CLEAR = {
    "2022-01-26": "2022-01-26",
    " 2022-01-26\n": "2022-01-26",
    "2022-1-6": "2022-01-06",
    "2022/03/04": "2022-03-04",
    "2022.03.04": "2022-03-04",
    "2022-01-26T14:05": "2022-01-26T14:05:00",
    "2022-01-26T14:05:00Z": "2022-01-26T14:05:00+00:00",
    "2022-01-26 14:05:30+03:00": "2022-01-26T14:05:30+03:00",
    "2022-01-26 14:05:00 +0300": "2022-01-26T14:05:00+03:00",
    "2022-03-04 10:00 GMT": "2022-03-04T10:00:00+00:00",
    "2022-01-26T14:05:00.123456Z": "2022-01-26T14:05:00.123456+00:00",
    "2022-03-04T10:00:00.000+0000": "2022-03-04T10:00:00+00:00",
    "20220126T140500Z": "2022-01-26T14:05:00+00:00",
    "Wed, 26 Jan 2022 14:05:00 +0300": "2022-01-26T14:05:00+03:00",
    "Wed, 26 Jan 2022 14:05:00 GMT": "2022-01-26T14:05:00+00:00",
    "Wed, 26 Jan 2022 14:05:00 +0000 (UTC)": "2022-01-26T14:05:00+00:00",
    "Wed Jan 26 2022 14:05:00 GMT+0300 (Moscow Standard Time)": "2022-01-26T14:05:00+03:00",
    "26 January 2022": "2022-01-26",
    "26th January 2022": "2022-01-26",
    "26 January\u00a02022": "2022-01-26",
    "26-Jan-2022": "2022-01-26",
    "Jan. 26, 2022": "2022-01-26",
    "Sept. 5, 2021": "2021-09-05",
    "May 4 2022": "2022-05-04",
    "Wednesday, January 26, 2022": "2022-01-26",
    "January 26, 2022 14:05 UTC": "2022-01-26T14:05:00+00:00",
    "January 26, 2022 at 2:05 p.m.": "2022-01-26T14:05:00",
    "2pm 26 January 2022": "2022-01-26T14:00:00",
    "5 Sep 2021, 08:00 GMT+2": "2021-09-05T08:00:00+02:00",
    "5 Sep 2021, 08:00 UTC+5:30": "2021-09-05T08:00:00+05:30",
    "26/01/2022": "2022-01-26",
    "01/26/2022": "2022-01-26",
    "04/04/2022": "2022-04-04",
    "26.01.2022": "2022-01-26",
    "6 Jan 1899": "1899-01-06",
}
ZONE_LEFT_OUT = {
    "January 26, 2022 2:05 PM EST": "2022-01-26T14:05:00",
    "Jan 26, 2022, 2:05 pm ET": "2022-01-26T14:05:00",
    "26 Jan 2022 14:05 MSK": "2022-01-26T14:05:00",
}
UNCLEAR = [
    None,
    "",
    "   ",
    "not found",
    "yesterday",
    "03/04/2022",
    "3.4.2022",
    "26.1.22",
    "01-02-03",
    "2022",
    "2022-01",
    "January 2022",
    "26 January",
    "14:05",
    "1643205900",
    "1643205900.25",
    "20220126",
    "2022-02-30",
    "30 February 2022",
    "2022-13-01",
    "2022-01-26T14:05:00+25:00",
    "26 January 2022 25:00",
    "26–27 January 2022",
    "26 janvier 2022",
    "26 января 2022",
    "26 Jan 2022 14:05 MSK+3",
    "Wednesday, 26 January 2022, from our correspondent in the harbour town",
]


@pytest.mark.parametrize(("raw", "expected"), (CLEAR | ZONE_LEFT_OUT).items())
def test_a_date_that_means_one_thing_becomes_iso(raw: str, expected: str) -> None:
    assert iso_date(raw) == expected


@pytest.mark.parametrize("raw", UNCLEAR)
def test_a_date_that_is_ambiguous_or_incomplete_is_not_guessed(raw: str | None) -> None:
    assert iso_date(raw) is None


PIECES = ["2022", "26", "Jan", ",", "-", "/", ":", "14:05", "pm", "T", "Z", "+0300", "GMT", "1e5", "nan", "(", " "]


@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_any_string_is_iso_or_nothing(raw: str) -> None:
    found = iso_date(raw)
    assert found is None or datetime.fromisoformat(found)
