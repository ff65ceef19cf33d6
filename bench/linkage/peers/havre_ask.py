"""`python -m bench.linkage.peers.havre_ask FOLDER [WITHOUT]`: Havre's flat index, by names alone (`name`) or all that a relative says (`all`)."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.linkage.families import Register
from bench.linkage.peers.answering import Answer, answer
from bench.linkage.without import columns_left_out, model_without, switched_off
from havre.linkage import Description, load_model
from havre.linkage.flat import Index

OF_THE_CHILD = ("given", "father", "grandfather", "family")


def names_alone(person: Description) -> Description:
    """What the other systems are asked by: the child's names."""
    return Description(names=tuple(name for name in person.names if name.kind in OF_THE_CHILD))


def without_columns(person: Description, columns: tuple[str, ...]) -> Description:
    """A description without some of its columns."""
    if not columns:
        return person
    return replace(person, names=tuple(n for n in person.names if n.kind not in columns), siblings=(), relatives=())


def _kept(index: Index, folder: Path) -> Index:
    """The index as it is used: saved, and read from disk."""
    shutil.rmtree(folder, ignore_errors=True)
    index.save(folder)
    return Index.load(folder)


def main(folder: Path, without: str) -> None:
    """Build the index, learn how common names are in it, then answer."""
    register, left_out = Register(folder), columns_left_out(without)
    with switched_off(without):
        start = time.perf_counter()
        index = _kept(Index(without_columns(person, left_out) for person in register.descriptions("left")), folder / f"index-{without}")
        model = model_without(without, load_model().with_shares(index.shares()))
        built = time.perf_counter() - start
        questions = [without_columns(person, left_out) for person in register.descriptions("right")]

        def ask(fields: str, number: int) -> Answer:
            sought = questions[number]
            found = index.find(names_alone(sought) if fields == "name" else sought, limit=10, population=len(index), model=model)
            return [(hit.id or "", hit.probability, hit.family_probability) for hit in found]

        size = sum(file.stat().st_size for file in (folder / f"index-{without}").rglob("*") if file.is_file())
        answer(ask, build_s=built, people=len(index), disk_mb=size >> 20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
