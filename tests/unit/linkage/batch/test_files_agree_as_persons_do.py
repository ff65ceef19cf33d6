"""Two rows of files reach the very level of agreement, field by field, that two descriptions of persons reach."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from havre.linkage.batch.compare import levels
from havre.linkage.batch.fields import plan
from havre.linkage.batch.rows import Rows, Vocabulary, read_rows
from havre.linkage.evidence import PART_LEVELS
from havre.linkage.flat.people import described
from havre.linkage.prepared import Prepared, read_through

SIZE = 120  # rows of either side, each compared with every one of the other
DATES = ("2016", "2016-01", "2016-01-01", "2016-03-04", "2016-04-03", "2016-03-14", "2015-03-04", "2012-11-30", "2016-07-01", "2008-06-25",
         "2009", "2010-04-29", "2018-01-07", "1395", "1395-05-12", "2016-08-02", "1437-10-28", "1395-02-31", "20160802", "nonsense")  # fmt: skip
TELLING = ("burn shaped like a crescent on the chest", "crescent burn", "brûlure à la poitrine", "missing tooth; scar on the left hand", "scar",
           "tooth missing in front", "silver ring with a crescent", "ring of silver; school book", "ندبة")  # fmt: skip
SAID: dict[str, tuple[str, ...]] = {
    "given": ("Selam", "ሰላም", "Yusuf", "Dr Yusuf", "أمينة", "Amina"), "sex": ("female", "F", "girl", "male", "unknown", "x"),
    "birth_date": DATES, "recorded_on": ("2026-01-10", "2025", "2024-06-01"), "separation_date": (*DATES, "2016-03-05", "2016-03-20", "2014"),
    "origin": ("Sudan > Kassala", "Soudan > كسلا", "SD > Kassala > Wad Sharife", "Ethiopia > Tigray > Adi Beles", "ET > Tigray > Adi Belles",
               "Tigray", "Ethiopia", "ET0105", "ET0106", "Eritrea > Barentu"),
    "last_seen": ("Libya > Tripoli", "Tripoli", "LY", "Libya > Sabha", "SD01 > SD0101", "Libya > Fezzan > Sabha", "Libya > Fezzan > Murzuq"),
    "birth_place": ("Eritrea > Gash > Barentu", "Eritrea > Gash > Teseney", "ኤርትራ", "Eritrea > Asmara", "Asmara"),
    "separation_place": ("Sudan > Khartoum", "Khartoum", "Sudan > Gedaref > Doka", "SDN > Gedaref > Galabat", "السودان > الخرطوم"),
    "separation_cause": ("attack", "Attack on the village", "flood", "conflict; flood", "the river"),
    "languages": ("ti", "Tigrinya; Arabic", "Amharic", "ar", "عربي; ku", "Kurmanji", "Dinka", "Farsi"),
    "ethnicity": ("Tigrinya", "Tigray", "Beja", "Bejja", "Nuer", "Dinka", "Hazara", "Pashtun", "Pashtoon"),
    "phones": ("+251 911 223344", "0911 223344", "0911223345", "223344", "0911 232344; 12", "12"),
    "identifiers": ("AB-12345", "ab 12345", "AB-123456", "AB-12354", "XX-1", "KM 99887766; AB-12345"),
    "features": TELLING, "belongings": TELLING,
    "companions": ("Amina Saleh", "Amina", "Saleh Amina; Yusuf", "Mohammed Ali; Amina Saleh", "محمد", "Mohamed Aly", "Abdul Rahman Omar", "Omar"),
    "siblings": ("Amina (5); Yusuf", "Mohamed", "Dawit/ዳዊት (5)"), "relatives": ("aunt: Amina Saleh; uncle: Omar", "mother: Amina", "son: Yusuf"),
}  # fmt: skip
FIELDS = ("sex", "birth", "origin", "last_seen", "birth_place", "separation_place", "separation_date", "separation_cause", "companions", "language",
          "ethnicity", "phone", "identifier", "features", "belongings")  # fmt: skip


def _rows(rng: Random) -> list[dict[str, str]]:
    out = []
    for _ in range(SIZE):
        row = {column: rng.choice(values) for column, values in SAID.items() if rng.random() < 0.6}
        if rng.random() < 0.5:
            row |= {"age_min": str(rng.choice((5, 8, 9, 10, 15)))} | ({"age_max": str(rng.choice((11, 12, 15)))} if rng.random() < 0.5 else {})
            if rng.random() < 0.8:
                row.pop("birth_date", None)
        out.append(row)
    return out


@pytest.fixture(scope="module")
def sides() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    rng = Random(17)
    return _rows(rng), _rows(rng)


@pytest.fixture(scope="module")
def read(sides: tuple[list[dict[str, str]], list[dict[str, str]]]) -> tuple[tuple[Rows, ...], Vocabulary]:
    vocabulary, columns = Vocabulary(), (*SAID, "age_min", "age_max")
    fields = plan(dict.fromkeys(columns, ""), dict.fromkeys(columns, ""))
    ids = pa.array([str(k) for k in range(SIZE)])
    return tuple(read_rows({c: pa.array([row.get(c) for row in side], pa.string()) for c in columns}, ids, fields, vocabulary)
                 for side in sides), vocabulary  # fmt: skip


@pytest.fixture(scope="module")
def people(sides: tuple[list[dict[str, str]], list[dict[str, str]]]) -> tuple[list[Prepared], ...]:
    return tuple([read_through(described(row)) for row in side] for side in sides)


@pytest.mark.parametrize("name", FIELDS)
def test_levels_of_rows_are_those_of_persons(name: str, read: Any, people: Any) -> None:
    field = next(f for f in plan(dict.fromkeys(SAID, ""), dict.fromkeys(SAID, "")) if f.name == name)
    (left, right), vocabulary = read
    a, b = (grid.ravel().astype(np.int32) for grid in np.meshgrid(np.arange(SIZE), np.arange(SIZE)))
    found = [field.levels[k] if k >= 0 else "missing" for k in levels(field, left, right, a, b, vocabulary).tolist()]
    wanted = [PART_LEVELS[name][0](people[0][i], people[1][j])[0] for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    unlike = Counter((x, y) for x, y in zip(found, wanted, strict=True) if x != y)
    assert not unlike
    assert {"missing", *field.levels} - set(wanted) == set(), "every level is tried"


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "companions"])  # one side's two may be the other's one
def test_the_order_of_the_two_rows_does_not_matter(name: str, read: Any) -> None:
    field = next(f for f in plan(dict.fromkeys(SAID, ""), dict.fromkeys(SAID, "")) if f.name == name)
    (left, right), vocabulary = read
    a, b = (grid.ravel().astype(np.int32) for grid in np.meshgrid(np.arange(SIZE), np.arange(SIZE)))
    assert np.array_equal(levels(field, left, right, a, b, vocabulary), levels(field, right, left, b, a, vocabulary))
