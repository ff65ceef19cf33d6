"""Schemas are the inputs of the actions themselves: nothing can drift, nothing unknown gets in."""

import pytest
from pydantic import ValidationError

from havre.api.endpoints import OpeningIn, PlanIn, RequestIn
from havre.api.shapes import shape
from havre.cases.given import ActionGiven
from havre.cases.opening import Opening
from havre.registration.inputs import PersonInput


def test_an_opening_comes_back_as_the_dataclass_it_is():
    given = OpeningIn(child={"role": "child", "names": [{"value": "Selam", "kind": "given"}]}, family=[
        {"person": {"role": "relative", "names": [{"value": "Aster"}]}, "relation": "aunt"}], needs={"health": "nurse"}).given()
    assert isinstance(given, Opening)
    assert isinstance(given.child, PersonInput)
    assert given.child.names == [{"value": "Selam", "kind": "given"}]
    assert given.family[0].relation == "aunt"
    assert given.needs == {"health": "nurse"}


def test_a_plan_has_its_lines():
    given = PlanIn(goal="School", actions=[{"service_type": "education", "goal": "Enrol", "owner": None, "due_on": "2026-12-01"}]).given()
    assert isinstance(given.actions[0], ActionGiven)
    assert given.actions[0].due_on.isoformat() == "2026-12-01"


@pytest.mark.parametrize("schema", [OpeningIn, PlanIn, RequestIn])
def test_unknown_keys_are_refused_at_every_depth(schema):
    with pytest.raises(ValidationError) as refused:
        schema(nothing_known=1)
    assert "extra_forbidden" in {error["type"] for error in refused.value.errors()}


def test_a_shape_is_made_once():
    assert shape(PlanIn.__given_type__) is PlanIn


def test_the_photo_is_not_part_of_the_json():
    assert "photo" not in OpeningIn.model_fields
