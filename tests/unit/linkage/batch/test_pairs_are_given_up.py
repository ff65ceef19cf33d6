"""A pair is given up early only where it would not have been kept: by what is left, by consonants, by one name after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from havre.linkage.batch.engine import Work, prepare
from havre.linkage.batch.grades import DIFFERENT, apart, grade, memory, words_of
from havre.linkage.batch.learning import Learned
from havre.linkage.batch.scoring import FAMILY_FROM, KEPT_FROM, Scorer
from havre.linkage.files import Table
from havre.linkage.model.parameters import load_model
from havre.linkage.names.lexicon import Lexicon

SIZE = 400
WORDS = (
    "Mohammed محمد Мохаммед Ahmed احمد Haile ሀይሌ Abebe አበባ Olena Олена Fatima فاطمة Hussein حسن Selam ሰላም Jean John Aung အောင် Ali علي "
    "Tesfay Tesfai تسفاي Kidane ኪዳነ Dawit ዳዊት داويت Abdulrahman عبدالرحمن Alrashid Elrashid Yusuf يوسف Zeinab Zainab Oksana Оксана "
    "Bobo Bibibibibib Constantinopolitanopoulos Ko Oo Ng Aaliyah Robert Bob William Bill"
).split()
PLACES = ("Sudan > Kassala > Wad Sharife", "Sudan > Kassala", "Ethiopia > Tigray > Adi Beles", "Eritrea > Gash > Barentu", "Sudan")


def _name(rng: Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.choice((1, 1, 1, 2, 3))))


def _row(rng: Random, number: int, *, roles: bool) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(("given", "full_name", "father", "grandfather", "family", "mother", "nickname", "siblings"))
    wanted = ("given", "father", "grandfather", "family", "mother", "nickname") if roles or rng.random() < 0.5 else ("full_name", "mother", "nickname")
    for column in wanted:
        if column in ("given", "full_name") or rng.random() < 0.6:
            row[column] = " ".join(_name(rng) for _ in range(3)) if column == "full_name" else _name(rng)
    if rng.random() < 0.4:
        row["siblings"] = f"{_name(rng)} ({rng.randint(1, 9)}); {_name(rng)}"
    row["sex"] = rng.choice(("female", "male", None))
    row["origin"] = rng.choice((*PLACES, None))
    row["birth_date"] = rng.choice((None, f"201{rng.randint(0, 5)}", f"201{rng.randint(0, 5)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"))
    return {"id": str(number)} | row


def _again(rng: Random, row: dict[str, str | None]) -> dict[str, str | None]:
    """The same child, or a brother, written down elsewhere."""
    out = dict(row)
    for column in out:
        if column != "id" and rng.random() < 0.3:
            out[column] = out.get(rng.choice(("father", "given", column, "mother"))) if column in ("given", "father", "family") else None
    return out


def _table(rows: list[dict[str, str | None]]) -> Table:
    return Table({name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}, len(rows))


@pytest.fixture(params=[True, False], ids=["roles stated", "full names among them"])
def made(request: pytest.FixtureRequest) -> tuple[Work, Learned]:
    rng = Random(5)
    rows = [_row(rng, k, roles=request.param) for k in range(SIZE)]
    work = prepare(_table(rows), _table([_again(rng, row) for row in rows]), {}, {}, lambda _: None)
    return work, work.learn(load_model())


def test_what_is_kept_of_every_pair_is_what_comparing_all_of_it_keeps(made: tuple[Work, Learned]) -> None:
    work, learned = made
    scorer = Scorer(work.fields, work.left, work.right, learned, work.vocabulary)
    a, b = (x.ravel().astype(np.int32) for x in np.meshgrid(np.arange(SIZE), np.arange(SIZE), indexing="ij"))
    whole, kept = scorer.score(a, b, minimum=0.0), scorer.score(a, b)
    assert len(whole.a) == SIZE * SIZE
    wanted = np.flatnonzero((whole.match >= KEPT_FROM) | (whole.family >= FAMILY_FROM))
    assert SIZE / 2 < len(wanted) < SIZE * SIZE / 20
    assert (kept.a.tolist(), kept.b.tolist()) == (whole.a[wanted].tolist(), whole.b[wanted].tolist())
    for column, all_of_it in zip(kept[2:], whole[2:], strict=True):
        assert np.array_equal(column, all_of_it[..., wanted])


@pytest.mark.parametrize("made", [True], indirect=True, ids=["roles stated"])
def test_many_pairs_of_strangers_are_given_up_before_their_names_are_compared(made: tuple[Work, Learned], monkeypatch: pytest.MonkeyPatch) -> None:
    from havre.linkage.batch import scoring

    work, learned = made[0], replace(made[1], matches=4e4, universe=1e10)  # as in two files of 100,000 rows
    compared: list[int] = []
    monkeypatch.setattr(scoring, "name_levels", lambda *given, _real=scoring.name_levels: (compared.append(len(given[2])), _real(*given))[1])
    rng = np.random.default_rng(6)
    a, b = (rng.integers(0, SIZE, 20_000).astype(np.int32) for _ in range(2))
    Scorer(work.fields, work.left, work.right, learned, work.vocabulary).score(a, b)
    assert compared
    assert sum(compared) < 0.7 * len(a)


def test_tokens_that_are_apart_are_graded_different() -> None:
    lexicon, rng = Lexicon(), Random(8)
    numbers = [lexicon.number(word.lower()) for word in WORDS]
    numbers += [lexicon.number("".join(rng.choices("abdefhiklmnorstuwyz", k=rng.randint(2, 14)))) for _ in range(150)]
    signs, words = words_of(lexicon)
    memo = memory()
    found = [(apart(i, j, signs), apart(j, i, signs), grade(i, j, memo, signs, words)) for i, j in product(numbers, repeat=2)]
    assert all(one == other for one, other, _ in found)
    assert all(graded == DIFFERENT for one, _, graded in found if one)
    assert sum(one for one, _, _ in found) > len(found) / 2
