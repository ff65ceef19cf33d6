"""Do the names agree, each in its role?

Given names are compared through all their spellings and nicknames; father's name and the rest of the chain by role
where it is stated, by position or by best fit where it is not; two names in exchanged places are their own level.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import Levenshtein

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.evidence.levels import Likeness, best, best_word, name_level
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK, token_similarity
from havre.linkage.prepared import Link, Prepared, Tokens

Links = tuple[Link, ...]
NOT_ALIKE: Final[Likeness] = (0.0, False, "")
ONE_WORD: Final = 0.95  # likeness from which names written without spaces are one name
OUTLINES_APART: Final = 2  # consonants in which such names differ at most, split one way or another
SHORTEST_ONE_WORD: Final = 7  # letters of the shorter of two such names, at least


def _text(names: Iterable[Tokens]) -> str:
    return " · ".join(dict.fromkeys(" ".join(t) for t in names))


def _written(prepared: Prepared) -> str:
    return prepared.given_text or _text(prepared.given)


def _levelled(likeness: Likeness) -> Level:
    similarity, exact, token = likeness
    return name_level(similarity, exact), None, token if similarity >= CLOSE else None


def _among(given: tuple[Tokens, ...], chain: Links) -> float:
    """How surely a given name stands among further names."""
    if not given:
        return 0.0
    firsts = (given[0][0],) if len(given) == len(given[0]) == 1 else tuple(dict.fromkeys([word for g in given for word in (g[0], "".join(g))]))
    return max([best_word(firsts, link.spellings)[0] for link in chain], default=0.0)


def _elsewhere(link: Link, others: Links, but: Links) -> bool:
    """Whether a name of uncertain role fits another place on the other side."""
    if len(link.roles) > 1:
        for other in others:
            if other not in but and best_word(link.spellings, other.spellings)[0] >= CLOSE:
                return True
    return False


def _beyond(chain: Links, paired: bool) -> Links:
    return tuple([x for x in chain if not ("father" in x.roles and (paired or len(x.roles) == 1))])


class Names:
    """The names of two people side by side: what several questions need is worked out once."""

    __slots__ = ("_crossed", "fatherly", "fathers", "left", "own", "right")

    def __init__(self, left: Prepared, right: Prepared) -> None:
        self.left, self.right = left, right
        self.own = best(left.given, right.given)
        self.fathers = fa, fb = left.fathers, right.fathers
        self.fatherly: Likeness = NOT_ALIKE
        for x in fa:
            for y in fb:
                self.fatherly = max(self.fatherly, best_word(x.spellings, y.spellings))
        self._crossed: bool | None = None

    @property
    def crossed(self) -> bool:
        """Whether each given name stands among the other's further names, one of them with a slip perhaps."""
        if self._crossed is None:
            one = _among(self.left.given, self.right.chain)
            other = _among(self.right.given, self.left.chain) if one >= CLOSE else 0.0
            self._crossed = min(one, other) >= CLOSE and max(one, other) >= STRONG
        return self._crossed

    def rest(self) -> tuple[Links, Links]:
        """The names beyond the father's, of either side; none where a guessed father may be the other side's family name."""
        paired = self.fatherly[0] >= WEAK
        a, b = _beyond(self.left.chain, paired), _beyond(self.right.chain, paired)
        if not paired and len(self.fathers[1]) == len(self.right.chain) and all([len(y.roles) == 1 for y in self.right.chain]):
            a = ()
        return a, b

    def one_word(self) -> bool:
        """Whether the names written without spaces are the same: finds wrong word limits."""
        for a, outline in zip(self.left.wholes, self.left.outlines, strict=True):
            for b, other in zip(self.right.wholes, self.right.outlines, strict=True):
                if min(len(a), len(b)) < SHORTEST_ONE_WORD or Levenshtein.distance(outline, other, score_cutoff=OUTLINES_APART) > OUTLINES_APART:
                    continue
                if token_similarity(a, b) >= ONE_WORD:
                    return True
        return False


def given_level(names: Names) -> Level:
    """The person's own name."""
    left, right = names.left.given, names.right.given
    if not left or not right:
        return NOTHING
    similarity, _, token = names.own
    if similarity < STRONG and names.crossed:
        return "swapped", None, min(left[0][0], right[0][0])
    if similarity < CLOSE and names.one_word():
        return "strong", None, token
    return _levelled(names.own)


def father_level(names: Names) -> Level:
    """The father's name, stated or by position."""
    fa, fb = names.fathers
    if not fa or not fb or (names.own[0] < STRONG and names.crossed):
        return NOTHING
    if names.fatherly[0] < WEAK:
        for x in fa:
            if _elsewhere(x, names.right.chain, fb):
                return NOTHING
        for y in fb:
            if _elsewhere(y, names.left.chain, fa):
                return NOTHING
    return _levelled(names.fatherly)


def lineage_level(names: Names) -> Level:
    """The names beyond the father's: grandfather, family name, or names whose role is not stated."""
    rest_a, rest_b = names.rest()
    if not rest_a or not rest_b or names.crossed:
        return NOTHING
    likeness = NOT_ALIKE
    for x in rest_a:
        for y in rest_b:
            likeness = max(likeness, best_word(x.spellings, y.spellings))
    if likeness[0] < CLOSE:
        fa, fb = names.fathers
        guessed = names.fatherly[0] < WEAK and fa and fb and not (fa[0].sure and fb[0].sure)
        if guessed or not any(x.roles & y.roles for x in rest_a for y in rest_b):
            return NOTHING
    return _levelled(likeness)


def mother_level(left: Prepared, right: Prepared) -> Level:
    """The mother's name: her given name when both are known, otherwise any token."""
    if not left.mother or not right.mother:
        return NOTHING
    firsts = best_word(tuple([t[0] for t in left.mother]), tuple([t[0] for t in right.mother]))
    return _levelled(firsts if firsts[1] else max(firsts, best(left.mother, right.mother)))


def given(names: Names) -> Seen:
    """The person's own name, as written."""
    return seen("given", given_level(names), _written(names.left), _written(names.right))


def father(names: Names) -> Seen:
    """The father's name, as read."""
    a, b = (" ".join([s for link in links for s in link.spellings]) for links in names.fathers)
    return seen("father", father_level(names), a, b)


def lineage(names: Names) -> Seen:
    """The names beyond the father's, as read."""
    a, b = (" ".join([x.spellings[0] for x in links if x.spellings]) for links in names.rest())
    return seen("lineage", lineage_level(names), a, b)


def mother(left: Prepared, right: Prepared) -> Seen:
    """The mother's name, as read."""
    return seen("mother", mother_level(left, right), _text(left.mother), _text(right.mother))
