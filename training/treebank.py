"""Universal Dependencies trees, and their conversion to the labels and head directions of spaCy's English pipelines.

Those follow ClearNLP's guidelines: prepositions govern their nouns (`prep`, `pobj`), the copula governs its predicate
(`attr`, `acomp`), names are headed by their last word (`compound`), conjuncts hang on one another in a chain. Each rule
is a function that changes the heads and labels of one sentence; `convert` applies them in order.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = -1


@dataclass
class Token:
    """One token of a tree; `head` is an index within the sentence, `ROOT` for none."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool


@dataclass
class Sentence:
    """A sentence; `paragraph` is True where one begins, `surface` the forms as written, with those of contractions."""

    tokens: list[Token] = field(default_factory=list)
    paragraph: bool = False


@dataclass
class Document:
    """The sentences of one text."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file, xz-compressed or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    document, sentence, within = Document(path.name), Sentence(), (0, 0, True)
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document = Document(line.partition("=")[2].strip())
            elif line.startswith("# newpar") and "block" not in line:
                sentence.paragraph = True
            elif line.strip() and not line.startswith("#"):
                columns = line.rstrip("\n").split("\t")
                if "-" in columns[0]:
                    start, end = columns[0].split("-")
                    within = int(start), int(end), "SpaceAfter=No" not in columns[9]
                elif "." not in columns[0]:
                    sentence.tokens.append(_token(columns, within))
            elif not line.strip() and sentence.tokens:
                document.sentences.append(sentence)
                sentence, within = Sentence(), (0, 0, True)
    if document.sentences:
        yield document


def _token(columns: list[str], within: tuple[int, int, bool]) -> Token:
    """A token; inside a contraction ("do" + "n't") no space follows but behind the last part."""
    number, form, lemma, upos, xpos, feats, head, dep = (columns[i] for i in range(8))
    start, end, space_after = within
    space = "SpaceAfter=No" not in columns[9]
    if start <= int(number) <= end:
        space = space_after if int(number) == end else False
    return Token(form, lemma, upos, xpos, "" if feats == "_" else feats, int(head) - 1, dep, space)


MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
REPORTING = frozenset(
    "say tell think believe add explain report ask suppose imagine guess know note state claim argue reply answer "
    "write warn insist suggest hope fear admit announce mean recall predict concede".split()
)
SUBJECT_RAISING = frozenset(
    "let make have want like love hate prefer expect need see hear watch feel allow help enable cause get permit "
    "require believe consider find keep leave deem judge wish".split()
)
"""Verbs whose object is the subject of their small clause ("made him happy", "want him to go")."""
LINKING = frozenset(
    "become seem appear look feel sound remain stay get go grow turn smell taste come fall prove stand lie".split()
)
CLAUSAL_ADVERBS = frozenset(
    "also not n't never always still now already just only probably really actually perhaps maybe then therefore thus "
    "however often sometimes usually certainly clearly currently again here there once indeed finally simply "
    "obviously apparently definitely currently today even all either yet ever generally".split()
)
"""Adverbs before a predicate adjective that modify the clause, not the adjective."""
GERUND_PREPOSITIONS = frozenset(
    "by for of in on with without from about at after before since to through into against despite instead upon "
    "besides between like than as over towards toward under".split()
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET"})
OF_THE_WORD = frozenset(
    "det amod nmod case compound nummod acl appos flat fixed goeswith list det:predet nmod:poss nmod:desc "
    "acl:relcl nmod:unmarked cc:preconj reparandum".split()
)
"""Relations that stay with a nominal predicate when the copula becomes the head."""
OF_THE_ADJECTIVE = frozenset("obl xcomp ccomp fixed goeswith advmod advcl obl:unmarked det compound obl:agent".split())
CLAUSES = frozenset("ccomp xcomp csubj advcl acl acl:relcl advcl:relcl parataxis csubj:pass csubj:outer".split())
PLAIN = {
    "nsubj:pass": "nsubjpass",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubjpass",
    "csubj:outer": "csubj",
    "obj": "dobj",
    "iobj": "dative",
    "aux:pass": "auxpass",
    "nmod:poss": "poss",
    "det:predet": "predet",
    "cc:preconj": "preconj",
    "compound:prt": "prt",
    "acl:relcl": "relcl",
    "advcl:relcl": "advcl",
    "nmod:unmarked": "npadvmod",
    "obl:unmarked": "npadvmod",
    "obl": "npadvmod",
    "obl:agent": "npadvmod",
    "nmod:desc": "compound",
    "flat": "compound",
    "discourse": "intj",
    "vocative": "npadvmod",
    "reparandum": "meta",
    "cop": "aux",
    "root": "ROOT",
    **dict.fromkeys(("list", "goeswith", "dislocated", "orphan", "fixed"), "dep"),
}
"""What a relation is called when no rule has renamed it."""
DONE = frozenset({"prep", "pobj", "pcomp", "agent", "attr", "acomp", "quantmod", "oprd", "neg"})


class Tree:
    """The tokens of a sentence with their relations, while they are rearranged."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.heads = [token.head for token in tokens]
        self.deps = [token.dep for token in tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def children(self, head: int) -> list[int]:
        """The dependents of a token, left to right."""
        return [child for child, its in enumerate(self.heads) if its == head]

    def child(self, head: int, *deps: str) -> int | None:
        """The first dependent with one of some relations."""
        return next((child for child in self.children(head) if self.deps[child] in deps), None)

    def attach(self, token: int, head: int, dep: str | None = None) -> None:
        """Hang a token on another one."""
        self.heads[token] = head
        if dep is not None:
            self.deps[token] = dep

    def replace(self, old: int, new: int, dep: str) -> None:
        """Put `new`, a dependent of `old`, in its place, and hang `old` on it."""
        self.heads[new], self.deps[new] = self.heads[old], self.deps[old]
        self.attach(old, new, dep)

    def span(self, token: int) -> tuple[int, int]:
        """First and last token of a subtree."""
        low = high = token
        below = [token]
        while below:
            below = [child for head in below for child in self.children(head)]
            low, high = min([low, *below]), max([high, *below])
        return low, high


def convert(tokens: list[Token]) -> tuple[list[int], list[str]]:
    """Heads (index within the sentence, its own for the root) and labels of a tree in ClearNLP's style."""
    tree = Tree(tokens)
    for rule in (_names, _dates, _currency, _copulas, _reporting, _small_clauses, _conjuncts, _prepositions):
        rule(tree)
    _commas(tree)
    labels = [_label(tree, token) for token in range(len(tree))]
    return [token if head == ROOT else head for token, head in enumerate(tree.heads)], labels


def _names(tree: Tree) -> None:
    """ "Jennifer M. Anderson" is headed by Anderson."""
    for first in range(len(tree)):
        if tree.deps[first] == "flat":
            continue
        parts = _flat_parts(tree, first)
        if not parts or tree.tokens[parts[-1]].upos == "NUM" or tree.tokens[first].upos == "NUM":
            continue
        last = parts[-1]
        for child in tree.children(first):
            if child != last and child not in parts:
                tree.attach(child, last)
        for part in parts[:-1]:
            for child in tree.children(part):
                if child not in parts and tree.deps[child] != "punct":
                    tree.attach(child, last)
            tree.attach(part, last, "compound")
        tree.attach(last, first)
        tree.replace(first, last, "compound")


def _flat_parts(tree: Tree, head: int) -> list[int]:
    parts = [child for child in tree.children(head) if tree.deps[child] == "flat" and child > head]
    return sorted([*parts, *(deeper for part in parts for deeper in _flat_parts(tree, part))])


def _dates(tree: Tree) -> None:
    """ "November 5" is headed by November."""
    for number in range(len(tree)):
        month = number - 1
        if (
            month >= 0
            and tree.heads[month] == number
            and tree.deps[month] in ("nmod:unmarked", "compound", "nmod")
            and tree.tokens[month].form.casefold() in MONTHS
        ):
            for child in tree.children(number):
                if child != month:
                    tree.attach(child, month)
            tree.replace(number, month, "nummod")


def _currency(tree: Tree) -> None:
    """ "$ 20 million" is headed by the number."""
    for sign in range(len(tree)):
        if tree.tokens[sign].xpos != "$":
            continue
        number = tree.child(sign, "nummod")
        if number is None or number < sign:
            continue
        for child in tree.children(sign):
            if child != number:
                tree.attach(child, number)
        compound = tree.child(number, "compound") is not None
        tree.replace(sign, number, "quantmod" if compound else "nmod")
        if not compound:
            tree.deps[sign] = "nmod"


def _copulas(tree: Tree) -> None:
    for copula in range(len(tree)):
        if tree.deps[copula] == "cop":
            _promote(tree, copula)


def _promote(tree: Tree, copula: int) -> None:
    """The copula takes its predicate's place; the clause's parts go with it, the predicate's own stay."""
    predicate = tree.heads[copula]
    children = [child for child in tree.children(predicate) if child != copula]
    outer = any(tree.deps[child] in ("nsubj:outer", "csubj:outer") for child in children)
    moved = [
        child
        for child in children
        if (_of_the_outer_clause(tree, child, copula) if outer else not _stays(tree, child, predicate, copula))
    ]
    role = _predicate_role(tree, predicate, outer)
    tree.replace(predicate, copula, role)
    for child in moved:
        tree.attach(child, copula)


def _of_the_outer_clause(tree: Tree, child: int, copula: int) -> bool:
    return (
        tree.deps[child] in ("nsubj:outer", "csubj:outer")
        or (child < copula and tree.deps[child] != "mark")
        or (tree.deps[child] == "mark" and child < copula)
        or (tree.deps[child] == "punct" and child == len(tree) - 1)
    )


def _stays(tree: Tree, child: int, predicate: int, copula: int) -> bool:
    dep, token = tree.deps[child], tree.tokens[predicate]
    if dep == "conj":
        clause = any(tree.deps[c] in ("cop", "nsubj", "nsubj:pass", "aux", "expl") for c in tree.children(child))
        verbal = tree.tokens[child].upos in ("VERB", "AUX") and token.upos not in ("VERB", "AUX")
        return not clause and not verbal
    if dep == "cc":
        return child > predicate
    if dep == "punct":
        return _inside(tree, child, predicate)
    if dep == "advmod":
        if tree.tokens[child].form.casefold() in CLAUSAL_ADVERBS:
            return False
        adjacent = child == predicate - 1 or (child == predicate + 1 and token.upos == "ADV")
        return adjacent and child > copula and token.upos not in ("PROPN", "PRON")
    if token.upos in ("ADJ", "ADV", "VERB"):
        if dep == "advcl":
            return child > predicate and any(tree.tokens[c].form.casefold() == "than" for c in tree.children(child))
        return dep in OF_THE_ADJECTIVE or (dep in OF_THE_WORD and dep != "acl:relcl")
    return dep in OF_THE_WORD


def _inside(tree: Tree, mark: int, predicate: int) -> bool:
    """Whether a mark stands between a predicate and one of its own words."""
    own = [c for c in tree.children(predicate) if tree.deps[c] in OF_THE_WORD]
    return any(min(c, predicate) < mark < max(c, predicate) for c in own)


def _predicate_role(tree: Tree, predicate: int, outer: bool) -> str:
    token = tree.tokens[predicate]
    if outer or (tree.child(predicate, "mark") is not None and token.upos in ("VERB", "AUX") and outer):
        subject = tree.child(predicate, "nsubj", "nsubj:pass", "csubj", "expl")
        return "ccomp" if subject is not None else "xcomp"
    if tree.child(predicate, "case") is not None and token.upos not in ("ADP",):
        return "obl"
    if token.upos == "ADJ":
        return "acomp"
    if token.upos == "ADV":
        return "advmod"
    if token.upos == "ADP":
        return "prep"
    if token.upos in ("VERB", "AUX"):
        return "acomp" if token.xpos in ("VBN", "JJ") else "xcomp"
    return "attr"


def _reporting(tree: Tree) -> None:
    """ "Prices, he said, did not spike": said is the head, what was said its complement."""
    for verb in range(len(tree)):
        said = tree.heads[verb]
        if tree.deps[verb] != "parataxis" or said == ROOT or tree.tokens[verb].lemma not in REPORTING:
            continue
        if tree.child(verb, "nsubj") is None or tree.child(verb, "obj", "ccomp", "mark") is not None:
            continue
        if verb < said and tree.span(said)[0] >= verb:
            continue
        if tree.deps[said] not in ("root", "conj", "parataxis"):
            continue
        tree.replace(said, verb, "ccomp")
        last = len(tree) - 1
        for child in tree.children(said):
            if (child == last and tree.deps[child] == "punct") or (child > verb and tree.deps[child] == "parataxis"):
                tree.attach(child, verb)


def _small_clauses(tree: Tree) -> None:
    """The object of "want him to go" and "made him happy" is the subject of what follows."""
    for clause in range(len(tree)):
        if tree.deps[clause] != "xcomp":
            continue
        verb = tree.heads[clause]
        thing = tree.child(verb, "obj")
        token = tree.tokens[clause]
        if thing is not None and tree.tokens[verb].lemma in SUBJECT_RAISING and thing < clause:
            if tree.child(clause, "nsubj", "nsubj:pass") is None:
                passive = tree.child(clause, "aux:pass") is not None
                tree.attach(thing, clause, "nsubjpass" if passive else "nsubj")
                tree.deps[clause] = "ccomp"
        elif token.upos == "ADJ" and tree.child(clause, "mark", "aux") is None:
            tree.deps[clause] = "acomp" if tree.tokens[verb].lemma in LINKING else "oprd"
        elif token.upos in NOMINAL and tree.child(clause, "mark", "case", "aux") is None:
            tree.deps[clause] = "attr" if tree.tokens[verb].lemma in LINKING else "oprd"


def _conjuncts(tree: Tree) -> None:
    """Conjuncts form a chain, and a conjunction hangs on the conjunct before it."""
    for first in range(len(tree)):
        conjuncts = [child for child in tree.children(first) if tree.deps[child] == "conj" and child > first]
        before = first
        for conjunct in conjuncts:
            tree.attach(conjunct, before)
            for child in tree.children(conjunct):
                if child < conjunct and tree.deps[child] in ("cc", "punct") and _leads(tree, child, conjunct):
                    tree.attach(child, before)
            before = conjunct


def _leads(tree: Tree, child: int, conjunct: int) -> bool:
    """Whether nothing of a conjunct but conjunctions and commas stands before one of its dependents."""
    if tree.deps[child] == "punct" and tree.tokens[child].form not in (",", ";", "-", "--", "–", "—", ":", "/"):
        return False
    others = (c for c in tree.children(conjunct) if c < child)
    return all(tree.deps[c] in ("cc", "punct") for c in others)


_NOT_GOVERNED = frozenset(
    {"nsubj", "nsubj:pass", "nsubjpass", "obj", "iobj", "csubj", "compound", "nummod", "amod", "det"}
)


def _prepositions(tree: Tree) -> None:
    """Prepositions take the place of what they introduce: "in Paris", "by doing"."""
    for word in range(len(tree)):
        prepositions = _introducing(tree, word)
        if prepositions:
            _govern(tree, word, prepositions)
        elif tree.deps[word] in ("obl", "nmod", "obl:agent") and tree.heads[word] != ROOT:
            stranded = [child for child in tree.children(word) if tree.deps[child] == "case" and child > word]
            if stranded and tree.tokens[stranded[0]].xpos != "POS":
                # "Which do they focus on?", "five years ago": what follows its noun governs it all the same.
                tree.attach(stranded[0], tree.heads[word], "prep")
                tree.attach(word, stranded[0], "pobj")


def _introducing(tree: Tree, word: int) -> list[int]:
    """The prepositions of a word, or the conjunction before a gerund."""
    found = [
        child
        for child in tree.children(word)
        if tree.deps[child] == "case" and child < word and tree.tokens[child].xpos != "POS"
    ]
    if found or tree.tokens[word].xpos != "VBG" or tree.deps[word] not in CLAUSES:
        return found
    mark = tree.child(word, "mark")
    if mark is None or tree.tokens[mark].form.casefold() not in GERUND_PREPOSITIONS or mark > word:
        return []
    return [mark]


def _govern(tree: Tree, word: int, prepositions: list[int]) -> None:
    relation, head = tree.deps[word], tree.heads[word]
    if relation in _NOT_GOVERNED:
        for preposition in prepositions:
            tree.deps[preposition] = "quantmod" if relation == "nummod" else "prep"
        return
    clausal = tree.deps[prepositions[0]] == "mark"
    first = prepositions[0]
    role = "agent" if relation == "obl:agent" and tree.tokens[first].form.casefold() == "by" else "prep"
    if relation in ("root", "conj") or (clausal and relation in ("csubj", "ccomp")):
        role = relation
    if relation == "conj" and tree.deps[head] in ("pobj", "pcomp") and tree.heads[head] != ROOT:
        for child in tree.children(head):
            if head < child < first and tree.deps[child] in ("cc", "punct"):
                tree.attach(child, tree.heads[head])
        head = tree.heads[head]
    for child in tree.children(word):
        if child < first and tree.deps[child] in ("advmod", "cc:preconj", "cc"):
            tree.attach(child, first)
        elif child < first and tree.deps[child] == "punct":
            tree.attach(child, head if head != ROOT else first)
    tree.attach(first, head, role)
    chain = [first]
    for following in prepositions[1:]:
        tree.attach(following, chain[-1], "prep")
        chain.append(following)
    last = chain[-1]
    fixed = [part for part in tree.children(last) if tree.deps[part] == "fixed" and part < word]
    if fixed and tree.tokens[last].form.casefold() not in ("because", "than") and len(prepositions) == 1:
        tree.attach(fixed[-1], last, "prep")
        last = fixed[-1]
    elif fixed:
        tree.deps[fixed[-1]] = "pcomp"
    adverbial = tree.tokens[word].upos in ("ADV", "ADJ") and relation not in ("root", "conj")
    tree.attach(word, last, "pcomp" if clausal or (adverbial and tree.tokens[word].upos == "ADV") else "pobj")
    if not clausal and tree.tokens[word].upos in ("VERB", "AUX"):
        tree.deps[word] = "pcomp"


def _commas(tree: Tree) -> None:
    """A comma at the edge of a phrase hangs on what the phrase hangs on."""
    for comma in range(len(tree)):
        if tree.deps[comma] != "punct" or tree.tokens[comma].form != ",":
            continue
        while True:
            head = tree.heads[comma]
            if head == ROOT or tree.heads[head] == ROOT:
                break
            rest = [c for c in tree.children(head) if c != comma]
            low = min([head, *(tree.span(c)[0] for c in rest)])
            high = max([head, *(tree.span(c)[1] for c in rest)])
            if low < comma < high or _paired(tree, comma, head):
                break
            tree.attach(comma, tree.heads[head])


def _paired(tree: Tree, comma: int, head: int) -> bool:
    """Whether a comma closes what another one of the same head opened: ", the judge,"."""
    others = [c for c in tree.children(head) if c < comma and tree.deps[c] == "punct" and tree.tokens[c].form == ","]
    return bool(others) and others[-1] > head


def _label(tree: Tree, number: int) -> str:
    token, dep, head = tree.tokens[number], tree.deps[number], tree.heads[number]
    if head == ROOT:
        return "ROOT"
    form = token.form.casefold()
    if dep in DONE:
        return dep
    if dep == "advmod":
        if form in ("not", "n't", "n’t", "never", "nt"):
            return "neg"
        return "quantmod" if tree.tokens[head].upos == "NUM" and number < head else "advmod"
    if dep == "mark":
        if token.xpos == "TO":
            return "aux"
        return "advmod" if token.xpos == "WRB" else "mark"
    if dep in ("obl", "nmod") and token.upos == "ADP":
        return "prep"
    if dep == "fixed" and token.upos == "NOUN" and tree.tokens[head].upos == "ADP":
        return "pobj"
    if dep == "nsubj" and _existential(tree, number, head):
        return "attr"
    if dep == "case":
        return "case" if token.xpos == "POS" else "prep"
    if dep == "nummod" and tree.tokens[head].xpos == "CD" and tree.tokens[head].upos == "NUM":
        return "compound"
    return PLAIN.get(dep, dep.partition(":")[0] if dep not in PLAIN else dep)


def _existential(tree: Tree, subject: int, verb: int) -> bool:
    there = tree.child(verb, "expl")
    return (
        there is not None
        and tree.tokens[there].form.casefold() == "there"
        and tree.tokens[verb].lemma == "be"
        and subject > verb
    )
