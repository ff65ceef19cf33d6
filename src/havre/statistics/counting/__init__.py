"""How numbers are defined, counted and read. The indicators themselves are in `statistics.indicators`, one file each."""

from havre.statistics.counting.indicator import DIMENSIONS, PART, Indicator, Kind, Rows, Shape, Unit
from havre.statistics.counting.look import UASC, Look, bands, between

__all__ = ["DIMENSIONS", "PART", "UASC", "Indicator", "Kind", "Look", "Rows", "Shape", "Unit", "bands", "between"]
