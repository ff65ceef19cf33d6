"""People are added, replaced and erased without rebuilding; a register is saved whole, checked and loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from havre.linkage import Description, Index, Name
from havre.linkage.flat import storing
from tests.unit.linkage.flat.town import sought, town

RARE = Description(names=(Name("Thaddeus", "given"), Name("Wilhelmina", "mother")), origin=("Sudan", "Kassala", "Shagarab"), phones=("0987654321",), id="rare-1")


def _ids(index: Index, question: Description) -> list[str | None]:
    return [f.id for f in index.find(question, 10)]


def _answers(index: Index, people: list[Description]) -> list[list[tuple[str | None, float]]]:
    return [[(f.id, f.probability) for f in index.find(sought(people[i], i), 5, population=len(people))] for i in range(0, len(people), 40)]


def test_people_added_one_by_one_are_found_as_those_added_at_once() -> None:
    people = town(400)
    grown = Index(people[:300])
    for person in people[300:]:
        grown.put(person)
    assert len(grown) == 400
    assert _answers(grown, people) == _answers(Index(people), people)
    before = _answers(grown, people)
    grown.compact()
    assert _answers(grown, people) == before
    assert list(grown) == people


def test_who_is_put_again_is_replaced() -> None:
    index = Index([*town(100), RARE])
    index.put(replace(RARE, names=(Name("Ottoline", "given"),), phones=(), origin=()))
    assert len(index) == 101
    assert "rare-1" not in _ids(index, Description(phones=("0987654321",)))
    assert _ids(index, Description(names=(Name("Otoline"),)))[0] == "rare-1"
    assert [n.value for n in index.get("rare-1").names] == ["Ottoline"]  # type: ignore[union-attr]


def test_who_is_erased_is_never_found_again() -> None:
    index = Index([*town(100), RARE])
    assert index.erase("rare-1")
    assert not index.erase("rare-1")
    assert (len(index), index.get("rare-1")) == (100, None)
    assert RARE not in list(index)
    for question in (RARE, Description(names=(Name("Thaddeus"),)), Description(phones=RARE.phones)):
        assert "rare-1" not in _ids(index, question)
    index.compact()
    assert "rare-1" not in _ids(index, RARE)


def test_nothing_of_the_erased_stays_on_disk(tmp_path: Path) -> None:
    Index([*town(100), RARE]).save(tmp_path)
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*.npy"))
    assert b"thaddeus" in written and b"shagarab" in written
    index = Index.load(tmp_path)
    index.erase("rare-1")
    index.find(RARE)
    index.save(tmp_path)
    left = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()).lower()
    for trace in (b"thaddeus", b"wilhelmina", b"shagarab", b"0987654321", b"rare-1"):
        assert trace not in left


def test_a_loaded_register_answers_as_the_one_saved_and_goes_on_changing(tmp_path: Path) -> None:
    people = town(400)
    index = Index(people)
    index.save(tmp_path)
    loaded = Index.load(tmp_path)
    assert (len(loaded), _answers(loaded, people)) == (400, _answers(index, people))
    loaded.put(RARE)
    assert _ids(loaded, Description(names=(Name("Tadeus"),)))[0] == "rare-1"
    assert len(Index.load(tmp_path)) == 400, "the folder changes with the next save only"
    loaded.save(tmp_path)
    assert Index.load(tmp_path).get("rare-1") == RARE


def test_numbers_of_known_names_are_read_again(tmp_path: Path) -> None:
    index = Index([Description(names=(Name("Sasha"),), id="1"), Description(names=(Name("Yusuf"),), id="2")])
    index.save(tmp_path)
    stored = next(tmp_path.rglob("token_data.npy"))
    loaded = Index.load(tmp_path)
    assert loaded._arrays.vocabulary.data.tolist()[:10] == index._arrays.vocabulary.data.tolist()[:10]
    assert stored.is_file()
    assert _ids(loaded, Description(names=(Name("Aleksandr"),)))[0] == "1"
    assert _ids(loaded, Description(names=(Name("Joseph"),)))[0] == "2"


def test_a_damaged_register_is_refused(tmp_path: Path) -> None:
    Index(town(50)).save(tmp_path)
    texts = next(tmp_path.rglob("texts.npy"))
    whole = texts.read_bytes()
    texts.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ValueError, match="damaged"):
        Index.load(tmp_path)
    texts.write_bytes(whole[:-1])
    with pytest.raises(ValueError, match="damaged"):
        Index.load(tmp_path, check=False)


def test_there_is_no_register_in_an_empty_folder_and_none_of_another_format(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no register"):
        Index.load(tmp_path)
    Index(town(10)).save(tmp_path)
    current = tmp_path / storing.CURRENT
    current.write_text(current.read_text().replace(f'"format": {storing.FORMAT}', '"format": 99'))
    with pytest.raises(ValueError, match="format"):
        Index.load(tmp_path)


def test_a_save_that_fails_leaves_the_register_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Index(town(50)).save(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing, "_replace", full)
    with pytest.raises(OSError, match="No space"):
        Index(town(60)).save(tmp_path)
    assert len(Index.load(tmp_path)) == 50
    assert len(list(tmp_path.glob("register-*"))) == 1
