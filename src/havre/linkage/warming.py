"""Who waits for the comparison of names to be made ready? Nobody who searches: it is done before.

What is compiled is compiled once on a machine (about ten seconds: `python -m havre.linkage.warming`) and read from disk
afterwards. Each process then loads that, the model and the tables of names (about a second): `warm()`.
"""

from typing import Final

from havre.linkage.blocking import keys
from havre.linkage.model.posterior import rank
from havre.linkage.record import Description, Name, Sibling

INVENTED: Final = (
    Description(names=(Name("Nadir"), Name("Samra", "mother")), sex="male", age_min=8, age_max=9, recorded_on="2026-01-01",
                origin=("XX", "A", "B"), siblings=(Sibling(("Lina",), 4),)),
    Description(names=(Name("نادر"), Name("سمرة", "mother")), birth_date="2017", recorded_on="2026-01-01"),
    Description(names=(Name("ናድር"),)), Description(names=(Name("Надир"),)), Description(names=(Name("နာဒီ"),)),
    Description(names=(Name("Надир", "given"), Name("Сергеевич", "father"), Name("Самренко", "family"))),
    Description(names=(Name("Самренко Надир Сергійович"),)),
)


def warm() -> None:
    """Make this process ready to compare, across scripts. Safe to repeat."""
    for one in INVENTED:
        keys(one, "query")
        rank(one, INVENTED)


if __name__ == "__main__":
    warm()
