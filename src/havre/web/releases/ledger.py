"""The page of the privacy budget: what is spent on what, and what is left."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.config.policies import policy_for
from havre.statistics import permissions, queries
from havre.statistics.populations import all_populations
from havre.statistics.populations.period import Period
from havre.statistics.queries import LedgerYear
from havre.statistics.releases import prices
from havre.web.releases import words
from havre.web.screen import screen


@screen(permissions.LEDGER)
def page(request: HttpRequest) -> HttpResponse:
    """Every ledger of the country in one year."""
    actor = request.actor  # type: ignore[attr-defined]
    this = timezone.now().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this
    exponent = policy_for(actor.country).privacy_delta_exponent
    held = queries.ledgers(actor, year)
    return render(request, "releases/ledger.html", {
        "year": year, "years": range(this, this - 4, -1), "ledgers": [_ledger(each, exponent) for each in held if each.standing.total],
        "untouched": [_(all_populations()[each.standing.ledger].title) for each in held if not each.standing.total],
        "most": words.epsilon(_up(prices.epsilon(max((each.standing.caps.total for each in held), default=0), exponent))),
        "together": words.epsilon(_up(prices.epsilon(sum(each.standing.total for each in held), exponent)))})


def _ledger(each: LedgerYear, exponent: int) -> dict[str, Any]:
    standing = each.standing
    lines = [("", _("All together"), standing.total, standing.caps.total), *((line, _(words.LINES[line]), getattr(standing, line), standing.caps.line(line))
                                                                            for line in ("public", "partner", "room"))]
    return {
        "title": _(all_populations()[standing.ledger].title),
        "others": [_(p.title) for p in all_populations().values() if p.ledger == standing.ledger and p.code != standing.ledger],
        "lines": [{"title": title, "spent": words.epsilon(_up(prices.epsilon(spent, exponent))), "cap": words.epsilon(_up(prices.epsilon(cap, exponent))),
                   "share": f"{100 * spent / cap:.1f}"} for _line, title, spent, cap in lines],
        "payments": [{"code": row.code, "kind": row.kind, "who": _(all_populations()[row.population].title), "months": words.months(Period(row.months[0], row.months[-1])),
                      "line": _(words.LINES[row.line]), "epsilon": words.epsilon(_up(prices.epsilon(row.rho, exponent))), "at": row.at} for row in each.payments]}


def _up(epsilon: float) -> float:
    """Rounded up in the third digit; a trillionth above is rounding in the conversion there and back."""
    return math.ceil(epsilon * 1000 - 1e-6) / 1000
