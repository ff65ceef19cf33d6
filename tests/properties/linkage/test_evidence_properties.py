"""More agreement never counts against, more disagreement never for; what must have no effect has none."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from havre.linkage import Description, Name, Relative, Result, Sibling, chances, read_json, read_through, score
from havre.linkage.evidence import COMPARATORS, NAME_COMPARATORS

# What two accounts may say of one field: the same, or quite another thing.
AGREED: dict[str, object] = {
    "sex": "female", "birth_date": "2014-05-17", "origin": ("Sudan", "Kassala", "Aroma"), "birth_place": ("Sudan", "Kassala", "Aroma"),
    "last_seen": ("Chad", "Ouaddaï", "Adré"), "languages": ("bej",), "ethnicity": "Beja", "phones": ("+249912345678",), "identifiers": ("AB-12345",),
    "siblings": (Sibling(("Dawit",), 7.0),), "relatives": (Relative("uncle", ("Zerayakob",)),), "separation_date": "2024-03-02",
    "separation_place": ("Sudan", "El Geneina"), "separation_cause": "attack", "companions": ("Petros",), "features": ("crescent burn eyebrow",),
    "belongings": ("silver crucifix",),
}  # fmt: skip
ELSE: dict[str, object] = {
    "sex": "male", "birth_date": "2007-11-23", "origin": ("Ukraine", "Odesa", "Izmail"), "birth_place": ("Ukraine", "Odesa", "Izmail"),
    "last_seen": ("Poland", "Lublin", "Chełm"), "languages": ("uk",), "ethnicity": "Ukrainian", "phones": ("+380671112233",),
    "identifiers": ("XY-99871",), "siblings": (Sibling(("Oksana",), 12.0),), "relatives": (Relative("uncle", ("Mykhailo",)),),
    "separation_date": "2022-03-20", "separation_place": ("Ukraine", "Kharkiv"), "separation_cause": "evacuation", "companions": ("Halyna",),
    "features": ("missing fingertip",), "belongings": ("toy rabbit",),
}  # fmt: skip
FIELD_OF = {"birth_date": "birth", "languages": "language", "phones": "phone", "identifiers": "identifier"}
SAID = st.dictionaries(st.sampled_from(sorted(AGREED)), st.sampled_from(["agreed", "else"]), max_size=9)
NAMES = st.sampled_from([(), (Name("Selam Tesfay"),), (Name("سلام"), Name("تسفاي", "father")), (Name("Zeinab"), Name("Mariam", "mother"))])


def _person(names: tuple[Name, ...], said: dict[str, str], other: bool) -> Description:
    """One side of a pair; of a field on which the two disagree, the other side says something else."""
    values = {field: ELSE[field] if other and how == "else" else AGREED[field] for field, how in said.items()}
    return Description(names=names, **values)  # type: ignore[arg-type]


def _related(result: Result) -> float:
    return result.probability + result.family_probability


@settings(max_examples=120, deadline=None)
@given(NAMES, SAID, st.sampled_from(sorted(AGREED)))
def test_a_field_that_agrees_never_lowers_and_one_that_disagrees_never_raises(names: tuple[Name, ...], said: dict[str, str], field: str) -> None:
    silent = {f: how for f, how in said.items() if f != field}
    sums = {}
    for how in ("agreed", "else", None):
        told = silent | ({field: how} if how else {})
        evidence = score(_person(names, told, False), _person(names, told, True)).evidence
        sums[how] = sum(e.llr for e in evidence)
    assert sums["agreed"] >= sums[None] - 1e-9
    assert sums["else"] <= sums[None] + 1e-9


@settings(max_examples=60, deadline=None)
@given(NAMES, SAID, st.sampled_from(["Rahwa", "محمد"]))
def test_another_name_never_makes_two_people_more_related(names: tuple[Name, ...], said: dict[str, str], other: str) -> None:
    mine, theirs = _person(names, said, False), _person(names, said, True)
    if names:
        changed = replace(theirs, names=(Name(other, "given"), Name("Oleksandr", "father")))
        assert _related(score(mine, changed)) <= _related(score(mine, theirs)) + 1e-9


@settings(max_examples=60, deadline=None)
@given(NAMES, SAID, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_listed_does_not_matter(names: tuple[Name, ...], said: dict[str, str], rng: Random) -> None:
    whole = replace(_person(names, said, False), siblings=(Sibling(("Dawit",), 7.0), Sibling(("Sara", "سارة"))), languages=("bej", "ar"),
                    phones=("+249912345678", "0911"), companions=("Petros", "Yonas"))  # fmt: skip
    turned = replace(whole, **{f: tuple(rng.sample(getattr(whole, f), len(getattr(whole, f)))) for f in ("siblings", "languages", "phones", "companions")})
    other = _person(names, said, True)
    one, two = score(whole, other), score(turned, other)
    assert (one.probability, one.family_probability, [e.level for e in one.evidence]) == (
        two.probability, two.family_probability, [e.level for e in two.evidence])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(NAMES, SAID, st.dictionaries(st.sampled_from(["religion", "agency", "id", "nationality", "colour"]), st.text(max_size=6), max_size=4))
def test_forbidden_and_further_fields_change_nothing(names: tuple[Name, ...], said: dict[str, str], more: dict[str, str]) -> None:
    """Who registered the child, its number, its religion: carried along or refused, they never speak."""
    mine, theirs = _person(names, said, False), _person(names, said, True)
    marked = replace(theirs, other=tuple(sorted(more.items())), id=more.get("id"), agency=more.get("agency"))
    one, two = score(mine, theirs), score(replace(mine, agency="same"), replace(marked, agency="same"))
    assert (one.probability, one.evidence, one.ask) == (two.probability, two.evidence, two.ask)


def test_no_comparator_reads_a_forbidden_field() -> None:
    compared = {*NAME_COMPARATORS, *COMPARATORS}
    assert not compared & {"agency", "id", "religion", "nationality", "other"}
    assert {FIELD_OF.get(f, f) for f in AGREED} <= compared
    assert not {"religion", "nationality"} & {f.name for f in fields(Description)}


@settings(max_examples=60, deadline=None)
@given(NAMES, SAID)
def test_what_is_stored_gives_the_chances_of_score(names: tuple[Name, ...], said: dict[str, str]) -> None:
    mine, theirs = _person(names, said, False), _person(names, said, True)
    stored = read_json(theirs.to_json())
    assert stored == read_through(theirs)
    result = score(mine, theirs, population=5_000)
    assert chances(mine, [stored, stored], population=5_000) == [(result.probability, result.family_probability)] * 2
