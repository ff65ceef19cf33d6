"""Does `havre release` turn a real file into tables, once, and refuse what it must?"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from havre.cli import cli
from havre.core.problems import Problem
from havre.disclosure import from_bytes
from havre.disclosure.ledgerfile import opened
from havre.disclosure.planfile import read_plan
from havre.disclosure.problems import (
    AlreadyMeasured,
    BadPlanFile,
    BudgetSpent,
    LedgerDamaged,
    MissingAttribute,
    PlanTooPoor,
    SheetDamaged,
    TooManyRows,
    UnknownCode,
)
from havre.disclosure.statement import fingerprint

PLAN = """
title = "Children met"
population = "children met"
year = 2026
period = "January to June 2026"
epsilon = 0.5
child = "case"

[[attributes]]
name = "sex"
column = "SEX"
codes = ["f", "m"]
other = false

[[attributes]]
name = "place"
codes = ["Port", "Station", "=Bridge"]
labels = { Port = "The old port" }
[[attributes.levels]]
name = "region"
groups = { South = ["Port", "Station"], North = ["=Bridge"] }

[[tables]]
by = ["sex", "place"]
[[tables]]
by = ["place@region"]
weight = 2.5
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    rng = np.random.default_rng(5)
    n = 4000
    table = pa.table({"case": [f"SECRET-{i}" for i in range(n)], "SEX": rng.choice(["f", "m", ""], n, p=[0.5, 0.49, 0.01]).tolist(),
                      "place": rng.choice(["Port", "Station", "=Bridge", "Élsewhere"], n, p=[0.6, 0.3, 0.09, 0.01]).tolist()})
    arrow_csv.write_csv(table, tmp_path / "children.csv")
    parquet.write_table(table, tmp_path / "children.parquet")
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    return tmp_path


def run(folder: Path, *words: str, file: str | None = "children.csv", plan: str = "plan.toml", out: str | None = "out"):
    """The command as a person types it; a problem comes back as itself."""
    typed = ["release", *([str(folder / file)] if file else []), "--plan", str(folder / plan), *(["--out", str(folder / out)] if out else []), *words]
    done = CliRunner().invoke(cli, typed)
    if isinstance(done.exception, Problem):
        raise done.exception
    return done


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("file", ["children.csv", "children.parquet"])
def test_a_file_becomes_tables_with_what_they_promise(folder, file):
    done = run(folder, file=file)
    assert done.exit_code == 0, done.output
    out = folder / "out"
    assert sorted(p.name for p in out.iterdir()) == ["dictionary.csv", "guarantee.json", "sheet.havre", "table-place-region.csv", "table-sex__place.csv"]
    cells = rows(out / "table-sex__place.csv")
    assert len(cells) == 3 * 5
    big = next(c for c in cells if (c["sex"], c["place"]) == ("f", "Port"))
    assert big["status"] == "shown" and abs(int(big["count"]) - 1200) < 200 and int(big["low"]) < int(big["count"]) < int(big["high"])
    for cell in cells:
        assert (cell["count"] == "") == (cell["status"] == "too small")
        assert cell["place"] != "=Bridge"  # written so that no table program runs it
    south = next(c for c in rows(out / "table-place-region.csv") if c["place@region"] == "South")
    total = sum(float(c["estimate"]) for c in cells if c["place"] in ("Port", "Station"))
    assert float(south["estimate"]) == pytest.approx(total, abs=0.1)
    meanings = rows(out / "dictionary.csv")
    assert {"attribute": "place", "level": "place", "code": "Port", "group": "South", "label": "The old port"} in meanings


def test_estimates_and_invented_rows_come_from_the_sheet_alone(folder):
    run(folder)
    words = ("--sheet", str(folder / "out/sheet.havre"), "--estimates", "--rows", "--rare-below", "5")
    for out in ("first", "second"):
        done = run(folder, *words, file=None, out=out)
        assert done.exit_code == 0, done.output
    assert (folder / "first/rows.csv").read_bytes() == (folder / "second/rows.csv").read_bytes()
    cells = rows(folder / "first/table-sex__place.csv")
    assert all(float(cell["estimate"]) >= 0 for cell in cells)
    about = json.loads((folder / "first/rows.json").read_text("utf-8"))
    assert about["sheet"] == sha256((folder / "out/sheet.havre").read_bytes()).hexdigest() and about["invented"] is True
    invented = rows(folder / "first/rows.csv")
    assert len(invented) == about["rows"] and abs(len(invented) - 4000) < 200
    held = Counter((row["sex"], row["place"]) for row in invented)
    assert min(held.values()) >= 5
    big = next(cell for cell in cells if (cell["sex"], cell["place"]) == ("f", "Port"))
    assert abs(held["f", "Port"] - float(big["estimate"])) < 20


def test_blanking_without_rows_is_refused(folder):
    refused = run(folder, "--rare-below", "5")
    assert refused.exit_code == 2 and "--rows" in refused.output and not (folder / "out").exists()


def test_the_guarantee_says_exactly_what_holds(folder):
    run(folder)
    raw = (folder / "out/sheet.havre").read_bytes()
    said = json.loads((folder / "out/guarantee.json").read_text("utf-8"))
    sheet = from_bytes(raw, id=said["release"])
    assert said["release"] == sha256(raw).hexdigest() and said["plan"] == fingerprint(sheet.plan)
    assert said["epsilon"] == "0.5000" and said["delta"] == "1/1000000"
    assert Fraction(said["rho"]) == sheet.plan.rho >= sheet.plan.spent
    assert Fraction(said["ledger"]["spent_rho"]) == sheet.plan.rho and said["ledger"]["cap_epsilon"] == "1.0000"


def test_nothing_that_is_written_names_a_child(folder):
    done = run(folder)
    for path in [*(folder / "out").iterdir(), folder / "havre-ledger.jsonl"]:
        assert b"SECRET" not in path.read_bytes()
    assert "SECRET" not in done.output


def test_what_to_expect_is_told_without_the_file(folder):
    done = run(folder, "--expected", file=None, out=None)
    assert done.exit_code == 0
    assert done.output.splitlines()[0].startswith("sex × place: 15 cells, standard error ")
    assert sorted(p.name for p in folder.iterdir()) == ["children.csv", "children.parquet", "plan.toml"]


def test_a_plan_is_never_measured_twice(folder):
    run(folder)
    ledger = (folder / "havre-ledger.jsonl").read_bytes()
    with pytest.raises(AlreadyMeasured):
        run(folder, out="again")
    with pytest.raises(AlreadyMeasured):
        run(folder, file="children.parquet", out="again")
    assert not list((folder / "again").iterdir()) and (folder / "havre-ledger.jsonl").read_bytes() == ledger
    refused = run(folder)
    assert refused.exit_code != 0 and "not empty" in refused.output


def test_from_a_sheet_the_same_tables_come_again_byte_for_byte_and_cost_nothing(folder):
    run(folder)
    ledger = (folder / "havre-ledger.jsonl").read_bytes()
    done = run(folder, "--sheet", str(folder / "out/sheet.havre"), file=None, out="again")
    assert done.exit_code == 0, done.output
    for name in ("table-sex__place.csv", "table-place-region.csv", "dictionary.csv"):
        assert (folder / "again" / name).read_bytes() == (folder / "out" / name).read_bytes()
    assert (folder / "havre-ledger.jsonl").read_bytes() == ledger
    (folder / "other.toml").write_text(PLAN.replace("2.5", "3"), "utf-8")
    assert "another plan" in run(folder, "--sheet", str(folder / "out/sheet.havre"), file=None, out="third", plan="other.toml").output
    with pytest.raises(SheetDamaged):
        run(folder, "--sheet", str(folder / "children.csv"), file=None, out="fourth")


def test_the_year_is_spent_when_it_is_spent(folder):
    run(folder)
    (folder / "more.toml").write_text(PLAN.replace("January to June", "July to December"), "utf-8")
    run(folder, plan="more.toml", out="more")
    third = PLAN.replace("January to June", "summer of").replace("epsilon = 0.5", "epsilon = 0.9")
    (folder / "third.toml").write_text(third, "utf-8")
    before = (folder / "havre-ledger.jsonl").read_bytes()
    with pytest.raises(BudgetSpent) as refused:
        run(folder, plan="third.toml", out="third")
    assert "0.90" in str(refused.value) and (folder / "havre-ledger.jsonl").read_bytes() == before
    assert not (folder / "third/sheet.havre").exists()
    (folder / "cap.toml").write_text(third + "\n[cap]\nepsilon = 50\n", "utf-8")
    with pytest.raises(BudgetSpent):
        run(folder, plan="cap.toml", out="cap")  # the first plan of the year fixed the cap
    (folder / "next.toml").write_text(third.replace("2026", "2027"), "utf-8")
    assert run(folder, plan="next.toml", out="next").exit_code == 0


@pytest.mark.parametrize(("change", "problem"), [
    (lambda plan: plan.replace("population", "populatoin"), BadPlanFile),
    (lambda plan: plan.replace("epsilon = 0.5", 'epsilon = "much"'), BadPlanFile),
    (lambda plan: plan.replace("epsilon = 0.5", "epsilon = -1"), BadPlanFile),
    (lambda plan: plan.replace("epsilon = 0.5", ""), BadPlanFile),
    (lambda plan: plan.replace("year = 2026", "year = true"), BadPlanFile),
    (lambda plan: plan.replace("weight = 2.5", 'weight = "2"'), BadPlanFile),
    (lambda plan: plan.replace('codes = ["f", "m"]', 'codes = "f"'), BadPlanFile),
    (lambda plan: plan + "[[tables", BadPlanFile),
    (lambda plan: "cap = 1\n" + plan, BadPlanFile),
    (lambda plan: plan.replace("groups = {", 'extra = 1\ngroups = {'), BadPlanFile),
    (lambda plan: plan.replace('groups = { South = ["Port", "Station"], North = ["=Bridge"] }', "groups = { South = [1] }"), BadPlanFile),
    (lambda plan: plan.replace("other = false", "other = 3"), BadPlanFile),
    (lambda plan: "tables = []\n" + plan[:plan.index("[[tables]]")], BadPlanFile),
    (lambda plan: plan[:plan.index("[[attributes.levels]]")] + "levels = [1]\n" + plan[plan.index("[[tables]]"):], BadPlanFile),
    (lambda plan: 'surplus = "hide"\n' + plan, BadPlanFile),
    (lambda plan: plan[:plan.index("[[tables]]")], BadPlanFile),
    (lambda plan: "readable = 3\n" + plan, PlanTooPoor),
    (lambda plan: plan.replace('"Élsewhere"', "").replace('name = "place"', 'name = "place"\nother = false'), UnknownCode),
    (lambda plan: plan.replace('child = "case"', 'child = "SEX"').replace("other = false", "other = false", 1), Problem),
    (lambda plan: plan.replace('child = "case"', 'child = "place"'), TooManyRows),
    (lambda plan: plan.replace('column = "SEX"', 'column = "GENDER"'), Problem),
])
def test_what_cannot_be_is_refused_and_nothing_is_spent(folder, change, problem):
    (folder / "plan.toml").write_text(change(PLAN), "utf-8")
    with pytest.raises(problem) as refused:
        run(folder)
    assert "%(" not in str(refused.value)
    assert not (folder / "havre-ledger.jsonl").exists()
    assert not (folder / "out/sheet.havre").exists()


def test_the_plan_in_the_documentation_is_a_plan():
    from textwrap import dedent

    from havre.disclosure import planfile
    text = dedent("\n".join((planfile.__doc__ or "").splitlines()[2:]))
    with pytest.raises(MissingAttribute) as refused:  # it shows one attribute of two
        read_plan(text)
    assert refused.value.params == {"attribute": "sex"}
    whole = read_plan(text.replace('"place@region", "sex"', '"place@region"'))
    assert whole.plan.expectations()[0].smallest_readable <= 150 and whole.labels["place"]["Port"] == "The old port"


def test_what_was_typed_wrongly_is_said_plainly(folder):
    assert "Name FILE or --sheet" in run(folder, file=None).output
    (folder / "plan.toml").write_bytes(PLAN.encode("utf-16"))
    assert "not text in UTF-8" in run(folder).output


def test_a_delta_too_large_for_so_many_children_is_told(folder):
    (folder / "plan.toml").write_text("delta = 1e-4\n" + PLAN, "utf-8")
    assert "smaller delta" in run(folder).output


def test_surplus_rows_are_left_out_where_the_plan_agrees(folder):
    (folder / "plan.toml").write_text('surplus = "leave out"\nrows_per_child = 50\n' + PLAN.replace('child = "case"', 'child = "place"'), "utf-8")
    done = run(folder)
    assert done.exit_code == 0 and "3,8" in done.output and "do not publish it" in done.output
    assert b"3,8" not in (folder / "out/guarantee.json").read_bytes()


def test_a_ledger_that_was_touched_stops_everything(folder):
    run(folder)
    path = folder / "havre-ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    (folder / "more.toml").write_text(PLAN.replace("January to June", "July"), "utf-8")
    for harmed in (lines[1:], [*lines[:1], lines[1][:-9]], [lines[0].replace(b"spent", b"spend"), lines[1]], [b"{}\n"], [b"not json\n"]):
        path.write_bytes(b"".join(harmed))
        with pytest.raises(LedgerDamaged):
            run(folder, plan="more.toml", out="more")
    assert not (folder / "more/sheet.havre").exists()


def test_killed_between_spending_and_measuring_stays_spent_and_is_never_drawn_again(folder):
    script = ("import os, signal, sys; from importlib import import_module; module = import_module('havre.disclosure.measure'); "
              "import havre.disclosure; havre.disclosure.measure = lambda *a: os.kill(os.getpid(), signal.SIGKILL); "
              "from havre.cli import cli; cli.main(sys.argv[1:])")
    typed = ["release", str(folder / "children.csv"), "--plan", str(folder / "plan.toml"), "--out", str(folder / "out")]
    done = subprocess.run([sys.executable, "-c", script, *typed], capture_output=True, timeout=120, check=False, env={**os.environ})
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not list((folder / "out").iterdir())
    with pytest.raises(AlreadyMeasured) as refused:
        run(folder)
    assert "stays spent" in str(refused.value)
    with opened(folder / "havre-ledger.jsonl") as ledger:
        line = ledger.line("children met", 2026)
    assert line is not None and line.spent == read_plan(PLAN).plan.rho and line.releases == ()


def test_two_at_once_never_spend_more_than_there_is(folder):
    for i in range(4):
        (folder / f"p{i}.toml").write_text(PLAN.replace("January to June", f"part {i} of").replace("0.5", "0.6"), "utf-8")
    started = [subprocess.Popen([sys.executable, "-m", "havre.cli", "release", str(folder / "children.csv"), "--plan", str(folder / f"p{i}.toml"),
                                 "--out", str(folder / f"o{i}")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for i in range(4)]
    codes = [(p.communicate(timeout=180), p.returncode)[1] for p in started]
    with opened(folder / "havre-ledger.jsonl") as ledger:
        line = ledger.line("children met", 2026)
    assert line is not None and line.spent <= line.cap
    assert codes.count(0) == len(line.releases) == int(line.cap / read_plan((folder / "p0.toml").read_text("utf-8")).plan.rho)
