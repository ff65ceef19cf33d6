"""A register teaches, without any label, what is usual in it: its names, its strangers, its families."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from havre.linkage import Description, Model, Name, Prepared, Sibling, chances, load_model, read_through, shares_of
from havre.linkage.model.register import learn_register, near_pairs
from havre.linkage.names.frequency import share
from havre.linkage.names.sounds import skeleton

SYLLABLES = ("ba", "da", "ga", "ha", "ka", "la", "ma", "na", "ra", "sa", "ta", "wa", "ya", "za", "ko", "mi", "ru", "ne")
FAMILIES = 130


def _names(rng: Random, count: int) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=3)).capitalize() + rng.choice(("", "n", "l", "m")) for _ in range(count)]


@cache
def _register() -> tuple[list[Prepared], frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """People of one region with few names, some registered twice; the true pairs, and the pairs of one family."""
    rng = Random(7)
    names, villages = _names(rng, 60), _names(rng, 12)
    people: list[Description] = []
    of: list[tuple[int, int]] = []
    for family in range(FAMILIES):
        father, mother, village = rng.choice(names), rng.choice(names), rng.choice(villages)
        children = rng.sample(names, rng.choice((1, 2, 3)))
        for k, child in enumerate(children):
            born = rng.randint(2009, 2022)
            for _ in range(2 if rng.random() < 0.25 else 1):
                people.append(Description(
                    names=(Name(f"{child} {father}"), *([Name(mother, "mother")] if rng.random() < 0.7 else [])),
                    sex="female" if k % 2 else "male", birth_date=str(born + rng.choice((0, 0, 0, 1))), origin=("Land", "Region", village),
                    siblings=tuple(Sibling((other,)) for other in children if other != child and rng.random() < 0.6),
                ))  # fmt: skip
                of.append((family, k))
    pairs = [(i, j) for j in range(len(of)) for i in range(j)]
    same = frozenset(p for p in pairs if of[p[0]] == of[p[1]])
    kin = frozenset(p for p in pairs if of[p[0]][0] == of[p[1]][0] and p not in same)
    return [read_through(p) for p in people], same, kin


def _error(model: Model, truth: frozenset[tuple[int, int]], which: int) -> float:
    """Expected calibration error over the pairs that share a search key, in ten bins."""
    people, _, _ = _register()
    bins: dict[int, list[tuple[float, bool]]] = {}
    near = near_pairs(people)
    for a, b in near:
        chance = chances(people[a], [people[b]], model, population=len(people))[0][which]
        bins.setdefault(min(int(10 * chance), 9), []).append((chance, (a, b) in truth))
    return sum(abs(sum(p for p, _ in points) - sum(t for _, t in points)) for points in bins.values()) / len(near)


@cache
def _learned() -> Model:
    return learn_register(_register()[0], load_model(), random_pairs=3000)


def test_chances_mean_more_nearly_what_they_say() -> None:
    _, same, kin = _register()
    before, after = (_error(m, same, 0) + _error(m, kin, 1) for m in (load_model(), _learned()))
    assert after < 0.4 * before


def test_what_is_common_here_is_learned() -> None:
    learned, shipped = _learned(), load_model()
    assert learned.fields["origin"].levels["region"][2] > 2 * shipped.fields["origin"].levels["region"][2]
    assert learned.shares
    assert learned.version == f"{shipped.version}+register"
    assert shipped is load_model()
    assert not shipped.shares


def test_what_tells_a_child_from_a_brother_is_not_learned_without_being_told() -> None:
    for name in ("given", "sex"):
        before, after = load_model().fields[name].levels, _learned().fields[name].levels
        assert all(after[level][:2] == triple[:2] for level, triple in before.items())


def test_the_same_register_teaches_the_same() -> None:
    again = learn_register(_register()[0], load_model(), random_pairs=3000)
    assert (again.fields, again.groups, again.shares) == (_learned().fields, _learned().groups, _learned().shares)


def test_a_handful_of_people_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 200"):
        learn_register(_register()[0][:150], load_model())


def test_name_shares_of_a_small_register_stay_near_the_shipped_ones() -> None:
    few, many = (shares_of([read_through(Description(names=(Name("Zerayakob Tesfay"),)))] * n) for n in (5, 5000))
    rare = skeleton("zerayakob")
    assert share("zerayakob") < 0.001
    assert few[rare] < 0.06, "borne by all, but of five people only"
    assert 0.45 < many[rare] < 0.5
