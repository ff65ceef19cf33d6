"""What does an uploaded file hold, as text, row by row? Pure: bytes in, a table out, or one sentence on what to mend."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from havre.core.problems import InputRefused
from havre.core.words import N_

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_ROWS: Final = 5000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 4000

TOO_LARGE = N_("The file is larger than 5 MB. Split it into several files.")
NOT_UTF8 = N_("The letters of this file cannot be read. In your table program choose “Save as”, then “CSV UTF-8” or XLSX.")
NOT_A_TABLE = N_("This is not a CSV or XLSX file. In your table program choose “Save as”, then CSV UTF-8 or XLSX.")
NO_ROWS = N_("There is no row below the headings.")
NO_HEADINGS = N_("The first row must hold the headings of the columns.")
TOO_MANY_ROWS = N_("The file has more than 5,000 rows. Split it into several files.")
TOO_MANY_COLUMNS = N_("The file has more than 200 columns. Remove those that are not needed.")
LOCKED = N_("This file is protected by a password. Save it without the password, import it, then delete it.")


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and the rows as text. `numbers` are the row numbers as the table program shows them (headings are row 1)."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    kind: str

    def column(self, header: str) -> list[str]:
        """The cells under a heading."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows]


def read_table(content: bytes) -> Table:
    """The table in an uploaded CSV or XLSX (its first sheet that holds rows). Raises InputRefused on the field `file`."""
    if len(content) > MOST_BYTES:
        raise _refused(TOO_LARGE)
    if content.startswith(b"PK\x03\x04"):
        return _table(_sheet(content), "xlsx")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(LOCKED)
    return _table(_lines(content), "csv")


def _refused(sentence: str) -> InputRefused:
    return InputRefused({"file": [sentence]})


def _sheet(content: bytes) -> list[list[str]]:
    """The first sheet with rows. An archive that is no workbook, or unpacks to too much, is refused before it is opened."""
    from python_calamine import CalamineError, CalamineWorkbook
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile:
        raise _refused(NOT_A_TABLE) from None
    if "xl/workbook.xml" not in {info.filename for info in infos}:
        raise _refused(NOT_A_TABLE)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise _refused(TOO_LARGE)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return [[_cell(value) for value in row] for row in rows]
    except CalamineError:
        raise _refused(NOT_A_TABLE) from None
    return []


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _lines(content: bytes) -> list[list[str]]:
    text = _text(content)
    if "\x00" in text:
        raise _refused(NOT_A_TABLE)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        raise _refused(NOT_A_TABLE) from None


def _text(content: bytes) -> str:
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(NOT_UTF8) from None


def _table(lines: Sequence[Sequence[str]], kind: str) -> Table:
    start = next((at for at, line in enumerate(lines) if any(cell.strip() for cell in line)), None)
    if start is None:
        raise _refused(NO_HEADINGS)
    headings = [" ".join(cell.split()) for cell in lines[start]]
    keep = [at for at, heading in enumerate(headings) if heading]
    if len(keep) > MOST_COLUMNS:
        raise _refused(TOO_MANY_COLUMNS)
    rows, numbers = [], []
    for number, line in enumerate(lines[start + 1:], start + 2):
        cells = tuple(_unescaped(line[at].strip())[:LONGEST_CELL] if at < len(line) else "" for at in keep)
        if any(cells) and not _is_tags(cells):
            rows.append(cells)
            numbers.append(number)
    if not rows:
        raise _refused(NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise _refused(TOO_MANY_ROWS)
    return Table(_distinct(headings[at] for at in keep), tuple(rows), tuple(numbers), kind)


def _unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps table programs from running it (an export of ours, or of another system)."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _is_tags(cells: Sequence[str]) -> bool:
    """A row of HXL tags (`#meta+id`) under the headings."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(cell.startswith("#") for cell in said)


def _distinct(headers: Iterable[str]) -> tuple[str, ...]:
    """A heading that stands twice gets a number, so that each column can be chosen."""
    out: list[str] = []
    for header in headers:
        name, n = header, 1
        while name in out:
            n += 1
            name = f"{header} ({n})"
        out.append(name)
    return tuple(out)
