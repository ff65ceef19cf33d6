"""What was spent on whom, and what is left? One ledger for each population, country and month of entry.

A child is entered in one month, so releases of different months never meet in one child; releases that share a month add up
there, whoever reads them: partners and analysts are assumed to put together what they got. What a year has left is what its
poorest month has left. Money is taken under a lock, in the transaction that measures, and the database itself refuses to go
below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from havre.config.policies import policy_for
from havre.core import ids
from havre.statistics.models import LINES, LedgerMonth, Spending
from havre.statistics.problems import BudgetSpent
from havre.statistics.releases import prices
from havre.statistics.releases.prices import Caps


@dataclass(frozen=True, slots=True)
class Standing:
    """The ledger of a year: of each line and of all together the cap and the most that any month has spent. Billionths of rho."""

    country: str
    ledger: str
    year: int
    caps: Caps
    public: int
    partner: int
    room: int
    total: int

    def left(self, line: str) -> int:
        """What a line can still spend on the poorest month."""
        spent = {"public": self.public, "partner": self.partner, "room": self.room}[line]
        return max(0, min(self.caps.line(line) - spent, self.caps.total - self.total))


def left(country: str, ledger: str, months: Sequence[date], line: str) -> int:
    """What the line can still spend on every one of these months: the least of them. Takes nothing and locks nothing."""
    caps = prices.caps_of(policy_for(country))
    least = min(caps.line(line), caps.total)
    for row in LedgerMonth.objects.filter(country=country, ledger=ledger, month__in=list(months)):
        least = min(least, caps.line(line) - int(getattr(row, line)), caps.total - row.public - row.partner - row.room)
    return max(0, least)


def spend(*, kind: str, subject: UUID, code: str, country: str, ledger: str, population: str, months: Sequence[date], line: str, price: int,
          at: datetime, by: UUID) -> Spending:
    """Take a price from a line on every month, all or none, under the lock of those months. Raises BudgetSpent.

    One subject pays once: a second payment breaks a constraint of the database. Call it inside the transaction that measures.
    """
    if line not in LINES or price <= 0 or not months:
        raise ValueError("a payment names a line, months and a price above nothing")
    caps = prices.caps_of(policy_for(country))
    for row in _locked(country, ledger, months, caps):
        setattr(row, line, getattr(row, line) + price)
        if getattr(row, line) > caps.line(line) or row.public + row.partner + row.room > caps.total:
            raise BudgetSpent()
        row.save(update_fields=[line, "cap_public", "cap_partner", "cap_room", "cap_total"])
    return Spending.objects.create(id=ids.new_id(), kind=kind, subject=subject, code=code, country=country, ledger=ledger, population=population,
                                   months=list(months), line=line, rho=price, at=at, by=by)


def lock(country: str, ledger: str, months: Sequence[date]) -> None:
    """Keep the ledger of these months to oneself until the transaction ends; everyone takes the months in their order."""
    _locked(country, ledger, months, prices.caps_of(policy_for(country)))


def _locked(country: str, ledger: str, months: Sequence[date], caps: Caps) -> list[LedgerMonth]:
    """The rows of these months, made where missing, locked in their order, with the caps of today (never below what is spent)."""
    LedgerMonth.objects.bulk_create([LedgerMonth(country=country, ledger=ledger, month=month, cap_public=caps.public, cap_partner=caps.partner,
                                                 cap_room=caps.room, cap_total=caps.total) for month in months], ignore_conflicts=True)
    rows = list(LedgerMonth.objects.select_for_update().filter(country=country, ledger=ledger, month__in=list(months)).order_by("month"))
    for row in rows:
        row.cap_public, row.cap_partner = max(caps.public, row.public), max(caps.partner, row.partner)
        row.cap_room, row.cap_total = max(caps.room, row.room), max(caps.total, row.public + row.partner + row.room)
    return rows


def standing(country: str, ledger: str, year: int) -> Standing:
    """The ledger of a year: the most that any of its months has spent, line by line and together."""
    rows = LedgerMonth.objects.filter(country=country, ledger=ledger, month__year=year)
    most = rows.aggregate(*(Max(line) for line in LINES))
    total = max((row.public + row.partner + row.room for row in rows), default=0)
    return Standing(country, ledger, year, prices.caps_of(policy_for(country)), most["public__max"] or 0, most["partner__max"] or 0,
                    most["room__max"] or 0, total)


def spent_on(country: str, ledger: str, months: Sequence[date]) -> int:
    """The most that any of these months has spent on every line together: the ledger total that a release states."""
    rows = LedgerMonth.objects.filter(country=country, ledger=ledger, month__in=list(months))
    return max((row.public + row.partner + row.room for row in rows), default=0)
