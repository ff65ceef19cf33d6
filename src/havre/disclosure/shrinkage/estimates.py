"""What are the best counts that a sheet allows? The door to shrunk tables, their bars and invented rows; it holds a sheet and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Item, Spec
from havre.disclosure.intervals import Calibration, calibrate
from havre.disclosure.microdata import Microdata, microdata
from havre.disclosure.publication import statuses
from havre.disclosure.sheet import Sheet, Status, Table
from havre.disclosure.shrinkage.mixture import Mixture, fit
from havre.disclosure.shrinkage.tables import Agreeing

Floats = NDArray[np.float64]

SEED_DIGITS = 15  # of the sheet's id


def estimate(sheet: Sheet) -> Estimates:
    """The estimates of a sheet: work after the measurement, which costs no privacy. Made when first asked for, then kept."""
    return Estimates(sheet)


class Estimates:
    """Shrunk tables of one sheet. Everything follows from the sheet: the same question gives the same answer, however it is asked."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @cached_property
    def seed(self) -> int:
        """The start of all randomness here, from the sheet's id."""
        return int(self.sheet.id[:SEED_DIGITS], 16)

    @cached_property
    def prior(self) -> Mixture:
        """The mixture fitted to the sheet."""
        return fit(self.sheet, self.seed)

    @cached_property
    def told(self) -> Agreeing:
        """The shrunk counts."""
        return Agreeing(self.sheet, self.prior)

    @cached_property
    def calibration(self) -> Calibration:
        """How wide the bars must be."""
        return calibrate(self.sheet, self.prior, self.told, self.seed)

    @property
    def total(self) -> int:
        """How many rows there are, as measured, rounded to a whole number and never below nought."""
        return self.told.total

    def values(self, *items: Item | Spec) -> Floats:
        """The counts of a table alone, without bars (which take as long again); NotPlanned if the sheet does not hold it."""
        spec = self.sheet.spec(*items)
        self.sheet.variance(spec)  # refuses what is not planned
        return self.told.table(spec)

    def table(self, *items: Item | Spec) -> Table:
        """The shrunk table by these attributes: counts that are never below nought and add up, with their standard errors, 95 %
        intervals and statuses; all cells "not planned" where the sheet does not hold it."""
        spec = self.sheet.spec(*items)
        if not self.sheet.plan.covers(spec):
            return self.sheet.table(spec)
        value, raw = self.told.table(spec), self.sheet.variance(spec)
        if not spec:
            se = np.sqrt(raw)
            plain = self.sheet.table()
            return Table(spec, (), value, se, np.maximum(plain.low, 0.0), np.maximum(plain.high, 0.0), plain.status)
        se, low, high = self.calibration.bars(value, raw, self.told.beyond(spec, self.calibration.usual), spec)
        nobody = self.calibration.nobody(value, spec)
        return Table(spec, self.sheet.domain.codes(spec), value, se, low, high, statuses(value, low, high, nobody))

    def microdata(self, n: int | None = None, seed: int = 0, k: int | None = None, rare: Sequence[str] = ()) -> Microdata:
        """Invented rows whose tables are near these; see `microdata.microdata`."""
        return microdata(self, n, seed, k, rare)

    def shown(self, table: Table) -> NDArray[np.bool_]:
        """Where a table shows a number at all."""
        found: NDArray[np.bool_] = (table.status == Status.SHOWN.value) | (table.status == Status.UNCERTAIN.value)
        return found
