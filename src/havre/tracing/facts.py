"""What do the safeguards of a match look at? Codes and days gathered from both files; no sealed value is shown."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from havre.access.models import User
from havre.config.policies import policy_for
from havre.core.actor import Role
from havre.core.canonical import canonical
from havre.core.gates import GateResult
from havre.core.policy import Policy
from havre.infra import keys
from havre.infra.sealing import open_many
from havre.registration.models import Person
from havre.tracing import agreement, gates, rules
from havre.tracing.across import case_of, overseeing
from havre.tracing.models import (
    AlertCheck,
    BestInterests,
    BorderRisk,
    Clearance,
    HouseholdAssessment,
    Match,
    Reunification,
    SecretFact,
    Signature,
)
from havre.tracing.rules import AlertState, ReunionFacts, ReunionState

PARENTS = frozenset({"mother", "father"})


def policy_of(match: Match) -> Policy:
    """The policy of the country that answers for the child."""
    return policy_for(match.case_country or "ZZ")


def verification(match: Match) -> gates.VerificationFacts:
    """What G17 looks at."""
    outcomes = tuple(SecretFact.objects.filter(match=match).order_by("place").values_list("outcome", flat=True))
    return gates.VerificationFacts(match.child_interviewer, match.adult_interviewer, match.child_recognises,
                                   match.adult_recognises, match.identity_checked, outcomes)


def newest_check(match: Match) -> AlertCheck | None:
    """The newest comparison with the alert list."""
    return AlertCheck.objects.filter(match=match).order_by("-checked_at").first()


def adult_marks(match: Match, reunion: Reunification | None) -> frozenset[str]:
    """How the names and numbers of the adult who will receive the child sound; opened by the system, not shown."""
    with overseeing():
        inquirer = Person.objects.filter(pk=match.inquirer).first()
        values = open_many([inquirer], "names", "phones", "identifiers")[0] if inquirer is not None else {}
        typed = open_many([reunion], "adult_names")[0]["adult_names"] if reunion is not None else None
    verified = reunion is None or reunion.verified_adult
    names = [n["value"] for n in values.get("names") or ()] if verified else []
    numbers = [str(n.get("value", "")) if isinstance(n, dict) else str(n)
               for n in (*(values.get("phones") or ()), *(values.get("identifiers") or ()))] if verified else []
    return rules.name_sounds([*names, *([typed] if typed else [])]) | rules.number_marks(numbers)


def about(marks: frozenset[str]) -> str:
    """A keyed hash of whom a check was about."""
    return hmac.new(keys.ring().derive_key("alert list"), canonical(sorted(marks)), hashlib.sha256).hexdigest()


def alert(match: Match, reunion: Reunification | None) -> gates.AlertFacts:
    """What G18 looks at. A hit is cleared by someone else than who planned."""
    check = newest_check(match)
    planner = reunion.planned_by if reunion is not None else None
    flags = tuple(match.red_flags)
    if check is None:
        return gates.AlertFacts(red_flags=flags, flags_cleared=match.flags_cleared_by is not None)
    return gates.AlertFacts(
        state=check.state, about_this_adult=check.about == about(adult_marks(match, reunion)), checked_at=check.checked_at,
        cleared_by_other=check.cleared_by is not None and check.cleared_by != planner, red_flags=flags,
        flags_cleared=match.flags_cleared_by is not None)


def household(match: Match) -> gates.HouseholdFacts:
    """What G19 looks at: the newest assessment."""
    row = HouseholdAssessment.objects.filter(match=match).order_by("-assessed_on", "-created_at").first()
    if row is None:
        return gates.HouseholdFacts()
    return gates.HouseholdFacts(row.assessed_on, row.willing, row.able, row.safe, row.alternate_caregiver)


def clearance(match: Match, policy: Policy) -> gates.ClearanceFacts:
    """What G20 looks at: the newest word of the authority."""
    row = Clearance.objects.filter(match=match).order_by("-created_at").first()
    required = "reunification" in policy.authority_clearance_required
    return gates.ClearanceFacts(required, row.state if row else "", row.valid_until if row else None)


def crosses_border(match: Match, reunion: Reunification | None) -> bool:
    """Whether the child would leave the country where she is."""
    target = reunion.country if reunion is not None else match.request_country
    return bool(target and match.case_country and target != match.case_country)


def border(match: Match, reunion: Reunification | None) -> gates.BorderFacts:
    """What G21 looks at: the newest assessment for the country of arrival."""
    crosses = crosses_border(match, reunion)
    country = reunion.country if reunion is not None else match.request_country
    row = BorderRisk.objects.filter(match=match, country=country).order_by("-assessed_on", "-created_at").first()
    if row is None:
        return gates.BorderFacts(crosses)
    same = reunion is not None and row.assessor == reunion.planned_by
    return gates.BorderFacts(crosses, row.result, row.valid_until, same)


def best_interests(match: Match, reunion: Reunification | None) -> gates.BestInterestsFacts:
    """What G11 looks at: why a decision is needed, and the newest one."""
    triggers = rules.best_interests_triggers(complexity(match, reunion))
    row = BestInterests.objects.filter(match=match).order_by("-asked_at").first()
    if row is None:
        return gates.BestInterestsFacts(triggers)
    return gates.BestInterestsFacts(triggers, True, row.outcome, frozenset(row.triggers), row.valid_until)


def complexity(match: Match, reunion: Reunification | None) -> ReunionFacts:
    """What may make this reunification complex."""
    with overseeing():
        wish = agreement.newest_wish(match.case_file)
        risk = case_of(match.case_file).risk_level
    check, home = newest_check(match), household(match)
    return ReunionFacts(
        cross_border=crosses_border(match, reunion), risk=risk, child_wish=wish.reunification if wish else "",
        child_wants_adult=match.child_wants, adult_is_parent=match.relation in PARENTS,
        verified_adult=reunion is None or reunion.verified_adult,
        custody_dispute=reunion is not None and reunion.custody_dispute, red_flags_raised=bool(match.red_flags),
        alert_hit=check is not None and check.state != AlertState.CLEAR,
        household_doubts=home.assessed_on is not None and (home.able != "yes" or home.safe != "yes"),
        recommendation=match.recommendation)


def visits_wanted(match: Match, reunion: Reunification | None) -> tuple[int, ...]:
    """After how many days the policy wants visits, by the risk of the case."""
    policy = policy_of(match)
    risk = reunion.risk if reunion is not None else "medium"
    return tuple(policy.follow_up_days.get(risk, policy.follow_up_days["medium"]))


def signed(reunion: Reunification) -> gates.HandOverFacts:
    """Who has signed the hand-over."""
    rows = {s.signer: s for s in Signature.objects.filter(reunification=reunion)}
    first, second = rows.get("worker_handing_over"), rows.get("second_worker")
    return gates.HandOverFacts(first.user if first else None, second.user if second else None, "receiver" in rows)


def live_reunion(match: Match) -> Reunification | None:
    """The reunification in progress, or the last one."""
    rows = Reunification.objects.filter(match=match)
    live = rows.filter(state__in=[s.value for s in rules.OPEN_REUNIONS]).first()
    return live or rows.exclude(state=ReunionState.CANCELLED.value).order_by("-planned_at").first()


def reunification_gates(match: Match, reunion: Reunification | None, now: datetime, *, day: date | None = None,
                        extra: Sequence[GateResult] = ()) -> tuple[GateResult, ...]:
    """Every safeguard of a reunification, judged for its day (the planned one unless another is given)."""
    policy = policy_of(match)
    with overseeing():
        wish = agreement.wish_facts(match.case_file)
    on = day or (reunion.planned_on if reunion is not None else now.date())
    return gates.reunification(gates.ReunionGateFacts(
        wish=wish, verification=verification(match), alert=alert(match, reunion), household=household(match),
        clearance=clearance(match, policy), border=border(match, reunion), best_interests=best_interests(match, reunion),
        visits=tuple(date.fromisoformat(d) for d in (reunion.visits if reunion is not None else ())),
        policy_days=visits_wanted(match, reunion), household_max_age_days=policy.household_assessment_max_age_days, day=on,
        visits_from=reunion.planned_on if reunion is not None else on, now=now, extra=tuple(extra)))


def is_supervisor(user: UUID) -> bool:
    """Whether someone works as a supervisor."""
    return User.objects.filter(pk=user, role=Role.SUPERVISOR.value, is_active=True).exists()
