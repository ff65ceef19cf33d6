"""How is a model kept, so that a person can read it and a version stays what it was?

A model is one TOML text of the form of `default.toml`. Name shares are not part of it: they belong to a register.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from havre.linkage.model.parameters import OUTCOMES, Model, parse_model

MODEL_HEAD = "# How usual each level is for one person (match), for close relatives (family) and for unrelated people.\n"


def from_toml(text: str) -> Model:
    """Read a model. Raises ValueError when the text is not a model."""
    try:
        return parse_model(tomllib.loads(text))
    except (KeyError, TypeError, IndexError, AttributeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"Not a linkage model: {error}") from error


def as_toml(model: Model) -> str:
    """Write a model; `from_toml` gives an equal one back, name shares apart."""
    lines = [MODEL_HEAD + f"version = {_text(model.version)}"]
    lines += _table("prior", [("match", model.prior_match), ("family", model.prior_family)])
    lines += _table("calibration", [("slope", model.slope), ("shift", model.shift), ("limit", model.limit)])
    for name, group in model.groups.items():
        lines += ["", f"[groups.{name}]", f"fields = [{', '.join(map(_text, sorted(group.fields)))}]", f"weight = {group.weight!r}"]
    if model.learned:
        lines += ["", "[learned]", f"start = {_text(model.learned.start)}"]
        lines += [f"{name} = {getattr(model.learned, name)!r}" for name in OUTCOMES]
    for name, known in model.fields.items():
        lines += ["", f"[fields.{name}]"]
        lines += [f"typical = {known.typical!r}"] if known.typical is not None else []
        lines += [f"weight = {known.weight!r}"] if known.weight != 1.0 else []
        lines += [f"levels.{level} = {_list(triple)}" for level, triple in known.levels.items()]
        lines += [f"seen.{level} = {_list(pair)}" for level, pair in known.seen.items()]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    kept = "".join(c for c in value if c.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(values: Iterable[float]) -> str:
    return "[" + ", ".join(repr(float(v)) for v in values) + "]"


def _table(name: str, values: list[tuple[str, float]]) -> list[str]:
    return ["", f"[{name}]", *[f"{key} = {float(value)!r}" for key, value in values]]
