"""Who lives in the invented world? Families with their kin, journeys, separations and family secrets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from havre.demo.world import texts
from havre.demo.world.cultures import (
    BY_CODE,
    Culture,
    draw_culture,
    draw_family_name,
    draw_given,
    gendered_family,
    patronymic,
)
from havre.demo.world.model import Leg, Person, Place, Script, SecretFact, Separation, Sex, Spelled
from havre.demo.world.places import HOME_COUNTRIES, places, villages
from havre.demo.world.story import is_of_story

NAMESAKE_RATE, TWIN_RATE, RENAMED_RATE, NICKNAME_RATE = 0.05, 0.06, 0.03, 0.12
YOUNGEST_DAYS, OLDEST_DAYS = 780, 6500  # every child was born before its separation and is under 18
OTHER_ROLES = ("grandmother", "uncle", "aunt", "grandfather", "cousin")
NICKNAMES = {
    "ara": ("Hamoudi", "Abboudi", "Susu", "Lulu", "Mimi", "Hamada"),
    "fur": ("Abba", "Koko", "Dada"),
    "tir": ("Wedi", "Mimi", "Lula", "Bibi"),
    "amh": ("Babi", "Mimi", "Abush", "Kuku", "Mitu"),
    "orm": ("Abba", "Tutu", "Kiya"),
    "som": ("Dheere", "Yare", "Gaab", "Indho"),
    "ukr": ("Sasha", "Nastia", "Katia", "Misha"),
    "rus": ("Sasha", "Nastya", "Katya", "Misha"),
    "mya": ("Phoe", "Ma Lay", "Ko Lay"),
    "rhg": ("Moni", "Babu", "Lalu"),
    "prs": ("Jan", "Gul", "Lala"),
    "bam": ("Baba", "Nene", "Papi", "Kady"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """The names a family hands down, copied when another family happens to bear the same."""

    culture: Culture
    father: Spelled
    grandfather: Spelled
    great_grandfather: Spelled
    family: Spelled | None
    child: Spelled
    child_sex: Sex
    of: str


@dataclass(slots=True)
class Nursery:
    """Makes families one after another, remembering some lines of names to give to strangers."""

    rng: Random
    today: date
    lines: list[Line]
    namesakes: list[tuple[str, str]]
    made: int = 0
    persons: int = 0

    def families(self, total: int) -> Iterator[tuple[Person, ...]]:
        """Families that together count exactly `total` persons (at least 3)."""
        left = total
        while left:
            size = 2 + self.rng.choices((1, 2, 3, 4, 5, 6), weights=(16, 24, 24, 18, 12, 6))[0]
            size = left if left - size < 3 else size
            yield self._family(size)
            left -= size

    def _family(self, size: int) -> tuple[Person, ...]:
        rng = self.rng
        self.made += 1
        copied = rng.choice(self.lines) if self.lines and rng.random() < NAMESAKE_RATE else None
        culture = copied.culture if copied else draw_culture(rng)
        house = House.drawn(rng, culture, f"F{self.made:05d}", self.today, copied)
        relatives = min(sum(rng.random() < 0.22 for _ in range(3)), size - 3)
        children = size - 2 - relatives
        ids = [f"P{self.persons + i + 1:06d}" for i in range(size)]
        self.persons += size
        members = house.members(ids, children)
        first_child = members[2]
        if copied:
            self.namesakes.append((copied.of, first_child.id))
        elif len(self.lines) < 400:
            self.lines.append(house.line(first_child))
        return members


@dataclass(slots=True)
class House:
    """One family in the making."""

    rng: Random
    culture: Culture
    family_id: str
    today: date
    father: Spelled
    grandfather: Spelled
    great: Spelled
    family: Spelled | None
    mother: tuple[Spelled, ...]
    origin: Place
    copied: Line | None

    @classmethod
    def drawn(
        cls, rng: Random, culture: Culture, family_id: str, today: date, copied: Line | None
    ) -> "House":
        """A family with its names and village, or with the names of another (`copied`)."""
        men: list[Spelled] = []
        while len(men) < 3:
            name = draw_given(rng, culture, Sex.MALE)
            if not men or name.native != men[-1].native:
                men.append(name)
        family = draw_family_name(rng, culture)
        if copied:
            men, family = [copied.father, copied.grandfather, copied.great_grandfather], copied.family
        mother = (draw_given(rng, culture, Sex.FEMALE), draw_given(rng, culture, Sex.MALE))
        country = rng.choices([c for c, _ in culture.origins], weights=[w for _, w in culture.origins])[0]
        origin = rng.choice(villages(country))
        return cls(rng, culture, family_id, today, men[0], men[1], men[2], family, mother, origin, copied)

    def line(self, child: Person) -> Line:
        """The names of this family as another may bear them."""
        return Line(
            self.culture,
            self.father,
            self.grandfather,
            self.great,
            self.family,
            child.given,
            child.sex,
            child.id,
        )

    def members(self, ids: list[str], children: int) -> tuple[Person, ...]:
        """Father, mother, children (oldest first), other relatives, with the given ids."""
        rng = self.rng
        births = self._births(children)
        mother_born = births[0][0] - timedelta(days=rng.randrange(6900, 11500))
        givens = self._givens(len(births))
        phones = tuple(self._phone(c) for c in rng.sample(HOME_COUNTRIES, 2))
        father = self._parent(
            ids[0], Sex.MALE, mother_born - timedelta(days=rng.randrange(0, 4000)), phones[:1]
        )
        mother = self._parent(ids[1], Sex.FEMALE, mother_born, phones[1:])
        legs, secrets = self._journey(), self._secrets()
        separation = self._separation(legs)
        child_ids = ids[2 : 2 + children]
        made = [father, mother]
        for i, (born, twin) in enumerate(births):
            given, sex = givens[i]
            other = (
                child_ids[i - 1]
                if twin
                else child_ids[i + 1]
                if i + 1 < len(births) and births[i + 1][1]
                else None
            )
            made.append(
                self._child(
                    child_ids[i],
                    given,
                    sex,
                    born,
                    parents=ids[:2],
                    siblings=tuple(c for c in child_ids if c != child_ids[i]),
                    twin=other,
                    legs=legs,
                    separation=separation,
                    secrets=secrets,
                )
            )
        for i, role in enumerate(rng.sample(OTHER_ROLES, len(ids) - 2 - children)):
            made.append(self._relative(ids[2 + children + i], role, mother_born))
        return tuple(made)

    def _births(self, children: int) -> list[tuple[date, bool]]:
        """Birth dates oldest first, each with whether it is the second of twins; all between 2 and 17
        years ago.
        """
        twins = [False, *(self.rng.random() < TWIN_RATE for _ in range(children - 1))]
        twins = [twin and not twins[i - 1] for i, twin in enumerate(twins)]
        gaps = [0 if twin else self.rng.randrange(310, 900) for twin in twins[1:]]
        room = OLDEST_DAYS - YOUNGEST_DAYS - sum(gaps)
        born = self.today - timedelta(days=YOUNGEST_DAYS + sum(gaps) + self.rng.randrange(room))
        births = [(born, False)]
        for gap, twin in zip(gaps, twins[1:], strict=True):
            born += timedelta(days=gap)
            births.append((born, twin))
        return births

    def _givens(self, count: int) -> list[tuple[Spelled, Sex]]:
        out: list[tuple[Spelled, Sex]] = []
        if self.copied:
            out.append((self.copied.child, self.copied.child_sex))
        taken = {self.father.native, *(g.native for g, _ in out)}
        while len(out) < count:
            sex = self.rng.choice((Sex.FEMALE, Sex.MALE))
            given = draw_given(self.rng, self.culture, sex)
            if given.native not in taken and not is_of_story(given.native, self.father.native):
                taken.add(given.native)
                out.append((given, sex))
        return out[:count]

    def _phone(self, country: str) -> str:
        prefix = {"SD": "+249", "ET": "+251"}[country]
        return f"{prefix}9{self.rng.randrange(10**8):08d}"

    def _person(self, id_: str, role: str, given: Spelled, sex: Sex, born: date, **more: object) -> Person:
        base = Person(
            id=id_,
            family_id=self.family_id,
            role=role,
            culture=self.culture.code,
            given=given,
            father=self.father,
            grandfather=self.grandfather,
            family=self.family,
            mother_name=self.mother,
            nickname=None,
            given_after_separation=None,
            sex=sex,
            born=born,
            alive="alive",
            origin=self.origin.code,
            lives_in=self.origin.code,
            language=self.culture.language,
            ethnicity=self.culture.ethnicity,
            phones=(),
            mother_id=None,
            father_id=None,
            sibling_ids=(),
            twin_id=None,
            legs=(),
            separation=None,
            secret_facts=(),
        )
        return replace(base, **more)  # type: ignore[arg-type]  # fields of Person by name

    def _parent(self, id_: str, sex: Sex, born: date, phones: tuple[str, ...]) -> Person:
        rng = self.rng
        alive = rng.choices(("alive", "dead", "unknown"), weights=(82, 8, 10))[0]
        home = rng.choice(villages(rng.choice(HOME_COUNTRIES))).code
        if sex is Sex.MALE:
            return self._person(
                id_,
                "father",
                self.father,
                sex,
                born,
                father=patronymic(self.grandfather, sex, self.culture),
                grandfather=self.great,
                mother_name=(),
                alive=alive,
                lives_in=home,
                phones=phones,
            )
        maiden = draw_given(rng, self.culture, Sex.MALE)
        married = self.culture.family and self.culture.line == 1 and rng.random() < 0.8
        return self._person(
            id_,
            "mother",
            self.mother[0],
            sex,
            born,
            father=patronymic(self.mother[1], sex, self.culture),
            grandfather=maiden,
            mother_name=(),
            family=gendered_family(self.family, sex) if married else self.family,
            alive=alive,
            lives_in=home,
            phones=phones,
        )

    def _child(
        self,
        id_: str,
        given: Spelled,
        sex: Sex,
        born: date,
        *,
        parents: list[str],
        siblings: tuple[str, ...],
        twin: str | None,
        legs: tuple[Leg, ...],
        separation: Separation,
        secrets: tuple[SecretFact, ...],
    ) -> Person:
        rng = self.rng
        nickname = None
        if rng.random() < NICKNAME_RATE:
            pet = rng.choice(NICKNAMES[self.culture.language])
            nickname = Spelled(pet, Script.LATIN, pet)
        renamed = draw_given(rng, self.culture, sex) if rng.random() < RENAMED_RATE else None
        if renamed and is_of_story(renamed.native, self.father.native):
            renamed = None
        return self._person(
            id_,
            "child",
            given,
            sex,
            born,
            father=patronymic(self.father, sex, self.culture),
            family=gendered_family(self.family, sex),
            nickname=nickname,
            given_after_separation=renamed,
            mother_id=parents[1],
            father_id=parents[0],
            sibling_ids=siblings,
            twin_id=twin,
            legs=legs,
            separation=separation,
            secret_facts=secrets,
            lives_in=legs[-1].destination,
        )

    def _relative(self, id_: str, role: str, mother_born: date) -> Person:
        rng = self.rng
        sex = {"grandmother": Sex.FEMALE, "aunt": Sex.FEMALE, "uncle": Sex.MALE, "grandfather": Sex.MALE}.get(
            role
        ) or rng.choice((Sex.FEMALE, Sex.MALE))
        older = {"grandmother": -8500, "grandfather": -9500, "cousin": 3000}.get(
            role, rng.randrange(-1500, 3000)
        )
        given = self.grandfather if role == "grandfather" else draw_given(rng, self.culture, sex)
        father = {"uncle": self.grandfather, "aunt": self.grandfather, "grandfather": self.great}.get(
            role, draw_given(rng, self.culture, Sex.MALE)
        )
        home = rng.choice(villages(rng.choice(HOME_COUNTRIES))).code
        return self._person(
            id_,
            role,
            given,
            sex,
            mother_born + timedelta(days=older),
            father=patronymic(father, sex, self.culture),
            grandfather=self.great,
            family=gendered_family(self.family, sex),
            mother_name=(),
            lives_in=home,
            phones=(self._phone(places()[home].country),),
        )

    def _journey(self) -> tuple[Leg, ...]:
        rng = self.rng
        start = self.today - timedelta(days=rng.randrange(330, YOUNGEST_DAYS - 40))
        at, legs = self.origin.code, []
        for number in range(rng.choice((1, 2, 2, 3))):
            there = rng.choice(villages(rng.choice(HOME_COUNTRIES))).code
            end = min(start + timedelta(days=rng.randrange(1, 30)), self.today - timedelta(days=45))
            company = (
                "parents"
                if number == 0
                else rng.choice(("alone", "other_relatives", "friends_peers", "unrelated_group"))
            )
            legs.append(Leg(at, there, rng.choice(texts.MODES), min(start, end), end, company))
            at, start = there, end + timedelta(days=rng.randrange(1, 20))
        return tuple(legs)

    def _separation(self, legs: tuple[Leg, ...]) -> Separation:
        leg = legs[0]
        place = leg.destination if self.rng.random() < 0.6 else leg.origin
        return Separation(leg.end, place, self.rng.choice(texts.CAUSES), self.rng.choice(texts.CIRCUMSTANCES))

    def _secrets(self) -> tuple[SecretFact, ...]:
        chosen = self.rng.sample(texts.SECRETS, 3)
        return tuple(SecretFact(question, self.rng.choice(answers)) for question, answers in chosen)


def make_families(
    rng: Random, total: int, today: date
) -> tuple[tuple[tuple[Person, ...], ...], tuple[tuple[str, str], ...]]:
    """Families counting `total` persons, and the pairs of strangers who bear the same names."""
    nursery = Nursery(rng, today, [], [])
    return tuple(nursery.families(total)), tuple(nursery.namesakes)


def culture_of(person: Person) -> Culture:
    """The naming culture of a person."""
    return BY_CODE[person.culture]
