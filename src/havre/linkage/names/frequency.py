"""How common is a name, so that agreeing on it says little or much?"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import Final

from havre.linkage.names.sounds import skeleton

UNKNOWN: Final = 0.0006  # share assumed for a name not in the table
COMMON: Final = 0.002  # from this share on, a name is common


@cache
def _table() -> dict[str, float]:
    file = resources.files("havre.linkage") / "data" / "frequencies.tsv"
    out: dict[str, float] = {}
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, _, share = line.partition("\t")
                out[key] = float(share)
    return out


def share_of_skeleton(key: str) -> float:
    """Estimated share of people whose name has this consonant skeleton; short ones are never rare."""
    known = _table().get(key, UNKNOWN)
    return max(known, 0.004) if len(key) < 3 else known


@lru_cache(maxsize=131072)
def share(token: str) -> float:
    """Estimated share of people who bear this normalised token, in (0, 1)."""
    return share_of_skeleton(skeleton(token))


def common(token: str) -> bool:
    """Whether so many people bear this name that it must not be a search key alone."""
    return share(token) >= COMMON
