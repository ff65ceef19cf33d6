"""`havre release FILE --plan PLAN --out DIR`: tables of a file that may be published, what they promise, and what was spent on them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from havre.disclosure import Microdata, Plan, Sheet, Table
    from havre.disclosure.domain import Spec
    from havre.disclosure.planfile import PlanFile

SHEET, LEDGER = "sheet.havre", "havre-ledger.jsonl"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--plan", "plan_path", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="What to count, by which codes, and how much may be told (.toml).")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="A folder for the tables; it must be new or empty.")
@click.option("--sheet", "sheet_path", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Make the tables from a sheet that was measured by this plan before, instead of from FILE. Spends nothing.")
@click.option("--ledger", "ledger_path", type=click.Path(path_type=Path, dir_okay=False),
              help=f"What was spent on these children before; {LEDGER} in the folder of FILE when left out.")
@click.option("--estimates", is_flag=True,
              help="Write best estimates instead of unbiased counts: nearer to the truth, never below nought, with sums that agree.")
@click.option("--rows", is_flag=True, help="Write invented rows too, whose tables are near those of the sheet. No row is a child.")
@click.option("--rare-below", type=click.IntRange(min=2), help="With --rows: blank values until no combination is held by fewer rows than this.")
@click.option("--expected", is_flag=True, help="Say how well each table will read and stop. FILE is not opened and nothing is spent.")
def release(file: Path | None, plan_path: Path, out: Path | None, sheet_path: Path | None, ledger_path: Path | None, estimates: bool, rows: bool,
            rare_below: int | None, expected: bool) -> None:
    """Count the children of FILE (.csv or .parquet) by PLAN, with noise, so that nobody can tell whether one child is in it.

    DIR gets the tables, the sheet they come from, a statement of the guarantee and a dictionary of the codes. FILE is only read. What
    is spent stands in the ledger before anything is measured; the same plan is never measured twice.
    """
    from havre.disclosure import estimate
    from havre.disclosure.planfile import read_plan
    from havre.disclosure.statement import dictionary
    from havre.exchange.writing import harmless
    if rare_below and not rows:
        raise click.UsageError("--rare-below is about invented rows: say --rows too.")
    asked = read_plan(_text(plan_path))
    if expected:
        _tell_expected(asked.plan)
        return
    if out is None or (file is None) == (sheet_path is None):
        raise click.UsageError("Name FILE or --sheet, and with --out a folder; or ask only what to expect with --expected.")
    if out.exists() and any(out.iterdir()):
        raise click.ClickException(f"{out} is not empty. Give another folder: what was released is never written over.")
    out.mkdir(parents=True, exist_ok=True)
    if file is not None:
        sheet = _measure(asked, file, out, ledger_path or file.parent / LEDGER)
    elif sheet_path is not None:
        sheet = _measured_before(asked, sheet_path)
    meanings = ({key: harmless(text) for key, text in row.items()} for row in dictionary(asked.plan.domain, asked.labels))
    _write_rows(out / "dictionary.csv", ["attribute", "level", "code", "group", "label"], meanings)
    best = estimate(sheet)
    for spec in asked.plan.workload.tables:
        table = best.table(spec) if estimates else sheet.table(spec)
        _write_table(out / f"{file_name(asked.plan, spec)}.csv", table, [asked.plan.domain.label(name, at) for name, at in spec])
    if rows:
        _write_invented(out, best.microdata(k=rare_below))
    click.echo(f"{len(asked.plan.workload.tables)} tables of release {sheet.id[:16]} are in {out}.")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not text in UTF-8.") from None


def _tell_expected(plan: Plan) -> None:
    for line in plan.expectations():
        click.echo(f"{plan.domain.title(line.spec)}: {line.cells:,} cells, standard error {line.worst:.1f}, readable from {line.smallest_readable:,} up")


def _measure(asked: PlanFile, file: Path, out: Path, ledger_path: Path) -> Sheet:
    """Count, spend, measure, keep the sheet, and only then say in the ledger that it is done."""
    from havre.disclosure import count_file, measure, to_bytes
    from havre.disclosure.ledgerfile import opened
    from havre.disclosure.statement import fingerprint, guarantee
    plan, today = asked.plan, datetime.now(UTC).date().isoformat()
    question = sha256(f"{fingerprint(plan)} {asked.period}".encode()).hexdigest()
    counted = count_file(file, plan.domain, plan.workload.widest(), child=asked.child, most=plan.rows_per_child, drop=asked.drop, columns=asked.columns)
    with opened(ledger_path) as ledger:
        line = ledger.spend(asked.population, asked.year, plan.rho, asked.cap, question, today)
        sheet = measure(plan, counted.counts)
        (out / SHEET).write_bytes(to_bytes(sheet))
        delta = asked.budget.delta or asked.cap.delta
        assert delta is not None  # a budget of a plan file is written as epsilon and delta
        said = guarantee(sheet, population=asked.population, period=asked.period, delta=delta, ledger_spent=line.spent, ledger_cap=line.cap)
        (out / "guarantee.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")
        ledger.publish(asked.population, asked.year, question, sheet.id, today)
    if counted.dropped:
        click.echo(f"{counted.dropped:,} rows beyond a child's share were left out. This number is exact: do not publish it.", err=True)
    if delta * counted.rows * 10 >= 1:
        click.echo("So many children are in this file that a smaller delta is advised: less than 1 in ten times their number.", err=True)
    return sheet


def _measured_before(asked: PlanFile, path: Path) -> Sheet:
    """The sheet of a file, if this plan measured it."""
    from havre.disclosure import from_bytes
    from havre.disclosure.statement import fingerprint
    sheet = from_bytes(path.read_bytes())
    if fingerprint(sheet.plan) != fingerprint(asked.plan):
        raise click.ClickException(f"{path} was measured by another plan than this one. Use the plan it was measured by.")
    return sheet


def file_name(plan: Plan, spec: Spec) -> str:
    """A table's file name: attributes joined by two underscores, the level after one dash; other signs become dashes."""
    words = [plan.domain.label(name, at).replace("@", "-") for name, at in spec] or ["everyone"]
    return "table-" + "__".join("".join(c if c.isalnum() or c in "-_" else "-" for c in word) for word in words)


def _write_table(path: Path, table: Table, names: list[str]) -> None:
    """One row per cell. `count`, `low` and `high` are rounded to half a standard error; where too small to tell from nought only `high`
    is told. `estimate` and `se` are the numbers before rounding, for those who add up."""
    import numpy as np

    from havre.disclosure import Status
    from havre.disclosure.publication import about
    from havre.exchange.writing import harmless

    def rows() -> Iterable[Mapping[str, str]]:
        for cell in np.ndindex(table.value.shape):
            value, se, status = float(table.value[cell]), float(table.se[cell]), str(table.status[cell])
            codes = {name: harmless(table.codes[axis][at]) for axis, (name, at) in enumerate(zip(names, cell, strict=True))}
            count, low, high = about(value, se, float(table.low[cell]), float(table.high[cell]))
            told = {"count": "", "low": "", "high": str(max(0, high))} if status == Status.TOO_SMALL else {"count": str(count), "low": str(low), "high": str(high)}
            yield {**codes, **told, "status": status, "estimate": f"{value:.2f}", "se": f"{se:.2f}"}
    _write_rows(path, [*names, "count", "low", "high", "status", "estimate", "se"], rows())


def _write_invented(out: Path, invented: Microdata) -> None:
    """rows.csv, one invented row a line, blank where a value was blanked; rows.json says from which sheet they were made, and how."""
    from havre.exchange.writing import harmless
    columns = {name: [harmless(text) for text in invented.labels(name)] for name in invented.codes}
    _write_rows(out / "rows.csv", list(columns), (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)))
    (out / "rows.json").write_text(json.dumps(invented.provenance, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _write_rows(path: Path, header: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
