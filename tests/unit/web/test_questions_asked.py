"""Do questions accept what people answer, keep what they typed, and refuse in plain words?"""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from havre.core.partialdates import AgeRange, PartialDate
from havre.core.problems import Conflict, InputRefused
from havre.reference import codes
from havre.web.parts.forms import AgeAnswer, DateAnswer, HavreForm, ManyOf, NumberAnswer, OneOf, TextAnswer, Tick, yes_no

RID = "00000000-0000-4000-8000-000000000001"


class Visit(HavreForm):
    """A form with one question of each kind."""

    alone = yes_no(label="Alone?", asides=True)
    father = DateAnswer(label="Last saw her father?", asides=True)
    age = AgeAnswer(label="How old?", required=False)
    needs = ManyOf(label="Needs?", choices=[("food", "Food"), ("sleep", "Sleep")], asides=("does_not_want_to_say",), required=False)
    sex = OneOf("sex", label="Girl or boy?", required=False)
    rooms = NumberAnswer(label="Rooms?", required=False)
    why = TextAnswer(label="Why?", long=True, error_messages={"required": "Write the reasons"})
    told = Tick(label="Told?", required=False)


def answered(text: str) -> Visit:
    return Visit(QueryDict(f"rid={RID}&{text}"))


def test_a_full_answer_is_read() -> None:
    form = answered("alone=yes&father=3 11 2026&age_0=8&age_1=10&needs=food&needs=sleep&sex=female&rooms=2&why=Because&told=on")
    assert form.is_valid(), form.errors
    given = form.cleaned_data
    assert given["rid"] == UUID(RID)
    assert given["father"] == PartialDate(2026, 11, 3)
    assert given["age"] == AgeRange(8, 10)
    assert (given["alone"], given["needs"], given["sex"], given["rooms"], given["told"]) == (
        "yes", ["food", "sleep"], "female", 2, True,
    )  # fmt: skip


def test_does_not_know_is_an_answer() -> None:
    form = answered("alone=does_not_know&father_aside=does_not_want_to_say&why=x")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["father"] is None
    assert form.cleaned_data["father_aside"] == "does_not_want_to_say"


def test_what_is_typed_wins_over_does_not_know() -> None:
    form = answered("alone=no&father=2024&father_aside=does_not_know&why=x")
    assert form.is_valid()
    assert form.cleaned_data["father"] == PartialDate(2024)
    assert form.cleaned_data["father_aside"] == ""


def test_an_aside_beside_a_real_answer_is_dropped() -> None:
    assert answered("needs=food&needs=does_not_want_to_say").fields["needs"].clean(["food", "does_not_want_to_say"]) == ["food"]


def test_a_needed_question_wants_an_answer_or_an_aside() -> None:
    form = answered("")
    assert set(form.errors) == {"alone", "father", "why"}
    assert form.errors["why"] == ["Write the reasons"]


@pytest.mark.parametrize("typed", ["yesterday", "31 2 2026", "3 11 26"])
def test_an_unreadable_date_is_refused_with_an_example(typed: str) -> None:
    form = answered(f"father={typed}")
    assert "3 11 2026" in form.errors["father"][0]


def test_an_exact_date_wants_the_day() -> None:
    exact = DateAnswer(label="When?", exact=True)
    assert exact.clean("3 11 2026") == date(2026, 11, 3)
    with pytest.raises(Exception, match="day too"):
        exact.clean("11 2026")


def test_ages_come_in_either_order_and_one_is_enough() -> None:
    assert AgeAnswer(label="x").clean(["10", "8"]) == AgeRange(8, 10)
    assert AgeAnswer(label="x").clean(["9", ""]) == AgeRange(9, 9)
    assert AgeAnswer(label="x", required=False).clean(["", ""]) is None


def test_the_request_id_is_new_for_each_form_drawn_and_stays_over_a_refusal() -> None:
    assert Visit()["rid"].value() != Visit()["rid"].value()
    assert str(answered("")["rid"].value()) == RID


def test_a_form_remembers_the_heads_it_was_drawn_from() -> None:
    heads = [uuid4(), uuid4()]
    drawn = Visit(seen=heads)["seen"].value()
    form = answered(f"seen={drawn}&alone=yes&father=2024&why=x")
    assert form.is_valid()
    assert form.heads == tuple(map(str, heads))


def test_code_lists_speak_the_readers_language() -> None:
    with translation.override("fr"):
        french = dict(Visit().fields["sex"].choices)
    assert french == dict(codes.choices("sex", "fr"))
    assert french != dict(Visit().fields["sex"].choices)


def test_problems_go_to_their_question_or_to_the_top() -> None:
    form = answered("alone=yes&father=2024&why=x")
    assert form.is_valid()
    form.refuse(InputRefused({"why": ["Say more."]}))
    form.refuse(Conflict())
    assert form.errors["why"] == ["Say more."]
    assert "does not fit" in form.non_field_errors()[0]


def drawn(form: HavreForm, name: str) -> str:
    return Template("{% load parts %}{% field question %}").render(Context({"question": form[name]}))


def test_a_question_is_drawn_with_its_error_tied_to_it() -> None:
    page = drawn(answered("why="), "why")
    assert 'aria-describedby="id_why-error"' in page
    assert 'aria-invalid="true"' in page
    assert '<p class="wrong-text" id="id_why-error">Write the reasons' in page


def test_nothing_is_chosen_before_a_person_chooses() -> None:
    for name in ("alone", "needs", "sex"):
        assert "checked" not in drawn(Visit(), name)


def test_many_options_become_a_select_that_starts_empty() -> None:
    class Long(HavreForm):
        place = OneOf(label="Where?", choices=[(str(n), f"Place {n}") for n in range(12)])

    page = drawn(Long(), "place")
    assert "<select" in page
    assert '<option value="" selected>' in page


def test_what_was_typed_is_drawn_again_and_escaped() -> None:
    page = drawn(answered("why=<b>sure</b>"), "why")
    assert "&lt;b&gt;sure&lt;/b&gt;" in page


def test_the_summary_follows_the_order_of_the_questions_and_links_to_them() -> None:
    page = Template("{% load parts %}{% error_summary form %}").render(Context({"form": answered("")}))
    places = [page.index(target) for target in ("#id_alone_0", "#id_father", "#id_why")]
    assert places == sorted(places)
    assert "Last saw her father? This question needs an answer." in page
