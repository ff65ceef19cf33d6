"""Which tokens stand for a description in the blind index, and which pairs of them are looked up?

A token is the first 8 bytes of HMAC-SHA256 under the index key, as a signed 64-bit number: without the key it says
nothing. Tokens that many people share are looked up in pairs, so that a common name costs no more than a rare one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from havre.core import crypto

MANY: Final = 200  # holders of a token that is not looked up alone
MOST_PAIRS: Final = 40


@dataclass(frozen=True, slots=True)
class Lookup:
    """What `havre_candidates` is asked: pairs of tokens (one token twice means itself) with their weights."""

    firsts: list[int]
    seconds: list[int]
    weights: list[float]


def token(index_key: bytes, key: str) -> int:
    """The token of one key string."""
    return int.from_bytes(crypto.hmac_token(index_key, key), "big", signed=True)


def tokens(index_key: bytes, keys: Iterable[str]) -> list[int]:
    """The distinct tokens of key strings, as they are stored."""
    return sorted({token(index_key, key) for key in keys})


def weighted(index_key: bytes, keys: Iterable[str], weigh: Callable[[str], float]) -> dict[int, float]:
    """The tokens of key strings with their weights, the weightiest first, as they are looked up."""
    ordered = sorted(keys, key=lambda key: (-weigh(key), key))
    return {token(index_key, key): float(weigh(key)) for key in ordered}


def plan(wanted: Mapping[int, float], holders: Mapping[int, int], *, widely: bool = False) -> Lookup:
    """How to look tokens up when `holders` says how many people share the common ones.

    Tokens alone while few share them; of the common ones every two of the weightiest together. `widely`: the common ones alone too, as
    far as they are read, for a question of which little else is known.
    """
    common = [t for t in wanted if holders.get(t, 0) > MANY]
    alone = [t for t in wanted if widely or holders.get(t, 0) <= MANY]
    pairs = [(a, b) for at, a in enumerate(common) for b in common[at + 1:]][:MOST_PAIRS]
    looked = [(t, t, wanted[t]) for t in alone] + [(a, b, wanted[a] + wanted[b]) for a, b in pairs]
    return Lookup([a for a, _, _ in looked], [b for _, b, _ in looked], [w for _, _, w in looked])
