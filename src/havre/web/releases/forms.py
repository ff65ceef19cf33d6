"""The forms of releases: a plan with its tables, why it comes back or is withdrawn, and a question of the room."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.statistics.populations import all_populations
from havre.statistics.populations.axes import Axis
from havre.statistics.populations.period import Period
from havre.statistics.populations.population import Scope
from havre.statistics.releases.deciding import WITHDRAWN_FOR
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.web.parts.forms import HavreForm, OneOf, TextAnswer
from havre.web.releases import words

TABLES: Final = 6
WAYS: Final = 3
SHARES: Final = (50, 100, 200, 250, 300, 400, 500, 750, 1000)
MONTHS_BACK: Final = 36


def past_months(today: date) -> list[date]:
    """The months that are over, the newest first."""
    start = today.year * 12 + today.month - 2
    return [date((start - n) // 12, (start - n) % 12 + 1, 1) for n in range(MONTHS_BACK)]


def month_choices() -> list[tuple[str, str]]:
    """Months that are over, as choices."""
    return [(f"{month:%Y-%m}", words.month(month)) for month in past_months(timezone.now().date())]


def share_choices() -> list[tuple[str, str]]:
    """How much may be spent, as choices."""
    return [(str(share), _("epsilon %(number)s") % {"number": words.epsilon(share / 1000)}) for share in SHARES]


def population_choices() -> list[tuple[str, str]]:
    """Who can be counted."""
    return [(code, _(each.title)) for code, each in all_populations().items()]


def axes_of(population: str, country: str) -> tuple[Axis, ...]:
    """The codebook of a population, for naming tables: the months are those of any period."""
    month = past_months(timezone.now().date())[0]
    return all_populations()[population].axes(Scope(country, Period(month, month)))


def by_choices(axes: Sequence[Axis], named: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Attributes with their levels, as choices; the finest level goes by the attribute's name. Of those that no list holds, the `named`."""
    out, wanted = [("", "–")], set(named)
    for axis in axes:
        for at, level in enumerate(axis.levels, start=1):
            by = axis.name if at == len(axis.levels) else f"{axis.name}@{level.name}"
            if axis.listed or by in wanted:
                out.append((by, _(level.title)))
    return out


class PlanForm(HavreForm):
    """Who, when, which tables, at what price, for whom."""

    first = forms.ChoiceField(label=lazy("From"), choices=month_choices)
    last = forms.ChoiceField(label=lazy("To"), choices=month_choices, help_text=lazy("Whole months that are over. Late entries count in the month of entry."))
    line = OneOf(label=lazy("Who may read it?"), choices=lambda: [(code, _(words.LINES[code])) for code in ("public", "partner")], open=True,
                 notes={"partner": lazy("It costs the same children the same: partners and everyone are assumed to put together what they read.")})
    epsilon = forms.ChoiceField(label=lazy("How much of the privacy budget may it spend?"), choices=share_choices)

    def __init__(self, *args: Any, axes: Sequence[Axis], tables: int = TABLES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: Any = self.data if self.is_bound else self.initial
        choices = by_choices(axes, (str(held.get(f"t{table}_{way}", "")) for table in range(tables) for way in range(WAYS)))
        self.many = tables
        for table in range(tables):
            for way in range(WAYS):
                label = (_("Rows of table %(n)s"), _("Columns of table %(n)s"), _("And also, in table %(n)s"))[way] % {"n": table + 1}
                self.fields[f"t{table}_{way}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"w{table}"] = forms.ChoiceField(label=_("How much its precision matters, table %(n)s") % {"n": table + 1}, required=False, choices=[
                ("1", _("as usual")), ("3", _("more")), ("10", _("most"))])

    @property
    def table_rows(self) -> list[list[Any]]:
        """The questions about each table, with its weight last."""
        return [[*(self[f"t{table}_{way}"] for way in range(WAYS)), self[f"w{table}"]] for table in range(self.many)]

    def plan(self, population: str, country: str) -> ReleasePlan:
        """What was written. Raises InputRefused."""
        said = self.cleaned_data
        tables = []
        for table in range(self.many):
            by = [said[f"t{table}_{way}"] for way in range(WAYS) if said.get(f"t{table}_{way}")]
            if by:
                tables.append({"by": by, "weight": int(said.get(f"w{table}") or 1)})
        return plan_from({"population": population, "country": country, "first": said["first"], "last": said["last"], "tables": tables,
                          "epsilon": said["epsilon"], "line": said["line"]})


def usual_months() -> dict[str, str]:
    """The last twelve months that are over."""
    months = past_months(timezone.now().date())
    return {"first": f"{months[11]:%Y-%m}", "last": f"{months[0]:%Y-%m}"}


def start(plan: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a plan is first drawn with."""
    out: dict[str, Any] = {key: str(plan[key]) for key in ("first", "last", "line", "epsilon") if plan.get(key)}
    for number, table in enumerate(plan.get("tables", ())):
        out |= {f"t{number}_{way}": by for way, by in enumerate(table["by"][:WAYS])}
        out[f"w{number}"] = str(table.get("weight", 1))
    return out


class ReturnForm(HavreForm):
    """Why a plan goes back."""

    reason = TextAnswer(label=lazy("What should be different?"), long=True, max_length=1000)


class WithdrawForm(HavreForm):
    """Why a release is withdrawn."""

    why = OneOf(label=lazy("Why is it withdrawn?"), choices=lambda: [(code, _(words.WITHDRAWN[code])) for code in WITHDRAWN_FOR], open=True)


class AskForm(HavreForm):
    """The press that spends: nothing but the request's own id."""
