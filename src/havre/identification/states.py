"""Where does a first contact stand? From the border to the child's own file; nothing leads back to the border."""

from enum import StrEnum

from havre.core.workflow import Transition, Workflow


class Status(StrEnum):
    """Where a first contact stands."""

    NEW = "new"
    REFERRED = "referred"
    NO_CONCERN = "no_concern"
    ACKNOWLEDGED = "acknowledged"
    REGISTERED = "registered"


SCREENING = Workflow("screening", Status.NEW, (
    Transition(Status.NEW, "screen", Status.REFERRED, ("G34",)),
    Transition(Status.NEW, "screen", Status.NO_CONCERN, ("G34",)),
    Transition(Status.REFERRED, "acknowledge", Status.ACKNOWLEDGED),
    Transition(Status.NO_CONCERN, "acknowledge", Status.ACKNOWLEDGED),
    Transition(Status.ACKNOWLEDGED, "register", Status.REGISTERED),
    Transition(Status.REFERRED, "register", Status.REGISTERED),
    Transition(Status.NO_CONCERN, "register", Status.REGISTERED),
))
