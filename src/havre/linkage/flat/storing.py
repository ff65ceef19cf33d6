"""How does a register of flat arrays lie on disk?

A folder with one subfolder of plain NumPy files and a file `CURRENT` that names it and says of every file how long it is and
what its digest is. A save writes a new subfolder and then, in one step, a new `CURRENT`: whoever loads finds the old register or the
new one, never a part. Loading maps the files into memory; what is changed afterwards stays in memory until the next save.
"""

from __future__ import annotations

import json
import os
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import numpy as np

from havre.linkage.flat.arrays import Arrays
from havre.linkage.flat.layout import Columns
from havre.linkage.flat.postings import Postings
from havre.linkage.flat.texts import Texts
from havre.linkage.flat.vocabulary import Kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT: Final = 3
CURRENT: Final = "CURRENT"
MAPPED: Final = 1 << 16  # smaller files are read whole
STEP: Final = 1 << 24  # bytes read at once for a digest


def save(arrays: Arrays, folder: Path) -> None:
    """Write compacted arrays whole, or leave what was there. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"register-{uuid4().hex}"
    part = folder / name
    part.mkdir()
    try:
        for key, array in _parts(arrays).items():
            np.save(part / f"{key}.npy", array, allow_pickle=False)
        files = {path.name: {"bytes": path.stat().st_size, "blake2b": _digest(path)} for path in sorted(part.iterdir())}
        about = {"format": FORMAT, "folder": name, "rows": arrays.rows, "code_lists": arrays.code_lists, "files": files}
        _replace(folder / CURRENT, json.dumps(about, indent=1))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    for old in folder.glob("register-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def load(folder: Path, *, check: bool = True) -> Arrays:
    """Read what `save` wrote. `check` compares every file with its digest, besides its length.

    Raises ValueError, in plain words, when there is no register, another format, or a damaged file.
    """
    about = _about(folder)
    files: dict[str, dict[str, Any]] = about["files"]
    parts: dict[str, NDArray[Any]] = {}
    for name, known in files.items():
        path = folder / Path(about["folder"]).name / Path(name).name
        if not path.is_file() or path.stat().st_size != known["bytes"] or (check and _digest(path) != known["blake2b"]):
            raise ValueError(f"The register in {folder} is damaged: {name} is not as it was written. Make it anew from its source.")
        parts[path.stem] = np.asarray(np.load(path, mmap_mode="c" if known["bytes"] > MAPPED else None, allow_pickle=False))
    try:
        return _assembled(parts, int(about["rows"]), int(about["code_lists"]))
    except (KeyError, ValueError, IndexError) as error:
        raise ValueError(f"The register in {folder} is damaged. Make it anew from its source.") from error


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / CURRENT).read_text("utf-8"))
        if about["format"] == FORMAT and isinstance(about["files"], dict):
            return dict(about)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"There is no register in {folder}.") from error
    raise ValueError(f"The register in {folder} has a format this version does not read. Make it anew from its source.")


def _parts(arrays: Arrays) -> dict[str, NDArray[Any]]:
    rows, vocabulary = arrays.rows, arrays.vocabulary
    words = len(vocabulary)
    columns = {f"column_{name}": getattr(arrays.columns, name)[:rows] for name in Columns._fields}
    kept = vocabulary.kept
    near = {} if kept is None else {"near_numbers": kept.numbers, "near_at": kept.at, "near": kept.tokens, "near_likes": kept.likes}
    return columns | near | {
        "entries": arrays.entries[:arrays.used], "texts": arrays.texts.flat, "texts_at": arrays.texts.at[:rows + 1],
        "forms": arrays.forms.flat, "forms_at": arrays.forms.at[:rows + 1],
        "parts": arrays.parts[:len(arrays.paths)], "paths": _packed("\t".join(path) for path in arrays.paths),
        "tokens": _packed(vocabulary.tokens), "token_data": vocabulary.data[:vocabulary.at[words]], "token_at": vocabulary.at[:words + 1],
        "skeletons": _packed(vocabulary.skeletons), "skeleton_of": vocabulary.skeleton_of[:words],
        "by_token_at": arrays.by_token.at, "by_token": arrays.by_token.rows, "by_code_at": arrays.by_code.at, "by_code": arrays.by_code.rows,
    }  # fmt: skip


def _assembled(parts: dict[str, NDArray[Any]], rows: int, code_lists: int) -> Arrays:
    arrays = Arrays()
    tokens = _unpacked(parts["tokens"])
    kept = Kept(parts["near_numbers"], parts["near_at"], parts["near"], parts["near_likes"], len(tokens)) if "near" in parts else None
    arrays.vocabulary.restore(tokens, parts["token_data"], parts["token_at"], _unpacked(parts["skeletons"]), parts["skeleton_of"], kept)
    arrays.vocabulary.read_again()
    arrays.rows, arrays.listed, arrays.used, arrays.code_lists = rows, rows, len(parts["entries"]), code_lists
    arrays.entries, arrays.parts = parts["entries"], parts["parts"]
    arrays.columns = Columns(*[parts[f"column_{name}"] for name in Columns._fields])
    arrays.paths = {tuple(path.split("\t")): number for number, path in enumerate(_unpacked(parts["paths"]))}
    arrays.texts, arrays.forms = Texts(parts["texts"], parts["texts_at"]), Texts(parts["forms"], parts["forms_at"])
    arrays.by_token = Postings(parts["by_token_at"], parts["by_token"])
    arrays.by_code = Postings(parts["by_code_at"], parts["by_code"])
    return arrays


def _packed(words: Any) -> NDArray[np.uint8]:
    """Words without line breaks as one array of bytes."""
    return np.frombuffer("".join([word + "\n" for word in words]).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode().split("\n")[:-1]


def _digest(path: Path) -> str:
    total = blake2b(digest_size=32)
    with path.open("rb") as file:
        while part := file.read(STEP):
            total.update(part)
    return total.hexdigest()


def _replace(path: Path, text: str) -> None:
    """Put a file in place in one step, on the disk for certain."""
    new = path.with_name(path.name + ".part")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
