"""Which pairs of tokens will comparing one person with many ask for?

They are compared in one compiled call before the fields are compared one by one: a pair costs a part of a microsecond there
and several when it is asked for alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from havre.linkage.evidence.places import plain
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.similarity import compare_ahead
from havre.linkage.prepared import Prepared, Tokens

# Roles whose tokens meet those of which roles of the other side.
MEET: Final = (
    ("given", ("given", "chain", "siblings")), ("chain", ("chain", "given")), ("mother", ("mother",)),
    ("siblings", ("siblings", "given")), ("relatives", ("relatives",)), ("places", ("places",)),
)  # fmt: skip


def _spelled(names: Iterable[Tokens]) -> set[str]:
    """Every token of some names, and names of several tokens as one word."""
    out: set[str] = set()
    for name in names:
        out.update(name)
        if len(name) > 1:
            out.add("".join(name))
    return out


def _by_role(people: Sequence[Prepared]) -> dict[str, set[str]]:
    return {
        "given": _spelled(t for p in people for t in p.given),
        "chain": {s for p in people for link in p.chain for s in link.spellings},
        "mother": _spelled(t for p in people for t in p.mother),
        "siblings": _spelled(t for p in people for kin in p.siblings for t in kin.spellings),
        "relatives": _spelled(t for p in people for _, kin in p.relatives for t in kin.spellings),
        "places": {word for p in people for path in (p.source.origin, p.source.last_seen) for part in path if (word := plain(part)).isalpha()},
    }


def look_ahead(left: Prepared, candidates: Sequence[Prepared], words: Lexicon | None = None) -> None:
    """Compare the tokens of one person with those of many, role by role; `words` may have read most of them before."""
    mine, theirs = _by_role((left,)), _by_role(candidates)
    compare_ahead({(x, y) if x < y else (y, x) for role, others in MEET for x in mine[role] for other in others for y in theirs[other] if x != y}, words)
