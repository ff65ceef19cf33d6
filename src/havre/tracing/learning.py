"""What do confirmed and rejected pairs teach the matcher? Proposed by one person, decided on by another, never by itself.

Of each decided pair only the levels of agreement are read: which fields agreed how well, not what they said. A model that is
approved is used from the next comparison on; every candidate notes the version that scored it. Going back to an approved
model, or to the one shipped with Havre, is one step and leaves the others as they were.
"""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from havre import linkage
from havre.core import ids
from havre.core.problems import AlreadyDecided, Conflict, InputRefused, NotPermitted
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.linkage.model.learning import Decision, Outcome, learn
from havre.linkage.model.store import as_toml
from havre.registration.index.versions import APPROVED, PROPOSED, REFUSED, MatcherModel, MatcherUse
from havre.tracing import permissions
from havre.tracing.across import carried
from havre.tracing.models import Candidate, MatchDecision

FEWEST: Final = 10  # decisions from which a proposal is made
# What a rejection says of the two people; a claim that looks unsafe says nothing of who they are.
REJECTED: Final = {
    "different_family": Outcome.UNRELATED, "different_names": Outcome.NOT_SAME, "different_age_or_sex": Outcome.NOT_SAME,
    "different_place_or_journey": Outcome.NOT_SAME, "not_recognised_by_child": Outcome.NOT_SAME, "not_recognised_by_adult": Outcome.NOT_SAME,
}


@action(permissions.LEARN)
def propose_model(unit: Unit) -> MatcherModel:
    """Learn from every decided pair of the instance and propose what was learned. Nothing is used yet.

    Raises Conflict while a proposal waits, InputRefused when too few pairs were decided.
    """
    if MatcherModel.objects.filter(state=PROPOSED).exists():
        raise Conflict(action="propose_model", state=PROPOSED)
    start = linkage.load_model()
    with carried(unit) as system:
        decided = decisions(start)
        system.stay.audit("tracing.learned_from", at=unit.at, decisions=len(decided))
    if len(decided) < FEWEST:
        raise InputRefused({"": [N_("Too few pairs were decided to learn from. Ten are needed.")]})
    id = ids.new_id()
    model = learn(decided, start, version=f"{start.version}+{len(decided)}.{id.hex[-4:]}")
    unit.detail["decisions"] = len(decided)
    return MatcherModel.objects.create(id=id, version=model.version, text=as_toml(model), decisions=len(decided), proposed_at=unit.at,
                                       proposed_by=unit.by.id)


@action(permissions.DECIDE_MODEL)
def decide_model(unit: Unit, *, model: UUID, approve: bool) -> MatcherModel:
    """Approve a proposed model, which is used from now on, or refuse it. Not by the one who proposed it."""
    row = MatcherModel.objects.select_for_update(of=("self",), no_key=True).filter(pk=model).first()
    if row is None or row.proposed_by == unit.by.id:
        raise NotPermitted()
    if row.state != PROPOSED:
        raise AlreadyDecided()
    row.state, row.decided_at, row.decided_by = APPROVED if approve else REFUSED, unit.at, unit.by.id
    row.save(update_fields=["state", "decided_at", "decided_by"])
    if approve:
        MatcherUse.objects.create(model=row, at=unit.at, by=unit.by.id)
    unit.detail.update(version=row.version, approved=approve)
    return row


@action(permissions.DECIDE_MODEL)
def use_model(unit: Unit, *, model: UUID | None) -> MatcherUse:
    """Go back to an approved model, or with None to the one shipped with Havre; used from now on."""
    if model is not None and not MatcherModel.objects.filter(pk=model, state=APPROVED).exists():
        raise NotPermitted()
    unit.detail["model"] = str(model or "")
    return MatcherUse.objects.create(model_id=model, at=unit.at, by=unit.by.id)


# ---- inside ----

def decisions(start: linkage.Model) -> list[Decision]:
    """Every decided pair that a model descending from `start` scored, once each; call as the system."""
    newest: dict[UUID, MatchDecision] = {}
    for row in MatchDecision.objects.filter(decision__in=["confirm", "reject"]).order_by("decided_at", "id"):
        newest[row.pair] = row
    sides = {c.pair: c for c in Candidate.objects.filter(pair__in=list(newest)).order_by("side")}
    rows = [c for c in sides.values() if descends(c.model_version, start)]
    opened = open_many(rows, "evidence", audited=False)
    read = (_decision(newest[row.pair], row, values["evidence"] or []) for row, values in zip(rows, opened, strict=True))
    return [decision for decision in read if decision is not None]


def descends(version: str, start: linkage.Model) -> bool:
    """Whether a version of a candidate is `start`, something learned from it, or one of them with names counted here."""
    return version.partition(" ")[0].partition("+")[0] == start.version


def _decision(decided: MatchDecision, row: Candidate, evidence: Iterable[dict[str, Any]]) -> Decision | None:
    """One decision as levels; None when it says nothing of who the two are, or the evidence has changed since."""
    if decided.evidence_digest not in ("", row.evidence_digest):
        return None
    if decided.decision == "confirm":
        outcome = Outcome.SAME_FAMILY if row.verdict == "same_family" else Outcome.SAME_PERSON
    elif decided.reason in REJECTED:
        outcome = REJECTED[decided.reason]
    else:
        return None
    known = [e for e in evidence if not e["missing"]]
    return Decision(outcome, {e["field"]: e["level"] for e in known}, sum(e["llr"] for e in known) / 1000,
                    sum(e["family_llr"] for e in known) / 1000, row.one_in or None)
