"""Do the brothers, sisters and other relatives agree? Is one person named as the other's brother or sister?

A household is told from several ends: a parent who seeks names own children (`prepared` reads them as brothers and sisters of
the child sought), and one relative may stand in different roles, the uncle of one account being the father of another.
"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.evidence.levels import Likeness, best
from havre.linkage.names.frequency import share
from havre.linkage.names.similarity import CLOSE, STRONG
from havre.linkage.prepared import Kin, Prepared

AGE_GAP = 2.5  # years by which the ages of one sibling may differ between two records


def _names(kin: tuple[Kin, ...]) -> str:
    return ", ".join(" ".join(k.spellings[0]) + (f" ({k.age:g})" if k.age is not None else "") for k in kin if k.spellings)


def _years_between(left: Prepared, right: Prepared) -> float:
    if left.recorded is None or right.recorded is None:
        return 0.0
    return right.recorded.start - left.recorded.start


def _pairs(left: tuple[Kin, ...], right: tuple[Kin, ...]) -> list[tuple[Kin, Kin, str]]:
    """Brothers and sisters with like names, one to one, the likest first."""
    scored = sorted(
        ((best(x.spellings, y.spellings), i, j) for i, x in enumerate(left) for j, y in enumerate(right)),
        key=lambda item: item[0],
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    out: list[tuple[Kin, Kin, str]] = []
    for (similarity, _, token), i, j in scored:
        if similarity >= CLOSE and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            out.append((left[i], right[j], token))
    return out


def _siblings(left: Prepared, right: Prepared) -> tuple[Level, int]:
    """How the brothers and sisters agree, and how many do."""
    drift = _years_between(left, right)
    agreed: list[str] = []
    aged = 0
    for kin, other, token in _pairs(left.siblings, right.siblings):
        agreed.append(token)
        if kin.age is not None and other.age is not None:
            aged += 1 if abs(kin.age + drift - other.age) <= AGE_GAP else -1
    if len(agreed) >= 2:
        return ("several", None, max(agreed, key=lambda token: (share(token), token))), len(agreed)
    if len(agreed) == 1:
        return ("one_with_age" if aged > 0 else "one_other_age" if aged < 0 else "one", None, agreed[0]), 1
    return ("none", None, None), 0


def siblings_level(left: Prepared, right: Prepared) -> Level:
    """Brothers and sisters both sides name; at best one-to-one by name, ages compared where known."""
    return _siblings(left, right)[0] if left.siblings and right.siblings else NOTHING


def siblings(left: Prepared, right: Prepared) -> Seen:
    """Brothers and sisters both sides name, as written, with how many agree."""
    a, b = _names(left.siblings), _names(right.siblings)
    if not left.siblings or not right.siblings:
        return seen("siblings", NOTHING, a, b)
    level, count = _siblings(left, right)
    return seen("siblings", level, a, b, (("count", count),) if count else ())


def sibling_named_level(left: Prepared, right: Prepared) -> Level:
    """Whether one person is on the other's list of brothers and sisters. Not finding it says nothing."""
    if not ((left.siblings and right.given) or (right.siblings and left.given)):
        return NOTHING
    if best(left.given, right.given)[0] >= CLOSE:
        return NOTHING
    hits = [best(one.given, kin.spellings) for one, two in ((left, right), (right, left)) if one.given for kin in two.siblings]
    similarity, _, token = max(hits, default=(0.0, False, ""))
    return ("named", None, token) if similarity >= STRONG else NOTHING


def sibling_named(left: Prepared, right: Prepared) -> Seen:
    """Whether one person is on the other's list, with both lists where it is so."""
    level = sibling_named_level(left, right)
    return seen("sibling_named", level, *(() if level is NOTHING else (_names(left.siblings), _names(right.siblings))))


def _relatives(left: Prepared, right: Prepared) -> tuple[Level, str]:
    """How other relatives agree, first in the same role and then in another, and which role it is."""
    shared = [(best(x.spellings, y.spellings), role) for role, x in left.relatives for other, y in right.relatives if role == other]
    alike = [(likeness, role) for likeness, role in shared if likeness[0] >= CLOSE]
    if alike:
        (_, _, token), role = max(alike)
        return ("several" if len({r for _, r in alike}) > 1 else "same", None, token), role
    exchanged = [found for one, two in ((left, right), (right, left)) for found in _exchanged(one, two)]
    if exchanged:
        (_, _, token), role = max(exchanged)
        return ("other_role", None, token), role
    return (("different", None, None), max(shared)[1]) if shared else (NOTHING, "")


def _exchanged(one: Prepared, two: Prepared) -> list[tuple[Likeness, str]]:
    """Relatives of one person who are surely named on the other side in another role: as a parent, or another relative."""
    if not one.relatives:
        return []
    others = [(role, kin.spellings) for role, kin in two.relatives]
    others += [(role, tuple([(s,) for s in link.spellings])) for link in two.chain if link.sure for role in link.roles if role != "family"]
    if two.mother:
        others.append(("mother", two.mother))
    found = [(best(kin.spellings, spellings), min(role, other)) for role, kin in one.relatives for other, spellings in others if role != other]
    return [(likeness, role) for likeness, role in found if likeness[0] >= STRONG]


def relatives_level(left: Prepared, right: Prepared) -> Level:
    """Other relatives: with the same role on both sides, or one person in two roles."""
    return _relatives(left, right)[0] if left.relatives or right.relatives else NOTHING


def relatives(left: Prepared, right: Prepared) -> Seen:
    """Other relatives, as written, with the role in which one agrees or disagrees."""
    a = ", ".join(f"{role}: {_names((kin,))}" for role, kin in left.relatives)
    b = ", ".join(f"{role}: {_names((kin,))}" for role, kin in right.relatives)
    level, role = _relatives(left, right)
    return seen("relatives", level, a, b, () if level is NOTHING else (("role", role),))
