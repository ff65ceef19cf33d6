"""Whatever a table program saves is read, or refused with what to do."""

import io
import zipfile

import pytest
import xlsxwriter

from havre.core.problems import InputRefused
from havre.exchange import tables
from havre.exchange.tables import read_table


def book(*rows, sheets=1):
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for _ in range(sheets - 1):
        workbook.add_worksheet()
    sheet = workbook.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    workbook.close()
    return out.getvalue()


@pytest.mark.parametrize("content", [
    b"Name,Age\nSelam,9\n",
    "Name;Age\r\nSelam;9\r\n".encode("utf-8-sig"),
    "Name\tAge\nSelam\t9".encode("utf-16"),
    b"\n\nName,Age\n\nSelam,9\n,\n",
    b"Name,Age\n#meta+name,#age\nSelam,9\n",
])
def test_csv_of_every_kind_is_one_table(content):
    table = read_table(content)
    assert (table.headers, table.rows, table.kind) == (("Name", "Age"), (("Selam", "9"),), "csv")


def test_a_workbook_gives_text_as_people_see_it():
    import datetime as dt
    table = read_table(book(("Name", "Age", "Born"), ("ሰላም", 9, dt.datetime(2016, 5, 3)), ("محمد", 9.5, ""), sheets=2))
    assert table.rows == (("ሰላም", "9", "2016-05-03"), ("محمد", "9.5", ""))
    assert table.numbers == (2, 3)
    assert table.kind == "xlsx"


def test_row_numbers_are_those_of_the_table_program():
    assert read_table(b"Name\nA\n\nB\n").numbers == (2, 4)


def test_headings_that_stand_twice_can_be_told_apart():
    assert read_table(b"Name,Name,,Name\na,b,c,d\n").headers == ("Name", "Name (2)", "Name (3)")


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", tables.NO_HEADINGS),
    (b"Name,Age\n", tables.NO_ROWS),
    ("Prénom\nZoé\n".encode("cp1252"), tables.NOT_UTF8),
    (b"PK\x03\x04garbage", tables.NOT_A_TABLE),
    (b"\xd0\xcf\x11\xe0rest", tables.LOCKED),
    (b"a\x00b\nc\n", tables.NOT_A_TABLE),
    (b'Name\n"open quote', tables.NOT_A_TABLE),
    (b"Name\n" + b"x\n" * 5001, tables.TOO_MANY_ROWS),
    (b",".join(b"h%d" % n for n in range(201)) + b"\nx\n", tables.TOO_MANY_COLUMNS),
    (b"x" * 5_000_001, tables.TOO_LARGE),
])
def test_what_cannot_be_read_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(InputRefused) as refused:
        read_table(content)
    assert refused.value.errors == {"file": [sentence]}


def test_an_archive_that_is_no_workbook_or_swells_is_refused():
    plain, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MOST_UNPACKED + 1))
    for content, sentence in ((plain.getvalue(), tables.NOT_A_TABLE), (bomb.getvalue(), tables.TOO_LARGE)):
        with pytest.raises(InputRefused) as refused:
            read_table(content)
        assert refused.value.errors == {"file": [sentence]}
