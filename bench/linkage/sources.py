"""Where are the public data sets, and what do they hold?"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder with `names/` and `linkage/`: `HAVRE_DATA`, or `shared/data` beside the checkout."""
    for candidate in (os.environ.get("HAVRE_DATA"), ROOT.parent / "shared" / "data", ROOT / "shared" / "data"):
        if candidate and (Path(candidate) / "linkage" / "febrl4a.csv").is_file():
            return Path(candidate)
    raise SystemExit("The public data sets were not found. Set HAVRE_DATA to the folder with names/ and linkage/.")


def febrl_truth(left: list[str | None], right: list[str | None]) -> list[tuple[str, str]]:
    """True pairs of Febrl 4: the same number in rec_id."""
    by_number = {(value or "").split("-")[1]: value or "" for value in right}
    return [(a, by_number[a.split("-")[1]]) for a in left if a and a.split("-")[1] in by_number]
