"""Which numbers and duties has this country decided on?

A policy file is TOML. Only `country` is required; whatever is left out keeps the default, and a key that is
not listed here is an error, so that a misspelt rule never passes for a rule:

    country = "TN"                          # ISO 3166-1, two capital letters
    majority = 18                           # and any other whole number named in `Policy`
    authority_clearance_required = ["reunification"]   # of: reunification, placement, separation
    return_follow_up_days = [7, 30, 91, 182, 365]      # visits after a return, days from it, rising

    [deadlines_hours.assign]                # hours per risk level; steps: policy_defaults.STEPS
    high = 1
    medium = 3
    low = 24

    [follow_up_days]                        # visits after a reunification, days from it, rising
    high = [7, 14, 30, 90]

    [[capacity]]                            # together they cover every age from 0 to majority - 1, in order
    from = 0
    to = 5
    needs = ["caregiver_consent"]           # of: policy_defaults.CONSENT_NEEDS
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from havre.core import policy_defaults as defaults


class PolicyRefused(ValueError):
    """The policy file cannot be used; the message names each key and what it must hold."""


@dataclass(frozen=True, slots=True)
class CapacityBand:
    """From `low` to `high` completed years, the agreements that are `needs`ed."""

    low: int
    high: int
    needs: frozenset[str]


_CAPACITY = tuple(CapacityBand(low, high, frozenset(needs)) for low, high, needs in defaults.CAPACITY)


def _whole(default: int, least: int, most: int) -> int:
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Policy:
    """The decided numbers of one country; durations are in the unit of their name."""

    country: str
    majority: int = _whole(18, 16, 21)
    deadlines_hours: Mapping[tuple[str, str], int] = field(default_factory=lambda: defaults.DEADLINES_HOURS)
    follow_up_days: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: defaults.FOLLOW_UP_DAYS)
    return_follow_up_days: tuple[int, ...] = defaults.RETURN_FOLLOW_UP_DAYS
    capacity: tuple[CapacityBand, ...] = _CAPACITY
    authority_clearance_required: frozenset[str] = frozenset()
    uncontactable_attempts: int = _whole(3, 1, 50)
    uncontactable_kinds: int = _whole(2, 1, 10)
    uncontactable_months: int = _whole(3, 1, 24)
    final_follow_up_months: int = _whole(3, 1, 24)
    on_hold_max_days: int = _whole(30, 1, 365)
    household_assessment_max_age_days: int = _whole(30, 1, 365)
    probation_months: int = _whole(3, 0, 24)
    placement_review_months: int = _whole(3, 1, 12)
    residential_care_min_age: int = _whole(3, 0, 18)
    transition_plan_from_age: int = _whole(17, 14, 20)
    panel_quorum: int = _whole(3, 1, 20)
    panel_organisations: int = _whole(2, 1, 10)
    bid_deferrals: int = _whole(2, 0, 10)
    bid_deferral_days: int = _whole(14, 1, 90)
    bid_valid_months: int = _whole(6, 1, 24)
    child_told_working_days: int = _whole(3, 1, 30)
    border_referral_hours: int = _whole(24, 1, 72)
    retention_years: int = _whole(5, 0, 100)
    retention_until_age: int = _whole(25, 0, 100)
    export_cap: int = _whole(25, 0, 10_000)
    suppression_threshold: int = _whole(11, 3, 100)
    caseload_limit: int = _whole(25, 5, 100)
    decrypt_budget_per_day: int = _whole(400, 1, 100_000)
    search_budget_per_day: int = _whole(200, 1, 100_000)
    peer_questions_per_day: int = _whole(20, 0, 1000)
    privacy_year_thousandths: int = _whole(2000, 1, 20_000)
    privacy_public_thousandths: int = _whole(1000, 1, 20_000)
    privacy_partner_thousandths: int = _whole(1000, 1, 20_000)
    privacy_room_thousandths: int = _whole(500, 1, 20_000)
    privacy_delta_exponent: int = _whole(6, 5, 12)
    release_day: int = _whole(12, 1, 28)
    release_readable_most: int = _whole(2000, 11, 100_000)
    break_glass_hours: int = _whole(4, 1, 72)
    break_glass_per_month: int = _whole(3, 0, 100)
    idle_lock_minutes: int = _whole(5, 1, 60)
    step_up_minutes: int = _whole(5, 1, 60)
    session_hours: int = _whole(12, 1, 24)

    def deadline(self, step: str, risk: str) -> timedelta | None:
        """The time allowed for a step at this risk; None for a risk without deadlines."""
        if step not in defaults.STEPS:
            raise KeyError(step)
        hours = self.deadlines_hours.get((step, risk))
        return None if hours is None else timedelta(hours=hours)

    def consent_needs(self, age: int) -> frozenset[str]:
        """Whose agreement is needed at this age in completed years; from majority on, the person's own."""
        for band in self.capacity:
            if band.low <= age <= band.high:
                return band.needs
        return frozenset({"child_consent"})

    @classmethod
    def from_toml(cls, text: str) -> "Policy":
        """Read a policy file strictly; PolicyRefused names every key that is wrong."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as broken:
            raise PolicyRefused(f"The policy file is not TOML: {broken}") from None
        reader = _Reader()
        values = dict(reader.read(data))
        if not reader.errors:
            reader.check_capacity(values.get("capacity", _CAPACITY), values.get("majority", 18))
        if reader.errors:
            raise PolicyRefused("\n".join(reader.errors))
        return cls(**values)


_WHOLE = {f.name: (f.metadata["least"], f.metadata["most"]) for f in fields(Policy) if f.metadata}


class _Reader:
    """Turns TOML tables into policy values and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def read(self, data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        if "country" not in data:
            self.errors.append("country is missing: two capital letters")
        for key, value in data.items():
            if key in _WHOLE:
                yield key, self.whole(key, value, *_WHOLE[key])
            elif key in _READERS:
                yield key, _READERS[key](self, key, value)
            else:
                self.errors.append(f"{key} is not a policy key")

    def refuse(self, key: str, must: str) -> None:
        self.errors.append(f"{key} must be {must}")

    def whole(self, key: str, value: Any, least: int, most: int) -> int:
        if type(value) is not int or not least <= value <= most:
            self.refuse(key, f"a whole number from {least} to {most}")
            return least
        return value

    def country(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or re.fullmatch("[A-Z]{2}", value) is None:
            self.refuse(key, "two capital letters")
        return str(value)

    def words(self, key: str, value: Any, allowed: tuple[str, ...]) -> frozenset[str]:
        if not isinstance(value, list) or not all(word in allowed for word in value):
            self.refuse(key, f"a list of: {', '.join(allowed)}")
            return frozenset()
        return frozenset(value)

    def clearances(self, key: str, value: Any) -> frozenset[str]:
        return self.words(key, value, defaults.CLEARANCES)

    def table(self, key: str, value: Any, allowed: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, dict):
            self.refuse(key, "a table")
            return
        for name, held in value.items():
            if name in allowed:
                yield name, held
            else:
                self.errors.append(f"{key}.{name} is not known: {', '.join(allowed)}")

    def days(self, key: str, value: Any) -> tuple[int, ...]:
        whole = isinstance(value, list) and bool(value) and all(type(day) is int and day > 0 for day in value)
        if not whole or value != sorted(set(value)):
            self.refuse(key, "a list of days from 1, rising")
            return ()
        return tuple(value)

    def follow_up(self, key: str, value: Any) -> dict[str, tuple[int, ...]]:
        read = {
            risk: self.days(f"{key}.{risk}", held) for risk, held in self.table(key, value, defaults.RISKS)
        }
        return {**defaults.FOLLOW_UP_DAYS, **read}

    def deadlines(self, key: str, value: Any) -> dict[tuple[str, str], int]:
        hours = dict(defaults.DEADLINES_HOURS)
        for step, row in self.table(key, value, defaults.STEPS):
            for risk, held in self.table(f"{key}.{step}", row, defaults.RISKS):
                hours[step, risk] = self.whole(f"{key}.{step}.{risk}", held, 1, 8760)
        return hours

    def bands(self, key: str, value: Any) -> tuple[CapacityBand, ...]:
        if not isinstance(value, list) or not value:
            self.refuse(key, "one or more [[capacity]] tables")
            return ()
        return tuple(self.band(f"{key}[{place}]", row) for place, row in enumerate(value, 1))

    def band(self, key: str, row: Any) -> CapacityBand:
        held = dict(self.table(key, row, ("from", "to", "needs")))
        low, high = (self.whole(f"{key}.{end}", held.get(end), 0, 21) for end in ("from", "to"))
        return CapacityBand(low, high, self.words(f"{key}.needs", held.get("needs"), defaults.CONSENT_NEEDS))

    def check_capacity(self, bands: tuple[CapacityBand, ...], majority: int) -> None:
        """Every age below majority is in one band, and each band asks somebody."""
        ages = [age for band in bands for age in range(band.low, band.high + 1)]
        if ages != list(range(majority)):
            self.refuse("capacity", f"bands that cover each age from 0 to {majority - 1} once, in order")
        if not all(band.needs for band in bands):
            self.refuse("capacity", "bands that each need someone's agreement")


_READERS = {
    "country": _Reader.country,
    "deadlines_hours": _Reader.deadlines,
    "follow_up_days": _Reader.follow_up,
    "return_follow_up_days": _Reader.days,
    "capacity": _Reader.bands,
    "authority_clearance_required": _Reader.clearances,
}
