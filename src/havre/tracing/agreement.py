"""Did the child, and the relative, agree to this use? Codes only: yes, no, or "" when nobody asked."""

from datetime import datetime
from uuid import UUID

from havre.core.policy import Policy
from havre.infra.sealing import open_many
from havre.registration import rules
from havre.registration.agreements import agreements
from havre.registration.models import Person
from havre.tracing.gates import WishFacts
from havre.tracing.models import Wish


def consent_answer(child: Person, purpose: str, policy: Policy, at: datetime) -> str:
    """What those who must agree at this age say of a purpose: `yes`, `no` (refused or withdrawn) or `` (not asked, expired)."""
    birth = open_many([child], "birth_date", audited=False)[0]["birth_date"]
    ages = rules.ages(birth, child.age_min, child.age_max, child.recorded_on, at.date())
    said = rules.permits(agreements(child.pk), purpose, rules.needs(ages, policy), at)
    if said.allowed:
        return "yes"
    return "no" if said.reason in ("consent_refused", "consent_withdrawn") else ""


def newest_wish(file: UUID) -> Wish | None:
    """The child's newest words about tracing and going home, or None."""
    return Wish.objects.filter(file_id=file).order_by("-said_at", "-created_at").first()


def wish_facts(file: UUID) -> WishFacts:
    """The newest wish as the safeguard reads it."""
    wish = newest_wish(file)
    if wish is None:
        return WishFacts()
    return WishFacts(wish.tracing, wish.exception, wish.exception and wish.exception_by is not None)
