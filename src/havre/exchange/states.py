"""Where does an import stand? From the file to the records, and back."""

from enum import StrEnum

from havre.core.workflow import Transition, Workflow


class Status(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    MAPPED = "mapped"
    TRYING = "trying"
    TRIED = "tried"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDONE = "undone"
    DISCARDED = "discarded"


_OPEN = (Status.UPLOADED, Status.MAPPED, Status.TRIED)

IMPORT = Workflow("import", Status.UPLOADED, (
    *(Transition(source, "map", Status.MAPPED) for source in (*_OPEN, Status.TRYING, Status.IMPORTING)),
    Transition(Status.MAPPED, "queue_try", Status.TRYING),
    Transition(Status.MAPPED, "try", Status.TRIED),
    Transition(Status.TRYING, "try", Status.TRIED),
    Transition(Status.TRIED, "queue_run", Status.IMPORTING),
    Transition(Status.TRIED, "run", Status.IMPORTED, ("G01", "G02", "G03", "G04", "G34")),
    Transition(Status.IMPORTING, "run", Status.IMPORTED, ("G01", "G02", "G03", "G04", "G34")),
    Transition(Status.IMPORTING, "fail", Status.TRIED),
    Transition(Status.IMPORTED, "undo", Status.UNDONE),
    *(Transition(source, "discard", Status.DISCARDED) for source in (*_OPEN, Status.TRYING, Status.IMPORTING)),
))
