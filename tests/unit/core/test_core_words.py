"""Actors, intents, tiers and problems are what the rest of Havre may rely on."""

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest

from havre.core import problems
from havre.core.actor import Actor, Role
from havre.core.gates import met, unmet
from havre.core.intent import Intent
from havre.core.problems import GateRefused, InputRefused, NothingHere, NotPermitted, Problem
from havre.core.tiers import Tier

AMINA = Actor(UUID(int=1), Role.CASEWORKER, UUID(int=2), "TN")


def test_an_actor_speaks_for_nobody_else_unless_told() -> None:
    assert AMINA.teams == AMINA.supervises == frozenset() and AMINA.session == ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        AMINA.role = Role.MANAGER  # type: ignore[misc]


def test_roles_and_tiers_are_stable_codes() -> None:
    roles = "caseworker supervisor tracing_officer panel_member border_officer analyst"
    more = "manager focal_point auditor administrator system"
    assert " ".join(Role) == f"{roles} {more}"
    assert "".join(Tier) == "ABC"


def test_an_intent_needs_an_aware_time() -> None:
    intent = Intent(by=AMINA, at=datetime(2026, 11, 17, 9, tzinfo=UTC), rid=UUID(int=3))
    assert intent.by is AMINA
    with pytest.raises(ValueError, match="time zone"):
        Intent(by=AMINA, at=datetime(2026, 11, 17, 9), rid=UUID(int=3))


def test_what_is_forbidden_looks_like_what_is_missing() -> None:
    missing, forbidden = NothingHere(), NotPermitted()
    for attribute in ("code", "status", "sentence", "params"):
        assert getattr(missing, attribute) == getattr(forbidden, attribute)
    assert str(missing) == str(forbidden) and missing.args == forbidden.args


@pytest.mark.parametrize("problem", problems.catalogue())
def test_each_problem_has_a_code_a_status_and_one_sentence(problem: type[Problem]) -> None:
    assert problem.code.isidentifier() and problem.code == problem.code.lower()
    assert 400 <= problem.status < 600
    assert problem.sentence.endswith(".") and problem.__doc__


def test_codes_are_unique_but_for_the_twins_that_must_be_equal() -> None:
    codes = [p.code for p in problems.catalogue() if p is not NotPermitted]
    assert len(codes) == len(set(codes))


def test_statuses_are_those_agreed() -> None:
    expected = {
        "nothing_here": 404, "gate_refused": 409, "input_refused": 422, "disputed": 409, "key_erased": 410,
        "key_missing": 503, "too_many_tries": 429, "sign_in_failed": 401, "conflict": 409,
        "export_cap_exceeded": 403, "already_decided": 409, "unavailable": 503,
    }  # fmt: skip
    core = [p for p in problems.catalogue() if p.__module__ == problems.__name__]
    assert {p.code: p.status for p in core} == expected and len(core) == len(expected) + 1


def test_a_problem_says_its_numbers_and_survives_a_missing_one() -> None:
    assert "at most 25 people" in str(problems.ExportCapExceeded(cap=25))
    assert "at most cap people" in str(problems.ExportCapExceeded())


def test_a_refusal_carries_every_result_and_every_error() -> None:
    results = (met("G15"), unmet("G17", "one_side"))
    assert GateRefused(iter(results)).results == results
    assert InputRefused({"phone": ("Too short.",)}).errors == {"phone": ["Too short."]}
