"""What does the page about the matcher show? Versions, counts and what was learned: no person, no file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.access.queries import may, names_of
from havre.core.actor import Actor
from havre.core.problems import NothingHere
from havre.linkage.model.differences import Comparison, compare
from havre.registration.index import matcher
from havre.registration.index.versions import APPROVED, PROPOSED, MatcherModel, MatcherUse, NameShares
from havre.tracing import permissions

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Use:
    """One line of the log of what was used; `version` is "" for the model shipped with Havre."""

    version: str
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model that waits for a second person, compared with the one in use."""

    row: MatcherModel
    by: str
    comparison: Comparison
    mine: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the page shows. `shipped`: whether the model shipped with Havre is in use; `earlier`: what one can go back to."""

    version: str
    shipped: bool
    decisions: int
    names: NameShares | None
    proposal: Proposal | None
    earlier: list[MatcherModel]
    uses: list[Use]
    may_learn: bool
    may_decide: bool


def known(model: UUID) -> UUID:
    """The id of a model that there is. Raises NothingHere."""
    if not MatcherModel.objects.filter(pk=model).exists():
        raise NothingHere()
    return model


def learned(actor: Actor) -> Learned:
    """The matcher in use, what is proposed, and what was used before, newest first."""
    used = matcher.current()
    waiting = MatcherModel.objects.filter(state=PROPOSED).first()
    uses = list(MatcherUse.objects.select_related("model").order_by("-pk")[:MOST_LINES])
    names = names_of({u.by for u in uses} | ({waiting.proposed_by} if waiting else set()))
    proposal = Proposal(waiting, names.get(waiting.proposed_by, ""), compare(used.model, matcher.model_of(waiting)),
                        waiting.proposed_by == actor.id) if waiting else None
    newest = uses[0].model if uses else None
    return Learned(
        version=used.numbers, shipped=newest is None, decisions=newest.decisions if newest else 0,
        names=NameShares.objects.order_by("-pk").first(), proposal=proposal,
        earlier=list(MatcherModel.objects.filter(state=APPROVED).exclude(version=used.numbers).order_by("-decided_at")[:MOST_LINES]),
        uses=[Use(u.model.version if u.model else "", u.at, names.get(u.by, "")) for u in uses],
        may_learn=may(actor, permissions.LEARN), may_decide=may(actor, permissions.DECIDE_MODEL))
