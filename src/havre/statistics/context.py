"""What is known of a place besides the children there? A small table that an instance loads: place, indicator, value, source, date.

Public figures of others (how many are displaced, how far the next school is), never a count of children on file: those are released with
noise. They stand beside patterns that are told by place, with their source, and are never put into a formula with them.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference.models import Place
from havre.statistics import permissions
from havre.statistics.models import PlaceContext
from havre.statistics.problems import ContextRefused

COLUMNS: Final = ("pcode", "indicator", "value", "source", "date")
MOST_ROWS: Final = 20_000
LONGEST: Final = 200
_LARGEST: Final = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Known:
    """One figure of a place."""

    pcode: str
    indicator: str
    value: Decimal
    source: str
    on: date


@action(permissions.LOAD_CONTEXT)
def load_context(unit: Unit, *, content: bytes) -> None:
    """Take in a CSV file, all or nothing: it replaces what its sources said before. Raises ContextRefused with the rows to mend."""
    rows = read(content, frozenset(Place.objects.filter(retired=False).values_list("pcode", flat=True)))
    sources = sorted({row.source for row in rows})
    gone, _ = PlaceContext.objects.filter(source__in=sources).delete()
    PlaceContext.objects.bulk_create([PlaceContext(pcode=row.pcode, indicator=row.indicator, value=row.value, source=row.source, on=row.on,
                                                   loaded_at=unit.at, loaded_by=unit.by.id) for row in rows], batch_size=1000)
    unit.detail |= {"rows": len(rows), "replaced": gone, "sources": len(sources)}


def read(content: bytes, places: Collection[str]) -> list[Known]:
    """The rows of a file. A second row of HXL tags is passed over. Raises ContextRefused: no row is taken when one cannot be read."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise ContextRefused([(1, "not_csv")]) from None
    heads = [cell.strip().lower() for cell in lines[0]] if lines else []
    if any(name not in heads for name in COLUMNS):
        raise ContextRefused([(1, "columns")])
    if len(lines) - 1 > MOST_ROWS:
        raise ContextRefused([(MOST_ROWS + 2, "too_many")])
    found: dict[tuple[str, str, str, date], Known] = {}
    wrong: list[tuple[int, str]] = []
    for number, cells in _numbered(lines):
        said = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        row = _known(said, places)
        if isinstance(row, str):
            wrong.append((number, row))
        elif (key := (row.pcode, row.indicator, row.source, row.on)) in found:
            wrong.append((number, "twice"))
        else:
            found[key] = row
    if wrong or not found:
        raise ContextRefused(wrong or [(1, "empty")])
    return list(found.values())


def _numbered(lines: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells) and not (number == 2 and all(cell.strip()[:1] in {"#", ""} for cell in cells)):
            yield number, cells


def _known(said: Mapping[str, str], places: Collection[str]) -> Known | str:
    """One row, or why it cannot be read."""
    texts = said.get("indicator", ""), said.get("source", "")
    if said.get("pcode", "") not in places:
        return "place"
    if not all(0 < len(text) <= LONGEST for text in texts):
        return "texts"
    try:
        value = Decimal(said.get("value", ""))
        on = date.fromisoformat(said.get("date", ""))
    except InvalidOperation:
        return "value"
    except ValueError:
        return "date"
    if not value.is_finite() or abs(value) >= _LARGEST:
        return "value"
    return Known(said["pcode"], texts[0], value, texts[1], on)


def context_of(codes: Collection[str]) -> dict[str, list[PlaceContext]]:
    """What is known of places, by the code of an axis of places (P-codes, or countries): of each indicator and source the newest."""
    by_pcode = {code: code for code in codes} | dict(Place.objects.filter(level=0, country__in=codes).values_list("pcode", "country"))
    out: dict[str, dict[tuple[str, str], PlaceContext]] = {}
    for row in PlaceContext.objects.filter(pcode__in=by_pcode).order_by("indicator", "source", "on"):
        out.setdefault(by_pcode[row.pcode], {})[row.indicator, row.source] = row
    return {code: list(rows.values()) for code, rows in out.items()}


def sources_held() -> list[tuple[str, int, date]]:
    """What was loaded: each source with its number of rows and its newest date."""
    held: dict[str, list[date]] = {}
    for source, on in PlaceContext.objects.order_by("source").values_list("source", "on"):
        held.setdefault(source, []).append(on)
    return [(source, len(days), max(days)) for source, days in held.items()]
