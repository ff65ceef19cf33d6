"""What is each level of agreement worth, as numbers that compiled code reads?

The levels and weights are the model's own (`Model.worth`); only the way of looking them up differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from havre.linkage.model.parameters import SCALE_LIMITS, Model
from havre.linkage.names.frequency import share_of_skeleton

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAME: Final = ("different", "weak", "close", "strong", "exact")
_PLACE: Final = ("different", "country", "region", "same_text", "place")
_DATES: Final = ("date_same", "date_turned", "date_slip", "date_near", "date_off", "date_apart")
FIELDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("given", (*_NAME, "swapped")), ("father", _NAME), ("lineage", _NAME), ("mother", _NAME), ("relatives", ("different", "same")),
    ("siblings", ("none", "one", "several")), ("sibling_named", ("named",)), ("sex", ("different", "same")),
    ("birth", ("within", "near", "off", "far", "apart", *_DATES)), ("origin", _PLACE), ("birth_place", _PLACE), ("last_seen", _PLACE),
    ("separation_place", _PLACE), ("separation_date", ("apart", "same_year", "same_month", "same_days")),
    ("language", ("none_shared", "shared")), ("ethnicity", ("different", "same")), ("phone", ("different", "one_apart", "same")),
    ("identifier", ("different", "one_apart", "same")),
)  # fmt: skip


def _places() -> dict[str, int]:
    out, at = {}, 0
    for field, levels in FIELDS:
        out[field] = at
        at += len(levels)
    return out


AT: Final = _places()  # field -> row of its first level in `Worths.levels`


class Worths(NamedTuple):
    """A model as arrays.

    `levels[AT[field] + level]`: llr and family llr. `rarity[skeleton]`: what agreeing on a name with these consonants says less (or
    more, when negative) than on an average one. `prior`: log-odds before any comparison, match and family. `scale`: slope
    and shift of the calibration, then the usual share of a birth interval.
    """

    levels: NDArray[np.float32]
    rarity: NDArray[np.float32]
    prior: NDArray[np.float64]
    scale: NDArray[np.float64]


def rarity(model: Model, skeletons: list[str]) -> NDArray[np.float32]:
    """`Worths.rarity` of these skeletons."""
    return _rarity(model, [model.shares.get(key) or share_of_skeleton(key) for key in skeletons])


def rarity_of(model: Model, tokens: list[str]) -> NDArray[np.float32]:
    """The same for tokens."""
    return _rarity(model, [model.share(token) for token in tokens])


def _rarity(model: Model, shares: list[float]) -> NDArray[np.float32]:
    known = model.fields.get("given")
    typical = known.typical if known is not None and known.typical else 0.004
    low, high = SCALE_LIMITS
    result: NDArray[np.float32] = np.log(np.clip(np.array(shares, np.float64) / typical, low, high)).astype(np.float32)
    return result


def levels(model: Model) -> NDArray[np.float32]:
    """`Worths.levels`; a level the model lacks is worth nothing."""
    rows = [model.worth(field, (level, None, None)) or (0.0, 0.0) for field, names in FIELDS for level in names]
    return np.array(rows, np.float32)


def scale(model: Model) -> NDArray[np.float64]:
    """`Worths.scale`."""
    birth = model.fields.get("birth")
    return np.array([model.slope, model.shift, birth.typical if birth is not None and birth.typical else 0.25])
