"""What is each part of the matcher worth? Parts of it switched off for a run of the bench, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from havre.linkage import Model
from havre.linkage.batch import learning, scoring
from havre.linkage.model import mixture
from havre.linkage.names import lexicon

PARTS = ("family", "transducer", "kin", "frequencies", "rivals")  # rivals: each pair judged by itself (linking alone)
NEVER = 1e-12
FIXED = 1e15  # imagined pairs behind the starting values: what is learned cannot move them


def columns_left_out(part: str) -> tuple[str, ...]:
    """Canonical columns that a run without this part does not read."""
    return ("siblings", "mother") if part == "kin" else ()


def model_without(part: str, model: Model) -> Model:
    """The model of a query without a part: relatives no likelier to agree than strangers, or every name as telling as any other."""
    if part == "family":
        strangers = {name: replace(f, levels={k: (m, u, u) for k, (m, _, u) in f.levels.items()}) for name, f in model.fields.items()}
        return replace(model, fields=strangers, prior_family=NEVER, _worths={})
    if part == "frequencies":
        return replace(model, fields={name: replace(f, typical=None) for name, f in model.fields.items()}, _worths={})
    return model


def _without_family(levels: Any, starts: list[mixture.LevelModel], *further: Any, **named: Any) -> mixture.Fitted:
    """`mixture.fit` with a family class that cannot be told from the unrelated."""
    return mixture.fit(levels, [mixture.LevelModel(s.match, s.unrelated, s.unrelated) for s in starts], *further, **named)


@contextmanager
def switched_off(part: str) -> Iterator[None]:
    """The named part off inside the block; nothing for an empty name. Raises ValueError for an unknown one."""
    if part and part not in PARTS:
        raise ValueError(f"There is no part “{part}”. Known: {', '.join(PARTS)}.")
    with ExitStack() as stack:
        if part == "transducer":
            stack.enter_context(patch.dict(lexicon._TRANSDUCERS, clear=True))
        if part == "family":
            stack.enter_context(patch.object(mixture, "FAMILY_TRUST", FIXED))
            stack.enter_context(patch.object(learning, "fit", _without_family))
        if part == "frequencies":
            for module in (learning, scoring):
                stack.enter_context(patch.object(module, "shifts", lambda *_: None))
        yield
