"""An entry holds a form and a description; of one of before, of another matcher, or damaged, as much is read as there is."""

from uuid import UUID

import pytest

from havre import linkage
from havre.linkage import Description, Name, load_model
from havre.linkage.evidence.compiled.portable import portable
from havre.registration.index import contents, weighing
from havre.registration.index.contents import Contents, read, sealed
from havre.registration.index.tokens import MANY, MOST_PAIRS, plan

SELAM = Description(names=(Name("Selam Tesfay"),), sex="female", birth_date="2017", recorded_on="2026-01-01")
ODD = Description(names=(Name("Ana Maria del Carmen Sofia Lucia Rosa Pilar", "given"),))


def test_what_was_sealed_is_read() -> None:
    for described in (SELAM, ODD, Description()):
        held = read(sealed(described))
        assert held is not None and held.form == portable(linkage.prepare(described))
        person = held.person()
        assert person is not None and person.source == described


def test_an_entry_of_before_has_no_form() -> None:
    held = read(SELAM.to_json().encode())
    assert held == Contents(None, SELAM.to_json().encode())


def test_a_form_made_otherwise_is_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    other = sealed(SELAM)
    monkeypatch.setattr(contents, "forms_as", lambda: b"earlier.")
    assert read(other) == Contents(None, SELAM.to_json().encode())


@pytest.mark.parametrize("bytes_", [b"", b"\x01", b"\x02" + sealed(SELAM)[1:], b"[1]"])
def test_what_is_neither_is_no_entry(bytes_: bytes) -> None:
    assert read(bytes_) is None


@pytest.mark.parametrize("text", [b"{", b"{\"names\":[[1]]}", b"{\"names\":3}", b"\xff"])
def test_what_is_no_description_is_nobody(text: bytes) -> None:
    assert Contents(None, text).person() is None


def entry(number: int) -> tuple[object, ...]:
    return (UUID(int=number), UUID(int=number), UUID(int=1), "child", 40.0, b"", 1, b"")


def weigh(monkeypatch: pytest.MonkeyPatch, held: list[Contents | None], *, odd: int = 10, anew: int = 10) -> list[int]:
    """Whom weighing gives back, best first, by number; what it says of each is what the library says."""
    monkeypatch.setattr(weighing, "contents_of", lambda person, features, kek, wrapped: held[person.int])
    asked, model = linkage.prepare(SELAM), load_model()
    out = weighing.best_first(weighing.weighed(asked, [entry(k) for k in range(len(held))], model, 5000, odd=odd, anew=anew))
    for one in out:
        result = linkage.score(asked, one.held.person() or SELAM, model, population=5000)
        assert (one.match, one.family) == pytest.approx((result.probability, result.family_probability), rel=1e-9, abs=1e-12)
    return [one.row[0].int for one in out]


def test_the_likely_come_first_and_what_does_not_open_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    brother = Description(names=(Name("Dawit Tesfay"),), sex="male", birth_date="2012", recorded_on="2026-01-01")
    held = [read(sealed(brother)), None, read(sealed(SELAM)), Contents(None, b"{")]
    assert weigh(monkeypatch, held) == [2, 0]


def test_those_of_before_and_the_odd_are_weighed_as_far_as_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    before, odd, now = Contents(None, SELAM.to_json().encode()), read(sealed(ODD)), read(sealed(SELAM))
    held = [odd, before, now, before, odd]
    assert weigh(monkeypatch, held) == [1, 2, 3, 0, 4]
    assert weigh(monkeypatch, held, anew=1) == [1, 2, 0, 4]
    assert weigh(monkeypatch, held, odd=1) == [1, 2, 3, 0]
    assert weigh(monkeypatch, held, odd=0, anew=0) == [2]


def test_the_first_that_are_descriptions_are_read_through() -> None:
    nobody = weighing.Weighed(0.9, 0.0, entry(1), Contents(b"", b"{"))
    somebody = [weighing.Weighed(0.5, 0.0, entry(k), Contents(b"", SELAM.to_json().encode())) for k in (2, 3, 4)]
    assert [row[0].int for row, _ in weighing.read_through([nobody, *somebody], 2)] == [2, 3]


def test_common_tokens_are_looked_up_in_pairs_and_alone_only_widely() -> None:
    wanted, holders = {1: 10.0, 2: 9.0, 3: 8.0, 4: 2.0}, {1: MANY + 1, 2: MANY + 1, 3: MANY}
    looked = plan(wanted, holders)
    assert list(zip(looked.firsts, looked.seconds, looked.weights, strict=True)) == [(3, 3, 8.0), (4, 4, 2.0), (1, 2, 19.0)]
    widely = plan(wanted, holders, widely=True)
    assert list(zip(widely.firsts, widely.seconds, strict=True)) == [(1, 1), (2, 2), (3, 3), (4, 4), (1, 2)]
    assert len(plan(dict.fromkeys(range(40), 1.0), dict.fromkeys(range(40), MANY + 1)).firsts) == MOST_PAIRS
    assert plan({1: 1.0}, {1: MANY + 1}).firsts == []
