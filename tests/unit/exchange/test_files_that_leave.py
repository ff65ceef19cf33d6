"""No formula, no document property, no clear text, no guessable password leaves with an export."""

import csv
import io
import zipfile

import pytest
import pyzipper

from havre.exchange.tables import read_table
from havre.exchange.writing import archive, csv_bytes, harmless, password_of, xlsx_bytes

EVIL = ['=HYPERLINK("http://x")', "+249 911", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x"]


@pytest.mark.parametrize("cell", EVIL)
def test_a_formula_is_escaped(cell):
    assert harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["Selam", "ሰላም", "محمد", "9", "O'Brien", ""])
def test_other_text_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_control_characters_do_not_leave():
    assert harmless("a\x00\x1b[31mb") == "a[31mb"


def test_csv_keeps_every_cell_in_its_place_and_harmless():
    text = csv_bytes(["=Name", "Note"], [[cell, 'with "quotes", and\nlines'] for cell in EVIL]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert all(row[0].startswith("'") for row in rows)
    assert {row[1] for row in rows[1:]} == {'with "quotes", and\nlines'}


def test_a_workbook_holds_text_only_and_no_properties():
    content = xlsx_bytes(["Name"], [[cell] for cell in EVIL], [("Made by", "Someone")])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        for name in ("docProps/core.xml", "docProps/app.xml"):
            assert b"creator" not in book.read(name)
            assert b"created" not in book.read(name)
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read_table(content).headers == ("Name",)


def test_the_archive_opens_with_the_password_alone():
    sealed = archive({"a.csv": b"Selam Tesfay"}, "baba-keke")
    assert b"Selam" not in sealed
    with pyzipper.AESZipFile(io.BytesIO(sealed)) as found:
        assert found.infolist()[0].flag_bits & 1
        with pytest.raises(RuntimeError):
            found.read("a.csv", pwd=b"wrong")
        assert found.read("a.csv", pwd=b"baba-keke") == b"Selam Tesfay"
    with zipfile.ZipFile(io.BytesIO(sealed)) as found:
        assert found.infolist()[0].compress_type == 99, "AES, not the old ZIP cipher"


def test_passwords_are_six_words_and_differ():
    made = {password_of(bytes([n]) * 15 + bytes([255 - n])) for n in range(200)}
    assert len(made) == 200
    assert {len(p.split("-")) for p in made} == {6}
    with pytest.raises(ValueError, match="16 random bytes"):
        password_of(b"short")


def test_what_left_can_come_back_as_it_was():
    table = read_table(csv_bytes(["Full name", "Telephone"], [["Selam", "+249 911"], ["'Abd al-Rahman", "=1"]]))
    assert table.rows == (("Selam", "+249 911"), ("'Abd al-Rahman", "=1"))
