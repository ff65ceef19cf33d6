"""Where does a release stand? From the plan of one person, over the agreement of another, to the day it is published."""

from enum import StrEnum

from havre.core.workflow import Transition, Workflow


class Status(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    MEASURED = "measured"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


RELEASE = Workflow("release", Status.DRAFT, (
    Transition(Status.DRAFT, "rewrite", Status.DRAFT),
    Transition(Status.RETURNED, "rewrite", Status.DRAFT),
    Transition(Status.REFUSED, "rewrite", Status.DRAFT),
    Transition(Status.DRAFT, "submit", Status.SUBMITTED, ("G41",)),
    Transition(Status.SUBMITTED, "return", Status.RETURNED, ("G10",)),
    Transition(Status.SUBMITTED, "approve", Status.APPROVED, ("G10", "G41")),
    Transition(Status.APPROVED, "measure", Status.MEASURED, ("G41",)),
    Transition(Status.APPROVED, "refuse", Status.REFUSED),
    Transition(Status.MEASURED, "publish", Status.PUBLISHED),
    Transition(Status.MEASURED, "withdraw", Status.WITHDRAWN),
    Transition(Status.PUBLISHED, "withdraw", Status.WITHDRAWN),
    *(Transition(source, "discard", Status.DISCARDED) for source in (Status.DRAFT, Status.RETURNED, Status.REFUSED)),
))
