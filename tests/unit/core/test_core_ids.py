"""Names reveal nothing and slips are caught."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest

from havre.core.ids import ALPHABET, check_code, edit_id, new_code, new_id

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


def test_record_ids_are_random() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000 and {i.version for i in ids} == {4}


def test_edit_ids_are_version_7_and_hold_their_millisecond() -> None:
    made = edit_id(NOON, bytes(range(10)))
    assert made.version == 7 and made.variant == RFC_4122
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_the_example_of_rfc_9562_comes_out() -> None:
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    chance = (0xCC3 << 62 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert edit_id(at, chance) == UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")


def test_edit_ids_sort_by_time_and_differ_by_chance() -> None:
    early, late = edit_id(NOON, b"\xff" * 10), edit_id(NOON + timedelta(milliseconds=1), bytes(10))
    assert early < late and str(early) < str(late)
    assert edit_id(NOON, bytes(10)) != edit_id(NOON, bytes(9) + b"\x01")


def test_edit_ids_need_a_zone_enough_chance_and_a_possible_time() -> None:
    with pytest.raises(ValueError, match="zone"):
        edit_id(datetime(2026, 11, 17), bytes(10))
    with pytest.raises(ValueError, match="random"):
        edit_id(NOON, bytes(9))
    with pytest.raises(ValueError, match="1970"):
        edit_id(datetime(1969, 1, 1, tzinfo=UTC), bytes(10))


def test_a_code_has_no_characters_that_are_mistaken_for_others() -> None:
    assert not set("01OILUS") & set(ALPHABET) and len(set(ALPHABET)) == len(ALPHABET) == 29


def test_a_code_is_written_in_four_and_three_and_reads_back() -> None:
    code = new_code(b"ten bytes!")
    assert len(code) == 8 and code[4] == "-" and check_code(code) == code


@pytest.mark.parametrize("spell", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c[:2]} {c[2:]}\n",
                                   lambda c: c.replace("-", "–")])  # fmt: skip
def test_a_code_may_be_typed_in_any_case_and_spacing(spell) -> None:  # type: ignore[no-untyped-def]
    code = new_code(bytes(range(100, 112)))
    assert check_code(spell(code)) == code


@pytest.mark.parametrize("typed", ["", "2222", "2222-2222", "OOOO-OOO", "ሰላም", "2222-22ß"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert check_code(typed) is None


def test_a_code_with_one_wrong_character_is_none() -> None:
    code = new_code(b"ten bytes!")
    assert check_code(("3" if code[0] == "2" else "2") + code[1:]) is None


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="random"):
        new_code(bytes(9))
