"""How does a count become a stored sheet? The one door between children and what is said of them."""

from datetime import datetime

from havre.disclosure import Sheet, measure, to_bytes
from havre.statistics.models import Spending, StoredSheet
from havre.statistics.populations.axes import codebook
from havre.statistics.releases.plans import ReleasePlan
from havre.statistics.releases.preview import noise_plan
from havre.statistics.releases.snapshot import snapshot


def keep(plan: ReleasePlan, spending: Spending, at: datetime) -> StoredSheet:
    """Count, add noise, forget the count, store the sheet. Call it in the transaction in which `spending` was made, after it."""
    return store(plan, measure(noise_plan(plan), snapshot(plan)), spending, at)


def store(plan: ReleasePlan, sheet: Sheet, spending: Spending, at: datetime) -> StoredSheet:
    """Store a sheet with the codebook of its day."""
    return StoredSheet.objects.create(
        id=sheet.id, spending=spending, population=plan.population, country=plan.country, first_month=plan.period.first,
        last_month=plan.period.last, line=plan.line, tables=[[list(pair) for pair in spec] for spec in plan.specs],
        codebook=codebook(plan.axes), content=to_bytes(sheet), measured_at=at)
