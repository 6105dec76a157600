"""Whom a source stands for, as a newsroom would write it; every person and place is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.speakers import read, resolve
from quotecheck.types import Attribution, Span, Speaker


def sources(article: str) -> tuple[str, list[Attribution]]:
    """The article without its marks, and one attribution for each source written as `[source]`."""
    text, found = "", []
    for piece in re.split(r"(\[\[.*?\]\])", article, flags=re.S):
        if piece.startswith("[["):
            start = len(text)
            text += piece[2:-2]
            found.append((start, len(text)))
        else:
            text += piece
    return text, [Attribution((Span.of(text, s, e),), (), (), 1.0) for s, e in found]


def resolved(article: str) -> list[tuple[Speaker, ...]]:
    return resolve(*sources(article))


def names(article: str) -> list[str | None]:
    """The names of each source, joined as they are shown; None where nobody is named."""
    return ["; ".join(s.name for s in speakers if s.name) or None for speakers in resolved(article)]


TITLED = [
    ("[[Ada Lind]] said so.", "Ada Lind", None, None),
    ("[[Freeland's Deputy Minister Sergei Marn]] said so.", "Sergei Marn", "Deputy Minister", "Freeland"),
    ("[[Russian Deputy Foreign Minister Sergei Marn]] said so.", "Sergei Marn", "Deputy Foreign Minister", "Russian"),
    ("[[Kremlin spokesman Dmitri Marn]] said so.", "Dmitri Marn", "spokesman", "Kremlin"),
    (
        "[[US Ambassador to the United Nations Linda Marn-Roe]] said so.",
        "Linda Marn-Roe", "Ambassador to the United Nations", "US",
    ),
    (
        "[[Marta Lind, the engineer who runs the harbour authority,]] said so.",
        "Marta Lind", "engineer who runs the harbour authority", None,
    ),
    ("[[Dr. J. R. Lind Jr. of St. Mary’s Hospital]] said so.", "J. R. Lind Jr.", "Dr.", "St. Mary’s Hospital"),
    ("[[House Speaker Paul Marn (R-Wis.)]] said so.", "Paul Marn", "House Speaker", "R-Wis."),
    ("Asked again, [[Secretary of State John F. Marn]] said so.", "John F. Marn", "Secretary of State", None),
    ("[[White House press secretary Josh Marn]] said so.", "Josh Marn", "press secretary", "White House"),
    ("[[Lind campaign spokesman Jason Roe]] said so.", "Jason Roe", "spokesman", "Lind campaign"),
    ("[[Ursula von der Marn]] said so.", "Ursula von der Marn", None, None),
    ("[[Bashar al-Marn]] said so.", "Bashar al-Marn", None, None),
    ("[[Joe “Sloppy” Marn]] said so.", "Joe “Sloppy” Marn", None, None),
    ("[[Jean-Marc Roe, the foreign minister of France,]] said so.", "Jean-Marc Roe", "foreign minister", "France"),
    (
        "[[Marc H. Roe, the chief executive of the Marn Urban League,]] said so.",
        "Marc H. Roe", "chief executive", "Marn Urban League",
    ),
    ("[[Interim DNC Chairwoman Donna Roe]] said so.", "Donna Roe", "Chairwoman", "DNC"),
    ("[[A lawyer for the town, David Roe,]] said so.", "David Roe", None, None),
    ("[[Marn's chief executive, Tim Roe,]] said so.", "Tim Roe", None, None),
    ("[[Ada Lind, 59, of Marnford,]] said so.", "Ada Lind", None, "Marnford"),
    ("[[Chief Justice John G. Roe Jr.]] said so.", "John G. Roe Jr.", "Chief Justice", None),
    ("[[State Senator Ada Lind]] said so.", "Ada Lind", "State Senator", None),
]  # fmt: skip


@pytest.mark.parametrize(("article", "name", "role", "affiliation"), TITLED)
def test_titles_roles_and_affiliations_are_split_off(
    article: str, name: str, role: str | None, affiliation: str | None
) -> None:
    [[speaker]] = resolved(article)
    assert (speaker.name, speaker.kind, speaker.role, speaker.affiliation) == (name, "person", role, affiliation)


NAMES = {
    "surname": ("Mayor Ada Lind spoke. [[Lind]] said so.", ["Ada Lind"]),
    "surname with form of address": ("Ada Lind spoke. [[Ms. Lind]] said so.", ["Ada Lind"]),
    "possessive": ("Ada Lind spoke. [[Lind’s]] claim was new.", ["Ada Lind"]),
    "most complete form": ("Ada Lind met Ada B. Lind's critics. [[Lind]] said so.", ["Ada B. Lind"]),
    "surname before the full name": ("[[Lind]] said so. Later Ada Lind left.", ["Ada Lind"]),
    "name cut by a missing space": ("They met in Marn.Vladimir Roe left. [[Roe]] said so.", ["Vladimir Roe"]),
    "transcript in capitals": ("Sen. Ada Lindqvist (D-Marn) spoke.\n\n[[LINDQVIST]]: No.", ["Ada Lindqvist"]),
    "family name first": ("Kim Marn-hye, the minister, spoke. [[Ms. Kim]] said so.", ["Kim Marn-hye"]),
    "short form": ("Robert Marn spoke. [[Bob Marn]] said so.", ["Robert Marn"]),
    "misspelt once": ("Ada Lindqvist spoke. [[Lindkvist]] said so.", ["Ada Lindqvist"]),
    "only a title and surname": ("[[President Marn]] said so. [[Marn]] left.", ["Marn", "Marn"]),
    "president with full name elsewhere": (
        "Minister Ivan Roe and President Vladimir Marn met. [[President Marn]] said so.", ["Vladimir Marn"],
    ),
    "headline": (
        "Ada Lind Hammers Marn Harbour Chief: ‘Resign Now’\n\nSen. Ada Lind spoke on Monday. [[Lind]] said so.",
        ["Ada Lind"],
    ),
    "headline as source": (
        "[[Ada Lind Hammers Marn Harbour Chief]]\n\nSen. Ada Lind spoke on Monday and said no.", ["Ada Lind"],
    ),
    "spouses by form of address": (
        "Ada Lind and her husband, Karl Lind, spoke. [[Mr. Lind]] said so. [[Mrs. Lind]] agreed.",
        ["Karl Lind", "Ada Lind"],
    ),
    "namesakes by title": (
        "Senator Ada Lind met Governor Bea Lind. Much later there was tea. [[Governor Lind]] said so.", ["Bea Lind"],
    ),
    "namesakes by given name": ("Ada Lind met Karl Lind. [[Karl Lind]] said so.", ["Karl Lind"]),
    "namesakes that nothing tells apart": ("Ada Lind met Karl Lind. [[Lind]] said so.", [None]),
    "first named keeps the bare surname": (
        "Ada Lind spoke at the fair. Her uncle Karl Lind owns it. It rained. The band played. It grew late. "
        "[[Lind]] said so.",
        ["Ada Lind"],
    ),
    "misspelling too far": ("Ada Lindqvist spoke. [[Lundkvast]] said so.", ["Lundkvast"]),
    "surname that is a common word": ("Grant Green left for a green hill. [[Green]] said so.", ["Grant Green"]),
    "the family": ("Ada Lind and Karl Lind spoke. [[The Linds]] said so.", [None]),
    "name far too long": ("At Barack Marn Memorial Day, [[Marn]] said so.", ["Barack Marn"]),
}  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), NAMES.values(), ids=NAMES.keys())
def test_a_form_of_a_name_resolves_to_the_full_name_in_the_article(article: str, expected: list[str | None]) -> None:
    assert names(article) == expected


BODIES = [
    ("[[The Kremlin]] said so.", "Kremlin", "place_metonym", "metonym"),
    ("[[The White House]] said so.", "White House", "place_metonym", "metonym"),
    ("[[Russia]] said so.", "Russia", "place_metonym", "metonym"),
    ("[[The Marn Foreign Ministry]] said so.", "Marn Foreign Ministry", "organisation", "name"),
    ("The Marn Harbour Authority (MHA) met. [[The MHA]] said so.", "Marn Harbour Authority", "organisation", "alias"),
    ("[[The U.N.]] said so.", "United Nations", "organisation", "alias"),
    ("The Marn Safety Council met. [[The Safety Council]] said so.", "Marn Safety Council", "organisation", "alias"),
    ("[[The Lind campaign]] said so.", "Lind campaign", "organisation", "name"),
    ("The Lind campaign met. [[Lind’s team]] said so.", "Lind campaign", "organisation", "alias"),
    ("[[The Department of Justice]] said so.", "Department of Justice", "organisation", "name"),
    (
        "[[The Securities and Exchange Commission]] said so.", "Securities and Exchange Commission", "organisation",
        "name",
    ),
    ("[[A Kremlin statement]] said so.", "Kremlin", "place_metonym", "metonym"),
    ("[[A statement from the Marn Foreign Ministry]] said so.", "Marn Foreign Ministry", "organisation", "name"),
    ("The Marn Budget Office met. [[The agency]] said so.", "Marn Budget Office", "organisation", "title_only"),
    ("They asked the Marn Police Department, [[which]] said no.", "Marn Police Department", "organisation", "pronoun"),
    ("[[An analysis of harbour fees released on Monday]] shows it.", "analysis of harbour fees", "document", "name"),
    ("[[The latest Marn/Roe poll]] shows it.", "Marn/Roe poll", "document", "name"),
]  # fmt: skip


@pytest.mark.parametrize(("article", "name", "kind", "basis"), BODIES)
def test_bodies_places_and_documents_speak_under_their_full_name(
    article: str, name: str, kind: str, basis: str
) -> None:
    [[speaker]] = resolved(article)
    assert (speaker.name, speaker.kind, speaker.basis) == (name, kind, basis)


JOINT = [
    ("[[the Kremlin and the Marn Foreign Ministry each]] said so.", ["Kremlin", "Marn Foreign Ministry"]),
    ("[[Sens. Jon Roe (D-Mont.) and David Marn (R-La.)]] said so.", ["Jon Roe", "David Marn"]),
    (
        "[[Jeff Roe (D-Ore.), Anna Lind (D-Ohio) and Robert Marn all]] said so.",
        ["Jeff Roe", "Anna Lind", "Robert Marn"],
    ),
    ("Ada Lind met Karl Roe. [[Ms. Lind and Mr. Roe]] said so.", ["Ada Lind", "Karl Roe"]),
    ("[[China and the United States, the two largest,]] said so.", ["China", "United States"]),
    ("[[Ada Lind, a friend and former neighbour of the mayor,]] said so.", ["Ada Lind"]),
    ("[[The Marn Times and its critics]] said so.", ["Marn Times", None]),
]


@pytest.mark.parametrize(("article", "expected"), JOINT)
def test_a_joint_source_gives_each_of_its_speakers(article: str, expected: list[str | None]) -> None:
    [speakers] = resolved(article)
    assert [s.name for s in speakers] == expected


UNNAMED = [
    ("a senior official", "unnamed"),
    ("A person close to the talks", "unnamed"),
    ("police", "group"),
    ("Officials", "group"),
    ("Several critics of Ada Lind", "group"),
    ("advisers to Ada Lind", "group"),
    ("A spokesman for Ada Lind", "unnamed"),
    ("a spokeswoman for the Marn Harbour Authority", "unnamed"),
    ("Republicans on the Marn Harbour Committee", "group"),
    ("town and county officials", "group"),
    ("White House and Pentagon spokesmen", "group"),
    ("many Ukrainians", "group"),
    ("a report", "document"),
]


@pytest.mark.parametrize(("source", "kind"), UNNAMED)
def test_who_is_not_named_stays_unnamed(source: str, kind: str) -> None:
    [[speaker]] = resolved(f"Ada Lind was away. [[{source}]] said so.")
    assert (speaker.name, speaker.kind, speaker.basis) == (None, kind, "title_only")


REFERENCES = {
    "she": ("[[Ada Lind]] spoke. [[She]] said so.", ["Ada Lind", "Ada Lind"]),
    "he after she": ("[[Karl Roe]] spoke. [[Ada Lind]] agreed. [[He]] said so.", ["Karl Roe", "Ada Lind", "Karl Roe"]),
    "no man named": ("[[Ada Lind]] spoke. [[He]] said so.", ["Ada Lind", None]),
    "two men, neither a speaker": ("Karl Roe met Emil Marn. [[He]] said so.", [None]),
    "a stranger competes": ("Karl Roe was asked by Reucastle. [[He]] said no.", [None]),
    "who": ("They asked Ada Lind, [[who]] said no.", ["Ada Lind"]),
    "who, with age and home": ("Ada Lind, 59, of Marn, [[who]] said no, left.", ["Ada Lind"]),
    "aides to somebody who": ("They asked aides to Ada Lind, [[who]] said no.", [None]),
    "I, without a byline": ("Ada Lind spoke. [[I]] think so.", [None]),
    "they": ("Ada Lind spoke. [[They]] think so.", [None]),
    "the mayor": ("Mayor Ada Lind spoke. [[The mayor]] said so.", ["Ada Lind"]),
    "the senator, two of them": ("Sen. Ada Lind met Sen. Karl Roe. [[The senator]] said so.", [None]),
    "the former mayor": (
        "Mayor Ada Lind met former Mayor Karl Roe. [[The former mayor]] said so. [[The mayor]] left.",
        ["Karl Roe", "Ada Lind"],
    ),
    "the president is no vice president": (
        "Vice President Ada Lind and President Karl Roe met. [[The president]] said so.", ["Karl Roe"],
    ),
    "the engineer": ("Ada Lind, an engineer at the port, spoke. [[The engineer]] said so.", ["Ada Lind"]),
    "nationality speaks against it": ("French President Karl Roe spoke. [[The Russian president]] said so.", [None]),
    "an indefinite mayor": ("Mayor Ada Lind spoke. [[A mayor]] said so.", [None]),
    "the senator, one of them close by": (
        "Sen. Ada Lind met Sen. Karl Roe. It rained. Bands played. It grew late. Lind left. [[The senator]] said so.",
        ["Ada Lind"],
    ),
    "the Marn businessman": ("Karl Roe left early. [[The Marn businessman]] said so.", ["Karl Roe"]),
    "the Marn businessman, called so with other words": (
        "Freeland businessman Karl Roe left early. [[The Russian businessman]] said so.", [None],
    ),
    "the spokesman for somebody": ("Karl Roe left early. [[The spokesman for the port]] said so.", [None]),
    "somebody’s doctor": ("Karl Roe left early. [[The mayor’s doctor]] said so.", [None]),
    "by age": ("Ada Lind, 54, met Bea Roe, 35. [[The 54-year-old]] said so.", ["Ada Lind"]),
    "by age and noun": (
        "[[Ada Lind]] spoke. [[The 54-year-old mother of three]] said so.", ["Ada Lind", "Ada Lind"],
    ),
    "his wife": (
        "[[Karl Roe]] spoke. Ann Roe smiled. She waved. [[His wife]] said so.", ["Karl Roe", "Ann Roe"],
    ),
    "his ex-wife, introduced as wife": (
        "Karl Roe left his wife, Ann Marn, in May. [[His ex-wife]] said so.", ["Ann Marn"],
    ),
    "her brother, whom nobody names": ("[[Ada Lind]] spoke. [[Her brother]] said so.", ["Ada Lind", None]),
    "a judge, named soon after": (
        "[[A Marn judge]] rejected the plea. “It is late,” Judge Ada Lind wrote.", ["Ada Lind"],
    ),
    "a headline’s judge": ("[[Judge]] rejects the plea of the town\n\nJudge Ada Lind wrote so.", ["Ada Lind"]),
    "one of two judges": (
        "[[A Marn judge]] rejected the plea. Judge Ada Lind and Judge Karl Roe differ.", [None],
    ),
    "an official, named soon after": ("[[An official]] said so. Ada Lind, an official, left.", [None]),
    "a party speaks against it": (
        "[[A Republican senator]] said so. Sen. Ada Lind, a Democratic senator, left.", [None],
    ),
    "who, after an apposition": ("They met Ada Lind, a lawyer for hire [[who]] said no.", ["Ada Lind"]),
    "that, after an apposition": ("He owns Harbour45, a port operator [[that]] said no.", ["Harbour45"]),
    "that, after a bare name": ("He signed the Marn Charter [[that]] says no.", [None]),
    "which, after a description": (
        "He asked members of the Freeland government, [[which]] said no.", ["Freeland government"],
    ),
    "which, after turned to": ("He turned to the Marn Safety Council [[which]] said no.", ["Marn Safety Council"]),
    "they, two people": (
        "Ada Lind and Karl Roe wrote to the port. [[They]] asked for rain.", ["Ada Lind; Karl Roe"],
    ),
    "they, with critics between": (
        "Ada Lind and Karl Roe wrote to the port. Critics laughed. [[They]] asked for rain.", [None],
    ),
    "they, a body": (
        "[[The Marn Safety Council]] spoke. [[They]] asked for rain.", ["Marn Safety Council", "Marn Safety Council"],
    ),
    "they, officials": ("[[The Marn Safety Council]] spoke. [[Officials]] agreed. [[They]] left.",
                        ["Marn Safety Council", None, None]),
    "the bank": ("In the Roe Fargo scandal, people lost money. [[The bank]] said so.", ["Roe Fargo"]),
    "the bank, or another": ("Roe Fargo sued Lind Marn. [[The bank]] said so.", [None]),
    "the bank, in a place": ("It rained in Marn. [[The bank]] said so.", [None]),
    "the commission": (
        "The Commission on Harbour Debates met. It rained. [[The commission]] said so.",
        ["Commission on Harbour Debates"],
    ),
    "letters first given with the country": (
        "He works for QT America. [[QT]] said so. [[QT]] added this.", ["QT America", "QT America"],
    ),
    "letters of their own": ("QT met QT America. [[QT]] said so.", ["QT"]),
    "the report, a study": (
        "[[An exhaustive study of the harbour]] shows it. [[The report]] adds this.",
        ["exhaustive study of the harbour", "exhaustive study of the harbour"],
    ),
    "a mayor and her aides": (
        "Mayor Ada Lind spoke. [[The mayor and her aides]] said so.", ["Ada Lind"],
    ),
    "I’m is no name": ("[[I'm]] sure it will rain.", [None]),
}  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), REFERENCES.values(), ids=REFERENCES.keys())
def test_pronouns_and_descriptions_resolve_only_where_it_is_safe(article: str, expected: list[str | None]) -> None:
    assert names(article) == expected


@pytest.mark.parametrize("source", ["who", "'s", "", " ", "—", "and", "of", "He and", "said that he", "[", "“”", "the"])
def test_an_odd_source_is_left_without_a_name(source: str) -> None:
    [speakers] = resolved(f"It rained in the valley all week. [[{source}]] it did.")
    assert [s.name for s in speakers] == [None]


def test_an_unresolved_speaker_says_between_whom_it_was() -> None:
    [[speaker]] = resolved("Ada Lind met Karl Lind. [[Lind]] said so.")
    assert speaker == Speaker(
        None, "unknown", "unresolved", Span(24, 28, "Lind"), confidence=0.3, why="may be Ada Lind or Karl Lind"
    )


def test_a_resolved_speaker_carries_its_mention_role_and_reason() -> None:
    [_, [speaker]] = resolved("[[Mayor Ada Lind of Marn]] spoke. [[Lind]] said so.")
    mention = Span(30, 34, "Lind")
    assert speaker == Speaker(
        "Ada Lind", "person", "alias", mention, "Mayor", "Marn", 0.9489, "part of the name Ada Lind",
        Span(0, 5, "Mayor"), Span(18, 22, "Marn"),
    )  # fmt: skip


BYLINES = [
    ("Ada Lind", "Ada Lind"),
    ("By Ada Lind", "Ada Lind"),
    ("By  Jan van der Marn.", "Jan van der Marn"),
    ("Ada Lind and Karl Roe", None),
    ("Ada Lind, Karl Roe", None),
    ("Marn News Agency", None),
    ("Staff", None),
    ("ada@marn.example", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("byline", "name"), BYLINES)
def test_i_is_the_author_if_the_byline_names_one_person(byline: str | None, name: str | None) -> None:
    text, found = sources("[[I]] think so.")
    [[speaker]] = resolve(text, found, author=byline)
    assert (speaker.name, speaker.kind, speaker.basis) == (name, "person", "pronoun")


def test_i_inside_a_quotation_is_the_one_who_is_quoted() -> None:
    text = "“I said no,” Mayor Ada Lind said."
    quoted = Attribution((Span.of(text, 13, 27),), (Span.of(text, 28, 32),), (Span.of(text, 0, 12),), 1.0)
    inner = Attribution((Span.of(text, 1, 2),), (Span.of(text, 3, 7),), (Span.of(text, 8, 10),), 1.0)
    [_, [speaker]] = resolve(text, [quoted, inner], author="Karl Roe")
    assert (speaker.name, speaker.basis, speaker.role, speaker.why) == (
        "Ada Lind", "pronoun", "Mayor", "“I” in the words of Ada Lind",
    )  # fmt: skip


def test_i_in_an_interview_is_nobody_in_particular() -> None:
    text, found = sources("Courier: Will it rain?\nLind: [[I]] think so.\nCourier: Why?\nLind: It always does.")
    [[speaker]] = resolve(text, found, author="Karl Roe")
    assert speaker.name is None


def test_every_place_that_means_a_speaker_is_a_mention() -> None:
    text, found = sources("Mayor [[Ada Lind]] spoke to Karl Roe. [[She]] left. Lind smiled.")
    assert [(m.span.text, m.name, m.basis) for m in read(text, found).mentions] == [
        ("Ada Lind", "Ada Lind", "name"), ("She", "Ada Lind", "pronoun"), ("Lind", "Ada Lind", "alias"),
    ]  # fmt: skip


def test_below_the_floor_a_speaker_stays_as_written() -> None:
    text, found = sources("[[Ada Lind]] spoke. [[She]] said so.")
    [[named], [open_]] = resolve(text, found, floor=0.96)
    assert named.name == "Ada Lind"
    assert (open_.name, open_.kind, open_.basis, open_.why) == (
        None, "unknown", "unresolved",
        "perhaps Ada Lind (the speaker last named before “She”), which is not sure enough",
    )  # fmt: skip


def test_a_quotation_that_continues_keeps_its_speaker() -> None:
    text = "“We will build,” Ada Lind said. “It will take a year.”"
    content = [text.index("“We"), text.index("“It")]
    first = Attribution((Span.of(text, 17, 25),), (Span.of(text, 26, 30),), (Span.of(text, 0, 16),), 1.0)
    second = Attribution((), (), (Span.of(text, content[1], len(text)),), 1.0)
    [[named], [carried]] = resolve(text, [first, second])
    assert named.name == "Ada Lind"
    assert carried == Speaker(
        "Ada Lind", "person", "carry_over", None, None, None, 0.8235, "continues the quotation before it"
    )


def test_a_statement_without_source_elsewhere_stays_open() -> None:
    text = "“We will build,” Ada Lind said. It rained. “It will take a year.”"
    first = Attribution((Span.of(text, 17, 25),), (), (Span.of(text, 0, 16),), 1.0)
    second = Attribution((), (), (Span.of(text, text.index("“It"), len(text)),), 1.0)
    [_, [speaker]] = resolve(text, [first, second])
    assert (speaker.name, speaker.basis) == (None, "unresolved")


def test_the_order_of_the_attributions_does_not_matter() -> None:
    text, found = sources("[[Ada Lind]] spoke. [[She]] said so. [[The Kremlin]] agreed.")
    assert resolve(text, found[::-1]) == resolve(text, found)[::-1]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_text_and_any_spans_give_sound_speakers(data: st.DataObject) -> None:
    words = st.sampled_from(
        "Ada Lind Mr. said , . “ ” 's and of the Kremlin who (R-X) she \n U.S. Jr. É — 59".split(" ")
    )
    text = data.draw(st.one_of(st.text(max_size=80), st.lists(words, max_size=30).map(" ".join)))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: (min(p), max(p)))
    spans = st.lists(offsets.map(lambda p: Span.of(text, *p)), max_size=2).map(tuple)
    found = data.draw(st.lists(st.builds(Attribution, spans, spans, spans, st.just(1.0)), max_size=4))
    result = resolve(text, found)
    assert len(result) == len(found)
    for speakers in result:
        assert speakers
        for speaker in speakers:
            assert speaker.mention is None or text[speaker.mention.start : speaker.mention.end] == speaker.mention.text
            assert 0 <= speaker.confidence <= 1
