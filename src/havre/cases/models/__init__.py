"""The records of the cases domain."""

from havre.cases.models.assessment import Assessment, Factor, View
from havre.cases.models.case import Case
from havre.cases.models.closure import ClosureRequest
from havre.cases.models.notes import SealedNote, SealedNoteReader
from havre.cases.models.plan import Approval, Plan, PlanAction
from havre.cases.models.work import FollowUp, Task

__all__ = ["Approval", "Assessment", "Case", "ClosureRequest", "Factor", "FollowUp", "Plan", "PlanAction", "SealedNote",
           "SealedNoteReader", "Task", "View"]
