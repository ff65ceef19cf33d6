"""What do those who plan, ask and decide find on Today beside their tasks? Plans that wait or go out, questions, what is left to spend."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.config.policies import policy_for
from havre.core.actor import Actor
from havre.statistics import permissions, queries
from havre.statistics.models import Question, Release
from havre.statistics.populations import all_populations
from havre.statistics.populations.axes import Axis
from havre.statistics.populations.period import Period
from havre.statistics.releases import prices
from havre.web.parts.reasons import day
from havre.web.releases import forms, words
from havre.web.today.kinds import Beside, Line, Section


def beside(actor: Actor, now: datetime) -> Beside | None:
    """What stands beside the tasks of this person; None for whoever has nothing to do with releases."""
    if not access.may(actor, permissions.RELEASES):
        return None
    held, plans, asks = queries.desk(actor, now), access.may(actor, permissions.PLAN), access.may(actor, permissions.ASK)
    sections = [
        Section("writing", _("Plans you are writing"), [Line(_("Not handed in yet"), _plan(each), _page(each), each.file.code) for each in held.writing]),
        Section("coming", _("What goes out next"), [Line(_when(each), _plan(each), _page(each), each.file.code) for each in held.coming]),
        Section("questions", _("Your questions"), _questions([*held.working, *held.answered])),
    ]
    if asks:
        sections.append(Section("left", _("What epsilon is left in %(year)s") % {"year": now.year}, list(_left(actor, now.year)),
                                (_("The privacy budget"), reverse("releases:ledger")), aside=True))
    return Beside(
        waiting=[Line(_("A second person, since %(when)s") % {"when": day(timezone.localdate(each.submitted_at), year=False)}, _plan(each), _page(each), each.file.code)
                 for each in held.waiting if each.submitted_at],
        sections=[each for each in sections if each.lines],
        acts=[(_("Ask a question"), reverse("releases:room"))] * asks + [(_("Plan a release"), reverse("releases:list") + "#plan")] * plans,
        idle=_("When a plan of yours comes back or is approved, it shows here with who did it.") if plans else "")


def _page(release: Release) -> str:
    return reverse("releases:release", args=[release.file.code])


def _plan(release: Release) -> str:
    return _("%(who)s, %(months)s") % {"who": _(all_populations()[release.population].title), "months": words.months(Period(release.first_month, release.last_month))}


def _when(release: Release) -> str:
    return _("On %(day)s") % {"day": day(release.release_on)} if release.release_on else _("Approved, being measured")


def _questions(questions: Sequence[Question]) -> list[Line]:
    """Each question in words; the codebook of a population is read once."""
    axes = {key: forms.axes_of(*key) for key in {(each.population, each.country) for each in questions}}
    return [_question(each, axes[each.population, each.country]) for each in questions]


def _question(question: Question, axes: Sequence[Axis]) -> Line:
    asked = words.spec([(str(name), int(at)) for name, at in question.table], axes)
    state = _(words.OUTCOMES[question.outcome]) if question.outcome in words.OUTCOMES else _("Answered")
    lead = _("%(state)s. %(who)s, %(months)s") % {"state": state, "who": _(all_populations()[question.population].title),
                                                 "months": words.months(Period(question.first_month, question.last_month))}
    return Line(lead, asked, reverse("releases:answer", args=[question.file.code]), question.file.code)


def _left(actor: Actor, year: int) -> Iterator[Line]:
    """Each ledger that paid for something: what its poorest month can still spend on questions and on what everyone reads."""
    exponent = policy_for(actor.country).privacy_delta_exponent

    def epsilon(price: int) -> str:
        return words.epsilon(math.floor(prices.epsilon(price, exponent) * 100 + 1e-3) / 100)

    found = queries.spent_in(actor, year)
    if not found:
        yield Line(_("All of it"), _("Nothing was spent yet."))
    for each in found:
        yield Line(_(all_populations()[each.ledger].title), _("%(room)s of %(of_room)s for questions, %(public)s of %(of_public)s for what everyone reads.") % {
            "room": epsilon(each.left("room")), "of_room": epsilon(each.caps.room), "public": epsilon(each.left("public")), "of_public": epsilon(each.caps.public)})
