"""Names that must be found, and names that must be told apart."""

from __future__ import annotations

from typing import Any

from bench.linkage.setting import Setting, goal
from havre.linkage.names.similarity import STRONG, name_similarity

SAME = (("محمد", "Mohammed"), ("ሀይሌ", "Haile"), ("Олена", "Olena"), ("Abdul Rahman", "Abdulrahman"), ("فاطمه", "فاطمة"))
APART = (("Abebe", "Abeba"), ("Jean", "John"))
MOST = 0.8


def run(setting: Setting) -> dict[str, Any]:
    """Similarities of the pairs."""
    same = {f"{a} / {b}": round(name_similarity(a, b), 3) for a, b in SAME}
    apart = {f"{a} / {b}": round(name_similarity(a, b), 3) for a, b in APART}
    return {"goals": [
        goal("linkage.names_found", f"each similarity at least {STRONG}", same, all(v >= STRONG for v in same.values())),
        goal("linkage.names_told_apart", f"each similarity below {MOST}", apart, all(v < MOST for v in apart.values())),
    ]}  # fmt: skip
