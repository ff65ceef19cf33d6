"""No single wrong character and no swap turns one child's code into another's."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.ids import ALPHABET, check_code, edit_id, new_code

CODES = st.binary(min_size=10, max_size=16).map(new_code)


@settings(max_examples=150, deadline=None)
@given(CODES)
def test_every_single_wrong_character_is_caught(code: str) -> None:
    plain = code.replace("-", "")
    for at in range(7):
        for wrong in ALPHABET:
            if wrong != plain[at]:
                assert check_code(plain[:at] + wrong + plain[at + 1 :]) is None


@settings(max_examples=300, deadline=None)
@given(CODES)
def test_every_swap_of_two_characters_is_caught(code: str) -> None:
    plain = code.replace("-", "")
    for one, other in combinations(range(7), 2):
        swapped = list(plain)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if plain[one] != plain[other]:
            assert check_code("".join(swapped)) is None


@given(CODES)
def test_every_code_made_is_a_code(code: str) -> None:
    assert check_code(code) == code == check_code(code.lower().replace("-", " "))


@given(st.text(max_size=12))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    found = check_code(text)
    assert found is None or check_code(found) == found


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),
    st.binary(min_size=10, max_size=10),
    st.binary(min_size=10, max_size=10),
)
def test_edit_ids_sort_as_their_times(at: datetime, one: bytes, other: bytes) -> None:
    assert edit_id(at, one) < edit_id(at + timedelta(milliseconds=2), other)
