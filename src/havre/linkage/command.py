"""`havre link LEFT RIGHT --out FILE`: link two files and, against a truth file, say how right it was."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from havre.linkage.batch import Links
from havre.linkage.batch import link as link_files
from havre.linkage.files import write_table
from havre.linkage.truth import agreement, read_truth


def _mapping(items: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for item in items:
        header, equals, canonical = item.partition("=")
        if not equals:
            raise click.BadParameter(f"“{item}” is not of the form HEADER=COLUMN.")
        out[header.strip()] = canonical.strip()
    return out


def columns_of(links: Links) -> dict[str, list[Any]]:
    """The result as columns: ids, probabilities, verdict, then level and weight of each field."""
    columns: dict[str, list[Any]] = {
        "left_id": [p.left_id for p in links.pairs],
        "right_id": [p.right_id for p in links.pairs],
        "probability": [round(p.probability, 6) for p in links.pairs],
        "family_probability": [round(p.family_probability, 6) for p in links.pairs],
        "verdict": [p.verdict for p in links.pairs],
    }
    for field in links.fields:
        columns[f"{field}_level"] = [p.levels.get(field) for p in links.pairs]
        columns[f"{field}_weight"] = [p.weights.get(field) for p in links.pairs]
    return columns


@click.command(name="link", help="Link two files of people (CSV or Parquet) without labelled examples.")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to write the pairs (.csv or .parquet).")
@click.option("--truth", type=click.Path(path_type=Path), help="True pairs (left id, right id): prints precision, recall, F1.")
@click.option("--map", "both", multiple=True, metavar="HEADER=COLUMN", help="What a header means, in both files.")
@click.option("--map-left", multiple=True, metavar="HEADER=COLUMN", help="What a header of LEFT means.")
@click.option("--map-right", multiple=True, metavar="HEADER=COLUMN", help="What a header of RIGHT means.")
@click.option("--one-to-one", is_flag=True, help="Each row matches at most one row of the other file.")
@click.option("--minimum", type=click.FloatRange(0.0, 1.0), default=0.05, show_default=True,
              help="Least probability of a pair to be written.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="Do not show progress.")
def link(left: Path, right: Path, out: Path, truth: Path | None, both: tuple[str, ...], map_left: tuple[str, ...],
         map_right: tuple[str, ...], one_to_one: bool, minimum: float, quiet: bool) -> None:  # fmt: skip
    """Run the linking and write its result; refuses in plain words."""
    start = time.monotonic()

    def tell(text: str) -> None:
        if not quiet:
            click.echo(f"{time.monotonic() - start:6.1f} s  {text}", err=True)

    if out.suffix.lower() not in (".csv", ".parquet"):
        raise click.ClickException(f"{out.name}: the result is written as .csv or .parquet.")
    try:
        true = read_truth(truth) if truth else None
        links = link_files(
            left, right,
            map_left=_mapping(both) | _mapping(map_left),
            map_right=_mapping(both) | _mapping(map_right),
            one_to_one=one_to_one, minimum=minimum, tell=tell,
        )  # fmt: skip
        write_table(out, columns_of(links))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    matches = links.matches()
    families = sum(p.verdict == "family" for p in links.pairs)
    click.echo(f"{len(matches):,} matches and {families:,} pairs of one family written to {out}.")
    if true is not None:
        result = agreement(((p.left_id, p.right_id) for p in matches), true)
        click.echo(f"precision {result.precision:.4f}  recall {result.recall:.4f}  F1 {result.f1:.4f}")


if __name__ == "__main__":
    link()
