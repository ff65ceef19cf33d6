"""How well values of rows agree: dates, places, brothers and sisters, codes, texts, names in exchanged places."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from havre.linkage.batch.compare import levels
from havre.linkage.batch.fields import plan
from havre.linkage.batch.rows import Vocabulary, add_counts, count_values, read_rows, shares_of_counts
from havre.linkage.columns import map_columns
from havre.linkage.files import Table


def level(field: str, left: dict[str, str], right: dict[str, str]) -> str | None:
    """Level of agreement of two rows in one field; None where a side does not say."""
    vocabulary, sides = Vocabulary(), []
    columns = map_columns([*left, *right], {c: c for c in {*left, *right} if ":" in c})
    fields = plan(columns, columns)
    for row in (left, right):
        table = Table({name: [row.get(name)] for name in {*left, *right}}, 1)
        import pyarrow as pa

        arrays = {name: table.arrow(header) for name, header in columns.items()}
        sides.append(read_rows(arrays, pa.array(["1"]), fields, vocabulary))
    wanted = next(f for f in fields if f.name == field)
    found = int(levels(wanted, *sides, np.zeros(1, np.int32), np.zeros(1, np.int32), vocabulary)[0])
    return None if found < 0 else wanted.levels[found]


BIRTHS: Any = [
    ({"birth_date": "2014-05-03"}, {"birth_date": "2014-05-03"}, "date_same"),
    ({"birth_date": "2014-05-03"}, {"birth_date": "2014-03-05"}, "date_turned"),
    ({"birth_date": "2014-05-03"}, {"birth_date": "2014-05-13"}, "date_slip"),
    ({"birth_date": "2014-05-03"}, {"birth_date": "2014-05-30"}, "date_slip"),
    ({"birth_date": "2014-05-03"}, {"birth_date": "2014-11-21"}, "date_near"),
    ({"birth_date": "2014-05-03"}, {"birth_date": "2009-12-27"}, "date_apart"),
    ({"birth_date": "2014"}, {"birth_date": "2014-05-03"}, "within"),
    ({"age_min": "12", "recorded_on": "2026-06-01"}, {"birth_date": "2014"}, "within"),
    ({"age_min": "12", "recorded_on": "2026-06-01"}, {"age_min": "14", "recorded_on": "2026-06-01"}, "near"),
    ({"age_min": "12"}, {"birth_date": "2014"}, None),
    ({"age_min": "twelve"}, {"birth_date": "2014"}, None),
]


@pytest.mark.parametrize(("left", "right", "expected"), BIRTHS)
def test_births(left, right, expected):
    assert level("birth", left, right) == expected
    assert level("birth", right, left) == expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("Ethiopia > Tigray > Adi Beles", "Ethiopia > Tigray > Adi Beles", "place"),
    ("Ethiopia > Tigray > Adi Beles", "Ethiopia > Tigray > Adi Belles", "place"),
    ("Ethiopia > Tigray > Mekele", "Ethiopia > Tigray > Wukro", "region"),
    ("Ethiopia > Tigray > Mekele", "Ethiopia > Oromia > Adama", "country"),
    ("Ethiopia > Tigray", "Somalia > Bay", "different"),
    ("ET0105", "ET0106", "different"),
    ("Ethiopia", "Ethiopia", "same_text"),
])  # fmt: skip
def test_places(left, right, expected):
    assert level("origin", {"origin": left}, {"origin": right}) == expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("Dawit (5); Sara (9)", "Sarah (9); Dawit", "several"),
    ("Dawit (5)", "Dawit (6); Yonas", "one_with_age"),
    ("Dawit (5)", "Dawit (15)", "one_other_age"),
    ("Dawit", "Dawit; Yonas", "one"),
    ("Dawit", "Yonas", "none"),
])  # fmt: skip
def test_brothers_and_sisters(left, right, expected):
    assert level("siblings", {"siblings": left}, {"siblings": right}) == expected


def test_one_may_be_named_as_the_others_sister():
    assert level("sibling_named", {"given": "Selam", "siblings": "Dawit"}, {"given": "Dawit", "siblings": "Sara"}) == "named"
    assert level("sibling_named", {"given": "Selam", "siblings": "Dawit"}, {"given": "Selam", "siblings": "Dawit"}) == "not_named"


@pytest.mark.parametrize(("field", "left", "right", "expected"), [
    ("sex", "f", "female", "same"), ("sex", "unknown", "female", None),
    ("phones", "+251 911 223344", "0911 223344; 0911 000 000", "same"), ("phones", "0911223344", "0911223345", "one_apart"),
    ("identifiers", "AB-1234", "ab 1234", "same"), ("languages", "Tigrinya; Amharic", "amharic", "shared"),
    ("postcode", "tq13 8df", "tq13 8df", "same"), ("postcode", "tq13 8df", "tq13 8dg", "one_apart"),
    ("postcode", "tq13 8df", "tq13 8hu", "same_start"), ("postcode", "tq13 8df", "sw1a 2bj", "different"),
    ("suburb", "bristol", "Bristol, City of", "close"), ("suburb", "devon", "west devon", "close"), ("suburb", "devon", "london", "different"),
    ("relatives", "aunt: Mersa", "aunt: Mersa; uncle: Ali", "same"), ("relatives", "aunt: Mersa", "uncle: Mersa", None),
    ("separation_date", "2025-03-01", "2025-03-03", "same_days"), ("separation_date", "2025-03", "2022", "apart"),
])  # fmt: skip
def test_codes_lists_and_texts(field, left, right, expected):
    names = {"phones": "phone", "identifiers": "identifier", "languages": "language"}
    assert level(names.get(field, field), {field: left}, {field: right}) == expected


def test_names_in_two_scripts_and_in_exchanged_places():
    assert level("given", {"full_name": "Selam Tesfay Gebre"}, {"full_name": "ሰላም ተስፋይ ገብረ"}) in ("strong", "exact")
    assert level("given", {"given": "Selam", "father": "Tesfay"}, {"given": "Tesfay", "father": "Selam"}) == "swapped"
    assert level("father", {"given": "Selam", "father": "Tesfay"}, {"given": "Tesfay", "father": "Selam"}) is None
    assert level("given", {"given": "Maria Elena"}, {"given": "Maria"}) == "close"
    assert level("given", {"given": "Guillermo", "nickname": "Memo"}, {"given": "Memo"}) in ("strong", "exact")
    assert level("lineage", {"full_name": "Ali Omar Hassan"}, {"full_name": "Ali Hassan"}) in ("exact", "strong")


def test_counts_of_values_add_up_in_any_order():
    import pyarrow as pa

    columns = map_columns(["given"])
    fields = plan(columns, columns)

    def counts(names: list[str]) -> Any:
        return count_values(read_rows({"given": pa.array(names)}, pa.array([str(i) for i in range(len(names))]), fields, Vocabulary()))

    together, one, two = counts(["Ali", "Omar", "Ali", "Sara"]), counts(["Ali", "Sara"]), counts(["Omar", "Ali"])
    for summed in (add_counts(one, two), add_counts(two, one)):
        assert {name: [c.tolist() for c in pair] for name, pair in summed.items()} == {n: [c.tolist() for c in p] for n, p in together.items()}
    shares = shares_of_counts(together)["given"]
    assert np.exp(shares.logs).sum() == pytest.approx(1.0)
    assert np.exp(shares.typical) == pytest.approx(0.5**2 + 2 * 0.25**2)
