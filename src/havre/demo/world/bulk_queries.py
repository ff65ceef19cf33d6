"""Which tracing questions does the benchmark ask of the bulk world, and who is the true answer of each?"""

from datetime import date
from random import Random
from typing import NamedTuple

from havre.demo.world.bulk_block import BLOCK, Block, make_block, village_codes
from havre.demo.world.bulk_names import name_table
from havre.demo.world.cultures import CULTURES
from havre.demo.world.generate import WORLD_DAY
from havre.demo.world.hearing import DISTANT, FullName, hear, write
from havre.demo.world.model import Script, Spelled
from havre.demo.world.registrations import COUNTRY_SCRIPT
from havre.demo.world.staff import AGENCIES


class BulkQuery(NamedTuple):
    """What a relative told of the child at index `target`: the fields of a description, in one script,
    with errors.
    """

    target: int
    agency: str
    country: str
    recorded_on: str
    language: str
    script: str
    value: str
    given: str
    father: str
    grandfather: str
    family: str
    sex: str
    birth_date: str | None
    age_min: int
    age_max: int
    origin: str
    phone: str
    mother: str
    siblings: tuple[str, ...]


def bulk_queries(seed: int, persons: int, n: int, today: date = WORLD_DAY) -> list[BulkQuery]:
    """`n` questions about different persons of `iter_bulk(seed, persons)`, by rising target."""
    if n > persons:
        raise ValueError(f"{n} queries asked for, but only {persons} persons")
    rng = Random(f"queries {seed} {persons} {n}")
    found: list[BulkQuery] = []
    block: Block | None = None
    for target in sorted(rng.sample(range(persons), n)):
        if block is None or target >= block.first + BLOCK:
            block = make_block(seed, target // BLOCK, today)
        found.append(_query(rng, block, target, today))
    return found


def _query(rng: Random, block: Block, target: int, today: date) -> BulkQuery:
    row = target - block.first
    culture = CULTURES[int(block.culture[row])]
    agency = rng.choice(
        [a for i, a in enumerate(AGENCIES) if i != int(block.agency[row])]
        if rng.random() < 0.85
        else AGENCIES
    )
    script = rng.choices(
        (culture.script, Script.LATIN, COUNTRY_SCRIPT[agency.country]), weights=(45, 35, 20)
    )[0]
    name = hear(rng, _full(block, row), script, DISTANT)
    day = date.fromordinal(today.toordinal() - rng.randrange(1, 400))
    low, high, birth = _age(rng, block, row, day)
    sex = "female" if block.woman[row] else "male"
    mother = _spelled(int(block.mother[row]))
    return BulkQuery(
        target=target,
        agency=agency.code,
        country=agency.country,
        recorded_on=day.isoformat(),
        language=culture.language,
        script=name.script.value,
        value=name.value,
        given=name.given,
        father=name.father,
        grandfather=name.grandfather,
        family=name.family,
        sex=sex if rng.random() > 0.02 else "unknown",
        birth_date=birth,
        age_min=low,
        age_max=high,
        origin=_origin(rng, block, row),
        phone=_phone(rng, block, row),
        mother=write(rng, mother, script, DISTANT) if rng.random() < 0.7 else "",
        siblings=_siblings(rng, block, row, script),
    )


def _spelled(index: int) -> Spelled:
    return name_table().spelled(index)


def _full(block: Block, row: int) -> FullName:
    parts = (int(column[row]) for column in (block.given, block.father, block.grandfather, block.surname))
    given, father, grandfather, family = (_spelled(index) if index >= 0 else None for index in parts)
    assert given is not None  # every person of a block has a given name
    return FullName(given, father, grandfather, family)


def _age(rng: Random, block: Block, row: int, day: date) -> tuple[int, int, str | None]:
    born = date.fromordinal(int(block.born[row]))
    true = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    off = rng.choice((-2, -1, -1, 1, 1, 2)) if rng.random() < 0.25 else 0
    said = max(0, true + off)
    kind = rng.random()
    if kind < 0.3:
        return true, true, born.isoformat()
    if kind < 0.5:
        return said, said, str(day.year - said)
    return (said, said, None) if kind < 0.75 else (max(0, said - 1), said + 1, None)


def _origin(rng: Random, block: Block, row: int) -> str:
    codes, by_country = village_codes()
    code = codes[int(block.village[row])]
    if rng.random() < 0.1:
        code = codes[int(rng.choice(by_country[code[:2]].tolist()))]
    return code[:-2] if rng.random() < 0.2 else code


def _phone(rng: Random, block: Block, row: int) -> str:
    number = int(block.phone[row])
    if number % 3 == 2 or rng.random() < 0.85:
        return ""
    return f"+{249 if number % 3 == 0 else 251}{900000000 + number}"


def _siblings(rng: Random, block: Block, row: int, script: Script) -> tuple[str, ...]:
    family, told = int(block.family[row]), list[str]()
    for other in range(max(0, row - 4), min(BLOCK, row + 5)):
        if other != row and int(block.family[other]) == family and rng.random() < 0.7:
            told.append(write(rng, _spelled(int(block.given[other])), script, DISTANT))
    return tuple(told)
