"""When was each row's date, in whichever calendar it was written?

A year before `dates.GREGORIAN_FROM` is of the Hijri or Solar Hijri calendar; any other date may be Ethiopian where the row's letters,
languages or places say that this calendar is in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch import lists
from havre.linkage.batch.texts import Encoded, nothing
from havre.linkage.dates import GREGORIAN_FROM, PartialDate, parse_partial
from havre.linkage.names.tokens import tokens
from havre.linkage.prepared import ETHIOPIAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMED: Final = ("given", "full_name", "nickname")  # columns whose letters may be Ethiopic
SAID: Final = ("languages", "origin", "birth_place")  # columns that may say so


class Dates(NamedTuple):
    """By row, in years: start and end of a date, and of what it means in the other calendar it may be written in (NaN where unknown);
    `foreign`: whether that reading needs no sign; `ethiopian`: whether the row gives a sign of the Ethiopian calendar."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    other_start: NDArray[np.float64]
    other_end: NDArray[np.float64]
    foreign: NDArray[np.bool_]
    ethiopian: NDArray[np.bool_]


def parsed(column: Encoded) -> list[PartialDate | None]:
    """The distinct values of a column as dates."""
    return [parse_partial(value) for value in column.values]


def read(column: Encoded, days: list[PartialDate | None], ethiopian: NDArray[np.bool_]) -> Dates:
    """The dates of each row; `days`: what the column's values are read as (`parsed`), `ethiopian`: `signs`."""
    spans, foreign = np.full((len(days), 4), np.nan), np.zeros(len(days), np.bool_)
    for i, day in enumerate(days):
        if day is not None:
            spans[i, :2] = day.start, day.end
            foreign[i] = day.year < GREGORIAN_FROM
            for other in day.others(ethiopian=True)[:1]:
                spans[i, 2:] = other
    start, end, other_start, other_end = np.ascontiguousarray(column.take(spans, np.nan).T)
    return Dates(start, end, other_start, other_end, column.take(foreign, False), ethiopian)


def signs(columns: Mapping[str, Encoded], rows: int) -> NDArray[np.bool_]:
    """Whether the letters of each row's own name, its languages or its places say that the Ethiopian calendar is in use, as
    `prepared.Prepared.ethiopian` has it. Shape: (rows,)."""
    out = np.zeros(rows, np.bool_)
    unnamed = np.ones(rows, np.bool_)
    for name in NAMED:
        column = columns.get(name, nothing(rows))
        found: NDArray[np.bool_] = column.take(np.array([_ethiopic(v) for v in column.values], np.bool_), False)
        out |= found & unnamed
        unnamed &= column.codes < 0
    for name in SAID:
        column = columns.get(name, nothing(rows))
        out |= column.take(np.array([not ETHIOPIAN.isdisjoint(_said(name, v)) for v in column.values], np.bool_), False)
    return out


def _ethiopic(name: str) -> bool:
    return not name.isascii() and bool(read := tokens(name)) and "ሀ" <= read[0][0] <= "፿"


def _said(column: str, text: str) -> list[str]:
    return lists.parts(text) if column == "languages" else [part.strip() for part in text.split(">")]


@nb.njit(cache=True, nogil=True)
def read_otherwise(foreign: Any, other_start: Any, there: Any) -> Any:
    """Whether a date may mean something else in another calendar; `there`: whether either row gives a sign of the Ethiopian one."""
    return (there or foreign) and not np.isnan(other_start)
