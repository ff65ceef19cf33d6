"""How does a person of the register read to the matcher? Pure: plain values in, `linkage.Description` out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from havre.core.partialdates import PartialDate, age_range
from havre.linkage.record import Description, Name, NameKind, Relative, Sibling

SIBLINGS: Final = frozenset({"sister", "brother", "half_sibling"})
_KINDS: Final = frozenset(k.value for k in NameKind)
# How a relation reads from its other end: who is the mother of someone has them as daughter or son.
_INVERSE: Final[Mapping[str, str]] = {"mother": "child_of", "father": "child_of", "sister": "sibling", "brother": "sibling",
                                      "half_sibling": "sibling", "child_of": "parent", "spouse": "spouse", "partner": "partner"}

Kin: TypeAlias = tuple[str, Mapping[str, Any]]


def description_of(values: Mapping[str, Any], kin: Iterable[Kin] = (), *, agency: str | None = None,
                   person: str | None = None) -> Description:
    """The description of a person from plain values (the columns of `Person`) and kin as (relation, their values).

    `("mother", values)` means that those values are the mother's. Unknown things are left out, which is neutral.
    """
    recorded = _day(values.get("recorded_on"))
    birth, low, high = _age(values, recorded)
    separation = values.get("separation") or {}
    siblings, relatives = _family(kin)
    return Description(
        names=_names(values.get("names") or ()), sex=_sex(values.get("sex")), birth_date=birth, age_min=low, age_max=high,
        recorded_on=recorded.isoformat() if recorded else None, origin=_texts(values.get("origin")),
        last_seen=_texts(values.get("last_seen")), languages=_texts(values.get("languages")),
        ethnicity=values.get("ethnicity") or None, phones=_texts(values.get("phones")),
        identifiers=_identifiers(values.get("identifiers") or ()), siblings=siblings, relatives=relatives,
        separation_date=_plain_date(separation.get("date")), separation_place=_texts(separation.get("place")),
        separation_cause=separation.get("cause") or None, features=_texts(values.get("features")),
        agency=agency, id=person)


def inverse(relation: str) -> str:
    """How a relation reads from its other end; "relative" where no word is more exact."""
    return _INVERSE.get(relation, "relative")


def _names(names: Sequence[Mapping[str, Any]]) -> tuple[Name, ...]:
    out = [Name(str(n["value"]).strip(), str(n.get("kind")) if n.get("kind") in _KINDS else "full", n.get("script") or None)
           for n in names if str(n.get("value") or "").strip()]
    return tuple(dict.fromkeys(out))


def _texts(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(str(v).strip() for v in ([value] if isinstance(value, str) else value) if str(v or "").strip())


def _identifiers(found: Iterable[Any]) -> tuple[str, ...]:
    return _texts([i.get("value") if isinstance(i, Mapping) else i for i in found])


def _sex(code: Any) -> str | None:
    return str(code) if code and code != "unknown" else None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _plain_date(text: Any) -> str | None:
    """A partial date without its mark for about; an unreadable one is left out."""
    try:
        return str(PartialDate.parse(str(text))).removeprefix("~") if text else None
    except ValueError:
        return None


def _age(values: Mapping[str, Any], recorded: date | None) -> tuple[str | None, float | None, float | None]:
    """A birth date known as it stands goes as it is; one known only about becomes the ages it allows."""
    low, high = values.get("age_min"), values.get("age_max")
    try:
        born = PartialDate.parse(str(values["birth_date"])) if values.get("birth_date") else None
    except ValueError:
        born = None
    if born is not None and born.circa and recorded is not None:
        span = age_range(born, None, None, recorded, recorded)
        if span is not None:
            return None, span.low, span.high
    return (str(born).removeprefix("~") if born else None), low, high if high is not None else low


def _spellings(values: Mapping[str, Any], *, given: bool) -> tuple[str, ...]:
    """A relative's written names; `given` prefers given names, as siblings are known by them."""
    names = _names(values.get("names") or ())
    chosen = [n.value for n in names if n.kind in {"given", "nickname", "given_after_separation"}] if given else []
    return tuple(dict.fromkeys(chosen or [n.value for n in names if n.kind not in {"father", "mother", "grandfather"}]))


def _family(kin: Iterable[Kin]) -> tuple[tuple[Sibling, ...], tuple[Relative, ...]]:
    siblings: list[Sibling] = []
    relatives: list[Relative] = []
    for relation, values in kin:
        spellings = _spellings(values, given=relation in SIBLINGS or relation == "sibling")
        if not spellings:
            continue
        if relation in SIBLINGS or relation == "sibling":
            low, high = values.get("age_min"), values.get("age_max")
            known = [a for a in (low, high) if a is not None]
            siblings.append(Sibling(spellings, sum(known) / len(known) if known else None, _sex(values.get("sex"))))
        else:
            relatives.append(Relative(relation, spellings))
    return tuple(siblings), tuple(relatives)
