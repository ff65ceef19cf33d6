"""Which fields leave with which profile, for which purposes, and whose agreement covers it? Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from havre.core.partialdates import AgeRange
from havre.core.policy import Policy
from havre.core.words import N_
from havre.registration import rules as consent
from havre.registration.rules import Agreement

KEPT_FOR: Final = timedelta(hours=24)
MOST_WITHOUT_NAMES: Final = 1000
PURPOSES: Final = ("case_management_participation", "share_for_services", "share_with_unhcr", "share_with_authorities",
                   "tracing_disclosure", "cross_border_transfer")
OWN_USE: Final = "case_management_participation"
FILE_KINDS: Final = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Profile:
    """Which fields leave. `identified`: someone could be recognised by them."""

    code: str
    words: str
    fields: tuple[str, ...]
    identified: bool = True
    purposes: tuple[str, ...] = PURPOSES


_NAMES = ("full_name", "given", "father", "grandfather", "mother", "family", "nickname", "other_spelling")
_WHO = ("sex", "age", "age_max", "birth_date", "recorded_on", "languages", "nationalities")
_WORK = ("risk_level", "uasc_status", "stage", "status", "registered_on", "worker")

PROFILES: Final[Mapping[str, Profile]] = {profile.code: profile for profile in (
    Profile("work_list", N_("Work list: codes and stages, no names"), ("code", "sex", "age", "age_max", *_WORK), identified=False,
            purposes=(OWN_USE,)),
    Profile("tracing", N_("Family tracing: names, age, places, separation; no risk"),
            ("code", *_NAMES, *_WHO, "origin", "last_seen", "separation_date", "separation_place", "features"),
            purposes=("tracing_disclosure", "cross_border_transfer", OWN_USE)),
    Profile("referral", N_("Service: names, age, language, telephone; no risk, no story"),
            ("code", *_NAMES, *_WHO, "phones", "address"), purposes=PURPOSES),
    Profile("case", N_("Whole list: names, contacts, risk and stage"),
            ("code", *_NAMES, *_WHO, "phones", "address", "origin", *_WORK), purposes=(OWN_USE, "share_with_authorities", "share_with_unhcr")),
)}

SEALED: Final[Mapping[str, str]] = {
    **dict.fromkeys(_NAMES, "names"), "birth_date": "birth_date", "nationalities": "nationalities", "phones": "phones",
    "address": "address", "origin": "origin", "last_seen": "last_seen", "separation_date": "separation",
    "separation_place": "separation", "features": "features"}


def sealed_fields(profile: Profile) -> tuple[str, ...]:
    """The sealed columns of a person that a profile needs; nothing else is opened."""
    return tuple(dict.fromkeys(SEALED[f] for f in profile.fields if f in SEALED))


def cap_of(profile: Profile, policy: Policy) -> int:
    """How many children one person may take out at once."""
    return policy.export_cap if profile.identified else MOST_WITHOUT_NAMES


def covered(purpose: str, basis: str, events: Sequence[Agreement], ages: AgeRange | None, policy: Policy, at: datetime) -> bool:
    """Whether a child's data may leave for a purpose.

    A no (or never) of the child always stands, and an adult's too unless it is set aside for the child's safety. Otherwise the
    legal basis must cover the purpose; if that is consent, everyone who must agree at this age has agreed.
    """
    needed = consent.needs(ages, policy)
    said = consent.permits(events, purpose, needed, at)
    if said.allowed or said.reason != "consent_missing":
        return said.allowed
    return purpose in consent.COVERS.get(basis, frozenset())
