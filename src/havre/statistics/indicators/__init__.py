"""Every indicator there is: one file each, named by what is counted. A new file is found by itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from havre.statistics.counting.indicator import Indicator


@cache
def every() -> Mapping[str, Indicator]:
    """Indicators by code, in the order of their numbers, then of their codes. AttributeError for a file without one."""
    found = {m.name: replace(import_module(f"{__name__}.{m.name}").INDICATOR, code=m.name) for m in iter_modules(__path__)}
    return dict(sorted(found.items(), key=lambda item: (item[1].number, item[0])))
