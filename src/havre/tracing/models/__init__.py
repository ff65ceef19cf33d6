"""The records of the tracing domain, gathered where Django looks for them."""

from havre.tracing.models.compared import Compared
from havre.tracing.models.matches import Candidate, Interview, Match, MatchDecision, MatchRecord, SecretFact
from havre.tracing.models.requests import Publication, TracingAction, TracingRequest, Wish
from havre.tracing.models.reunions import PostVisit, Reunification, Signature
from havre.tracing.models.safety import (
    AlertCheck,
    AlertEntry,
    BestInterests,
    BorderRisk,
    Clearance,
    HouseholdAssessment,
)

__all__ = [
    "AlertCheck",
    "AlertEntry",
    "BestInterests",
    "BorderRisk",
    "Candidate",
    "Clearance",
    "Compared",
    "HouseholdAssessment",
    "Interview",
    "Match",
    "MatchDecision",
    "MatchRecord",
    "PostVisit",
    "Publication",
    "Reunification",
    "SecretFact",
    "Signature",
    "TracingAction",
    "TracingRequest",
    "Wish",
]
