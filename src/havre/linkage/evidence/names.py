"""Do the names agree, each in its role?

Given names are compared through all their spellings and nicknames; father's name and the rest of the chain by role
where it is stated, by position or by best fit where it is not; two names in exchanged places are their own level.
"""

from __future__ import annotations

from collections.abc import Iterable

from havre.linkage.evidence.base import Seen, missing
from havre.linkage.evidence.levels import best, name_level
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK, token_similarity
from havre.linkage.prepared import Link, Prepared, Tokens


def _text(names: Iterable[Tokens]) -> str:
    return " · ".join(dict.fromkeys(" ".join(t) for t in names))


def _written(prepared: Prepared) -> str:
    return prepared.given_text or _text(prepared.given)


def _link_similarity(a: Link, b: Link) -> tuple[float, bool, str]:
    return best(tuple((s,) for s in a.spellings), tuple((s,) for s in b.spellings))


def _crossed(left: Prepared, right: Prepared) -> bool:
    """Whether each given name stands among the other's further names."""

    def among(given: tuple[Tokens, ...], chain: tuple[Link, ...]) -> bool:
        return any(token_similarity(g[0], s) >= STRONG for g in given for link in chain for s in link.spellings)

    return among(left.given, right.chain) and among(right.given, left.chain)


def _one_word(left: Prepared, right: Prepared) -> float:
    """Similarity of the names written without spaces: finds wrong word limits."""
    return max((token_similarity(a, b) for a in left.wholes for b in right.wholes if min(len(a), len(b)) > 6), default=0.0)


def given(left: Prepared, right: Prepared) -> Seen:
    """The person's own name."""
    a, b = _written(left), _written(right)
    if not left.given or not right.given:
        return missing("given", a, b)
    similarity, exact, token = best(left.given, right.given)
    if similarity < STRONG and _crossed(left, right):
        return Seen("given", "swapped", a, b, token=min(left.given[0][0], right.given[0][0]))
    if similarity < CLOSE and _one_word(left, right) >= 0.95:
        return Seen("given", "strong", a, b, token=token)
    level = name_level(similarity, exact)
    return Seen("given", level, a, b, token=token if similarity >= CLOSE else None)


def _fathers(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(link for link in links if "father" in link.roles)


def _elsewhere(link: Link, others: tuple[Link, ...], but: tuple[Link, ...]) -> bool:
    """Whether a name of uncertain role fits another place on the other side."""
    return not link.sure and any(_link_similarity(link, other)[0] >= CLOSE for other in others if other not in but)


def father(left: Prepared, right: Prepared) -> Seen:
    """The father's name, stated or by position."""
    fa, fb = _fathers(left.chain), _fathers(right.chain)
    a, b = (" ".join(s for link in links for s in link.spellings) for links in (fa, fb))
    if not fa or not fb:
        return missing("father", a, b)
    if best(left.given, right.given)[0] < STRONG and _crossed(left, right):
        return missing("father", a, b)
    similarity, exact, token = max(_link_similarity(x, y) for x in fa for y in fb)
    if similarity < WEAK and any(_elsewhere(x, right.chain, fb) for x in fa):
        return missing("father", a, b)
    if similarity < WEAK and any(_elsewhere(y, left.chain, fa) for y in fb):
        return missing("father", a, b)
    level = name_level(similarity, exact)
    return Seen("father", level, a, b, token=token if similarity >= CLOSE else None)


def lineage(left: Prepared, right: Prepared) -> Seen:
    """The names beyond the father's: grandfather, family name, or names whose role is not stated."""
    fa, fb = _fathers(left.chain), _fathers(right.chain)
    paired = bool(fa and fb and max(_link_similarity(x, y)[0] for x in fa for y in fb) >= WEAK)
    rest_a = tuple(x for x in left.chain if not ("father" in x.roles and (paired or x.sure)))
    rest_b = tuple(y for y in right.chain if not ("father" in y.roles and (paired or y.sure)))
    if not paired:  # a guessed father may be the other side's family name
        rest_a = rest_a if any(not y.sure or "father" not in y.roles for y in right.chain) else ()
    a, b = (" ".join(x.spellings[0] for x in links if x.spellings) for links in (rest_a, rest_b))
    if not rest_a or not rest_b or _crossed(left, right):
        return missing("lineage", a, b)
    similarity, exact, token = max(_link_similarity(x, y) for x in rest_a for y in rest_b)
    comparable = any(x.roles & y.roles for x in rest_a for y in rest_b)
    if similarity < CLOSE and (not comparable or (not paired and fa and fb and not (fa[0].sure and fb[0].sure))):
        return missing("lineage", a, b)
    level = name_level(similarity, exact)
    return Seen("lineage", level, a, b, token=token if similarity >= CLOSE else None)


def mother(left: Prepared, right: Prepared) -> Seen:
    """The mother's name: her given name when both are known, otherwise any token."""
    a, b = _text(left.mother), _text(right.mother)
    if not left.mother or not right.mother:
        return missing("mother", a, b)
    firsts = tuple(t[:1] for t in left.mother), tuple(t[:1] for t in right.mother)
    similarity, exact, token = max(best(*firsts), best(left.mother, right.mother))
    level = name_level(similarity, exact)
    return Seen("mother", level, a, b, token=token if similarity >= CLOSE else None)
