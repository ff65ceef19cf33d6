"""The register that linkage is measured on: made without the matcher's tables, and true to itself."""

import ast
import os
from pathlib import Path

import numpy as np
import pytest

from bench.linkage import families
from bench.linkage.families import habits, slips, write_pair, write_register
from bench.linkage.families.files import description

ROOT = Path(__file__).resolve().parents[3]
DATA = next((Path(d) for d in (os.environ.get("HAVRE_DATA"), ROOT.parent / "shared" / "data") if d and (Path(d) / "names").is_dir()), None)
needs_data = pytest.mark.skipif(DATA is None, reason="the public data sets are not here")


def test_the_generator_reads_nothing_that_the_matcher_knows_of_names() -> None:
    read = set()
    for file in Path(families.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                read.add(node.module)
            elif isinstance(node, ast.Import):
                read |= {alias.name for alias in node.names}
    assert {module for module in read if module.startswith("havre")} == {"havre.linkage.record"}


@pytest.mark.parametrize(("father", "son", "daughter"), [
    ("Иван", "Иванович", "Ивановна"), ("Сергей", "Сергеевич", "Сергеевна"), ("Дмитрий", "Дмитриевич", "Дмитриевна"),
    ("Юрий", "Юрьевич", "Юрьевна"), ("Никита", "Никитич", "Никитична"), ("Игорь", "Игоревич", "Игоревна")])  # fmt: skip
def test_russian_patronymics(father: str, son: str, daughter: str) -> None:
    assert habits.patronymic(father, male=True, ukrainian=False) == son
    assert habits.patronymic(father, male=False, ukrainian=False) == daughter


@pytest.mark.parametrize(("father", "son", "daughter"), [
    ("Андрій", "Андрійович", "Андріївна"), ("Дмитро", "Дмитрович", "Дмитрівна"), ("Василь", "Васильович", "Василівна")])  # fmt: skip
def test_ukrainian_patronymics(father: str, son: str, daughter: str) -> None:
    assert habits.patronymic(father, male=True, ukrainian=True) == son
    assert habits.patronymic(father, male=False, ukrainian=True) == daughter


def test_surnames_of_women() -> None:
    assert [habits.feminine(w, ukrainian=False) for w in ("Иванов", "Троицкий", "Черных")] == ["Иванова", "Троицкая", "Черных"]
    assert [habits.feminine(w, ukrainian=True) for w in ("Козловський", "Шевченко")] == ["Козловська", "Шевченко"]


def test_a_slip_keeps_the_first_letter_and_touches_one_place() -> None:
    assert [slips.slip("Mariam", 0.3, kind, 0) for kind in range(3)] == ["Maiam", "Marriam", "Mairam"]
    assert slips.slip("Ali", 0.3, 0, 0) == "Ali"
    words = np.array(["Mariam", None] * 500, dtype=object)
    changed = slips.slipped(words, 0.2, np.random.default_rng(3))
    assert 60 < sum(a != b for a, b in zip(words, changed, strict=True)) < 140


@needs_data
def test_a_pair_of_registers_is_the_same_for_the_same_seed_and_true_to_its_people(tmp_path: Path) -> None:
    assert DATA is not None
    first, again = (write_pair(tmp_path / name, DATA, 1_500, groups={"somali", "ukrainian"}) for name in ("a", "b"))
    assert first.columns("left") == again.columns("left")
    left, right, truth = first.columns("left_about"), first.columns("right_about"), first.columns("truth")
    person = [dict(zip(side["id"], side["person"], strict=True)) for side in (left, right)]
    assert all(person[0][a] == person[1][b] for a, b in zip(truth["left_id"], truth["right_id"], strict=True))
    assert len(truth["left_id"]) == len(set(left["person"]) & set(right["person"]))
    assert 0.3 < len(truth["left_id"]) / len(left["id"]) < 0.5
    assert set(left["group"]) == {"somali", "ukrainian"} and set(left["script"]) == {"latin", "cyrillic"}


@needs_data
def test_some_questions_are_of_children_who_are_not_registered(tmp_path: Path) -> None:
    assert DATA is not None
    register = write_register(tmp_path, DATA, 1_000, questions=200, groups={"arabic"})
    asked, held = register.columns("right_about"), set(register.columns("left_about")["person"])
    absent = sum(person not in held for person in asked["person"])
    assert len(asked["id"]) == 200 and absent == 40
    people = list(register.descriptions("left"))
    assert all(p.names and p.sex and p.origin for p in people)
    assert any(p.siblings for p in people)


def test_a_row_becomes_a_description() -> None:
    row = dict.fromkeys(("grandfather", "mother", "family", "nickname", "birth_date"))
    got = description(row | {"id": "l1", "given": "Sara", "father": "Omar", "sex": "female", "age_min": 7, "age_max": 9, "recorded_on": "2026-01-02",
                             "origin": "SD > SD-01 > Kafr", "siblings": "Ali (4); Musa"})  # fmt: skip
    assert [(n.value, n.kind) for n in got.names] == [("Sara", "given"), ("Omar", "father")]
    assert [(s.names, s.age) for s in got.siblings] == [(("Ali",), 4.0), (("Musa",), None)]
    assert (got.age_min, got.origin[-1]) == (7.0, "Kafr")
