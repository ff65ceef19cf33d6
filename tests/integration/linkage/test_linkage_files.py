"""Linking whole files, by the library and by the command."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from havre.cli.docs import HEAD
from havre.linkage.batch import link
from havre.linkage.columns import COLUMNS, map_columns, reference
from havre.linkage.command import link as command
from havre.linkage.files import read_table, write_table
from havre.linkage.truth import Agreement, agreement

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "linkage-columns.md"
FAMILIES = [
    ("Tesfay", "Gebre", "ተስፋይ", "ገብረ", "Adi Beles"), ("Kidane", "Hagos", "ኪዳነ", "ሓጎስ", "Wukro"),
    ("Tadesse", "Bekele", "ታደሰ", "በቀለ", "Adama"), ("Girma", "Alemu", "ግርማ", "ዓለሙ", "Debre Zeit"),
    ("Yohannes", "Desta", "ዮሐንስ", "ደስታ", "Mekele"), ("Mulugeta", "Kebede", "ሙሉጌታ", "ከበደ", "Bahir Dar"),
    ("Elias", "Petros", "ኤልያስ", "ጴጥሮስ", "Asmara"), ("Berhane", "Tsegaye", "ብርሃነ", "ጸጋዬ", "Keren"),
]  # fmt: skip
CHILDREN = [("Selam", "ሰላም", "female"), ("Dawit", "ዳዊት", "male"), ("Rahel", "ራሔል", "female"), ("Solomon", "ሰሎሞን", "male")]


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def registers(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two registers of the same 32 children, brothers and sisters among them, in two scripts; and the truth."""
    left, right, truth = [], [], []
    for f, (father, grandfather, father_native, grandfather_native, village) in enumerate(FAMILIES):
        for c, (given, native, sex) in enumerate(CHILDREN):
            number, year = f"{f}-{c}", 2010 + 2 * c + f % 2
            left.append(
                {
                    "case id": f"L{number}", "Name": f"{given} {father} {grandfather}", "Gender": sex,
                    "Date of birth": f"{year}-0{c + 1}-1{f}", "origin": f"Ethiopia > {village}", "tribe": "one",
                }
            )  # fmt: skip
            right.append(
                {
                    "case id": f"R{number}", "Name": f"{native} {father_native} {grandfather_native}", "Gender": sex,
                    "Date of birth": f"{year}", "origin": f"Ethiopia > {village}", "tribe": "two",
                }
            )  # fmt: skip
            truth.append({"left": f"L{number}", "right": f"R{number}"})
    return (
        _write(tmp_path / "left.csv", left),
        _write(tmp_path / "right.csv", right),
        _write(tmp_path / "truth.csv", truth),
    )


def test_two_registers_in_two_scripts_are_linked_without_labels(registers: tuple[Path, Path, Path]) -> None:
    left, right, truth = registers
    links = link(left, right, one_to_one=True)
    true = [(row["left"], row["right"]) for row in csv.DictReader(truth.read_text(encoding="utf-8").splitlines())]
    result = agreement([(p.left_id, p.right_id) for p in links.matches()], true)
    assert result.f1 >= 0.95
    best = links.pairs[0]
    assert best.levels["given"] in ("strong", "exact")
    assert set(best.weights) == set(best.levels)


def test_brothers_and_sisters_are_not_taken_for_the_same_child(registers: tuple[Path, Path, Path]) -> None:
    left, right, _ = registers
    for pair in link(left, right).pairs:
        same_family = pair.left_id[1] == pair.right_id[1]
        if same_family and pair.left_id[1:] != pair.right_id[1:]:
            assert pair.verdict != "match"


def test_the_command_writes_pairs_and_tells_how_right_they_are(registers: tuple[Path, Path, Path], tmp_path: Path) -> None:
    left, right, truth = registers
    out = tmp_path / "pairs.parquet"
    done = CliRunner().invoke(command, [str(left), str(right), "--out", str(out), "--truth", str(truth), "--one-to-one"])
    assert done.exit_code == 0, done.output
    assert "precision" in done.output
    table = read_table(out)
    assert {"left_id", "right_id", "probability", "family_probability", "verdict", "given_level", "given_weight"} <= set(table.columns)
    assert table.rows >= 30


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv", "RIGHT", "--out", "x.csv"], "There is no file"),
        (["LEFT", "RIGHT", "--out", "x.txt"], "written as .csv or .parquet"),
        (["LEFT", "RIGHT", "--out", "x.csv", "--map", "nothing"], "HEADER=COLUMN"),
        (["LEFT", "RIGHT", "--out", "x.csv", "--map", "absent=given"], "no column"),
        (["LEFT", "RIGHT", "--out", "x.csv", "--map", "tribe=clan"], "not a canonical column"),
    ],
)
def test_the_command_refuses_in_plain_words(registers: tuple[Path, Path, Path], tmp_path: Path, arguments: list[str], said: str) -> None:
    names = {"LEFT": str(registers[0]), "RIGHT": str(registers[1]), "x.csv": str(tmp_path / "x.csv"), "x.txt": str(tmp_path / "x.txt")}
    done = CliRunner().invoke(command, [names.get(a, a) for a in arguments])
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output


def test_files_without_a_common_column_are_refused(tmp_path: Path) -> None:
    left = _write(tmp_path / "a.csv", [{"colour": "red"}])
    right = _write(tmp_path / "b.csv", [{"weight": "3"}])
    with pytest.raises(ValueError, match="share no column"):
        link(left, right)


def test_a_file_with_a_header_and_no_rows_gives_no_pairs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("given,family\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("given,family\nAli,Omar\n", encoding="utf-8")
    assert link(tmp_path / "a.csv", tmp_path / "b.csv").pairs == []


def test_values_that_look_like_numbers_keep_their_zeros(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", [{"postcode": "0123", "given": ""}])
    table = read_table(path)
    assert table.column("postcode") == ["0123"]
    assert table.column("given") == [None]
    write_table(tmp_path / "b.csv", {"postcode": table.column("postcode")})
    assert read_table(tmp_path / "b.csv").column("postcode") == ["0123"]


def test_headers_are_recognised_and_can_be_overruled() -> None:
    found = map_columns(["Given Name", " Surname", "DOB", "colour"], {"colour": "text:colour", "DOB": "ignore"})
    assert found == {"given": "Given Name", "family": " Surname", "text:colour": "colour"}


def test_the_reference_page_lists_every_column() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert page == HEAD + reference(), "run ./run docs and commit"
    assert all(f"| `{column.name}` |" in page for column in COLUMNS)


def test_agreement_counts_pairs() -> None:
    result = agreement([("a", "1"), ("b", "3")], [("a", "1"), ("b", "2")])
    assert result == Agreement(1, 1, 1)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)
    assert Agreement(0, 0, 0).f1 == 1.0
