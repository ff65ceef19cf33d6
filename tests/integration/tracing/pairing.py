"""Factories for the tests of tracing: a child registered by one agency, sought by her mother through another, in Arabic."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from havre.access.queries import scoped
from havre.cases.models import Case
from havre.core.actor import Actor
from havre.core.intent import Intent
from havre.infra.acting import acting
from havre.registration.inputs import ConsentInput, PersonInput
from havre.registration.rules import NEEDED_TO_REGISTER
from havre.tracing import actions, matching
from havre.tracing.inputs import LaneInput, PlanInput, RequestInput, WishInput
from havre.tracing.models import Candidate, Match, SecretFact, TracingRequest
from tests.integration.registration.registering import BROTHER, MOTHER, SELAM, opening, register

MakeIntent = Callable[..., Intent]
SHOWN = {**dict.fromkeys(NEEDED_TO_REGISTER, "yes"), "tracing_disclosure": "yes", "tracing_publication_photo": "yes"}
CONSENTS = (ConsentInput(given_by="child", type="informed_assent", answers=SHOWN), ConsentInput(given_by="caregiver", answers=SHOWN))

REQUEST = RequestInput(
    inquirer=PersonInput(role="inquirer", names=[{"value": "ليتبرهان كيداني", "kind": "full"}, {"value": "Letebrhan Kidane", "kind": "full"}],
                         sex="female", age_min=34, age_max=34, phones=["+249 912 345 678"], languages=["tir"]),
    sought=PersonInput(role="sought_child", names=[{"value": "سلام تسفاي", "kind": "full"}, {"value": "Tesfai", "kind": "father"}],
                       sex="female", age_min=9, age_max=9, age_method="family_reported", languages=["tir"],
                       origin=["ER", "Gash-Barka", "Teseney"]),
    relation="mother", lived_with="yes", consent_share=True, consent_mode="verbal_recorded", language="ara",
    message="Tell her that her brother is well.", family=(BROTHER,))
WANTS = WishInput(tracing="yes", reunification="asap", words="I want to find my mother.", why="", alone=True, language="tir",
                  persons_sought=[{"name": "Letebrhan", "relation": "mother"}], told_back=True)
ANSWERS = {"animal": "A white goat", "name_at_home": "Semiye", "song_or_prayer": "The one about the river"}
CHILD_LANE = LaneInput(answers=ANSWERS, recognises="yes", wants="yes", alone=True, language="tir")
ADULT_LANE = LaneInput(answers={**ANSWERS, "animal": "a white  goat"}, recognises="yes", wants="yes", identity_checked="document")
PLAN = PlanInput(type="agency_facilitated", planned_on=date(2000, 1, 1), country="SD", place="Her aunt's house, Kassala",
                 plan="By car with her caseworker.", child_view="She packed her bag yesterday.")


def wanted_child(people: SimpleNamespace, intent: MakeIntent, wish: WishInput | None = WANTS, **changes: Any) -> Case:
    """A child registered by agency A who wants her family looked for."""
    values = {"consents": CONSENTS, "family": [MOTHER, BROTHER], **changes}
    case = register(intent, people.caseworker, opening(SELAM, **values))
    if wish is not None:
        actions.record_wishes(intent(people.caseworker), case=case.pk, given=wish)
        if wish.tracing == "yes":
            actions.open_tracing(intent(people.caseworker), case=case.pk)
    return case


def mother_asks(people: SimpleNamespace, intent: MakeIntent, officer: Actor | None = None, **changes: Any) -> TracingRequest:
    """Her mother's request, taken by the tracing officer of agency B."""
    return actions.add_request(intent(officer or people.tracing_officer), given=replace(REQUEST, **changes))


def matched(people: SimpleNamespace, intent: MakeIntent, **changes: Any) -> SimpleNamespace:
    """Both of them, compared by the job: `case request child_side adult_side`."""
    case, request = wanted_child(people, intent, **changes), mother_asks(people, intent)
    matching.run(request.sought_id, intent(people.caseworker).at)
    return SimpleNamespace(case=case, request=request, child_side=mine(people.caseworker), adult_side=mine(people.tracing_officer))


def mine(actor: Actor) -> Candidate | None:
    """The one candidate this actor can see."""
    with acting(actor):
        return scoped(Candidate, actor).first()


def go_on(people: SimpleNamespace, intent: MakeIntent, pair: SimpleNamespace) -> Match:
    """Both sides agree to examine the pair."""
    actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="Names, brother and village fit.")
    actions.decide_candidate(intent(people.tracing_officer), candidate=pair.adult_side.pk, decision="shortlist", reasons="All fits.")
    return the_match(people.caseworker)


def the_match(actor: Actor) -> Match:
    """The one match this actor can see, as it is now."""
    with acting(actor):
        return scoped(Match, actor).select_related("file").get()


def hear_both(people: SimpleNamespace, intent: MakeIntent, match: Match, child: LaneInput = CHILD_LANE, adult: LaneInput = ADULT_LANE) -> Match:
    """Both interviews, by the two who answer for each side."""
    actions.record_interview(intent(people.caseworker), match=match.pk, side="child", given=child)
    actions.record_interview(intent(people.tracing_officer), match=match.pk, side="adult", given=adult)
    return the_match(people.caseworker)


def judge(people: SimpleNamespace, intent: MakeIntent, match: Match, **outcomes: str) -> None:
    """Every answer judged: the same, unless told otherwise by key."""
    with acting(people.caseworker):
        rows = list(scoped(SecretFact, people.caseworker))
    actions.compare_facts(intent(people.caseworker), match=match.pk, outcomes={r.pk: outcomes.get(r.key, "same") for r in rows})


def verified(people: SimpleNamespace, intent: MakeIntent) -> Match:
    """A family that both interviews and a supervisor confirmed."""
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    judge(people, intent, match)
    return actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="Both told the same.")


def planned(people: SimpleNamespace, intent: MakeIntent, match: Match, **changes: Any) -> Any:
    """A reunification planned for today by the caseworker."""
    at = intent(people.caseworker).at
    return actions.plan_reunification(intent(people.caseworker), match=match.pk, given=replace(PLAN, planned_on=at.date(), **changes))


def home_seen(people: SimpleNamespace, intent: MakeIntent, match: Match, **changes: Any) -> None:
    """The tracing officer visited the mother."""
    at = intent(people.tracing_officer).at
    values = {"assessed_on": at.date(), "willing": "yes", "able": "yes", "safe": "yes", "summary": "Two rooms, a school near.", **changes}
    actions.assess_household(intent(people.tracing_officer), match=match.pk, **values)


def cleared(people: SimpleNamespace, intent: MakeIntent, match: Match, state: str = "granted") -> None:
    """The authority said its word."""
    at = intent(people.caseworker).at
    actions.record_clearance(intent(people.caseworker), match=match.pk, state=state, authority="Family court, Kassala", decided_on=at.date())


def decided(people: SimpleNamespace, intent: MakeIntent, match: Match, outcome: str = "reunify") -> Any:
    """The panel member was asked and signed."""
    asked = actions.ask_panel(intent(people.caseworker), match=match.pk, panel_member=people.panel_member.id, question="Is it best for her?")
    return actions.decide_best_interests(intent(people.panel_member), decision=asked.pk, outcome=outcome, reasons="She wants it.",
                                         no_conflict=True)


def ready(people: SimpleNamespace, intent: MakeIntent) -> tuple[Match, Any]:
    """A planned reunification with every safeguard met."""
    match = verified(people, intent)
    home_seen(people, intent, match)
    plan = planned(people, intent, match)
    cleared(people, intent, match)
    decided(people, intent, match)
    return match, plan
