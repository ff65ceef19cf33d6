"""How probable is each of many sealed entries? Opened in memory and weighed by their forms; few are read through."""

from collections.abc import Iterable, Iterator
from math import isnan
from typing import Any, Final, NamedTuple, TypeAlias

from havre import linkage
from havre.linkage.evidence.compiled.portable import portable
from havre.linkage.evidence.compiled.scales import Scales
from havre.linkage.model.posterior import FAMILY_RANK
from havre.registration.index.contents import Contents
from havre.registration.index.opening import contents_of

SCALES: Final = Scales()
Row: TypeAlias = tuple[Any, ...]  # as `havre_candidates` gives it


class Weighed(NamedTuple):
    """An entry, what it holds, and its chances of a match and of a family, as `linkage.score` has them."""

    match: float
    family: float
    row: Row
    held: Contents


def weighed(asked: linkage.Prepared, rows: Iterable[Row], model: linkage.Model, population: int, *, odd: int, anew: int) -> list[Weighed]:
    """The entries that open, weighed. Few are read through for that, in the order given; more of them are left out: at most `anew` that hold
    no form of this matcher and get one now, and `odd` of whom forms do not tell, weighed by the evidence itself."""
    known = list(_known(rows, anew))
    found = SCALES.weighed(asked, [form for *_, form in known], model, population).tolist()
    out = [Weighed(match, family, row, held) for (row, held, _), (match, family) in zip(known, found, strict=True) if match >= 0.0]
    if len(out) < len(known):
        untold = [(row, held) for (row, held, _), (match, _) in zip(known, found, strict=True) if isnan(match)][:odd]
        people = [(row, held, person) for row, held in untold if (person := held.person()) is not None]
        told = linkage.chances(asked, [person for *_, person in people], model, population=population)
        out += [Weighed(*chances, row, held) for (row, held, _), chances in zip(people, told, strict=True)]
    return out


def best_first(found: Iterable[Weighed]) -> list[Weighed]:
    """The same in the order of `linkage.rank`."""
    return sorted(found, key=lambda one: (-(one.match + FAMILY_RANK * one.family), -one.match, one.row[0]))


def _known(rows: Iterable[Row], anew: int) -> Iterator[tuple[Row, Contents, bytes]]:
    """The entries that open, with their forms; `anew` of those without get one."""
    for row in rows:
        person, _file, _agency, _role, _weight, *sealed = row
        held = contents_of(person, *sealed)
        if held is None:
            continue
        if held.form is not None:
            yield row, held, held.form
        elif anew > 0:
            anew -= 1
            if (known := held.person()) is not None:
                yield row, held, portable(known)


def read_through(found: Iterable[Weighed], limit: int) -> Iterator[tuple[Row, linkage.Prepared]]:
    """The first that are descriptions, at most `limit`."""
    for one in found:
        if limit <= 0:
            return
        person = one.held.person()
        if person is not None:
            limit -= 1
            yield one.row, person
