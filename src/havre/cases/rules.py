"""What does the risk of a child ask of us: how soon, in which order, and what may not be called low? Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from havre.core.policy import Policy

RISK_ORDER = ("high", "medium", "low", "none")
PHASES = ("pre_departure", "transit", "at_border", "destination", "return_transit", "post_return", "onward")


class Status(StrEnum):
    """Whether a case is being worked on."""

    OPEN = "open"
    ON_HOLD = "on_hold"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    ENTERED_IN_ERROR = "entered_in_error"


class Level(StrEnum):
    """The four levels of the child's world at which vulnerability arises."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    COMMUNITY = "community"
    STRUCTURAL = "structural"


class FactorKind(StrEnum):
    """Whether a factor raises or lowers the danger."""

    RISK = "risk"
    PROTECTIVE = "protective"


class PlanKind(StrEnum):
    """What a plan is for."""

    CASE = "case"
    SAFETY = "safety"
    TRANSITION = "transition"


class PlanState(StrEnum):
    """Where a plan or a closure request stands with the second person."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class ActionStatus(StrEnum):
    """How far an action of a plan is."""

    PENDING = "pending"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """The answer of the second person."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
