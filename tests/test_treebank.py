"""Trees of Universal Dependencies become trees as users of spaCy's English pipelines know them."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.treebank import Token, convert, documents

COARSE = {
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "EX": "PRON",
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN",
    "DT": "DET", "IN": "ADP", "TO": "PART", "POS": "PART", "RB": "ADV", "RP": "ADP", "WRB": "ADV", "JJ": "ADJ",
    "VB": "VERB", "VBD": "VERB", "VBZ": "VERB", "VBP": "VERB", "VBG": "VERB", "VBN": "VERB", "MD": "AUX",
    "CC": "CCONJ", "CD": "NUM", "$": "SYM", ",": "PUNCT", ".": "PUNCT", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip

CASES = {
    "a preposition governs its noun": (
        "She PRP 2 nsubj | lives VBZ 0 root | in IN 4 case | Ghent NNP 2 obl | . . 2 punct",
        "She>lives:nsubj lives:ROOT in>lives:prep Ghent>in:pobj .>lives:punct",
    ),
    "prepositions in a row": (
        "He PRP 2 nsubj | ran VBD 0 root | out IN 6 case | of IN 6 case | the DT 6 det | hall NN 2 obl",
        "He>ran:nsubj ran:ROOT out>ran:prep of>out:prep the>hall:det hall>of:pobj",
    ),
    "of a noun": (
        "mayor NN 0 root | of IN 3 case | Ghent NNP 1 nmod",
        "mayor:ROOT of>mayor:prep Ghent>of:pobj",
    ),
    "a possessive stays as it is": (
        "Lind NNP 3 nmod:poss | 's POS 1 case | plan NN 0 root",
        "Lind>plan:poss 's>Lind:case plan:ROOT",
    ),
    "a preposition before a gerund": (
        "They PRP 2 nsubj | won VBD 0 root | by IN 4 mark | waiting VBG 2 advcl",
        "They>won:nsubj won:ROOT by>won:prep waiting>by:pcomp",
    ),
    "a stranded preposition": (
        "What WP 4 obl | did VBD/AUX 4 aux | he PRP 4 nsubj | rely VB 0 root | on IN 1 case",
        "What>on:pobj did>rely:aux he>rely:nsubj rely:ROOT on>rely:prep",
    ),
    "who did it in a passive": (
        "It PRP 3 nsubj:pass | was VBD/AUX 3 aux:pass | built VBN 0 root | by IN 5 case | Haddad NNP 3 obl:agent",
        "It>built:nsubjpass was>built:auxpass built:ROOT by>built:agent Haddad>by:pobj",
    ),
    "a noun behind a copula": (
        "Lind NNP 4 nsubj | is VBZ/AUX 4 cop | a DT 4 det | judge NN 0 root | . . 4 punct",
        "Lind>is:nsubj is:ROOT a>judge:det judge>is:attr .>is:punct",
    ),
    "an adjective behind a copula": (
        "It PRP 5 nsubj | is VBZ/AUX 5 cop | not RB 5 advmod | very RB 5 advmod | safe JJ 0 root",
        "It>is:nsubj is:ROOT not>is:neg very>safe:advmod safe>is:acomp",
    ),
    "a place behind a copula": (
        "She PRP 4 nsubj | was VBD/AUX 4 cop | in IN 4 case | Oslo NNP 0 root",
        "She>was:nsubj was:ROOT in>was:prep Oslo>in:pobj",
    ),
    "a clause behind a copula": (
        "The DT 2 det | fear NN 6 nsubj:outer | is VBZ/AUX 6 cop | that IN 6 mark | it PRP 6 nsubj | leaks VBZ 0 root",
        "The>fear:det fear>is:nsubj is:ROOT that>leaks:mark it>leaks:nsubj leaks>is:ccomp",
    ),
    "there is": (
        "There EX 2 expl | is=be VBZ 0 root | a DT 4 det | leak NN 2 nsubj",
        "There>is:expl is:ROOT a>leak:det leak>is:attr",
    ),
    "a name is headed by its last word": (
        "Mayor NNP 2 nmod:desc | Omar NNP 5 nsubj | B. NNP 2 flat | Haddad NNP 2 flat | agreed VBD 0 root",
        "Mayor>Haddad:compound Omar>Haddad:compound B.>Haddad:compound Haddad>agreed:nsubj agreed:ROOT",
    ),
    "a date is headed by its month": (
        "on IN 3 case | May NNP 3 nmod:unmarked | 5 CD 0 root",
        "on:ROOT May>on:pobj 5>May:nummod",
    ),
    "money is headed by its number": (
        "pay VB 0 root | $ $ 1 obj | 20 CD 4 compound | million CD 2 nummod",
        "pay:ROOT $>million:quantmod 20>million:compound million>pay:dobj",
    ),
    "conjuncts form a chain": (
        "Lind NNP 6 nsubj | , , 3 punct | Haddad NNP 1 conj | and CC 5 cc | Holm NNP 1 conj | left VBD 0 root",
        "Lind>left:nsubj ,>Lind:punct Haddad>Lind:conj and>Haddad:cc Holm>Haddad:conj left:ROOT",
    ),
    "prepositions as conjuncts": (
        "in IN 2 case | Rome NNP 0 root | and CC 5 cc | in IN 5 case | Oslo NNP 2 conj",
        "in:ROOT Rome>in:pobj and>in:cc in>in:conj Oslo>in:pobj",
    ),
    "who is heard in the middle": (
        "Prices NNS 8 nsubj | , , 4 punct | she PRP 4 nsubj | said=say VBD 8 parataxis | , , 4 punct "
        "| did VBD/AUX 8 aux | not RB 8 advmod | rise VB 0 root | . . 8 punct",
        "Prices>rise:nsubj ,>said:punct she>said:nsubj said:ROOT ,>said:punct did>rise:aux not>rise:neg "
        "rise>said:ccomp .>said:punct",
    ),
    "an object that is the subject of what follows": (
        "want VB 0 root | him PRP 1 obj | to TO 4 mark | go VB 1 xcomp",
        "want:ROOT him>go:nsubj to>go:aux go>want:ccomp",
    ),
    "an object that is told": (
        "told VBD 0 root | him PRP 1 iobj | to TO 4 mark | go VB 1 xcomp",
        "told:ROOT him>told:dative to>go:aux go>told:xcomp",
    ),
    "becoming": (
        "She PRP 2 nsubj | became=become VBD 0 root | mayor NN 2 xcomp",
        "She>became:nsubj became:ROOT mayor>became:attr",
    ),
    "a relative clause": (
        "those DT 0 root | who WP 3 nsubj | left VBD 1 acl:relcl",
        "those:ROOT who>left:nsubj left>those:relcl",
    ),
    "about so many": (
        "about RB 2 advmod | 20 CD 3 nummod | boats NNS 0 root",
        "about>20:quantmod 20>boats:nummod boats:ROOT",
    ),
    "a comma at the edge of a phrase": (
        "Lind NNP 6 nsubj | , , 4 punct | the DT 4 det | judge NN 1 appos | , , 4 punct | left VBD 0 root",
        "Lind>left:nsubj ,>Lind:punct the>judge:det judge>Lind:appos ,>Lind:punct left:ROOT",
    ),
}  # fmt: skip


def tokens(rows: str) -> list[Token]:
    """Tokens from "form xpos head dep | …", with `form=lemma` and `xpos/upos` where they are not what one expects."""
    found = []
    for row in rows.split(" | "):
        word, tag, head, dep = row.split()
        form, _, lemma = word.partition("=")
        xpos, _, upos = tag.partition("/")
        found.append(Token(form, lemma or form.lower(), upos or COARSE[xpos], xpos, "", int(head) - 1, dep, True))
    return found


def drawn(rows: str) -> str:
    words = tokens(rows)
    heads, labels = convert(words)
    return " ".join(
        f"{word.form}:{label}" if head == number else f"{word.form}>{words[head].form}:{label}"
        for number, (word, head, label) in enumerate(zip(words, heads, labels, strict=True))
    )


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES)
def test_converted(rows: str, expected: str) -> None:
    assert drawn(rows) == expected


def test_contractions_and_paragraphs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "small.conllu"
    path.write_text(
        "# newdoc id = harbour\n# newpar id = p1\n# text = I don't.\n"
        "1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
        "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
        "2\tdo\tdo\tVERB\tVBP\tVerbForm=Fin\t0\troot\t_\t_\n"
        "3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n"
        "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n",
        "utf-8",
    )
    (document,) = documents(path)
    (sentence,) = document.sentences
    assert (document.name, sentence.paragraph) == ("harbour", True)
    assert [(token.form, token.feats, token.space) for token in sentence.tokens] == [
        ("I", "", True),
        ("do", "VerbForm=Fin", False),
        ("n't", "", False),
        (".", "", True),
    ]
