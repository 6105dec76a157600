"""Texts cut at the boundaries of overlapping marks."""

from hypothesis import given
from hypothesis import strategies as st

from quotecheck.desk.segments import Mark, Segment, cut


def test_a_statement_inside_a_statement_is_cut_at_every_boundary() -> None:
    text = "Lindqvist said Wrenfield promised help."
    said = Mark(15, 38, "qc-a", "content", "indirect")
    who = Mark(15, 24, "qc-b", "source", "indirect")
    what = Mark(34, 38, "qc-b", "content", "indirect")
    assert cut(text, [what, who, said]) == [
        Segment("Lindqvist said ", ()),
        Segment("Wrenfield", (who, said), ("qc-a",)),
        Segment(" promised ", (said,)),
        Segment("help", (said, what), ("qc-b",)),
        Segment(".", ()),
    ]


def test_a_segment_names_parts_kinds_and_claims() -> None:
    quoted = Segment("no", (Mark(0, 2, "qc-a", "content", "mixed"), Mark(0, 2, "qc-a", "quoted", "mixed")))
    belief = Segment("no", (Mark(0, 2, "qc-b", "source", "indirect", is_statement=False),))
    assert (quoted.css_classes, quoted.claims) == ("mark content quoted kind-mixed", "qc-a:content qc-a:quoted")
    assert (belief.css_classes, belief.claims) == ("mark source stance", "qc-b:source")


def test_a_text_without_marks_is_one_segment_and_an_empty_one_is_none() -> None:
    assert cut("Nothing said.", []) == [Segment("Nothing said.")]
    assert cut("", []) == []


offsets = st.integers(-3, 40)
marks = st.builds(Mark, offsets, offsets, st.sampled_from(["qc-a", "qc-b"]), st.just("content"), st.just("direct"))


@given(st.text(max_size=30), st.lists(marks, max_size=6))
def test_segments_put_together_are_the_text_and_carry_exactly_the_marks_over_them(text: str, found: list[Mark]) -> None:
    segments = cut(text, found)
    assert "".join(segment.text for segment in segments) == text
    at = 0
    for segment in segments:
        covering = {mark for mark in found if mark.start <= at and at + len(segment.text) <= mark.end <= len(text)}
        assert set(segment.marks) == {mark for mark in covering if mark.start >= 0}
        at += len(segment.text)
