"""When does everyone see a release? On its fixed day, once; a later one of the same months is a new version."""

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from django.db.models import Max

from havre.core import ids
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import permissions
from havre.statistics.models import Publication, Release, StoredSheet
from havre.statistics.releases import covering
from havre.statistics.releases.shown import shown
from havre.statistics.releases.statements import statement
from havre.statistics.states import RELEASE, Status


def with_margins(tables: Sequence[Sequence[Sequence[str | int]]]) -> list[tuple[tuple[str, int], ...]]:
    """The planned tables and every table that one reads off their margins, each once: the planned ones first, the total last."""
    planned = [tuple((str(name), int(at)) for name, at in table) for table in tables]
    margins = [part for table in planned for size in reversed(range(len(table))) for part in combinations(table, size)]
    return list(dict.fromkeys([*planned, *margins]))


@action(permissions.CARRY)
def publish_release(unit: Unit, *, release: UUID) -> Release:
    """Put a measured release in the catalogue when its day has come. Called again, or too early, it changes nothing."""
    record = unit.get(Release, release, lock=True)
    if record.status != Status.MEASURED or record.release_on is None or record.release_on > unit.at.date():
        return record
    stored = StoredSheet.objects.get(spending__subject=record.pk)
    sheet = covering.opened(stored)
    tables = [shown(sheet.table(spec), stored.codebook) for spec in with_margins(stored.tables)]
    series = f"{record.country}/{record.population}/{record.first_month:%Y-%m}/{record.last_month:%Y-%m}/{record.line}"
    version = (Publication.objects.filter(series=series).aggregate(n=Max("version"))["n"] or 0) + 1
    Publication.objects.create(
        id=ids.new_id(), release=record.pk, code=record.file.code, series=series, version=version, line=record.line, sheet=stored, shown=tables,
        statement=statement(stored, code=record.file.code, version=version, published_on=unit.at.date()),
        published_at=unit.at)
    unit.change(record, status=RELEASE.move(record.status, "publish"), published_at=unit.at)
    unit.note("release_published", record, version=version)
    unit.detail |= {"sheet": stored.pk, "version": version}
    return record
