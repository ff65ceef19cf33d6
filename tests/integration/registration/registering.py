"""Factories for the tests of registration: a child as a caseworker hears of her, and a registration that passes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from havre.cases.models import Case
from havre.cases.opening import Opening, open_case
from havre.core.actor import Actor
from havre.core.intent import Intent
from havre.registration.actions import conclude_search, search_before_create
from havre.registration.inputs import ConsentInput, KinInput, PersonInput
from havre.registration.rules import NEEDED_TO_REGISTER
from havre.registration.searches import Asked

YES = dict.fromkeys(NEEDED_TO_REGISTER, "yes")
ASSENT = ConsentInput(given_by="child", type="informed_assent", answers=YES)
CONSENT = ConsentInput(given_by="caregiver", answers=YES)
SELAM = PersonInput(
    role="child", names=[{"value": "ሰላም ተስፋይ", "kind": "full"}, {"value": "Selam Tesfay", "kind": "full"},
                         {"value": "Tesfay", "kind": "father"}],
    sex="female", age_min=8, age_max=10, age_method="self_reported", languages=["tir"], origin=["ER", "Gash-Barka", "Teseney"])
MOTHER = KinInput(PersonInput(role="relative", names=[{"value": "Letebrhan Kidane", "kind": "full"}], sex="female"), "mother",
                  lived_with_before="yes", separated="yes")
BROTHER = KinInput(PersonInput(role="relative", names=[{"value": "Dawit", "kind": "given"}], sex="male", age_min=5, age_max=5), "brother")

MakeIntent = Callable[..., Intent]


def asked(person: PersonInput = SELAM, **changes: Any) -> Asked:
    """The search that a worker makes for a child described so."""
    return Asked(person.values() | changes)


def opening(child: PersonInput = SELAM, **changes: Any) -> Opening:
    """A registration that meets every safeguard."""
    base = Opening(child=child, needs={}, family=[MOTHER], consents=[ASSENT, CONSENT], legal_basis="consent",
                   uasc_status="unaccompanied", population_group="refugee")
    return replace(base, **changes)


def register(intent: MakeIntent, actor: Actor, given: Opening | None = None, conclusions: Mapping[str, str] | None = None,
             **options: Any) -> Case:
    """Search, conclude every hit as another child (unless told otherwise), register."""
    given = given or opening()
    review = search_before_create(intent(actor), asked=asked(given.child))
    chosen = conclusions if conclusions is not None else {hit["ref"]: "different" for hit in review.hits}
    if chosen:
        conclude_search(intent(actor), review=review.pk, conclusions=chosen)
    return open_case(intent(actor), opening=given, review=review.pk, **options)
