"""Do synthetic rows from a sheet help against a child in the data more than against one who is not?

Four attacks with released rows. Each succeeds on a raw copy (so it is an attack), finds nothing with unrelated rows (so it fakes no
risk), and finds nothing with ours.
"""

from collections.abc import Callable

import pytest

from havre.disclosure.audit.attacks import Comparison, by_rows, inferred, joined, singled_out
from tests.attacks.world import CERTAIN, SECRET, Codes, invented, world

Attack = Callable[[Codes], Comparison]
M, N = world().members, world().non_members
ATTACKS: dict[str, tuple[Attack, float]] = {
    "membership": (lambda released: by_rows(M, N, released), 0.5),
    "singling out": (lambda released: singled_out(M, N, released, attempts=4000, attributes=5), 0.5),
    "linkage": (lambda released: joined(M, N, released, (0, 1, 2, 3), (4, 5, 6, 7)), 0.05),
    "attribute inference": (lambda released: inferred(M, N, released, SECRET), 0.15),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_raw_copy_falls(name: str) -> None:
    attack, least = ATTACKS[name]
    assert attack(M).interval(CERTAIN)[0] > least


@pytest.mark.parametrize("name", ATTACKS)
def test_unrelated_rows_say_nothing(name: str) -> None:
    found = ATTACKS[name][0](world().unrelated)
    assert abs(found.difference) <= 0.02 and found.gives_nothing(CERTAIN)


@pytest.mark.parametrize("name", ATTACKS)
def test_rows_from_a_sheet_give_nothing(name: str) -> None:
    found = ATTACKS[name][0](invented())
    assert found.gives_nothing(CERTAIN)
    assert found.interval(CERTAIN)[1] < ATTACKS[name][1]
