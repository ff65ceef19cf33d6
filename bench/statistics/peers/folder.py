"""What lies in the folder that every system is given, and how each leaves its answer there. Needs numpy alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Attributes = dict[str, list[str]]
Tables = dict[tuple[int, ...], NDArray[np.float64]]


def write_question(folder: Path, attributes: Mapping[str, tuple[str, ...]], codes: NDArray[np.int16]) -> None:
    """The codebook and the encoded rows."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "codebook.json").write_text(json.dumps({name: list(listed) for name, listed in attributes.items()}), "utf-8")
    np.save(folder / "codes.npy", codes)


def read_question(folder: Path) -> tuple[Attributes, NDArray[np.int16]]:
    """The codebook, and rows as places in it. Shape: (rows, attributes)."""
    return json.loads((folder / "codebook.json").read_text("utf-8")), np.load(folder / "codes.npy")


def write_answer(path: Path, tables: Tables, rows: NDArray[np.int16] | None, shown: Mapping[tuple[int, ...], NDArray[np.bool_]] | None = None) -> None:
    """Tables by the places of their attributes; synthetic rows, in which -1 stands for a value that was left empty; which cells of a table
    are shown, for a system that says so (one that does not shows what is above 0)."""
    parts = {"table " + " ".join(map(str, places)): table for places, table in tables.items()}
    parts |= {"shown " + " ".join(map(str, places)): table for places, table in (shown or {}).items()}
    np.savez(path, **parts, **({} if rows is None else {"rows": rows}))


@dataclass(frozen=True, slots=True)
class Answer:
    """What `write_answer` wrote."""

    tables: Tables
    rows: NDArray[np.int16] | None
    shown: dict[tuple[int, ...], NDArray[np.bool_]]


def read_answer(path: Path) -> Answer:
    """What `write_answer` wrote."""
    with np.load(path) as parts:

        def named(kind: str) -> dict[tuple[int, ...], NDArray[np.float64]]:
            return {tuple(map(int, name.split()[1:])): parts[name] for name in parts.files if name.split()[0] == kind}

        return Answer(named("table"), parts["rows"] if "rows" in parts.files else None, {k: v.astype(bool) for k, v in named("shown").items()})
