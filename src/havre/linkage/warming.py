"""Who waits for the comparison of names to be made ready? Nobody who searches: it is done before.

What is compiled is compiled once on a machine (about a minute: `python -m havre.linkage.warming`) and read from disk
afterwards. Each process then loads that, the model and the tables of names (about a second): `warm()`.
"""

from typing import Final

from havre.linkage.blocking import keys
from havre.linkage.evidence.compiled.portable import portable
from havre.linkage.evidence.compiled.scales import Scales
from havre.linkage.model.parameters import load_model
from havre.linkage.model.posterior import rank
from havre.linkage.prepared import prepare
from havre.linkage.record import Description, Name, Relative, Sibling

INVENTED: Final = (
    Description(names=(Name("Nadir"), Name("Samra", "mother")), sex="male", age_min=8, age_max=9, recorded_on="2026-01-01",
                origin=("XX", "A", "B"), siblings=(Sibling(("Lina",), 4),)),
    Description(names=(Name("نادر"), Name("سمرة", "mother")), birth_date="2017", recorded_on="2026-01-01"),
    Description(names=(Name("ናድር"),)), Description(names=(Name("Надир"),)), Description(names=(Name("နာဒီ"),)),
    Description(names=(Name("Надир", "given"), Name("Сергеевич", "father"), Name("Самренко", "family"))),
    Description(names=(Name("Самренко Надир Сергійович"),)),
    Description(names=(Name("Abd al Nadir bin Samr", "given"), Name("Abu Nadir", "nickname")), age_min=9.5, recorded_on="2026-01", languages=("ti", "Arabic"),
                ethnicity="Beja", last_seen=("Sudan", "A"), birth_place=("XX",), phones=("+1 555 010 0001",), identifiers=("X-000001",),
                relatives=(Relative("aunt", ("Samra",)), Relative("son", ("Lina",))), separation_date="1433-06-12", separation_place=("XX", "A"),
                separation_cause="an attack", companions=("Nadira",), features=("burn on the wrist",), belongings=("silver ring",)),
)


def warm() -> None:
    """Make this process ready to compare, across scripts. Safe to repeat."""
    for one in INVENTED:
        keys(one, "query")
        rank(one, INVENTED)
        Scales().weighed(prepare(one), [portable(prepare(other)) for other in INVENTED], load_model(), None)


if __name__ == "__main__":
    warm()
