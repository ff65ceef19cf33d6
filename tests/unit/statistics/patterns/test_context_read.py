"""Which files with figures of places are taken in, and what is said of those that are not?"""

from datetime import date
from decimal import Decimal

import pytest

from havre.statistics.context import MOST_ROWS, Known, read
from havre.statistics.problems import ContextRefused

PLACES = frozenset({"SDX01", "SDX02"})
HEAD = "pcode,indicator,value,source,date\n"
ROW = "SDX01,People displaced,1250.5,A yearbook,2026-03-31\n"


def wrong(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ContextRefused) as refused:
        read(text.encode(), PLACES)
    return list(refused.value.rows)


def test_columns_stand_in_any_order_with_others_and_tags_and_empty_rows_are_passed_over() -> None:
    text = "\ufeffdate,note,PCODE,indicator,source,value\n#date,,#adm1+code,#indicator,#meta,#value\n\n2026-03-31,x,SDX01,People displaced,A yearbook,1250.5\n"
    assert read(text.encode(), PLACES) == [Known("SDX01", "People displaced", Decimal("1250.5"), "A yearbook", date(2026, 3, 31))]


@pytest.mark.parametrize(("row", "code"), [
    ("XX01,a,1,s,2026-03-31", "place"), (",a,1,s,2026-03-31", "place"), ("SDX01,,1,s,2026-03-31", "texts"), ("SDX01,a,1,,2026-03-31", "texts"),
    (f"SDX01,{'a' * 201},1,s,2026-03-31", "texts"), ("SDX01,a,much,s,2026-03-31", "value"), ("SDX01,a,,s,2026-03-31", "value"),
    ("SDX01,a,NaN,s,2026-03-31", "value"), ("SDX01,a,1e99,s,2026-03-31", "value"), ("SDX01,a,1,s,March", "date"), ("SDX01,a,1", "texts")])
def test_a_row_that_cannot_be_read_is_named_and_none_is_taken(row: str, code: str) -> None:
    assert wrong(HEAD + ROW + row + "\n") == [(3, code)]


@pytest.mark.parametrize(("text", "code"), [("", "columns"), ("pcode,value\n", "columns"), (HEAD, "empty"), (HEAD + ROW * (MOST_ROWS + 1), "too_many")])
def test_a_file_without_sense_is_refused(text: str, code: str) -> None:
    assert [said for _row, said in wrong(text)] == [code]


def test_a_figure_stands_once() -> None:
    assert wrong(HEAD + ROW + ROW.replace("1250.5", "7")) == [(3, "twice")]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ContextRefused) as refused:
        read(b"\xff\xfe\x00", PLACES)
    assert refused.value.rows == ((1, "not_csv"),)
