"""How do the places of a file get into the tree, and what would change if they did?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from havre.reference.models import Place
from havre.reference.order import search_text
from havre.reference.places import PlaceFile, PlaceRow, RowError

_FIELDS = ("name", "names", "level", "parent", "country", "latitude", "longitude", "search_text", "retired")
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: P-codes by what happens to them. With errors nothing is written."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()
    written: bool = False


def import_places(file: PlaceFile, *, dry_run: bool = False) -> ImportReport:
    """Bring the tree to what `file` says, all or nothing; with errors in the file nothing is written.

    New P-codes are created, changed ones updated, retired ones that reappear taken up again. Places of the
    same countries and levels that the file no longer has are retired, never deleted: old records name them.
    """
    if file.errors:
        return ImportReport(errors=file.errors)
    with transaction.atomic():
        known = {
            place.pcode: place for place in Place.objects.select_for_update().filter(pcode__in=_codes(file))
        }
        changed = [
            row for row in file.places if row.pcode in known and _differs(known[row.pcode], row, known)
        ]
        created = [row for row in file.places if row.pcode not in known]
        gone = _gone(file)
        if not dry_run:
            _write(created, changed, known)
            Place.objects.filter(pcode__in=gone).update(retired=True)
    return ImportReport(
        created=tuple(row.pcode for row in created),
        updated=tuple(row.pcode for row in changed),
        retired=gone,
        unchanged=len(file.places) - len(created) - len(changed),
        written=not dry_run,
    )


def _codes(file: PlaceFile) -> list[str]:
    return [row.pcode for row in file.places]


def _gone(file: PlaceFile) -> tuple[str, ...]:
    countries = {row.country for row in file.places}
    absent = Place.objects.filter(country__in=countries, level__in=file.levels, retired=False)
    return tuple(absent.exclude(pcode__in=_codes(file)).order_by("pcode").values_list("pcode", flat=True))


def _differs(place: Place, row: PlaceRow, known: Mapping[str, Place]) -> bool:
    parent = known.get(row.parent) if row.parent else None
    parent_stays = place.parent_id == (parent.pk if parent else None)
    values = (place.name, place.names, place.level, place.country, place.latitude, place.longitude)
    wanted = (row.name, dict(row.names), row.level, row.country, row.latitude, row.longitude)
    return place.retired or not parent_stays or values != wanted


def _write(created: Iterable[PlaceRow], changed: Iterable[PlaceRow], known: dict[str, Place]) -> None:
    """Write level by level, so that a parent has its key before its children need it."""
    for level in range(5):
        fresh = [_filled(Place(pcode=row.pcode), row, known) for row in created if row.level == level]
        for place in Place.objects.bulk_create(fresh, batch_size=_BATCH):
            known[place.pcode] = place
    updates = [_filled(known[row.pcode], row, known) for row in changed]
    Place.objects.bulk_update(updates, _FIELDS, batch_size=_BATCH)


def _filled(place: Place, row: PlaceRow, known: Mapping[str, Place]) -> Place:
    place.name, place.names, place.level = row.name, dict(row.names), row.level
    place.parent = known[row.parent] if row.parent else None
    place.country, place.latitude, place.longitude = row.country, row.latitude, row.longitude
    place.search_text = search_text([row.pcode, row.name, *row.names.values()])
    place.retired = False
    return place
