"""Rows of CSV and Parquet become people; two commands make a register and ask it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from havre.linkage import Description, Name, Relative, Sibling
from havre.linkage.files import open_table, write_table
from havre.linkage.flat.command import find_command, index_command
from havre.linkage.flat.people import described, people

CSV = """Case ID,Given name,Father name,Mother name,Sex,Age,Registration date,Place of origin,Phone,siblings,relatives
c1,Selam,Tesfay,Hiwot,female,9,2026-01-01,Ethiopia > Tigray > Adi Beles,0911 223344;0911 223355,Dawit (5); Sara,aunt: Mersa
c2,ናድር / Nadir,محمد,,male,about ten,,,,,
,Olena,,,,,,,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "children.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_row_says_what_its_columns_mean(file: Path) -> None:
    first, second, third = people(file)
    assert first == Description(
        names=(Name("Selam", "given"), Name("Tesfay", "father"), Name("Hiwot", "mother")), sex="female", age_min=9.0, age_max=9.0,
        recorded_on="2026-01-01", origin=("Ethiopia", "Tigray", "Adi Beles"), phones=("0911 223344", "0911 223355"),
        siblings=(Sibling(("Dawit",), 5.0), Sibling(("Sara",))), relatives=(Relative("aunt", ("Mersa",)),), id="c1",
    )  # fmt: skip
    assert (second.names, second.age_min) == ((Name("ናድር", "given"), Name("Nadir", "given"), Name("محمد", "father")), None)
    assert (third.id, third.names) == ("3", (Name("Olena", "given"),))


def test_parquet_says_the_same_as_csv(file: Path, tmp_path: Path) -> None:
    from havre.linkage.files import read_table

    table = read_table(file)
    write_table(tmp_path / "children.parquet", {name: table.column(name) for name in table.columns})
    assert list(people(tmp_path / "children.parquet")) == list(people(file))


def test_a_long_file_is_read_in_parts_and_nobody_is_left_out(tmp_path: Path) -> None:
    rows = 60_000
    columns = {"Given name": [f"Selam {k}" for k in range(rows)], "Notes": [f"line\n{k}" for k in range(rows)]}
    for name in ("long.csv", "long.parquet"):
        write_table(tmp_path / name, columns)
        headers, parts = open_table(tmp_path / name)
        assert headers == ["Given name", "Notes"]
        sizes = [part.rows for part in parts]
        assert sum(sizes) == rows and len(sizes) > 1
        told = [(person.id, person.names[0].value) for person in people(tmp_path / name)]
        assert told == [(str(k + 1), f"Selam {k}") for k in range(rows)]


def test_what_is_wrong_further_down_is_said_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("Given name,Sex\n" + "Selam,female\n" * 200_000 + "Selam,female,three\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be read"):
        list(people(path))


def test_a_file_of_a_header_alone_holds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "nobody.csv"
    path.write_text("Given name,Sex\n", encoding="utf-8")
    assert list(people(path)) == []


def test_a_file_without_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column of names"):
        next(people(path))
    assert next(people(path, {"a": "full_name"})).names == (Name("1", "full"),)


def test_what_is_in_no_known_form_is_left_out() -> None:
    assert described({"given": "Selam", "age_min": "nine", "postcode": "1000"}) == Description(names=(Name("Selam", "given"),))


def test_the_commands_make_a_register_and_answer_in_words(file: Path, tmp_path: Path) -> None:
    run, folder = CliRunner(), str(tmp_path / "register")
    made = run.invoke(index_command, [str(file), "--out", folder])
    assert (made.exit_code, made.output) == (0, f"3 people are in the register in {folder}.\n")
    told = run.invoke(find_command, [folder, "--given", "ሰላም", "--father", "Tesfai", "--age", "8-10", "--on", "2026-02-01", "--sex", "female"])
    lines = told.output.splitlines()
    assert lines[:2] == ["May be this child:", "  c1  Selam / Tesfay / Hiwot"]
    assert any("of 100." in line for line in lines)
    assert any("The given name is the same name in another spelling or script." in line for line in lines)


def test_json_says_all_of_it(file: Path, tmp_path: Path) -> None:
    run, folder = CliRunner(), str(tmp_path / "register")
    run.invoke(index_command, [str(file), "--out", folder])
    first = json.loads(run.invoke(find_command, [folder, "--name", "Selam Tesfay", "--json"]).output)[0]
    assert (first["id"], first["verdict"]) == ("c1", "match")
    assert {"field", "level", "reason", "llr", "family_llr", "strength", "asked", "found"} == first["reasons"][0].keys()


def test_the_commands_refuse_in_plain_words(file: Path, tmp_path: Path) -> None:
    run = CliRunner()
    assert "There is no register" in run.invoke(find_command, [str(tmp_path / "none"), "--given", "Selam"]).output
    assert "Say at least a name" in run.invoke(find_command, [str(tmp_path)]).output
    assert "HEADER=COLUMN" in run.invoke(index_command, [str(file), "--out", str(tmp_path / "r"), "--map", "x"]).output
    assert "There is no file" in run.invoke(index_command, [str(tmp_path / "no.csv"), "--out", str(tmp_path / "r")]).output
