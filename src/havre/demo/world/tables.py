"""How does the world look as two flat files to link, and a file of the truth to score the links with?

Columns are the canonical ones of `havre link`: places from broad to narrow separated by `>`, lists by
`;`, siblings as `Name (age)`, relatives as `role: Name`.
"""

from collections.abc import Sequence

from havre.demo.world.model import (
    AgeHeard,
    NameHeard,
    PlaceHeard,
    Registration,
    RelativeHeard,
    Sex,
    TracingRequest,
    World,
)
from havre.demo.world.places import places

COLUMNS = (
    "id",
    "given",
    "father",
    "grandfather",
    "family",
    "full_name",
    "nickname",
    "sex",
    "birth_date",
    "age_min",
    "age_max",
    "recorded_on",
    "origin",
    "languages",
    "phones",
    "mother",
    "siblings",
    "relatives",
    "separation_date",
    "separation_place",
    "agency",
)


def registration_rows(world: World) -> list[dict[str, str]]:
    """One row per registration, as told to `COLUMNS`."""
    return [_registration(record) for record in world.registrations]


def request_rows(world: World) -> list[dict[str, str]]:
    """One row per tracing request, describing the child sought; the inquirer is among the relatives."""
    return [_request(record) for record in world.requests]


def truth_rows(world: World) -> list[dict[str, str]]:
    """The true links: `left` a request, `right` a registration of the same child."""
    return [{"left": left, "right": right} for left, right in world.truth.pairs]


def _registration(record: Registration) -> dict[str, str]:
    row = _child(record.id, record.names, record.age, record.sex)
    row |= _kin(record.relatives)
    row["origin"], row["languages"], row["phones"] = (
        _place(record.origin),
        record.language,
        record.phone or "",
    )
    row["separation_date"] = record.separation.on.isoformat()[:7]
    row["separation_place"], row["agency"] = _place(record.separation_place), record.agency
    return row


def _request(record: TracingRequest) -> dict[str, str]:
    row = _child(record.id, record.names, record.age, record.sex)
    row |= _kin((record.inquirer, *record.relatives))
    row["origin"], row["languages"] = _place(record.origin), record.language
    row["phones"] = record.inquirer.phone or ""
    row["separation_date"] = record.separation_on
    row["separation_place"], row["agency"] = _place(record.separation_place), record.agency
    return row


def _child(id_: str, names: Sequence[NameHeard], age: AgeHeard, sex: Sex) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    full = next((name for name in names if name.type == "full"), names[0])
    row["id"], row["full_name"] = id_, full.value
    row["given"], row["father"], row["grandfather"], row["family"] = (
        full.given,
        full.father,
        full.grandfather,
        full.family,
    )
    row["nickname"] = next((name.value for name in names if name.type == "nickname"), "")
    row["sex"] = "" if sex is Sex.UNKNOWN else sex.value
    row["birth_date"] = age.birth_date or ""
    row["age_min"], row["age_max"], row["recorded_on"] = (
        str(age.age_min),
        str(age.age_max),
        age.as_of.isoformat(),
    )
    return row


def _place(place: PlaceHeard) -> str:
    if place.code is None:
        return place.text
    above = [places()[code].name for code in places()[place.code].path]
    return " > ".join([*above[:-1], place.text] if len(above) == 4 else [*above, place.text])


def _kin(relatives: Sequence[RelativeHeard]) -> dict[str, str]:
    siblings = [r for r in relatives if r.relation in ("sister", "brother")]
    others = [r for r in relatives if r.relation not in ("sister", "brother", "mother")]
    return {
        "mother": next((r.names[0].value for r in relatives if r.relation == "mother"), ""),
        "siblings": "; ".join(
            r.names[0].value + (f" ({r.age})" if r.age is not None else "") for r in siblings
        ),
        "relatives": "; ".join(f"{r.relation}: {r.names[0].value}" for r in others),
    }
