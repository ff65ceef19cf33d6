"""What do the two instances learn from a private question?"""

from __future__ import annotations

import pytest

pytest.importorskip("private_set_intersection", reason="openmined_psi is not installed (havre[private])")

from havre.linkage.private import MOST_KEYS, Answer, Offer, answer, ask, least_bits_of, offer, read
from havre.linkage.private.intersection import SMALLEST, padded_size


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


@pytest.fixture(scope="module")
def made() -> Offer:
    return offer((key(n) for n in range(300)), 20.0)


def asked(made: Offer, *numbers: int) -> Answer:
    question = ask(key(n) for n in numbers)
    return read(question, made.message, answer(made.key, question.request))


def test_a_child_who_is_there_is_possible(made: Offer) -> None:
    assert asked(made, 7, 1_000_001) is Answer.POSSIBLE


def test_a_child_who_is_not_there_is_not(made: Offer) -> None:
    assert asked(made, *range(1_000_000, 1_000_060)) is Answer.NO


def test_the_offer_says_how_rare_keys_must_be(made: Offer) -> None:
    assert least_bits_of(made.message) == 20.0


def test_questions_have_one_size_and_no_two_are_alike() -> None:
    few, many = (ask(key(n) for n in range(count)) for count in (1, MOST_KEYS))
    assert len(few.request) == len(many.request)
    assert ask([key(1)]).request != ask([key(1)]).request


def test_answers_have_one_size_and_an_order_that_tells_nothing(made: Offer) -> None:
    from private_set_intersection import python as psi

    told = []
    for numbers in ((1,), range(MOST_KEYS), (10**6,)):
        response = answer(made.key, ask(key(n) for n in numbers).request)
        elements = list(psi.Response.FromString(response).encrypted_elements)
        assert elements == sorted(elements)
        told.append(len(response))
    assert len(set(told)) == 1


def test_offers_of_small_registers_cannot_be_told_apart_by_size() -> None:
    one, many = (len(offer((key(n) for n in range(count)), 20.0).message) for count in (1, 900))
    assert abs(one - many) < 0.05 * many  # the same number of keys, coded; code lengths vary by a few bytes


@pytest.mark.parametrize("count", [1, SMALLEST, SMALLEST + 1, 5_000, 123_456, 10_000_000])
def test_an_offer_is_filled_up_by_an_eighth_at_most(count: int) -> None:
    assert count <= padded_size(count) <= max(SMALLEST, count * 9 / 8 + 1)


def test_an_answer_under_a_later_offer_does_not_open_an_earlier_one(made: Offer) -> None:
    later = offer((key(n) for n in range(300)), 20.0)
    question = ask([key(7)])
    assert read(question, made.message, answer(later.key, question.request)) is Answer.NO


def test_a_child_of_whom_nothing_is_known_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="Too little is known"):
        ask([])


def test_more_keys_than_a_question_holds_are_refused(made: Offer) -> None:
    from private_set_intersection import python as psi

    with pytest.raises(ValueError, match="at most 64"):
        ask(key(n) for n in range(MOST_KEYS + 1))
    greedy = psi.client.CreateWithNewKey(False).CreateRequest([str(n) for n in range(MOST_KEYS + 1)])
    with pytest.raises(ValueError, match="agreed form"):
        answer(made.key, greedy.SerializeToString())


def test_a_question_that_wants_to_know_which_keys_are_there_is_refused(made: Offer) -> None:
    from private_set_intersection import python as psi

    curious = psi.client.CreateWithNewKey(True).CreateRequest([str(n) for n in range(MOST_KEYS)])
    with pytest.raises(ValueError, match="agreed form"):
        answer(made.key, curious.SerializeToString())


@pytest.mark.parametrize("request_", [b"", b"\xff\xff", b"x" * 5000])
def test_what_is_no_question_is_refused(made: Offer, request_: bytes) -> None:
    with pytest.raises(ValueError):
        answer(made.key, request_)


def test_points_off_the_curve_and_points_sent_twice_are_refused(made: Offer) -> None:
    from private_set_intersection import python as psi

    good = psi.Request.FromString(ask([key(1)]).request)
    bent, twice = psi.Request.FromString(ask([key(1)]).request), psi.Request.FromString(ask([key(1)]).request)
    bent.encrypted_elements[0] = b"\x02" + b"\xff" * 32
    twice.encrypted_elements[0] = good.encrypted_elements[1]
    twice.encrypted_elements[1] = good.encrypted_elements[1]
    for forged in (bent, twice):
        with pytest.raises(ValueError, match="agreed form"):
            answer(made.key, forged.SerializeToString())


def test_forged_offers_and_answers_are_refused(made: Offer) -> None:
    question = ask([key(1)])
    response = answer(made.key, question.request)
    for message in (b"", b"HVP1", b"XXXX" + made.message[4:]):
        with pytest.raises(ValueError):
            read(question, message, response)
    for forged in (b"", b"\xff\xff", response[:-40]):
        with pytest.raises(ValueError):
            read(question, made.message, forged)
    with pytest.raises(ValueError, match="not rare enough"):
        least_bits_of(offer([key(1)], 3.0).message)


def test_secrets_are_not_shown_by_accident(made: Offer) -> None:
    assert made.key.hex() not in repr(made) and repr(made.key) not in repr(made)
