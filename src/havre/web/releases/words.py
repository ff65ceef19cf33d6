"""How are the codes of releases said? States, reasons, alternatives, and a plan in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from havre.access.queries import names_of
from havre.core.actor import Actor
from havre.core.words import N_
from havre.statistics.populations import all_populations
from havre.statistics.populations.axes import Axis
from havre.statistics.populations.period import Period
from havre.statistics.problems import BudgetSpent
from havre.web.parts import fixes, reasons
from havre.web.today import kinds

STATUS: Final = {
    "draft": N_("Being written"), "submitted": N_("Waits for a second person"), "returned": N_("Came back with a reason"),
    "approved": N_("Approved, being measured"), "refused": N_("Could not be measured"), "measured": N_("Measured, waits for its day"),
    "published": N_("Published"), "withdrawn": N_("Withdrawn"), "discarded": N_("Given up"),
}
LINES: Final = {"public": N_("Everyone"), "partner": N_("Partners"), "room": N_("Questions of analysts")}
WITHDRAWN: Final = {"error": N_("The numbers were wrong"), "risk": N_("A risk for children was found"), "replaced": N_("A better release replaces it"),
                    "other": N_("Another reason")}
REASONS: Final = {
    "author_decides": N_("You planned this yourself. A manager of your agency or a focal point of your country must decide."),
    "no_tables": N_("No table is named."),
    "period_not_over": N_("The last month is not over yet. Numbers of a month are final only when it has ended."),
    "too_fine": N_("A table crosses more than %(most)s things. Its groups would be so small that they point to single children."),
    "not_readable": N_("With this budget a table can be read only for counts from %(readable)s on. Name fewer or broader tables, or a longer period."),
    "measured_before": N_("A table was measured before for some of these months. Use that one: measuring it again would cost a second time and tell more than it should."),
    "budget_too_small": N_("The privacy budget of these months does not hold that much any more."),
}
TROUBLE: Final = {
    "budget_spent": N_("Meanwhile the privacy budget of these months was spent. Nothing was measured."),
    "given_up": N_("It could not be worked out in a day. Nothing was measured; the administrator can tell why."),
    "disclosure_too_many_rows": N_("A child stood in more than one row. Nothing was measured; the administrator can tell why."),
    "disclosure_unknown_code": N_("A value is not in its list of codes. Nothing was measured; the administrator can tell why."),
}
OUTCOMES: Final = {"waiting": N_("Being worked on"), "refused": N_("Could not be answered")}
STATES: Final = {"shown": "", "uncertain": N_("uncertain"), "too_small": N_("too few to show"), "not_planned": N_("not counted")}
ALTERNATIVES: Final = {
    "group": N_("group: %(attribute)s"), "longer": N_("use these months: %(period)s"), "drop": N_("drop: %(attribute)s"),
    "drop_and_group": N_("drop: %(attribute)s, and group: %(group)s"), "drop_two": N_("drop: %(attribute)s, %(other)s"),
}


def waited(since: datetime) -> str:
    """How long something has waited, in whole days."""
    days = max(0, (timezone.localdate() - timezone.localtime(since).date()).days)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else _("less than a day")


def _by_whom(sentence: str, **more: Callable[[str], str]) -> reasons.Words:
    """A sentence with who did it and how long ago; each of `more` says in words the code that stands under its name."""
    def said(params: Mapping[str, object]) -> str:
        by, since = UUID(str(params["by"])), datetime.fromisoformat(str(params["since"]))
        return _(sentence) % {"who": names_of({by}).get(by, _("Somebody")), "time": waited(since), **{name: words(str(params[name])) for name, words in more.items()}}
    return said


def _of_whom(sentence: str) -> reasons.Words:
    """What is to do, and on a plan of whom: several such tasks can stand in one list."""
    def said(params: Mapping[str, object]) -> str:
        found = all_populations().get(str(params.get("population", "")))
        return _("%(task)s: %(who)s") % {"task": _(sentence), "who": _(found.title)} if found else _(sentence)
    return said


def _desk(actor: Actor, now: datetime) -> kinds.Beside | None:
    from havre.web.releases import desk
    return desk.beside(actor, now)


def trouble(code: str) -> str:
    """Why a measurement did not come about; "" for no code."""
    return _(TROUBLE.get(code) or REASONS.get(code) or TROUBLE[BudgetSpent.code]) if code else ""


reasons.register(
    reasons=REASONS,
    events={
        "release_planned": N_("Plan written."), "release_submitted": N_("Plan handed to a second person."), "release_approved": N_("Plan approved."),
        "release_returned": N_("Plan sent back with a reason."), "release_measured": N_("Measured; the budget is spent."),
        "release_not_measured": N_("Could not be measured; nothing was spent."), "release_published": N_("Published."),
        "release_withdrawn": N_("Withdrawn."), "release_decision_read": N_("Its author read what was decided."),
        "release_discarded": N_("Plan given up."), "question_asked": N_("Question asked."),
        "question_answered": N_("Question answered."), "question_not_answered": N_("Could not be answered; nothing was spent."),
    },
    evidence={"within_budget": N_("Few and broad tables, within the budget, none measured before.")},
)
fixes.register({"write_release": fixes.Fix(N_("Change the plan"), "releases:rewrite", params=("code",))})
kinds.register(
    tasks={"approve_release": _of_whom(N_("Decide on a planned release")), "rewrite_release": _of_whom(N_("Change a plan that came back, and hand it in again")),
           "read_approval": _of_whom(N_("Your plan was approved")), "read_withdrawal": _of_whom(N_("Your release was withdrawn"))},
    whys={"release_handed_in": _by_whom(N_("%(who)s asked, and has waited for %(time)s.")),
          "release_returned": _by_whom(N_("%(who)s sent it back %(time)s ago. The reason stands on its page.")),
          "release_not_measured": lambda params: trouble(str(params["trouble"])),
          "release_approved": _by_whom(N_("%(who)s approved it %(time)s ago. It is measured and goes out on its fixed day.")),
          "release_withdrawn": _by_whom(N_("%(who)s withdrew it %(time)s ago. %(reason)s."), reason=lambda code: _(WITHDRAWN[code]))},
    pages={"release": kinds.Where("releases:release"), "question": kinds.Where("releases:answer")}, beside=(_desk,))


def lang() -> str:
    """The language of the reader, of those that code lists have."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def months(period: Period) -> str:
    """A period in words: "January to September 2026"."""
    first, last = period.first, period.last
    if first == last:
        return formats.date_format(first, "F Y")
    one = formats.date_format(first, "F" if first.year == last.year else "F Y")
    return pgettext("months", "%(first)s to %(last)s") % {"first": one, "last": formats.date_format(last, "F Y")}


def month(day: date) -> str:
    """A month in words."""
    return formats.date_format(day, "F Y")


def attribute(by: str, axes: Iterable[Axis]) -> str:
    """`age@band` in words."""
    name, _at, level = by.partition("@")
    found = next((axis for axis in axes if axis.name == name), None)
    if found is None:
        return by
    return next((_(held.title) for held in found.levels if held.name == level), _(found.title))


def table(by: Iterable[str], axes: Iterable[Axis]) -> str:
    """A table in words: "age, three bands × place of first contact"."""
    held = tuple(axes)
    named = [attribute(each, held) for each in by]
    return " × ".join(named) if named else _("everyone together")


def spec(pairs: Iterable[tuple[str, int]], axes: Iterable[Axis]) -> str:
    """A table by attributes and levels in words."""
    held = {axis.name: axis for axis in axes}
    named = [_(held[name].levels[at - 1].title) if name in held else name for name, at in pairs]
    return " × ".join(named) if named else _("everyone together")


def epsilon(number: float) -> str:
    """An epsilon with two digits, in the reader's way of writing."""
    return str(formats.number_format(round(number, 3), decimal_pos=3 if round(number, 3) != round(number, 2) else 2))


def count(number: float) -> str:
    """A count in the reader's way of writing."""
    return str(formats.number_format(int(number), force_grouping=True))


def cell(held: Mapping[str, Any]) -> dict[str, str]:
    """A shown cell in words: number, interval, state."""
    state = held["state"]
    if "value" not in held:
        return {"state": state, "number": "", "span": "", "words": _(STATES[state])}
    span = _("%(low)s to %(high)s") % {"low": count(held["low"]), "high": count(held["high"])}
    return {"state": state, "number": count(held["value"]), "span": span, "words": _(STATES[state]) if STATES[state] else ""}
