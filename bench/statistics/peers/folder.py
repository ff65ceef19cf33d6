"""What lies in the folder that every system is given, and how each leaves its answer there. Needs numpy alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def write_answer(path: Path, tables: Tables, rows: NDArray[np.int16] | None) -> None:
    """Tables by the places of their attributes, and synthetic rows; -1 stands for a value that was left empty."""
    parts = {"table " + " ".join(map(str, places)): table for places, table in tables.items()}
    np.savez(path, **parts, **({} if rows is None else {"rows": rows}))


def read_answer(path: Path) -> tuple[Tables, NDArray[np.int16] | None]:
    """What `write_answer` wrote."""
    with np.load(path) as parts:
        tables = {tuple(map(int, name.split()[1:])): parts[name] for name in parts.files if name.startswith("table ")}
        return tables, parts["rows"] if "rows" in parts.files else None
