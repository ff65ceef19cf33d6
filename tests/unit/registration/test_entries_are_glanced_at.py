"""A glance at entries puts those of the right age and sex first, and takes nothing unsaid against anyone."""

import json
from math import log
from uuid import UUID

import pytest

from havre import linkage
from havre.linkage import Description, Name, load_model
from havre.linkage.evidence.birth import birth_level
from havre.linkage.model.posterior import FAMILY_RANK
from havre.registration.index import searching
from havre.registration.index.glancing import BY_TOKENS, Glance

ASKED = Description(names=(Name("Selam"),), sex="female", age_min=8, age_max=9, recorded_on="2026-01-01")


def order(weight: float = 40.0, asked: Description = ASKED, **said: object) -> float:
    entry = json.loads(Description(names=(Name("Selam"),), **said).to_json())  # type: ignore[arg-type]
    return Glance(linkage.prepare(asked), load_model()).order(weight, entry)


def test_the_right_age_and_sex_come_before_the_wrong_ones() -> None:
    right = order(sex="f", birth_date="2017-03-02")
    brother = order(sex="male", birth_date="2017-03-02")
    grown = order(sex="female", age_min=30, age_max=31, recorded_on="2025-06-01")
    assert right > brother > order(sex="male", birth_date="1990")
    assert right > grown


def test_what_is_not_said_counts_for_nothing() -> None:
    assert order() == order(age_min=8) == order(sex="unknown") == BY_TOKENS * 40
    assert order(asked=Description(names=(Name("Selam"),)), sex="male", birth_date="1950") == BY_TOKENS * 40


def test_more_telling_tokens_stand_higher() -> None:
    assert order(60.0, sex="female", birth_date="2017") > order(50.0, sex="female", birth_date="2017")


@pytest.mark.parametrize("year", [2017, 2015, 2013, 1995])
def test_a_birth_is_worth_what_the_model_says(year: int) -> None:
    model, entry = load_model(), Description(birth_date=str(year))
    level, _, _ = birth_level(linkage.prepare(ASKED), linkage.prepare(entry))
    worth = model.worth("birth", (level, None, None))
    assert worth is not None
    assert order(0.0, birth_date=str(year)) == pytest.approx(max(worth[0], worth[1] + log(FAMILY_RANK)))


def test_the_likely_are_read_and_what_does_not_open_or_read_is_no_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [None, "no description", "[1]", '{"names":[[1]]}', '{"age_min":"nine","age_max":"ten","recorded_on":"2026-01-01"}']
    texts += [Description(names=(Name("Selam"),), sex="male", birth_date=str(1930 + k)).to_json() for k in range(searching.FURTHER)]
    texts.append(Description(names=(Name("Selam"),), sex="female", birth_date="2017").to_json())
    monkeypatch.setattr(searching, "text_of", lambda person, features, kek, wrapped: texts[person.int])
    rows = [(UUID(int=k), UUID(int=k), UUID(int=1), "child", 40.0, b"", 1, b"") for k in range(len(texts))]
    found = [c for c in searching._likely(linkage.prepare(ASKED), rows, load_model()) if c is not None]
    assert found[0].person_id == UUID(int=len(texts) - 1) and found[0].description.birth_date == "2017"
    assert {c.person_id.int for c in found}.isdisjoint(range(5)) and len(found) <= searching.FURTHER
