"""Pairing of quotation marks: clean, nested, mixed, broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.quotations import MARKS, outermost, pair

PAIRED = [
    ("“We are ready,” said Lind.", ["“We are ready,”"]),
    ('"We are ready," said Lind. "Almost."', ['"We are ready,"', '"Almost."']),
    ("”We are ready,” said Lind.", ["”We are ready,”"]),
    ('“We are ready," said Lind.', ['“We are ready,"']),
    ("„Wir sind so weit“, said Lind.", ["„Wir sind so weit“"]),
    ("« We are ready », said Lind.", ["« We are ready »"]),
    ("»We are ready«, said Lind.", ["»We are ready«"]),
    ("''We are ready,'' said Lind.", ["''We are ready,''"]),
    ("``We are ready,'' said Lind.", ["``We are ready,''"]),
    ("‘The workers’ council won’t sign,’ said Lind.", ["‘The workers’ council won’t sign,’"]),
    ("'It isn't over,' said Lind.", ["'It isn't over,'"]),
    ("“He said ‘never’ twice,” Lind recalled.", ["“He said ‘never’ twice,”", "‘never’"]),
    ("\"He called it 'a farce',\" Lind recalled.", ["\"He called it 'a farce',\"", "'a farce'"]),
    ('It ended.He spoke of "calm".Then it rained.', ['"calm"']),
    ('She praised their "actions."Finally, she left.', ['"actions."']),
    (
        'Lind answered "No.\n"The two sides met again, with a "frank exchange" of views.',
        ['"No.\n"', '"frank exchange"'],
    ),
    ('"We waited\nfor hours,\nnobody came," said Lind.', ['"We waited\nfor hours,\nnobody came,"']),
    ("“We [the council] … cannot ‘just’ pay,” Lind said.", ["“We [the council] … cannot ‘just’ pay,”", "‘just’"]),
]

UNPAIRED = [
    "The fishermen's boats and the dogs' kennels were lost.",
    "In the '90s it was rock 'n' roll, 'til it wasn't.",
    'The pipe is 12" wide and 6\' 2" long.',
    "O’Neil’s brother didn’t call.",
    "»",
    "''",
    "“”",
    "No marks at all.",
]


@pytest.mark.parametrize(("text", "expected"), PAIRED)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in pair(text)] == expected


@pytest.mark.parametrize("text", UNPAIRED)
def test_apostrophes_inches_and_stray_marks_are_no_quotations(text: str) -> None:
    assert pair(text) == ()


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“The money is gone, Lind said.\n\nHaddad smiled. “Not all of it,” he replied."
    assert [(text[q.start : q.end], q.closed) for q in pair(text)] == [
        ("“The money is gone, Lind said.", False),
        ("“Not all of it,”", True),
    ]


def test_a_long_quotation_opens_every_paragraph_and_closes_once() -> None:
    text = "“We came at dawn.\n\n“Nobody was there.\n\n“So we left,” Lind said."
    assert [(text[q.start : q.end], q.closed, q.continues) for q in pair(text)] == [
        ("“We came at dawn.", False, False),
        ("“Nobody was there.", False, True),
        ("“So we left,”", True, True),
    ]


def test_a_stray_inch_mark_does_not_shift_the_quotations_after_it() -> None:
    text = 'The hole was 12" deep.\n\n"It will be filled," Lind said. "Soon."'
    assert [text[q.start : q.end] for q in pair(text)] == ['"It will be filled,"', '"Soon."']


def test_outermost_leaves_out_what_is_nested() -> None:
    text = "“He said ‘never’ twice,” Lind recalled."
    assert [text[q.start : q.end] for q in outermost(text)] == ["“He said ‘never’ twice,”"]


@given(st.text(alphabet=st.sampled_from([*MARKS, "a", "B", "7", " ", "\n", ".", ","]), max_size=60))
def test_any_soup_of_marks_gives_stretches_inside_the_text(text: str) -> None:
    for quotation in pair(text):
        assert 0 <= quotation.start <= quotation.inner_start < quotation.inner_end <= quotation.end <= len(text)
        assert text[quotation.start] in MARKS
