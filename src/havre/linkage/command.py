"""`havre link LEFT RIGHT --out FILE` and `havre dedupe FILE --out FILE`: link whole files, and say how right it was."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

ENDINGS: Final = (".csv", ".parquet")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _mapping(items: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for item in items:
        header, equals, canonical = item.partition("=")
        if not equals:
            raise click.BadParameter(f"“{item}” is not of the form HEADER=COLUMN.")
        out[header.strip()] = canonical.strip()
    return out


@contextmanager
def _plainly() -> Iterator[None]:
    """What goes wrong, in plain words."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise click.ClickException("The disk is full. Free some space, then run the same command again: finished parts are kept.") from error
        if isinstance(error, PermissionError):
            raise click.ClickException(f"{error.filename} may not be read or written by you.") from error
        raise click.ClickException(str(error)) from error
    except (ValueError, MemoryError) as error:
        raise click.ClickException(str(error) or "There is not enough memory for files of this size on this machine.") from error


def _teller(quiet: bool) -> Callable[[str], None]:
    start = time.monotonic()

    def tell(text: str) -> None:
        if not quiet:
            click.echo(f"{time.monotonic() - start:6.1f} s  {text}", err=True)

    return tell


def _options(command: _Command) -> _Command:
    """The options of both commands."""
    for option in reversed((
        click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to write the result (.csv or .parquet)."),
        click.option("--truth", type=click.Path(path_type=Path), help="True pairs (two columns of ids): prints precision, recall, F1."),
        click.option("--map", "both", multiple=True, metavar="HEADER=COLUMN", help="What a header means; HEADER=ignore leaves it out."),
        click.option("--minimum", type=click.FloatRange(0.0, 1.0), default=0.05, show_default=True, help="Least probability of a pair to be written."),
        click.option("--report", type=click.Path(path_type=Path), help="Write a report to read in a browser (.html). It shows names: keep it safe."),
        click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language of the report."),
        click.option("--work", type=click.Path(path_type=Path), help="Folder for finished parts (default: beside the result, removed at the end)."),
        click.option("--quiet", is_flag=True, help="Do not show progress."),
        click.option("--engine", type=click.Choice(["here", "spark"]), default="here", show_default=True, help="This machine, or a Spark cluster."),
        click.option("--master", help="Address of the Spark cluster (default: this machine)."),
    )):  # fmt: skip
        command = option(command)
    return command


def _check(out: Path, report: Path | None) -> None:
    if out.suffix.lower() not in ENDINGS:
        raise click.ClickException(f"{out.name}: the result is written as .csv or .parquet.")
    for path in (out, report):
        if path is not None and not path.resolve().parent.is_dir():
            raise click.ClickException(f"There is no folder {path.resolve().parent}.")


def _spark() -> Any:
    """The engine for clusters."""
    try:
        from havre.linkage import spark
    except ImportError as error:
        raise click.ClickException("The Spark engine is not installed. Install it with: pip install 'havre[spark]'") from error
    return spark


def _told(found: Iterable[tuple[str, str]], true: list[tuple[str, str]] | None) -> None:
    from havre.linkage.truth import agreement

    if true is not None:
        result = agreement(found, true)
        click.echo(f"precision {result.precision:.4f}  recall {result.recall:.4f}  F1 {result.f1:.4f}")


def _report(path: Path, code: str, **parts: Any) -> None:
    from havre.linkage.batch.report import page
    from havre.linkage.batch.words import language

    path.write_text(page(**parts, _=language(code)), encoding="utf-8")
    click.echo(f"Report written to {path}.")


@click.command(name="link", help="Link two files of people (CSV or Parquet) without labelled examples.")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@_options
@click.option("--map-left", multiple=True, metavar="HEADER=COLUMN", help="What a header of LEFT means.")
@click.option("--map-right", multiple=True, metavar="HEADER=COLUMN", help="What a header of RIGHT means.")
@click.option("--one-to-one", is_flag=True, help="Each row matches at most one row of the other file.")
def link(left: Path, right: Path, out: Path, truth: Path | None, both: tuple[str, ...], map_left: tuple[str, ...],
         map_right: tuple[str, ...], one_to_one: bool, minimum: float, report: Path | None, language: str, work: Path | None, quiet: bool,
         engine: str, master: str | None) -> None:  # fmt: skip
    """Run the linking and write its result; refuses in plain words."""
    from havre.linkage import batch
    from havre.linkage.batch.folder import remove
    from havre.linkage.files import read_table, write_table
    from havre.linkage.truth import read_truth

    _check(out, report)
    maps: Any = {"map_left": _mapping(both) | _mapping(map_left), "map_right": _mapping(both) | _mapping(map_right)}
    folder, tell = work or out.with_name(out.name + ".work"), _teller(quiet)
    with _plainly():
        true = read_truth(truth) if truth else None
        if engine == "spark":
            links = _spark().link(left, right, master=master, **maps, one_to_one=one_to_one, minimum=minimum, tell=tell)
        else:
            links = batch.link(left, right, **maps, one_to_one=one_to_one, minimum=minimum, work=folder, tell=tell)
        write_table(out, links.columns())
        if engine == "here":
            remove(folder)
        verdicts = links.table.column("verdict").value_counts().to_pylist()
        count = {v["values"]: v["counts"] for v in verdicts}
        click.echo(f"{count.get('match', 0):,} matches and {count.get('family', 0):,} pairs of one family written to {out}.")
        _told(links.matched_ids(), true)
        if report:
            _report(report, language, links=links, left=read_table(left), right=read_table(right), **maps, true=true)


@click.command(name="dedupe", help="Find the rows of one file (CSV or Parquet) that are of one person, without labelled examples.")
@click.argument("file", type=click.Path(path_type=Path))
@_options
@click.option("--pairs", type=click.Path(path_type=Path), help="Also write the pairs that were found (.csv or .parquet).")
def dedupe(file: Path, out: Path, truth: Path | None, both: tuple[str, ...], minimum: float, report: Path | None, language: str,
           work: Path | None, quiet: bool, engine: str, master: str | None, pairs: Path | None) -> None:  # fmt: skip
    """Find duplicates and write each row's group; refuses in plain words."""
    from havre.linkage import batch
    from havre.linkage.batch.folder import remove
    from havre.linkage.files import read_table, write_table
    from havre.linkage.truth import either_way, read_truth

    _check(out, report)
    if pairs is not None:
        _check(pairs, None)
    mapping, folder = _mapping(both), work or out.with_name(out.name + ".work")
    with _plainly():
        true = read_truth(truth) if truth else None
        if engine == "spark":
            groups = _spark().dedupe(file, master=master, mapping=mapping, minimum=minimum, tell=_teller(quiet))
        else:
            groups = batch.dedupe(file, mapping=mapping, minimum=minimum, work=folder, tell=_teller(quiet))
        write_table(out, groups.columns())
        if pairs is not None:
            write_table(pairs, groups.links.columns())
        if engine == "here":
            remove(folder)
        several = groups.several
        click.echo(f"{sum(map(len, several)):,} rows in {len(several):,} groups of more than one row; every row’s group written to {out}.")
        _told(either_way(groups.pairs()), either_way(true) if true is not None else None)
        if report:
            table = read_table(file)
            _report(report, language, links=groups.links, left=table, right=table, map_left=mapping, map_right=mapping, true=true)


if __name__ == "__main__":
    link()
