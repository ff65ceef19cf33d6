"""How would a Greek word be written in Latin letters in a register? By sound, as Greek passports do."""

from __future__ import annotations

import re
from typing import Final

_TOGETHER: Final = {
    "αι": "e", "ει": "i", "οι": "i", "υι": "i", "ου": "u", "γγ": "ng", "γκ": "gk", "γξ": "nx", "γχ": "nh", "μπ": "b", "ντ": "nt",
    "τζ": "tz", "τσ": "ts",
}  # fmt: skip
_OPENING: Final = {"γκ": "g", "μπ": "b", "ντ": "d"}
_LETTERS: Final = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n",
    "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "kh", "ψ": "ps", "ω": "o",
}  # fmt: skip
_DIPHTHONG: Final = re.compile("([αεη])υ")
_PAIRS: Final = re.compile("|".join(_TOGETHER))
_FIRST: Final = re.compile("^(?:" + "|".join(_OPENING) + ")")


def romanise_greek(token: str) -> str:
    """A Greek word without accents in Latin letters; αυ and ευ are af, ef before voiceless letters and at the end, else av, ev."""
    text = _FIRST.sub(lambda found: _OPENING[found[0]], token)
    text = _DIPHTHONG.sub(lambda m: m[1] + ("f" if text[m.end() : m.end() + 1] in set("θκξπσςτφχψ") | {""} else "v"), text)
    text = _PAIRS.sub(lambda found: _TOGETHER[found[0]], text)
    return "".join(_LETTERS.get(char, char if char.isascii() else "") for char in text).replace("khr", "chr")
