"""An invented town of families in four scripts, and what relatives say of its children."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from havre.linkage import Description, Name, Sibling

# One name a line, in the spellings in which it is met.
SPELLINGS = tuple(
    tuple(line.split())
    for line in """
Mohammed محمد Mohamed Muhammad
Ahmed احمد Ahmad
Yusuf يوسف Youssef Yousif
Fatima فاطمة Fatma Fatuma
Maryam مريم Mariam
Khadija خديجة Khadidja
Ibrahim ابراهيم Ebrahim
Hassan حسن Hasan
Zeinab زينب Zainab
Nadir نادر Nader
Haile ሀይሌ Hayle
Tesfay ተስፋይ Tesfai
Selam ሰላም Salam
Kidane ኪዳነ Kidanu
Abebe አበበ Abbebe
Hiwot ህይወት Hiwet
Gebremariam ገብረማርያም Gebremaryam
Mulugeta ሙሉጌታ Mulugheta
Olena Олена Olenna
Dmytro Дмитро Dmitro
Oksana Оксана Oxana
Petro Петро Petr
Bohdan Богдан Bogdan
Svitlana Світлана Svetlana
Carlos Karlos
Ximena Jimena
Esperanza Esperansa
Guadalupe Guadaloupe
Santiago Santyago
Milagros Milagro
""".strip().splitlines()
)
PLACES = (("Sudan", "Kassala", "Wad Sharif"), ("Sudan", "Gedaref", "Um Rakuba"), ("Ethiopia", "Tigray", "Adi Beles"), ("Ukraine", "Lviv", "Rudky"),
          ("Honduras", "Yoro", "Morazan"))  # fmt: skip


def _slip(text: str, rng: Random) -> str:
    if len(text) < 5:
        return text
    i = rng.randrange(1, len(text) - 1)
    return rng.choice((text[:i] + text[i + 1:], text[:i] + text[i + 1] + text[i] + text[i + 2:]))


def town(size: int, seed: int = 7) -> list[Description]:
    """`size` children in families of one to four, registered; `id` is the number in the list."""
    rng = Random(seed)
    people: list[Description] = []
    while len(people) < size:
        father, grandfather, mother, *given = rng.sample(range(len(SPELLINGS)), 3 + rng.randint(1, 4))
        place, ages = rng.choice(PLACES), [rng.randint(2, 17) for _ in given]
        for k, name in enumerate(given):
            siblings = tuple([Sibling((SPELLINGS[g][0],), float(a)) for j, (g, a) in enumerate(zip(given, ages, strict=True)) if j != k])
            written = [(name, "given"), (father, "father"), (grandfather, "grandfather"), (mother, "mother")]
            people.append(Description(
                names=tuple([Name(rng.choice(SPELLINGS[n]), kind) for n, kind in written if kind != "grandfather" or rng.random() < 0.7]),
                sex=rng.choice(("female", "male")), age_min=float(ages[k]), age_max=float(ages[k] + 1), recorded_on="2026-01-01",
                origin=place[:rng.randint(2, 3)], siblings=siblings if rng.random() < 0.5 else (),
                phones=(f"09{rng.randrange(10**8):08}",) if rng.random() < 0.3 else (), id=str(len(people)),
            ))  # fmt: skip
    return people[:size]


def sought(person: Description, seed: int) -> Description:
    """The same child as a relative tells of it: other spellings, slips, an age that is a little off."""
    rng = Random(seed)
    names = []
    for name in person.names:
        spellings = next(s for s in SPELLINGS if name.value in s)
        value = rng.choice(spellings)
        names.append(Name(_slip(value, rng) if rng.random() < 0.15 else value, name.kind))
    age = (person.age_min or 0.0) + rng.choice((-1.0, 0.0, 0.0, 1.0))
    return replace(person, names=tuple(names), age_min=age, age_max=age, phones=(), id=None)
