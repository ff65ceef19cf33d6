"""Which pairs of rows of two files are worth comparing?

Two rows meet when they share any two anchors (given name by sound, father's name, date of birth, postal code …), or
one telephone number or document. Blocks that are too large for what they tell are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Final

from havre.linkage.batch_fields import Field, anchors_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALONE: Final = frozenset({"phone", "identifier"})
SAME_SOURCE: Final = frozenset({"birth_date", "birth_year", "birth_day"})
LARGEST_BLOCK: Final = 4_000  # pairs that one key may give
PAIRS_PER_ROW: Final = 60  # pairs that one combination of anchors may give, by row of the larger file


def anchor_codes(fields: list[Field]) -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Anchor name -> codes of the left and the right rows, -1 where unknown."""
    import numpy as np

    out: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
    for field in fields:
        for name, texts in anchors_of(field):
            index: dict[str, int] = {}
            by_value = np.array([-1 if t is None else index.setdefault(t, len(index)) for t in texts] + [-1])
            out[name] = (by_value[field.left], by_value[field.right])
    return out


def _join(left: NDArray[np.int64], right: NDArray[np.int64], limit: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All pairs of rows with the same key (keys ≥ 0), blocks over `LARGEST_BLOCK` pairs left out, smallest first."""
    import numpy as np

    la, ra = np.flatnonzero(left >= 0), np.flatnonzero(right >= 0)
    order_l, order_r = la[np.argsort(left[la], kind="stable")], ra[np.argsort(right[ra], kind="stable")]
    keys_l, start_l, count_l = np.unique(left[order_l], return_index=True, return_counts=True)
    keys_r, start_r, count_r = np.unique(right[order_r], return_index=True, return_counts=True)
    _, il, ir = np.intersect1d(keys_l, keys_r, assume_unique=True, return_indices=True)
    size = count_l[il].astype(np.int64) * count_r[ir]
    by_size = np.argsort(size, kind="stable")
    by_size = by_size[size[by_size] <= LARGEST_BLOCK]
    by_size = by_size[np.cumsum(size[by_size]) <= limit]
    il, ir, size = il[by_size], ir[by_size], size[by_size]
    block = np.repeat(np.arange(len(size)), size)
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    a = order_l[start_l[il][block] + within // count_r[ir][block]]
    b = order_r[start_r[ir][block] + within % count_r[ir][block]]
    return a, b


def candidate_pairs(fields: list[Field], tell: Callable[[str], None]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row numbers of the pairs to compare, each pair once. Shapes: (pairs,), (pairs,)."""
    import numpy as np

    codes = anchor_codes(fields)
    rows_left, rows_right = len(fields[0].left), len(fields[0].right)
    limit = PAIRS_PER_ROW * max(rows_left, rows_right)
    found: list[NDArray[np.int64]] = []
    paired = [n for n in codes if n not in ALONE]
    wanted: list[tuple[str, ...]] = [(n,) for n in codes if n in ALONE or n == "birth_date"]
    wanted += [pair for pair in combinations(paired, 2) if not set(pair) <= SAME_SOURCE]
    if len(paired) == 1:
        wanted.append((paired[0],))
    for names in wanted:
        left, right = codes[names[0]]
        for other in names[1:]:
            more_left, more_right = codes[other]
            width = int(max(more_left.max(initial=0), more_right.max(initial=0))) + 1
            left = np.where((left < 0) | (more_left < 0), -1, left * width + more_left)
            right = np.where((right < 0) | (more_right < 0), -1, right * width + more_right)
        a, b = _join(left, right, limit)
        found.append(np.unique(a * rows_right + b))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    tell(f"{len(pairs):,} pairs to compare from {len(wanted)} kinds of key")
    return pairs // rows_right, pairs % rows_right
