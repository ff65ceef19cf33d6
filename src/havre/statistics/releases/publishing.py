"""When does everyone see a release? On its fixed day, once; a later one of the same months is a new version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from types import MappingProxyType
from typing import Any
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
from havre.statistics.releases.telling import heard
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
    made = put_out(stored, release=record.pk, code=record.file.code, at=unit.at)
    unit.change(record, status=RELEASE.move(record.status, "publish"), published_at=unit.at)
    heard(unit, record)
    unit.note("release_published", record, version=made.version)
    unit.detail |= {"sheet": stored.pk, "version": made.version}
    return record


def put_out(stored: StoredSheet, *, release: UUID, code: str, at: datetime, more: Mapping[str, Any] = MappingProxyType({})) -> Publication:
    """A sheet in the catalogue, with every table as it is read. `more` goes into its statement for machines."""
    sheet = covering.opened(stored)
    tables = [shown(sheet.table(spec), stored.codebook) for spec in with_margins(stored.tables)]
    series = f"{stored.country}/{stored.population}/{stored.first_month:%Y-%m}/{stored.last_month:%Y-%m}/{stored.line}"
    version = (Publication.objects.filter(series=series).aggregate(n=Max("version"))["n"] or 0) + 1
    return Publication.objects.create(
        id=ids.new_id(), release=release, code=code, series=series, version=version, line=stored.line, sheet=stored, shown=tables,
        statement=statement(stored, code=code, version=version, published_on=at.date()) | dict(more), published_at=at)
