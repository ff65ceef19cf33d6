"""Which numbers does the field report, and which of them wait for records that are not kept yet?

The 59 are those of the domain description, section (d): caseload and time, quality, children alone, tracing and care, best interests, services,
protection, return, accountability, capacity, data. Whether one is live is not written here: an indicator of that number is there or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from havre.core.words import N_
from havre.statistics import indicators
from havre.statistics.counting.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the numbers the field reports, with its live indicators; `waits` says what records are missing (empty when live)."""

    number: int
    title: str
    live: tuple[Indicator, ...]
    waits: str


TITLES: Final[Mapping[int, str]] = {
    1: N_("Active caseload, opened, closed"),
    2: N_("Cases per caseworker"),
    3: N_("Supervisors and caseworkers"),
    4: N_("Assessed within the policy’s time"),
    5: N_("Plan within the policy’s time"),
    6: N_("Plans approved"),
    7: N_("Reviewed on time"),
    8: N_("Hours from identification to the first safety action"),
    9: N_("Follow-up on schedule"),
    10: N_("Follow-ups per case"),
    11: N_("Duration of a case"),
    12: N_("Overdue tasks by kind"),
    13: N_("Days from an incident to its report"),
    14: N_("Assessments with the child seen alone"),
    15: N_("Assessments with the child’s views"),
    16: N_("Plans made with child and caregiver"),
    17: N_("Consent in force for each share"),
    18: N_("Score of file checks"),
    19: N_("Closures with the goals met"),
    20: N_("Cases opened again within six months"),
    21: N_("Progress towards goals"),
    22: N_("Unaccompanied and separated children registered"),
    23: N_("Tracing begun within 48 hours"),
    24: N_("Candidates confirmed, time to the first"),
    25: N_("Families verified"),
    26: N_("Children reunified"),
    27: N_("Reunified or in appropriate care"),
    28: N_("Visited after reunification, still together"),
    29: N_("Placements by kind, visits, breakdowns"),
    30: N_("Guardian within the policy’s time"),
    31: N_("Children in immigration detention, alternatives"),
    32: N_("Indicators of UNHCR on best interests and care"),
    33: N_("Best interests assessments by purpose"),
    34: N_("Best interests decisions asked, decided, waiting"),
    35: N_("Best interests decisions by outcome"),
    36: N_("Decisions carried out on time"),
    37: N_("Children told of the decision"),
    38: N_("Panels without a quorum"),
    39: N_("Referrals accepted and completed"),
    40: N_("Needs not met, by reason"),
    41: N_("Capacity of providers and demand"),
    42: N_("Waiting for services"),
    43: N_("Satisfaction with services"),
    44: N_("Protection concerns per 100 children"),
    45: N_("Incidents by type, place and perpetrator"),
    46: N_("Forms of exploitation and means of control"),
    47: N_("Places and routes of danger"),
    48: N_("Returned children, with a procedure before"),
    49: N_("Reintegration plan within a month"),
    50: N_("Monitored 6 and 12 months after return"),
    51: N_("Score of lasting reintegration"),
    52: N_("Feedback answered in time"),
    53: N_("Sexual exploitation and abuse passed on within 24 hours"),
    54: N_("Satisfaction of children and families"),
    55: N_("Children who know how to complain"),
    56: N_("Staff trained"),
    57: N_("Supervision sessions per caseworker"),
    58: N_("Directory entries checked within 90 days"),
    59: N_("Complete fields, duplicates, consent and storage ending"),
}

WAITS: Final[Mapping[str, str]] = {
    "incidents": N_("Incidents are not kept as records yet: what happened, when, where, and when it was reported."),
    "share_purposes": N_("A share names its purpose in words; it takes a code of the purpose to compare with consent."),
    "file_checks": N_("Checks of files by a supervisor are not kept as records yet."),
    "placements": N_("Placements in care are not kept as records yet: with whom, since when, visits and ends."),
    "detention": N_("Detention and alternatives to it are not kept as records yet."),
    "bia": N_("Best interests assessments by a worker are not kept as records yet; decisions by a panel member are."),
    "decision_steps": N_("What must be done after a decision, and by when, is not kept as records yet."),
    "panels": N_("Decisions are made by one panel member; meetings with a quorum are not kept as records yet."),
    "referrals": N_("Referrals to services and their answers are not kept as records yet."),
    "providers": N_("A directory of services with their capacity is not kept yet."),
    "feedback": N_("Feedback and complaints are not kept as records yet."),
    "trafficking": N_("Trafficking and exploitation details are not kept as records yet."),
    "journeys": N_("Journeys are not kept as records that can be counted yet."),
    "returns": N_("Returns and reintegration are not kept as records yet."),
    "training": N_("Training and certificates of staff are not kept as records yet."),
    "supervision": N_("Supervision sessions are not kept as records yet."),
}

FOR: Final[Mapping[int, str]] = {
    13: "incidents", 17: "share_purposes", 18: "file_checks", 27: "placements", 29: "placements", 31: "detention", 32: "placements",
    33: "bia", 36: "decision_steps", 38: "panels", 39: "referrals", 40: "referrals", 41: "providers", 42: "referrals",
    43: "feedback", 45: "incidents", 46: "trafficking", 47: "journeys", 48: "returns", 49: "returns", 50: "returns",
    51: "returns", 52: "feedback", 53: "feedback", 54: "feedback", 55: "feedback", 56: "training", 57: "supervision",
    58: "providers",
}


def asked() -> list[Asked]:
    """The 59 in order, each with the indicators that answer it or what it waits for."""
    live: dict[int, list[Indicator]] = {}
    for one in indicators.every().values():
        live.setdefault(one.number, []).append(one)
    return [Asked(n, title, tuple(live.get(n, ())), "" if n in live else WAITS[FOR[n]]) for n, title in TITLES.items()]
