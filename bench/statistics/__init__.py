"""How exact, fast and safe are the statistics? See `run`."""

from __future__ import annotations

from typing import Any


def run(quick: bool, only: str = "") -> dict[str, Any]:
    """Measure; see `suite.run`. Imported late, so that the peers' own Python can run modules of this package."""
    from bench.statistics import suite

    return suite.run(quick=quick, only=only)
