"""How does anybody describe a child: the names, age, sex, places and relatives, each with errors of its
own?

Used by registrations and by tracing requests; every call draws its own errors from the truth, never
from another's text.
"""

from datetime import date
from random import Random

from havre.demo.world.cultures import BY_CODE
from havre.demo.world.hearing import DISTANT, Ear, FullName, hear, write
from havre.demo.world.model import AgeHeard, NameHeard, Person, PlaceHeard, RelativeHeard, Script, Sex
from havre.demo.world.places import near, places

SEX_MISSING, AGE_WRONG, PLACE_WRONG, PLACE_MISSPELT = 0.02, 0.30, 0.10, 0.25


def full_name(person: Person) -> FullName:
    """The names a person goes by in their culture."""
    culture = BY_CODE[person.culture]
    father = person.father if culture.line >= 1 or person.role != "child" else None
    grandfather = person.grandfather if culture.line == 2 else None
    if culture.line == 0:
        father = None
    return FullName(person.given, father, grandfather, person.family if culture.family else None)


def name_in(rng: Random, person: Person, script: Script, ear: Ear, *, drop: float = 0.12) -> NameHeard:
    """The full name as one clerk wrote it."""
    return hear(rng, full_name(person), script, ear, drop=drop)


def child_names(
    rng: Random, person: Person, scripts: tuple[Script, ...], ear: Ear, *, knows_new: bool
) -> tuple[NameHeard, ...]:
    """Every name written for a child: one full name per script, perhaps a nickname and a name given
    after separation.

    `knows_new` is true on the child's side: a name given after separation is then what the child goes
    by, and the old one is remembered only sometimes; a relative never knows the new one.
    """
    names: list[NameHeard] = []
    if person.given_after_separation and knows_new:
        new = write(rng, person.given_after_separation, scripts[0], ear)
        names.append(NameHeard("given_after_separation", scripts[0], new, given=new))
        if rng.random() < 0.4:
            only = hear(rng, full_name(person), scripts[0], ear, drop=0.6, swap=0.0)
            scripts = ()
            names.insert(
                0,
                NameHeard("full", only.script, " ".join(filter(None, (new, only.father))), new, only.father),
            )
    for number, script in enumerate(scripts):
        heard = name_in(rng, person, script, ear)
        if all((heard.value, heard.script) != (n.value, n.script) for n in names):
            names.append(heard if number == 0 or heard.script is not names[0].script else _other(heard))
    if person.nickname and rng.random() < (0.5 if knows_new else 0.7):
        names.append(NameHeard("nickname", Script.LATIN, person.nickname.latin, given=person.nickname.latin))
    return tuple(names)


def _other(name: NameHeard) -> NameHeard:
    return NameHeard(
        "other_spelling", name.script, name.value, name.given, name.father, name.grandfather, name.family
    )


def age_heard(rng: Random, person: Person, day: date, *, by_family: bool) -> AgeHeard:
    """The age as told: a document, a date, a year or a range; wrong by one or two years in `AGE_WRONG`
    of the tellings.
    """
    true = person.age_on(day)
    off = 0
    if rng.random() < AGE_WRONG:
        off = rng.choice((-2, -1, -1, 1, 1, 2))
    said = max(0, true + off)
    if true >= 8 and rng.random() < 0.12:
        said = min((10, 12, 15), key=lambda round_: (abs(round_ - said), round_))
    said = min(said, 17)
    kind = rng.random()
    if kind < 0.12:
        return AgeHeard(person.born.isoformat(), true, true, day, "document")
    method = (
        "family_reported"
        if by_family
        else "self_reported"
        if said >= 7 and rng.random() < 0.6
        else "estimated_by_worker"
    )
    if kind < 0.24:
        year = day.year - said - (1 if (person.born.month, person.born.day) > (day.month, day.day) else 0)
        return AgeHeard(_partial(rng, person, year), said, said, day, method)
    if kind < 0.5:
        return AgeHeard(None, said, said, day, method)
    width = rng.choice((1, 1, 2))
    return AgeHeard(None, max(0, said - width), min(17, said + rng.choice((0, 1, width))), day, method)


def _partial(rng: Random, person: Person, year: int) -> str:
    kind = rng.random()
    if kind < 0.35:
        return f"{year}"
    if kind < 0.6:
        return f"{year}-01-01"
    return f"{year}-{person.born.month:02d}" + (
        f"-{person.born.day:02d}" if rng.random() < 0.3 and person.born.day < 29 else ""
    )


def sex_heard(rng: Random, person: Person) -> Sex:
    """The sex as written, sometimes missing."""
    return Sex.UNKNOWN if rng.random() < SEX_MISSING else person.sex


def place_heard(rng: Random, code: str, *, wrong: float = PLACE_WRONG) -> PlaceHeard:
    """A village as told: its name (perhaps misspelt, perhaps a neighbour's or only the district's) and
    a P-code if found.
    """
    place = places()[code]
    if rng.random() < wrong:
        around = near(place)
        place = rng.choice(around) if around and rng.random() < 0.6 else places()[place.path[-2]]
    text = place.local_name if rng.random() < 0.15 else place.name
    if text == place.name and rng.random() < PLACE_MISSPELT:
        text = _misspelt(rng, text)
        return PlaceHeard(text, place.path[-2] if len(place.path) > 2 and rng.random() < 0.7 else None)
    return PlaceHeard(
        text, place.code if rng.random() < 0.9 else place.path[1] if len(place.path) > 1 else None
    )


def _misspelt(rng: Random, text: str) -> str:
    letters = [i for i, letter in enumerate(text) if letter.islower()]
    vowels = [i for i in letters if text[i] in "aeiou"]
    if not letters:
        return text
    change = rng.choice(("double", "drop", "vowel"))
    at = rng.choice(vowels if change == "vowel" and vowels else letters)
    if change == "double":
        return text[:at] + text[at] + text[at:]
    if change == "drop" or not vowels:
        return text[:at] + text[at + 1 :]
    return text[:at] + rng.choice("aeiou".replace(text[at], "")) + text[at + 1 :]


def relative_heard(
    rng: Random,
    relative: Person,
    relation: str,
    script: Script,
    day: date,
    *,
    ear: Ear = DISTANT,
    certain: bool = False,
) -> RelativeHeard:
    """A family member as mentioned: often only the given name, the age a guess, the telephone rarely
    known.
    """
    name = name_in(rng, relative, script, ear, drop=0.1 if certain else 0.75)
    if not certain and rng.random() < 0.3:
        name = NameHeard("full", name.script, name.given, name.given)
    known_age = rng.random() < (0.8 if relation in ("brother", "sister") else 0.25)
    age = max(0, relative.age_on(day) + rng.choice((-2, -1, 0, 0, 0, 1, 2))) if known_age or certain else None
    phone = relative.phones[0] if relative.phones and rng.random() < (0.9 if certain else 0.15) else None
    alive = relative.alive if certain or rng.random() < 0.75 else "unknown"
    place = relative.lives_in if certain or rng.random() < 0.3 else None
    return RelativeHeard(
        relation, (name,), relative.sex, age, alive, place, phone, certain or phone is not None
    )


def able_to_ask(members: tuple[Person, ...]) -> list[Person]:
    """The adults of a family who could ask for a child: not dead, and with a telephone."""
    adults = ("mother", "father", "aunt", "uncle", "grandmother", "grandfather")
    return [m for m in members if m.role in adults and m.alive != "dead" and m.phones]


def relation_of(relative: Person, child: Person) -> str:
    """What `relative` is to `child`."""
    if relative.role == "child":
        return "sister" if relative.sex is Sex.FEMALE else "brother"
    if relative.role == "cousin":
        return "cousin"
    return relative.role if child.id != relative.id else "other_family"


def family_heard(
    rng: Random,
    child: Person,
    members: tuple[Person, ...],
    script: Script,
    day: date,
    *,
    share: float,
    leave_out: frozenset[str] = frozenset(),
) -> tuple[RelativeHeard, ...]:
    """The relatives somebody mentions beside the child: parents mostly, siblings often, others at times."""
    chance = {"mother": min(1.0, share + 0.3), "father": min(1.0, share + 0.25), "child": share}
    told: list[RelativeHeard] = []
    for member in members:
        if member.id == child.id or member.id in leave_out:
            continue
        if rng.random() < chance.get(member.role, share / 3):
            told.append(relative_heard(rng, member, relation_of(member, child), script, day))
    return tuple(told)
