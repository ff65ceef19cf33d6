"""Edits: what a person saw is replaced, what they did not see is kept."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from havre.core.edits import JSON, Edit, EditForged, heads, project, resolve_bases

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
RECORD, AMINA, YONAS = UUID(int=100), UUID(int=200), UUID(int=201)


def edit(number: int, *bases: Edit, author: UUID = AMINA, minutes: int | None = None, **values: JSON) -> Edit:
    at = NOON + timedelta(minutes=number if minutes is None else minutes)
    return Edit(UUID(int=number), RECORD, at, author, values, frozenset(b.id for b in bases), number)


def riskier(one: JSON, other: JSON) -> JSON:
    order = ["none", "low", "medium", "high"]
    return max(one, other, key=lambda level: order.index(str(level)))


def test_nothing_written_shows_nothing() -> None:
    empty = project([])
    assert (empty.values, empty.heads, empty.disputed, empty.shown) == ({}, frozenset(), (), {})


def test_an_edit_replaces_what_its_author_saw() -> None:
    first = edit(1, phone="617", place="Medenine")
    second = edit(2, first, phone="671")
    now = project([first, second])
    assert now.values == {"phone": "671", "place": "Medenine"}
    assert now.heads == {first.id, second.id} and now.disputed == ()


def test_two_people_who_did_not_see_each_other_are_both_kept() -> None:
    first = edit(1, phone="000")
    amina, yonas = edit(2, first, phone="617"), edit(3, first, author=YONAS, phone="671")
    now = project([first, amina, yonas])
    assert now.disputed == ("phone",)
    assert now.values["phone"] == "671" and now.shown["phone"] == yonas.id
    assert heads([first, amina, yonas])["phone"] == (yonas, amina)


def test_two_fields_written_at_once_by_two_people_do_not_quarrel() -> None:
    first = edit(1, phone="617", place="Medenine")
    now = project([first, edit(2, first, phone="671"), edit(3, first, author=YONAS, place="Zarzis")])
    assert now.values == {"phone": "671", "place": "Zarzis"} and now.disputed == ()


def test_the_same_value_written_twice_is_no_dispute() -> None:
    one = edit(1, tags=["a", {"x": 1, "y": None}])
    same = edit(2, author=YONAS, tags=["a", {"y": None, "x": 1}])
    assert heads([one, same])["tags"] == (same,)
    assert project([one, same]).disputed == ()


def test_an_edit_over_equal_heads_settles_all_of_them() -> None:
    one, same = edit(1, phone="617"), edit(2, author=YONAS, phone="617")
    seen = project([one, same]).heads
    assert seen == {one.id, same.id}
    later = Edit(UUID(int=3), RECORD, NOON + timedelta(hours=1), AMINA, {"phone": "671"}, seen)
    assert project([one, same, later]).values["phone"] == "671"
    assert project([one, same, later]).disputed == ()


def test_true_and_one_are_two_values() -> None:
    assert project([edit(1, seen=True), edit(2, seen=1)]).disputed == ("seen",)


def test_an_edit_may_arrive_before_the_one_it_replaces() -> None:
    first = edit(1, phone="617")
    second = edit(2, first, phone="671")
    assert project([second]).values == {"phone": "671"}
    assert project([second, first]) == project([first, second])


def test_naming_an_edit_that_does_not_set_the_field_replaces_nothing_there() -> None:
    place = edit(1, place="Medenine")
    phone = edit(2, place, phone="617")
    assert project([place, phone]).values == {"place": "Medenine", "phone": "617"}


def test_equal_times_are_ordered_by_id_whatever_came_first() -> None:
    one, two = edit(1, minutes=0, phone="617"), edit(2, minutes=0, phone="671")
    assert project([one, two]).values == project([two, one]).values == {"phone": "671"}


def test_a_disputed_safety_field_shows_the_more_protective_value() -> None:
    first = edit(1, risk="medium")
    high, low = edit(2, first, risk="high"), edit(3, first, author=YONAS, risk="low")
    now = project([first, high, low], {"risk": riskier})
    assert now.values["risk"] == "high" and now.shown["risk"] == high.id and now.disputed == ("risk",)
    assert project([first, high, low]).values["risk"] == "low"


def test_a_safety_field_that_was_lowered_knowingly_shows_the_lower_value() -> None:
    high = edit(1, risk="high")
    assert project([high, edit(2, high, risk="low")], {"risk": riskier}).values["risk"] == "low"


def test_a_value_made_by_the_protective_rule_points_at_the_newest_head() -> None:
    def union(one: JSON, other: JSON) -> JSON:
        assert isinstance(one, list) and isinstance(other, list)
        return [*sorted({*map(str, one), *map(str, other)})]

    one, two = edit(1, alerts=["a"]), edit(2, alerts=["b"])
    now = project([one, two], {"alerts": union})
    assert now.values["alerts"] == ["a", "b"] and now.shown["alerts"] == two.id


def test_bases_to_settle_a_dispute_are_all_heads_of_the_fields() -> None:
    first = edit(1, phone="000", place="Medenine")
    amina, yonas = edit(2, first, phone="617"), edit(3, first, author=YONAS, phone="671")
    edits = [first, amina, yonas]
    assert resolve_bases(edits, ["phone"]) == {amina.id, yonas.id}
    assert resolve_bases(edits, ["place", "unknown"]) == {first.id}
    settled = Edit(UUID(int=4), RECORD, NOON, AMINA, {"phone": "both"}, resolve_bases(edits, ["phone"]))
    assert heads([*edits, settled])["phone"] == (settled,)


def test_the_same_edit_received_twice_counts_once() -> None:
    one = edit(1, phone="617")
    again = Edit(one.id, RECORD, one.at, AMINA, {"phone": "617"}, frozenset(), order=99)
    assert project([one, again]) == project([one])


def test_one_id_with_two_contents_is_an_alarm() -> None:
    with pytest.raises(EditForged):
        project([edit(1, phone="617"), edit(1, phone="671")])


def test_an_edit_cannot_replace_itself() -> None:
    selfish = Edit(UUID(int=1), RECORD, NOON, AMINA, {"phone": "617"}, frozenset({UUID(int=1)}))
    assert project([selfish]).values == {"phone": "617"}
    former = edit(2, phone="000")
    both = Edit(UUID(int=3), RECORD, NOON, AMINA, {"phone": "617"}, frozenset({UUID(int=2), UUID(int=3)}))
    assert heads([former, both])["phone"] == (both,)


def test_edits_that_name_each_other_in_a_ring_are_not_lost() -> None:
    one = Edit(UUID(int=1), RECORD, NOON, AMINA, {"phone": "617"}, frozenset({UUID(int=2)}))
    two = Edit(UUID(int=2), RECORD, NOON, YONAS, {"phone": "671"}, frozenset({UUID(int=1)}))
    assert {e.id for e in heads([one, two])["phone"]} == {one.id, two.id}
    apart = edit(3, phone="999")
    assert {e.id for e in heads([one, two, apart])["phone"]} == {one.id, two.id, apart.id}
    over = edit(4, two, phone="000")
    assert {e.id for e in heads([one, two, over])["phone"]} == {over.id}
