"""How much can what a row says still bring, whatever it is compared with?

A pair is given up as soon as no further field could lift it over the least probability asked for. What a field can bring to a pair is
bound by each of its two rows: nothing where a row does not say, little where its value is common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.compare import LIMIT
from havre.linkage.batch.fields import Field
from havre.linkage.batch.names import Names
from havre.linkage.batch.rows import Rows
from havre.linkage.columns import Kind
from havre.linkage.model.mixture import CAP

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH_MOST: Final = 1.5  # what narrow ages add to `within` at most
ROUNDING: Final = 1e-3
CHAIN: Final = ("father", "lineage", "family")


def _said(field: Field, rows: Rows, moving: bool) -> NDArray[np.bool_]:
    """Which rows say anything in a field; all of them where that is not known so simply. `moving`: names may stand in other roles."""
    if field.kind is Kind.NAME:
        if moving and field.name in CHAIN:
            return np.ones(rows.count, np.bool_)
        found: NDArray[np.bool_] = rows.names.role(field.name)[:, 0] >= 0
        return found
    if field.name == "birth":
        return np.asarray(~np.isnan(rows.births["start"]) | ~np.isnan(rows.births["low"]))
    part: Any = rows.parts.get(field.name)
    if field.kind is Kind.PLACE:
        return np.asarray(part["depth"] > 0)
    if isinstance(part, np.ndarray) and part.ndim == 1 and part.dtype == np.int32:
        return np.asarray(part >= 0)
    return np.ones(rows.count, np.bool_)


def _roles_move(*names: Names) -> bool:
    """Whether any row gives further names without saying whose they are."""
    return any(bool(((n.tokens[:, 1:4, 0] >= 0).any(axis=1) & ~n.stated).any()) for n in names)


def reaches(fields: tuple[Field, ...], table: NDArray[np.float64], rows: Rows, other: Rows) -> NDArray[np.float32]:
    """The most that each field of each row can bring to one class, in natural logarithm, never below 0, beside any row of `other`.
    `table[field, level]`: ratios of the class (`mixture.ratios`). Shape: (rows.count, fields)."""
    moving = _roles_move(rows.names, other.names)
    out = np.zeros((rows.count, len(fields)), np.float32)
    for k, field in enumerate(fields):
        ratios = table[k, :len(field.levels)].astype(np.float32)
        best = np.full(rows.count, ratios[len(field.rarity):].max(initial=0.0), np.float32)
        if field.name in rows.rarity and field.name in other.rarity:
            rarity = np.clip(rows.rarity[field.name], -LIMIT, LIMIT)
            for level, share in enumerate(field.rarity):
                np.maximum(best, ratios[level] + np.float32(share) * rarity[:, 0 if level == 0 else 1], out=best)
        else:
            best = np.maximum(best, ratios.max(initial=0.0))
        best += np.float32(WIDTH_MOST if field.name == "birth" else 0.0) + np.float32(ROUNDING)
        out[:, k] = np.where(_said(field, rows, moving), np.clip(best, 0.0, CAP), 0.0)
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def together(a: Any, b: Any, left: Any, right: Any) -> Any:
    """The most that all fields together can bring to each pair. Shape: (len(a),)."""
    out = np.zeros(len(a), np.float32)
    for k in nb.prange(len(a)):
        i, j, most = a[k], b[k], np.float32(0)
        for field in range(left.shape[1]):
            most += min(left[i, field], right[j, field])
        out[k] = most
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def take_off(rest: Any, a: Any, b: Any, left: Any, right: Any, field: Any) -> None:
    """Take what one field could bring off the rest of each pair."""
    for k in nb.prange(len(a)):
        rest[k] -= min(left[a[k], field], right[b[k], field])
