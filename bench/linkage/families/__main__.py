"""Write an invented tracing register: `python -m bench.linkage.families FOLDER --rows N [--questions N] …`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.linkage.families.files import write_pair, write_register
from bench.linkage.sources import data_folder


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description="Write an invented tracing register: two overlapping ones, or one and questions.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=0, help="write one register and so many questions")
    parser.add_argument("--siblings", type=float, default=1.6, help="mean number of brothers and sisters")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--groups", default="", help="language groups, by comma")
    given = parser.parse_args()
    further = {"siblings": given.siblings, "seed": given.seed, "groups": set(filter(None, given.groups.split(","))) or None}
    if given.questions:
        write_register(given.folder, data_folder(), given.rows, questions=given.questions, **further)
    else:
        write_pair(given.folder, data_folder(), given.rows, **further)


if __name__ == "__main__":
    main()
