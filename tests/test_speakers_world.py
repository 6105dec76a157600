"""Names from many countries, bodies without a proper noun, and interviews; every person and place is invented."""

from __future__ import annotations

import pytest

from quotecheck.speakers import resolve
from quotecheck.types import Attribution, Span
from tests.test_speakers import names

FULL_NAMES = {
    "Japanese, told by the verb": ("Hatsue Morikage, the mayor, spoke. [[Morikage]] said so.", ["Hatsue Morikage"]),
    "Korean, family name first": ("Bae Soo-ryun, a farmer, spoke. [[Ms Bae]] said so.", ["Bae Soo-ryun"]),
    "Chinese, family name first": ("Qiu Wenlai, an engineer, spoke. [[Qiu]] said so.", ["Qiu Wenlai"]),
    "Vietnamese, called by the last part": ("Trinh Ngoc Dao, a pilot, spoke. [[Ms Dao]] said so.", ["Trinh Ngoc Dao"]),
    "Burmese, one name": ("The monk, Thiraku, spoke. [[Thiraku]] said so.", ["Thiraku"]),
    "Indonesian, one name": ("[[Minister Suwarto]] spoke. [[Suwarto]] said so.", ["Suwarto", "Suwarto"]),
    "Malay with patronymic": ("Datuk Zulhisham bin Rauf spoke. [[Zulhisham]] said so.", ["Zulhisham bin Rauf"]),
    "Malay title of two words": ("[[Tan Sri Zulhisham Rauf]] said so.", ["Zulhisham Rauf"]),
    "Tamil with initials": ("K. R. Velupandi, a lawyer, spoke. [[Velupandi]] said so.", ["K. R. Velupandi"]),
    "Hindi": ("Shri Devkant Bhatri spoke. [[Mr Bhatri]] said so.", ["Devkant Bhatri"]),
    "Bengali": ("The teacher, Shormila Dastidul, left. [[Dastidul]] said so.", ["Shormila Dastidul"]),
    "Sinhala": ("Nirosh Wickramapala, 41, spoke. [[Wickramapala]] said so.", ["Nirosh Wickramapala"]),
    "Arabic article": ("Nashwan al-Dahmari, a doctor, spoke. [[Al-Dahmari]] said so.", ["Nashwan al-Dahmari"]),
    "Arabic bin": ("[[Sheikh Rashdan bin Tahnoun]] said so.", ["Rashdan bin Tahnoun"]),
    "Ayatollah": ("[[Grand Ayatollah Morvan Shirzadi]] said so. [[Shirzadi]] left.", ["Morvan Shirzadi"] * 2),
    "Persian": ("Golbahar Tavassolian, a poet, spoke. [[Tavassolian]] said so.", ["Golbahar Tavassolian"]),
    "Turkish": ("The captain, Tuncay Karabekmez, spoke. [[Karabekmez]] said so.", ["Tuncay Karabekmez"]),
    "Kazakh": ("Yerzhigit Satbekuly told them no. [[Satbekuly]] said so.", ["Yerzhigit Satbekuly"]),
    "Igbo": ("Her lawyer, Chidubem Okwuosa, spoke. [[Okwuosa]] said so.", ["Chidubem Okwuosa"]),
    "Hausa with title": ("Alhaji Sanusi Dankwambo spoke. [[Alhaji Dankwambo]] said so.", ["Sanusi Dankwambo"]),
    "Akan": ("The striker, Kwabla Atsugah, fell. [[Atsugah]] said so.", ["Kwabla Atsugah"]),
    "Zulu": ("Nokubonga Mthalane, who farms, spoke. [[Mthalane]] said so.", ["Nokubonga Mthalane"]),
    "Ethiopian, called by the first part": (
        "Tirunesh Woldeab, a nurse, spoke. [[Tirunesh]] said so.", ["Tirunesh Woldeab"],
    ),
    "Polish": ("Zdzisława Brzechwicka, a judge, spoke. [[Brzechwicka]] said so.", ["Zdzisława Brzechwicka"]),
    "Czech": ("The mayor of Marn, Květoslav Hrubín, spoke. [[Hrubín]] said so.", ["Květoslav Hrubín"]),
    "Serbian": ("Vukosava Njegovanić, a miner, spoke. [[Njegovanić]] said so.", ["Vukosava Njegovanić"]),
    "Icelandic, by the given name": (
        "Hrafnhildur Ketilsdóttir, a vet, 50, spoke. [[Ketilsdóttir]] said so.", ["Hrafnhildur Ketilsdóttir"],
    ),
    "Finnish": ("Fisherman Tapiovaara Huuskola spoke. [[Huuskola]] said so.", ["Tapiovaara Huuskola"]),
    "Danish occupation opens the sentence": (
        "[[Oceanographer Solvej Krabbesen of Marn]] said so.", ["Solvej Krabbesen"],
    ),
    "Estonian": ("Villu Kadarpik told us no. [[Kadarpik]] said so.", ["Villu Kadarpik"]),
    "German Herr": ("Wendelin Kloppstock, a baker, spoke. [[Herr Kloppstock]] said so.", ["Wendelin Kloppstock"]),
    "Dutch particles": (
        "Joost van der Wielink, a grower, spoke. [[Van der Wielink]] said so.", ["Joost van der Wielink"],
    ),
    "Spanish Señora": ("Itziar Belaunzarán, a teacher, spoke. [[Señora Belaunzarán]] said so.", ["Itziar Belaunzarán"]),
    "Spanish, two family names": (
        "Aitor Pinzales Robredo, a driver, spoke. [[Pinzales]] said so.", ["Aitor Pinzales Robredo"],
    ),
    "Portuguese particles": ("Senhor Tomé dos Arcozelos spoke. [[Arcozelos]] said so.", ["Tomé dos Arcozelos"]),
    "French Mme": (
        "Solange Thibaudet-Roy, a chemist, spoke. [[Mme Thibaudet-Roy]] said so.", ["Solange Thibaudet-Roy"],
    ),
    "Italian Signora": ("Ombretta Calzavara spoke. [[Signora Calzavara]] said so.", ["Ombretta Calzavara"]),
    "Maori": ("The chief, Wiremutu Parekawa, spoke. [[Parekawa]] said so.", ["Wiremutu Parekawa"]),
    "namesakes in another language stay open": (
        "Tuncay Karabekmez, a cook, met Sevgül Karabekmez, a nurse. [[Karabekmez]] said so.", [None],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), FULL_NAMES.values(), ids=FULL_NAMES.keys())
def test_a_surname_finds_its_full_name_in_any_language(article: str, expected: list[str | None]) -> None:
    assert names(article) == expected


AROUND_NAMES = [
    ("[[Solveig Marn-Ode KC, prosecuting,]] said so.", "Solveig Marn-Ode"),
    ("[[Ijeoma Akandu MP]] said so.", "Ijeoma Akandu"),
    ("[[Raúl Quintasol MEP]] said so.", "Raúl Quintasol"),
    ("[[Yasmeen Qadriwala PhD]] said so.", "Yasmeen Qadriwala"),
    ("[[Mr Justice Ollerenshaw]] said so.", "Ollerenshaw"),
    ("[[The judge, Mr Justice Ollerenshaw,]] said so.", "Ollerenshaw"),
    ("[[The Swedish Kvällsfyren, a daily,]] said so.", "Kvällsfyren"),
    ("[[Captain Goran Lisnić, Ports and Docks Union Local 9]] said so.", "Goran Lisnić"),
]


@pytest.mark.parametrize(("article", "name"), AROUND_NAMES)
def test_letters_titles_and_origins_are_no_part_of_a_name(article: str, name: str) -> None:
    assert names(article) == [name]


BODIES = {
    "ministry": ("[[The Chilean foreign ministry]] said so.", ["Chilean foreign ministry"]),
    "government": ("[[The Austrian government]] said so.", ["Austrian government"]),
    "office": ("[[The prime minister’s office]] said so.", ["prime minister’s office"]),
    "board": ("[[The regional health board]] said so.", ["regional health board"]),
    "coastguard": ("[[The coastguard]] said so.", ["coastguard"]),
    "embassy keeps the article's words": ("[[Nepal’s embassy]] said so.", ["Nepal’s embassy"]),
    "notice": ("[[A notice from the Porto Lindo Port Authority]] said so.", ["Porto Lindo Port Authority"]),
    "capital and one bearer": (
        "The Porto Lindo Port Authority met. [[The Authority]] said so.", ["Porto Lindo Port Authority"],
    ),
    "capital and no bearer": ("[[The Authority]] said so.", [None]),
    "capital and two bearers": (
        "The Lindo Port Authority met the Marn Rail Authority. [[The Authority]] said so.", [None],
    ),
    "firm, explained": ("They asked the firm Kjær Ostvand. [[The firm]] said so.", ["Kjær Ostvand"]),
    "firm, two of them": ("The firm Ostvand met the firm Brillo. [[The firm]] said so.", [None]),
    "club of which nothing is known": ("Marn United beat Roe City. [[The club]] said so.", [None]),
    "a government in general": ("[[The government]] said so.", [None]),
    "it": ("[[The Marn Harbour Authority]] spoke. Later [[it]] said so.", ["Marn Harbour Authority"] * 2),
    "the treaty with its year": ("[[The 1951 Marn Convention]] says so.", ["1951 Marn Convention"]),
}  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_one_of_its_kind_is_named_by_its_phrase(article: str, expected: list[str | None]) -> None:
    assert names(article) == expected


REFERENCES = {
    "demonym after the name": (
        "[[Yannig Kerloch, the coach,]] fumed. “No,” [[the Frenchman]] said.", ["Yannig Kerloch"] * 2,
    ),
    "demonym, nobody there": ("It rained. [[The Norwegian]] said so.", [None]),
    "demonym, a woman before": ("The singer, Runa Tveitland, and her son left. [[The Frenchman]] said so.", [None]),
    "epithet": ("[[Adjoa Kumasenu herself]] spoke. [[The striker]] said so.", ["Adjoa Kumasenu"] * 2),
    "gender from the article": (
        "Dalytė Vanagė pours tea before she answers. It is late, [[she]] says.", ["Dalytė Vanagė"],
    ),
    "gender from kinship": (
        "Neringė Vanagė, a pilot, and her brother, Tautvis Vanagė, left. [[She]] said so.", ["Neringė Vanagė"],
    ),
    "a man does not answer for a woman": (
        "[[Ada Lind]] spoke. The clerk, Orvydas Kalnius, objected that he was ill. [[She]] said so.", ["Ada Lind"] * 2,
    ),
    "her husband is not she": ("[[Ada Lind]] spoke. [[Her husband]] agreed.", ["Ada Lind", None]),
    "a heading": ("Partial transcript as follows:\n\nIt rained.\n\n[[Partial transcript]] said so.", [None]),
}  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), REFERENCES.values(), ids=REFERENCES.keys())
def test_references_follow_the_article_where_lists_of_names_say_nothing(
    article: str, expected: list[str | None]
) -> None:
    assert names(article) == expected


def test_a_source_over_a_blank_line_is_the_line_beside_its_words() -> None:
    text = "“Aye.” — Ada Lind, Local 9\n\nAnd from Senator Karl Roe:\n“No.”"
    source = Span.of(text, text.index("Ada"), text.index(":"))
    before = Attribution((source,), (), (Span.of(text, text.index("“No"), len(text)),), 1.0)
    after = Attribution((source,), (), (Span.of(text, 0, 6),), 1.0)
    assert [s.name for s in resolve(text, [before])[0]] == ["Karl Roe"]
    assert [s.name for s in resolve(text, [after])[0]] == ["Ada Lind"]
