"""How are rows written so that they carry nothing but themselves? CSV, XLSX, and the encrypted archive around them. Pure."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_CONSONANTS: Final = "bdfghjklmnprstv"
_VOWELS: Final = "aeiou"
WORDS: Final = 6
_EMPTY_PROPS: Final = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.'
                         b'openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
                        b'openxmlformats.org/officeDocument/2006/extended-properties"/>',
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def harmless(cell: str) -> str:
    """The cell so that no table program takes it for a formula: an apostrophe before `=`, `+`, `-`, `@`, tab or return."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", cell)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA) else text


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a mark that table programs know, every cell harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(cell) for cell in headers])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of text cells with a sheet that says what it is; its document properties are empty."""
    import xlsxwriter
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    sheet, bold = book.add_worksheet("Havre"), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, header in enumerate(headers):
        sheet.write_string(0, column, harmless(header), bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, harmless(cell))
    notes = book.add_worksheet("About")
    for number, (name, said) in enumerate(about):
        notes.write_string(number, 0, harmless(name), bold)
        notes.write_string(number, 1, harmless(said))
    book.close()
    return _without_properties(out.getvalue())


def _without_properties(content: bytes) -> bytes:
    """The same workbook with empty document properties and no times in its archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            plain = zipfile.ZipInfo(info.filename, _EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, _EMPTY_PROPS.get(info.filename, source.read(info)))
    return out.getvalue()


def archive(files: Mapping[str, bytes], password: str) -> bytes:
    """The files in a ZIP encrypted with AES-256; a table program asks for the password."""
    import pyzipper
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as target:
        target.setpassword(password.encode())
        target.setencryption(pyzipper.WZ_AES, nbits=256)
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def password_of(random: bytes) -> str:
    """Six made-up words that can be read out on the telephone, from at least 16 random bytes (about 75 bits)."""
    if len(random) < 16:
        raise ValueError("a password needs at least 16 random bytes")
    number = int.from_bytes(random, "big")
    words = []
    for _ in range(WORDS):
        word = ""
        for _ in range(2):
            number, consonant = divmod(number, len(_CONSONANTS))
            number, vowel = divmod(number, len(_VOWELS))
            word += _CONSONANTS[consonant] + _VOWELS[vowel]
        words.append(word)
    return "-".join(words)
