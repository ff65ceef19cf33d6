"""Work on disk: a long run that was stopped, by hand or by a power cut, goes on from the parts that were finished.

The folder holds `manifest.json` (what is being linked), what was learned from it and which
blocks were chosen, and one file for each finished part. A folder
that belongs to other files, or was made with other options, is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch.learning import Learned
from havre.linkage.batch.scoring import Scored

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORM: Final = 4  # of the folder; another form is refused
_CHUNK: Final = 1 << 22


def fingerprint(files: list[Path], options: Mapping[str, Any]) -> str:
    """A text that is equal for equal contents of `files` and equal `options`."""
    digest = blake2b(json.dumps({"form": FORM, **options}, sort_keys=True, ensure_ascii=False).encode(), digest_size=16)
    for path in files:
        digest.update(b"|")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@dataclass(frozen=True, slots=True)
class Folder:
    """One run's folder, made when there is something to keep: a run that is refused leaves nothing behind."""

    path: Path
    mark: str

    @classmethod
    def open(cls, path: Path, mark: str) -> Folder:
        """The folder of the run with this fingerprint, whether it exists yet or not. Raises ValueError when it belongs to another."""
        manifest = path / "manifest.json"
        if manifest.is_file():
            try:
                other = json.loads(manifest.read_text(encoding="utf-8"))["mark"] != mark
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{manifest} cannot be read. Delete the folder {path} to begin anew.") from error
            if other:
                raise ValueError(f"The folder {path} holds work on other files or with other options. Name another, or delete it.")
        elif path.exists() and (not path.is_dir() or any(file.suffix != ".part" for file in path.iterdir())):
            raise ValueError(f"{path} holds no work of this command. Name a folder that is empty or does not exist.")
        return cls(path, mark)

    @property
    def learned(self) -> Learned | None:
        """What was learned before the run was stopped."""
        file = self.path / "learned.json"
        return Learned.from_json(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None

    def keep_learned(self, learned: Learned) -> None:
        """Write down what was learned, whole or not at all; the rest follows."""
        self.path.mkdir(parents=True, exist_ok=True)
        _write(self.path / "manifest.json", json.dumps({"mark": self.mark}))
        _write(self.path / "learned.json", json.dumps(learned.to_json()))

    @property
    def limits(self) -> NDArray[np.int64] | None:
        """Which blocks were chosen before the run was stopped; see `choosing.limits`."""
        file = self.path / "limits.json"
        return np.array(json.loads(file.read_text(encoding="utf-8")), np.int64) if file.is_file() else None

    def keep_limits(self, limits: NDArray[np.int64]) -> None:
        """Write down which blocks were chosen, whole or not at all; parts follow."""
        _write(self.path / "limits.json", json.dumps(limits.tolist()))

    def part(self, k: int) -> tuple[Scored, int] | None:
        """The result of part `k` and how many pairs it compared; None when it is not finished."""
        file = self.path / f"part-{k:05}.npz"
        if not file.is_file():
            return None
        with np.load(file) as held:
            return Scored(*(held[name] for name in Scored._fields)), int(held["compared"])

    def keep_part(self, k: int, found: Scored, compared: int) -> None:
        """Write part `k` down, whole or not at all."""
        part = self.path / f"part-{k:05}.npz.part"
        with part.open("wb") as file:
            np.savez(file, compared=np.int64(compared), **found._asdict())
        part.replace(self.path / f"part-{k:05}.npz")


def remove(path: Path) -> None:
    """Delete what a run wrote in this folder, and the folder, once its result is saved."""
    for file in [*path.glob("part-*.npz"), *path.glob("*.part"), path / "limits.json", path / "learned.json", path / "manifest.json"]:
        file.unlink(missing_ok=True)
    path.rmdir()
