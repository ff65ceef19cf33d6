"""What does one seed make? The whole invented world, the same for the same seed and sizes, to the last
byte.
"""

from datetime import date
from random import Random

from havre.demo.world.casework import planned_stages
from havre.demo.world.descriptions import able_to_ask
from havre.demo.world.families import make_families
from havre.demo.world.model import Person, Registration, Stage, TracingRequest, Truth, World
from havre.demo.world.registrations import DUPLICATE_SHARE, Chosen, choose_children, register
from havre.demo.world.requests import Sought, choose_sought, request
from havre.demo.world.staff import AGENCIES

WORLD_DAY = date(2026, 11, 20)


def generate(
    seed: int = 2026, persons: int = 3000, children: int = 600, requests: int = 250, today: date = WORLD_DAY
) -> World:
    """A world of exactly `persons` persons, `children` registered children and `requests` tracing
    requests.

    About 3 % of the children are registered a second time by another agency, beyond `children`. All
    dates lie before `today`, save visits and actions that are due later. Raises ValueError when the
    sizes cannot be met.
    """
    if persons < 3:
        raise ValueError("a world needs at least 3 persons: one family")
    families, namesakes = make_families(Random(f"families {seed} {persons}"), persons, today)
    rng = Random(f"records {seed} {persons} {children} {requests}")
    chosen = choose_children(rng, families, children)
    stages = _stages(rng, chosen, requests)
    registrations, registered, duplicates = _registrations(rng, chosen, stages, today)
    sought = choose_sought(rng, requests, *_candidates(families, registrations, registered))
    told = [(request(rng, s, i + 1, today), s) for i, s in enumerate(sought)]
    pairs = _pairs(told, registered)
    known = frozenset(registered.values())
    truth = Truth(
        registered=registered,
        sought={r.id: s.child.id for r, s in told},
        pairs=pairs,
        duplicates=duplicates,
        families={members[0].family_id: tuple(m.id for m in members) for members in families},
        twins=tuple((m.id, m.twin_id) for f in families for m in f if m.twin_id and m.id < m.twin_id),
        siblings=tuple(
            (m.id, s) for f in families for m in f for s in m.sibling_ids if m.id < s and {m.id, s} <= known
        ),
        namesakes=namesakes,
    )
    people = tuple(m for members in families for m in members)
    return World(seed, today, AGENCIES, people, tuple(registrations), tuple(r for r, _ in told), truth)


def _stages(rng: Random, chosen: list[Chosen], requests: int) -> list[Stage]:
    """A stage for each child; none is verified or further without a relative whose request can be in
    the world.
    """
    stages, left = planned_stages(rng, len(chosen)), requests
    for index, (pick, stage) in enumerate(zip(chosen, stages, strict=True)):
        if stage.reached(Stage.VERIFIED):
            if left and able_to_ask(pick.members):
                left -= 1
            else:
                stages[index] = Stage.IMPLEMENTING
    return stages


def _registrations(
    rng: Random, chosen: list[Chosen], stages: list[Stage], today: date
) -> tuple[list[Registration], dict[str, str], tuple[tuple[str, str], ...]]:
    made, registered, duplicates = [], dict[str, str](), list[tuple[str, str]]()
    for number, (pick, stage) in enumerate(zip(chosen, stages, strict=True), 1):
        made.append(register(rng, pick, stage, number, today))
        registered[made[-1].id] = pick.child.id
    early = [i for i, stage in enumerate(stages) if Stage.REGISTERED.rank <= stage.rank <= Stage.TRACING.rank]
    for index in sorted(rng.sample(early, min(len(early), round(DUPLICATE_SHARE * len(chosen))))):
        again = register(rng, chosen[index], Stage.REGISTERED, len(made) + 1, today, again=True)
        made.append(again)
        registered[again.id] = chosen[index].child.id
        duplicates.append((made[index].id, again.id))
    return made, registered, tuple(duplicates)


def _candidates(
    families: tuple[tuple[Person, ...], ...], registrations: list[Registration], registered: dict[str, str]
) -> tuple[list[Sought], list[Sought]]:
    by_child: dict[str, Registration] = {}
    for registration in registrations:
        by_child.setdefault(registered[registration.id], registration)
    everyone = [
        Sought(m, members, by_child.get(m.id)) for members in families for m in members if m.role == "child"
    ]
    return [s for s in everyone if s.registration], [s for s in everyone if not s.registration]


def _pairs(
    told: list[tuple[TracingRequest, Sought]], registered: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    of_child: dict[str, list[str]] = {}
    for registration, child in registered.items():
        of_child.setdefault(child, []).append(registration)
    return tuple((r.id, registration) for r, s in told for registration in of_child.get(s.child.id, ()))
