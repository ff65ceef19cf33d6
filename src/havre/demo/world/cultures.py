"""How are names made in each culture of the invented world, and where do its families come from?"""

from dataclasses import dataclass
from random import Random

from havre.demo.world.model import Script, Sex, Spelled
from havre.demo.world.pools import Entry, pools


@dataclass(frozen=True, slots=True)
class Culture:
    """One naming culture.

    `share` is its part of all families; `prefix` names its pools; `line` says how many names follow the
    given one (2 = father and grandfather, 1 = father, 0 = none); `family` whether a family name is
    used; `origins` countries with weights.
    """

    code: str
    share: float
    prefix: str
    script: Script
    language: str
    ethnicity: str
    line: int
    family: bool
    origins: tuple[tuple[str, float], ...]
    population: str


CULTURES: tuple[Culture, ...] = (
    Culture("sudanese", 0.30, "ar", Script.ARABIC, "ara", "sudanese_arab", 2, False, (("SD", 1.0),), "idp"),
    Culture("darfuri", 0.06, "ar", Script.ARABIC, "fur", "fur", 2, False, (("SD", 1.0),), "idp"),
    Culture("tigrinya", 0.17, "ti", Script.ETHIOPIC, "tir", "tigrinya", 2, False, (("ET", 1.0),), "refugee"),
    Culture("amhara", 0.12, "am", Script.ETHIOPIC, "amh", "amhara", 2, False, (("ET", 1.0),), "idp"),
    Culture(
        "oromo", 0.08, "or", Script.ETHIOPIC, "orm", "oromo", 2, False, (("ET", 1.0),), "migrant_irregular"
    ),
    Culture("somali", 0.08, "so", Script.ARABIC, "som", "somali", 2, False, (("ET", 1.0),), "idp"),
    Culture(
        "levantine",
        0.06,
        "ar",
        Script.ARABIC,
        "ara",
        "levantine_arab",
        1,
        True,
        (("SY", 0.6), ("IQ", 0.4)),
        "refugee",
    ),
    Culture("ukrainian", 0.03, "uk", Script.CYRILLIC, "ukr", "ukrainian", 1, True, (("UA", 1.0),), "refugee"),
    Culture("russian", 0.01, "ru", Script.CYRILLIC, "rus", "russian", 1, True, (("UA", 1.0),), "refugee"),
    Culture("burmese", 0.02, "my", Script.BURMESE, "mya", "bamar", 0, False, (("MM", 1.0),), "asylum_seeker"),
    Culture("rohingya", 0.02, "rh", Script.ARABIC, "rhg", "rohingya", 0, False, (("MM", 1.0),), "stateless"),
    Culture("afghan", 0.02, "fa", Script.ARABIC, "prs", "tajik", 0, True, (("AF", 1.0),), "asylum_seeker"),
    Culture(
        "west_african",
        0.03,
        "wa",
        Script.LATIN,
        "bam",
        "mande",
        0,
        True,
        (("ML", 0.7), ("NG", 0.3)),
        "migrant_irregular",
    ),
)
BY_CODE = {culture.code: culture for culture in CULTURES}
# Endings of second names by language, then after й or not, then of a son or a daughter: own script and Latin.
ENDINGS = {
    "ukr": {
        False: (("ович", "ovych"), ("івна", "ivna")),
        True: (("йович", "iovych"), ("ївна", "ivna")),
    },
    "rus": {
        False: (("ович", "ovich"), ("овна", "ovna")),
        True: (("евич", "evich"), ("евна", "evna")),
    },
}
IRREGULAR = {
    "Микола": (("Миколайович", "Mykolaiovych"), ("Миколаївна", "Mykolaivna")),
    "Василь": (("Васильович", "Vasylovych"), ("Василівна", "Vasylivna")),
    "Ілля": (("Ілліч", "Illich"), ("Іллівна", "Illivna")),
    "Никита": (("Никитич", "Nikitich"), ("Никитична", "Nikitichna")),
    "Юрий": (("Юрьевич", "Iurevich"), ("Юрьевна", "Iurevna")),
    "Евгений": (("Евгеньевич", "Evgenevich"), ("Евгеньевна", "Evgenevna")),
    "Григорий": (("Григорьевич", "Grigorevich"), ("Григорьевна", "Grigorevna")),
}
TWO_NAMES = frozenset({"burmese", "rohingya"})


def draw_culture(rng: Random) -> Culture:
    """A culture, by its share of families."""
    return rng.choices(CULTURES, weights=[c.share for c in CULTURES])[0]


def pool_of(culture: Culture, sex: Sex) -> str:
    """The pool of given names for one sex."""
    return f"{culture.prefix}_{'f' if sex is Sex.FEMALE else 'm'}"


def draw_given(rng: Random, culture: Culture, sex: Sex) -> Spelled:
    """A given name; Burmese and Rohingya ones are made of several words."""
    name = pool_of(culture, sex)
    first = pools()[name].draw(rng)
    latin = own_latin(rng, first)
    if culture.code == "burmese":
        more = [pools()[name].draw(rng) for _ in range(rng.choice((1, 1, 2)))]
        words = [own_latin(rng, e) for e in more]
        return Spelled(
            "".join([first.native, *(e.native for e in more)]), first.script, " ".join([latin, *words]), ""
        )
    if culture.code == "rohingya" and rng.random() < 0.85:
        title = pools()["rh_title_f" if sex is Sex.FEMALE else "rh_title_m"].draw(rng)
        return Spelled(f"{first.native} {title.native}", first.script, f"{latin} {own_latin(rng, title)}", "")
    return first.spelled(name, latin)


def own_latin(rng: Random, entry: Entry) -> str:
    """The Latin spelling a bearer has on their own papers: usually the commonest, sometimes another
    that exists.
    """
    return entry.latin[0] if rng.random() < 0.7 else rng.choice(entry.latin)


def draw_family_name(rng: Random, culture: Culture) -> Spelled | None:
    """A family name where the culture has one."""
    if not culture.family:
        return None
    name = f"{culture.prefix}_family"
    entry = pools()[name].draw(rng)
    return entry.spelled(name, own_latin(rng, entry))


def patronymic(father: Spelled, sex: Sex, culture: Culture) -> Spelled:
    """The second name made of the father's: as it stands, or with the Slavic ending."""
    if culture.script is not Script.CYRILLIC:
        return father
    female = sex is Sex.FEMALE
    if father.native in IRREGULAR:
        native, latin = IRREGULAR[father.native][female]
        return Spelled(native, father.script, latin)
    stem, latin, soft = father.native, father.latin, False
    if stem[-1] in "йь":
        soft = stem[-1] == "й" or culture.language == "rus"
        stem, latin = stem[:-1], latin.rstrip("iyj") or latin
    elif stem[-1] in "ао":
        stem, latin = stem[:-1], latin[:-1]
    native_end, latin_end = ENDINGS[culture.language][soft][female]
    return Spelled(stem + native_end, father.script, latin + latin_end)


def gendered_family(family: Spelled | None, sex: Sex) -> Spelled | None:
    """A Slavic family name with the ending of its bearer's sex; any other unchanged."""
    if family is None or family.script is not Script.CYRILLIC or sex is not Sex.FEMALE:
        return family
    if family.native.endswith(("ов", "ев", "ёв", "ин")):
        return Spelled(family.native + "а", family.script, family.latin + "a", family.pool)
    if family.native.endswith("ський") or family.native.endswith("цький"):
        latin = family.latin.removesuffix("yi").removesuffix("y").removesuffix("i")
        return Spelled(family.native[:-2] + "а", family.script, latin + "a", family.pool)
    if family.native.endswith("ий"):
        return Spelled(
            family.native[:-2] + "а",
            family.script,
            family.latin.removesuffix("yi").removesuffix("y") + "a",
            family.pool,
        )
    return family
