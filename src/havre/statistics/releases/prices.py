"""What does a budget cost, and what is a cost worth? Whole billionths of rho in the ledger, epsilon for people. Pure."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from havre.core.policy import Policy
from havre.disclosure import Budget, epsilon_of

UNIT: Final = 10**9


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be spent on the children of one month: each line, and all together; in billionths of rho."""

    public: int
    partner: int
    room: int
    total: int

    def line(self, name: str) -> int:
        """The cap of `public`, `partner` or `room`."""
        return {"public": self.public, "partner": self.partner, "room": self.room}[name]


def caps_of(policy: Policy) -> Caps:
    """The caps a country decided on."""
    held = policy.privacy_delta_exponent
    return Caps(*(price_of(e, held) for e in (policy.privacy_public_thousandths, policy.privacy_partner_thousandths,
                                              policy.privacy_room_thousandths, policy.privacy_year_thousandths)))


@cache
def price_of(thousandths: int, delta_exponent: int) -> int:
    """Billionths of rho for an epsilon in thousandths at delta = 10^-exponent, rounded down."""
    return int(Budget.of(Fraction(thousandths, 1000), delta_of(delta_exponent)).rho * UNIT)


def delta_of(exponent: int) -> Fraction:
    """10 to the minus `exponent`."""
    return Fraction(1, 10**exponent)


def rho_of(price: int) -> Fraction:
    """The rho of a price, exactly."""
    return Fraction(price, UNIT)


@cache
def epsilon(price: int, delta_exponent: int) -> float:
    """What a price is worth as epsilon at delta = 10^-exponent; never understated."""
    return epsilon_of(rho_of(price), delta_of(delta_exponent)) if price else 0.0
