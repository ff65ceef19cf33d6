"""What is still open for a child, so that the case may not be closed yet? (G36)

Other domains add their own through `config.wiring.OPEN_MATTERS`; a provider takes the file and gives codes.
"""

from uuid import UUID

from django.utils.module_loading import import_string

from havre.cases.models import Approval, Case, Task
from havre.cases.rules import Decision

TRACING_OPEN = frozenset({"open", "in_progress", "match_proposed", "located", "verification_pending", "verified",
                          "suspended_child_request"})
TASKS_THAT_COUNT = frozenset({"immediate_safety", "guardian_request", "values_disputed", "tell_child"})


def open_matters(file: UUID) -> tuple[str, ...]:
    """The codes of everything still open on a file, from every provider, each once, in a steady order."""
    from havre.config.wiring import OPEN_MATTERS
    found = [code for target in OPEN_MATTERS for code in import_string(target)(file)]
    return tuple(dict.fromkeys(found))


def own_matters(file: UUID) -> list[str]:
    """What this domain knows: a family search under way, an approval that waits, tasks that must not be left."""
    codes = []
    if Case.objects.filter(file_id=file, tracing_status__in=TRACING_OPEN).exists():
        codes.append("tracing_open")
    if Approval.objects.filter(file_id=file, decision=Decision.WAITING).exclude(subject_kind="closure").exists():
        codes.append("approval_waiting")
    kinds = Task.objects.filter(file_id=file, kind__in=TASKS_THAT_COUNT, done_at__isnull=True).values_list("kind", flat=True)
    return [*codes, *(f"{kind}_open" for kind in sorted(set(kinds)))]
