"""What does a file of administrative places say, row by row, and what is wrong with it?

Reads the layout of the Common Operational Datasets for administrative boundaries (COD-AB, OCHA): one row for
each place of the lowest level, with the code and the names of every level above it, in columns such as
ADM2_PCODE, ADM2_EN, ADM2_FR (also admin2Pcode, admin2Name_en, adm2_name). A row of HXL tags is skipped.
Nothing is written here: `place_import` writes what this module has read.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from havre.reference.countries import is_country

LOWEST_LEVEL = 4
PCODE_LENGTH = 20
NAME_LENGTH = 200

_COLUMN = re.compile(r"^adm(?:in)?([0-4])_?(pcode|name)?_?([a-z]{2,3})?$", re.IGNORECASE)
_PCODE = re.compile(r"^[A-Za-z]{2}[A-Za-z0-9_.-]*$")
_NOT_NAMES = frozenset({"ref", "id", "uid"})
_LATITUDE = ("center_lat", "latitude", "lat")
_LONGITUDE = ("center_lon", "longitude", "lon")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as the file describes it: `level` 0 is the country, `names` go by language."""

    pcode: str
    level: int
    parent: str | None
    country: str
    name: str
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row of the file (the header is row 1) and what to do about it."""

    row: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """All that was read: places by level, parents before children, and every error found."""

    places: tuple[PlaceRow, ...]
    errors: tuple[RowError, ...]

    @property
    def levels(self) -> frozenset[int]:
        """The levels for which this file has places."""
        return frozenset(place.level for place in self.places)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the file keeps what: `codes[level]` and `names[level][language]` are positions in a row."""

    codes: Mapping[int, int]
    names: Mapping[int, Mapping[str, int]]
    latitude: int | None
    longitude: int | None
    width: int


class _Refused(Exception):
    """A row cannot be used; carries the code and the sentence for its RowError."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_places(content: bytes, *, country: str | None = None) -> PlaceFile:
    """Read a COD-AB file (CSV, UTF-8 with or without byte order mark; comma, semicolon or tab).

    `country` is the ISO 3166-1 alpha-2 code when the P-codes do not begin with it. Nothing in the file
    makes this raise: each fault is a RowError, and the places that could be read are returned as well.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is not in UTF-8. Save it again as “CSV UTF-8”, then try again."
        return PlaceFile((), (RowError(1, "not_utf8", message),))
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        return PlaceFile((), (RowError(1, "empty", "The file is empty."),))
    try:
        columns = _columns(header[1])
    except _Refused as refused:
        return PlaceFile((), (RowError(header[0], refused.code, str(refused)),))
    return _collect(rows, columns, country)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number, without blank rows and rows of HXL tags."""
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    # Line numbers count rows of the file as a spreadsheet shows them, not physical lines.
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if filled and not all(cell.startswith("#") for cell in filled):
            yield number, cells


def _columns(header: list[str]) -> _Columns:
    codes: dict[int, int] = {}
    names: dict[int, dict[str, int]] = {}
    for position, title in enumerate(header):
        found = _COLUMN.match(title)
        if not found:
            continue
        level, kind, language = int(found[1]), (found[2] or "").lower(), (found[3] or "").lower()
        if kind == "pcode" and not language:
            codes.setdefault(level, position)
        elif kind != "pcode" and language not in _NOT_NAMES and (kind == "name" or language):
            names.setdefault(level, {}).setdefault(language, position)
    if 0 not in codes:
        raise _Refused(
            "no_country_column", "There is no column ADM0_PCODE: the first row must name the columns."
        )
    lowest = max(codes)
    missing = [level for level in range(lowest + 1) if level not in codes or level not in names]
    if missing:
        level = missing[0]
        raise _Refused(
            "missing_column",
            f"Level {level} needs a column ADM{level}_PCODE and a name column, such as ADM{level}_EN.",
        )
    lower = [title.lower() for title in header]
    return _Columns(codes, names, _position(lower, _LATITUDE), _position(lower, _LONGITUDE), len(header))


def _position(titles: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((titles.index(title) for title in wanted if title in titles), None)


def _collect(rows: Iterator[tuple[int, list[str]]], columns: _Columns, country: str | None) -> PlaceFile:
    places: dict[str, PlaceRow] = {}
    errors: list[RowError] = []
    for number, row in rows:
        try:
            for place in _chain(row, columns, country):
                places[place.pcode] = _agreed(places.get(place.pcode), place)
        except _Refused as refused:
            errors.append(RowError(number, refused.code, str(refused)))
    if not places and not errors:
        errors.append(RowError(1, "no_places", "The file has column names but no places."))
    ordered = sorted(places.values(), key=lambda place: (place.level, place.pcode))
    return PlaceFile(tuple(ordered), tuple(errors))


def _chain(row: list[str], columns: _Columns, country: str | None) -> list[PlaceRow]:
    """The places of one row, from the country down."""
    if len(row) != columns.width:
        raise _Refused("wrong_width", f"This row has {len(row)} cells; the first row has {columns.width}.")
    depth = max((level for level, at in columns.codes.items() if row[at]), default=-1)
    if depth < 0:
        raise _Refused("no_code", "This row has no P-code. Add the code or remove the row.")
    home = _country(row[columns.codes[0]], country)
    chain: list[PlaceRow] = []
    for level in range(depth + 1):
        parent = chain[-1].pcode if chain else None
        chain.append(_place(row, columns, level, parent, home))
    if depth == max(columns.codes):
        latitude, longitude = _point(row, columns)
        chain[-1] = replace(chain[-1], latitude=latitude, longitude=longitude)
    _no_name_below(row, columns, depth)
    return chain


def _no_name_below(row: list[str], columns: _Columns, depth: int) -> None:
    for level, by_language in columns.names.items():
        if level > depth and any(row[at] for at in by_language.values()):
            raise _Refused("name_without_code", f"Level {level} has a name but no P-code.")


def _country(pcode: str, given: str | None) -> str:
    code = given or pcode[:2].upper()
    if not is_country(code):
        raise _Refused("unknown_country", f"“{code}” is not the code of a country (ISO 3166-1, two letters).")
    return code


def _place(row: list[str], columns: _Columns, level: int, parent: str | None, country: str) -> PlaceRow:
    pcode = row[columns.codes[level]]
    if not pcode:
        raise _Refused("gap", f"Level {level} has no P-code, but a level below it has one.")
    if len(pcode) > PCODE_LENGTH or not _PCODE.match(pcode):
        raise _Refused("bad_code", f"“{pcode}” is not a P-code: two letters first, then letters and digits.")
    names = {language: row[at] for language, at in columns.names.get(level, {}).items() if row[at]}
    if not names:
        raise _Refused("no_name", f"The place {pcode} has no name.")
    if any(len(name) > NAME_LENGTH for name in names.values()):
        raise _Refused("long_name", f"The name of {pcode} is longer than {NAME_LENGTH} characters.")
    name = next((names[each] for each in ("en", "fr", "") if each in names), None) or next(
        iter(names.values())
    )
    by_language = {language: value for language, value in names.items() if language}
    return PlaceRow(pcode, level, parent, country, name, MappingProxyType(by_language))


def _point(row: list[str], columns: _Columns) -> tuple[float | None, float | None]:
    if columns.latitude is None or columns.longitude is None:
        return None, None
    north, east = row[columns.latitude], row[columns.longitude]
    if not north and not east:
        return None, None
    try:
        latitude, longitude = float(north), float(east)
    except ValueError:
        raise _Refused("bad_point", f"“{north}, {east}” are not a latitude and a longitude.") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise _Refused("bad_point", f"{north}, {east} is not a point on earth.")
    return latitude, longitude


def _agreed(known: PlaceRow | None, place: PlaceRow) -> PlaceRow:
    """The place as all rows say it; a point given once is kept."""
    if known is None:
        return place
    same_place = (known.level, known.parent) == (place.level, place.parent)
    if not same_place:
        raise _Refused("two_parents", f"The P-code {place.pcode} stands in two different places of the tree.")
    if (known.name, dict(known.names)) != (place.name, dict(place.names)):
        raise _Refused(
            "two_names", f"The P-code {place.pcode} is “{known.name}” above and “{place.name}” here."
        )
    return place if place.latitude is not None else known
