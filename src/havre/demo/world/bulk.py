"""How does one make a million invented persons, and two hundred thousand cases, in little time and memory?"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from havre.demo.world.bulk_block import BLOCK, Block, make_block, village_codes
from havre.demo.world.bulk_names import Indices, Texts, name_table
from havre.demo.world.casework import STAGE_SHARES, STEP_DAYS
from havre.demo.world.cultures import CULTURES
from havre.demo.world.generate import WORLD_DAY
from havre.demo.world.model import Stage
from havre.demo.world.staff import AGENCIES


class BulkPerson(NamedTuple):
    """One description of a child as recorded. Latin and native names are empty where they were not
    written.
    """

    number: int
    family_id: int
    agency: str
    country: str
    recorded_on: str
    culture: str
    language: str
    script: str
    given: str
    father: str
    grandfather: str
    family: str
    given_native: str
    father_native: str
    grandfather_native: str
    family_native: str
    sex: str
    birth_date: str | None
    age_min: int
    age_max: int
    origin: str
    phone: str
    mother: str
    mother_native: str
    siblings: tuple[str, ...]


class BulkCase(NamedTuple):
    """One case: the index of its person, where it stands, and its dates (ISO, None when not reached)."""

    person: int
    agency: str
    team: int
    status: str
    stage: str
    risk_level: str
    opened_on: str
    registered_on: str | None
    assessed_on: str | None
    planned_on: str | None
    closed_on: str | None
    next_due: str | None


def blocks(
    seed: int, persons: int, today: date = WORLD_DAY, only: range | None = None
) -> Iterator[Block]:
    """The blocks that hold `persons` persons (of these `only` some numbers); the last may hold more than
    asked for.
    """
    for number in range((persons + BLOCK - 1) // BLOCK):
        if only is None or number in only:
            yield make_block(seed, number, today)


def iter_bulk(
    seed: int, persons: int, chunk: int = 5000, today: date = WORLD_DAY, only: range | None = None
) -> Iterator[list[BulkPerson]]:
    """`persons` descriptions in lists of `chunk` (the last may be shorter), the same whatever the chunk;
    with `only` those of some blocks.
    """
    waiting: list[BulkPerson] = []
    for block in blocks(seed, persons, today, only):
        waiting += _described(block)[: persons - block.first]
        while len(waiting) >= chunk:
            yield waiting[:chunk]
            waiting = waiting[chunk:]
    if waiting:
        yield waiting


def _described(block: Block) -> list[BulkPerson]:
    latin_shown = block.written != 1
    native_shown = block.written != 0
    grandfather = np.where(block.grandfather_dropped, -1, block.grandfather)
    parts = (block.given, block.father, grandfather, block.surname, block.mother)
    latin = [_latin(part, block.variant[row], latin_shown | (row == 4)) for row, part in enumerate(parts)]
    native = [_native(part, native_shown) for part in parts]
    cultures = np.array([c.code for c in CULTURES], dtype=object)[block.culture]
    languages = np.array([c.language for c in CULTURES], dtype=object)[block.culture]
    scripts = np.array([c.script.value for c in CULTURES], dtype=object)[block.culture]
    agencies = np.array([a.code for a in AGENCIES], dtype=object)[block.agency]
    countries = np.array([a.country for a in AGENCIES], dtype=object)[block.agency]
    low, high = _ages(block)
    columns = (
        range(block.first, block.first + BLOCK),
        block.family.tolist(),
        agencies.tolist(),
        countries.tolist(),
        [date.fromordinal(day).isoformat() for day in block.recorded.tolist()],
        cultures.tolist(),
        languages.tolist(),
        scripts.tolist(),
        *(part.tolist() for part in latin[:4]),
        *(part.tolist() for part in native[:4]),
        _sexes(block),
        _birth_dates(block),
        low.tolist(),
        high.tolist(),
        _origins(block),
        _phones(block),
        latin[4].tolist(),
        native[4].tolist(),
        _siblings(block, _given_told(block)),
    )
    return list(map(BulkPerson._make, zip(*columns, strict=True)))


def _latin(part: Indices, variant: Indices, shown: np.typing.NDArray[np.bool_]) -> Texts:
    table = name_table()
    plain = np.where(part < 0, 0, part)
    texts = table.latin[plain, variant % table.kinds[plain]]
    return np.where((part >= 0) & shown, texts, "")


def _native(part: Indices, shown: np.typing.NDArray[np.bool_]) -> Texts:
    plain = np.where(part < 0, 0, part)
    return np.where((part >= 0) & shown, name_table().native[plain], "")


def _sexes(block: Block) -> list[str]:
    sexes = np.where(block.woman, "female", "male").astype(object)
    sexes[block.sex_missing] = "unknown"
    return list(sexes.tolist())


def _ages(block: Block) -> tuple[Indices, Indices]:
    wide = np.where(block.age_kind == 3, block.width, 0)
    return np.maximum(block.said_age - wide, 0), np.minimum(block.said_age + wide, 17)


def _birth_dates(block: Block) -> list[str | None]:
    dates: list[str | None] = []
    for kind, born, said, recorded in zip(
        block.age_kind.tolist(),
        block.born.tolist(),
        block.said_age.tolist(),
        block.recorded.tolist(),
        strict=True,
    ):
        if kind == 0:
            dates.append(date.fromordinal(born).isoformat())
        elif kind == 1:
            dates.append(str(date.fromordinal(recorded).year - said))
        else:
            dates.append(None)
    return dates


def _origins(block: Block) -> list[str]:
    codes, _by_country = village_codes()
    return [
        codes[village][:-2] if vague else codes[village]
        for village, vague in zip(block.village.tolist(), block.village_vague.tolist(), strict=True)
    ]


def _phones(block: Block) -> list[str]:
    return [
        f"+249{900000000 + number}"
        if number % 3 == 0
        else f"+251{900000000 + number}"
        if number % 3 == 1
        else ""
        for number in block.phone.tolist()
    ]


def _given_told(block: Block) -> list[str]:
    """Given names as siblings mention them: in their own script where the record holds no Latin letters."""
    table = name_table()
    return list(np.where(block.written == 1, table.native[block.given], table.latin[block.given, 0]).tolist())


def _siblings(block: Block, givens: list[str]) -> list[tuple[str, ...]]:
    families, told = block.family.tolist(), block.siblings_told.tolist()
    members: dict[int, list[int]] = {}
    for place, family in enumerate(families):
        members.setdefault(family, []).append(place)
    return [
        tuple(givens[other] for other in members[family] if other != place) if told[place] else ()
        for place, family in enumerate(families)
    ]


def iter_bulk_cases(
    seed: int, persons: int, cases: int, chunk: int = 5000, today: date = WORLD_DAY, only: range | None = None
) -> Iterator[list[BulkCase]]:
    """`cases` cases spread evenly over `persons` persons, in lists of `chunk`, each with the agency of
    its person.
    """
    if cases > persons:
        raise ValueError(f"{cases} cases asked for, but only {persons} persons")
    chosen = np.arange(cases, dtype=np.int64) * persons // cases
    waiting: list[BulkCase] = []
    for block in blocks(seed, persons, today, only):
        inside = chosen[(chosen >= block.first) & (chosen < block.first + BLOCK)]
        waiting += _cases(seed, block, inside, today)
        while len(waiting) >= chunk:
            yield waiting[:chunk]
            waiting = waiting[chunk:]
    if waiting:
        yield waiting


def _cases(seed: int, block: Block, persons: Indices, today: date) -> list[BulkCase]:
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, block.first, 20262])))
    count = len(persons)
    shares = np.array([share for _, share in STAGE_SHARES])
    stages = rng.choice(len(shares), count, p=shares / shares.sum()).tolist()
    waits = np.stack([rng.integers(low, high + 1, count) for low, high in STEP_DAYS.values()], axis=1)
    waits[:, 0] = 0
    idle, due = rng.integers(1, 60, count).tolist(), rng.integers(-10, 45, count).tolist()
    risks = np.array(("high", "medium", "low"), dtype=object)[
        rng.choice(3, count, p=(0.25, 0.45, 0.3))
    ].tolist()
    teams = rng.integers(0, 2, count).tolist()
    reached = np.cumsum(waits, axis=1).tolist()
    out: list[BulkCase] = []
    for row, person in enumerate(persons.tolist()):
        agency = AGENCIES[int(block.agency[person - block.first])].code
        steps = _steps(stages[row], reached[row], today - timedelta(days=idle[row]))
        out.append(
            _case(
                person,
                agency,
                steps,
                team=teams[row],
                risk=risks[row],
                due=today + timedelta(days=due[row]),
            )
        )
    return out


def _steps(stage: int, reached: list[int], last: date) -> list[str]:
    start = last - timedelta(days=reached[stage])
    return [(start + timedelta(days=reached[step])).isoformat() for step in range(stage + 1)]


def _case(person: int, agency: str, steps: list[str], *, team: int, risk: str, due: date) -> BulkCase:
    name = tuple(Stage)[len(steps) - 1]
    closed = name is Stage.CLOSED

    def day(step: Stage) -> str | None:
        return steps[step.rank] if step.rank < len(steps) else None

    return BulkCase(
        person=person,
        agency=agency,
        team=team,
        status="closed" if closed else "open",
        stage=name.value,
        risk_level="none" if closed else risk if name.reached(Stage.ASSESSED) else "",
        opened_on=steps[0],
        registered_on=day(Stage.REGISTERED),
        assessed_on=day(Stage.ASSESSED),
        planned_on=day(Stage.PLAN_AGREED),
        closed_on=day(Stage.CLOSED),
        next_due=None if closed else due.isoformat(),
    )
