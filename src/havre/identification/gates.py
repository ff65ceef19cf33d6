"""May this first contact be sent? What the child was told and understood, and how a doubt about age is treated."""

from dataclasses import dataclass

from havre.core.gates import GateResult, met, unmet
from havre.core.partialdates import AgeRange
from havre.core.words import N_
from havre.identification.rules import Outcome, Triage

SAY_FIRST = N_("Say this to the child first, in words the child understands, then tick it.")
HOW_UNDERSTOOD = N_("Say whether the child understood you.")
NOT_UNDERSTOOD = N_("The child did not understand you, so these cannot be the child’s answers. Leave the questions empty and send what you saw.")
NO_TEAM = N_("No child protection team of this country takes referrals here. Call child protection and stay with the child.")


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How the child was met: whether the notice was said, whether they understood (`UNDERSTOOD`), how many answers there are."""

    firewall_said: bool
    understood: str
    answers: int


def before_sending(facts: ContactFacts) -> dict[str, list[str]]:
    """What is missing before anything may be sent, by field: the notice, and a language the child understands.

    These two duties hold at the border before there is a file, so they are refusals of input, not entries of the catalogue.
    """
    errors: dict[str, list[str]] = {}
    if not facts.firewall_said:
        errors["firewall_said"] = [SAY_FIRST]
    if facts.understood not in ("yes", "interpreter", "no"):
        errors["understood"] = [HOW_UNDERSTOOD]
    elif facts.understood == "no" and facts.answers:
        errors["understood"] = [NOT_UNDERSTOOD]
    return errors


def child_when_in_doubt(ages: AgeRange | None, judged: Triage, majority: int = 18) -> GateResult:
    """G34: whoever may be under majority goes to child protection as a child, and a doubt is named as one."""
    may_be_child = ages is None or ages.low < majority
    if not may_be_child:
        return met("G34", "adult")
    if not judged.presumed_child or Outcome.REFER_CP not in judged.outcomes:
        return unmet("G34", "may_be_a_child", majority=majority)
    in_doubt = ages is None or ages.high >= majority
    if in_doubt and Outcome.AGE_IN_DOUBT not in judged.outcomes:
        return unmet("G34", "doubt_not_named")
    return met("G34", "presumed_child" if in_doubt else "child")
