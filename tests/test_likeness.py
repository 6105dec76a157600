"""Which names are suggested as one, and for what reason; which never are, however close their letters."""

from __future__ import annotations

import pytest

from quotecheck.speakers.likeness import keys, likeness

ALIKE = [
    ("José Núñez", "Jose Nunez", True, "same_letters"),
    ("ADA LIND", "Ada Lind", True, "same_letters"),
    ("Дмитрий Васин", "Dmitriy Vasin", True, "same_letters"),
    ("Dmitri Vasin", "Dmitry Vasin", True, "transliteration"),
    ("Dmytro Vasin", "Dmitry Vasin", True, "transliteration"),
    ("Sergei Vasilievsky", "Sergey Vasilyevskiy", True, "transliteration"),
    ("Alexander Lukashenko", "Alyaksandr Lukashenka", True, "spelling"),
    ("Mohammed Al-Marni", "Muhammad al-Marni", True, "transliteration"),
    ("Bob Marn", "Robert Marn", True, "nickname"),
    ("Senator Ada Lind", "Ada Lind", True, "title"),
    ("A. Lind", "Ada Lind", True, "initial"),
    ("Ada B. Lind", "Ada Lind", True, "middle_name"),
    ("Ada B. Lind", "Ada Beatrice Lind", True, "middle_name"),
    ("Ada Lindqvist", "Ada Lindkvist", True, "transliteration"),
    ("Ada Marnworth", "Ada Marnwarth", True, "spelling"),
    ("Lind", "Ada Lind", True, "surname_only"),
    ("MHA", "Marn Harbour Authority", False, "acronym"),
    ("Marn Harbour Authority", "The Marn Harbour Authority Ltd.", False, "longer_name"),
    ("Safety Council", "Marn Safety Council", False, "longer_name"),
]
APART = [
    ("George W. Bush", "George H. W. Bush", True),
    ("Ada Lind Jr.", "Ada Lind Sr.", True),
    ("Tim Scott", "Rick Scott", True),
    ("Ada Lind", "Karl Lind", True),
    ("Ada Lind", "Ada Marn", True),
    ("Bo Ek", "Bo Ed", True),
    ("Marn Safety Council", "Roe Safety Council", False),
    ("Ministry of Fish", "Ministry of Trade", False),
]


@pytest.mark.parametrize(("one", "other", "persons", "reason"), ALIKE)
def test_names_that_may_be_one(one: str, other: str, persons: bool, reason: str) -> None:
    assert (likeness(one, other, persons=persons), likeness(other, one, persons=persons)) == (reason, reason)
    assert set(keys(one, persons=persons)) & set(keys(other, persons=persons)), "they would never be compared"


@pytest.mark.parametrize(("one", "other", "persons"), APART)
def test_names_that_are_never_suggested(one: str, other: str, persons: bool) -> None:
    assert likeness(one, other, persons=persons) is None
