"""Whatever people write, in whatever order it arrives, nothing is lost and everyone sees the same."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.edits import JSON, Edit, heads, project, resolve_bases

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
FIELDS = ("phone", "place", "risk")
LEVELS = ["none", "low", "medium", "high"]


def riskier(one: JSON, other: JSON) -> JSON:
    return max(one, other, key=lambda level: LEVELS.index(str(level)))


WRITTEN = st.lists(
    st.tuples(
        st.integers(0, 2**12 - 1),  # which of the edits before it the author saw
        st.integers(1, 2 ** len(FIELDS) - 1),  # which fields it sets
        st.integers(0, 4 ** len(FIELDS) - 1),  # to which levels
        st.integers(-5, 5),  # by a clock that may lie
        st.booleans(),  # whether it ever arrived
    ),
    max_size=12,
)


def history(written: list[tuple[int, int, int, int, bool]]) -> list[Edit]:
    """The edits that arrived; some name others that never came."""
    edits: list[Edit] = []
    for number, (seen, fields, levels, minutes, came) in enumerate(written):
        values: dict[str, JSON] = {
            name: LEVELS[levels >> 2 * at & 3] for at, name in enumerate(FIELDS) if fields >> at & 1
        }
        bases = frozenset(UUID(int=n) for n in range(number) if seen >> n & 1)
        at = NOON + timedelta(minutes=minutes)
        if came:
            edits.append(Edit(UUID(int=number), UUID(int=0), at, UUID(int=99), values, bases, number))
    return edits


HISTORIES = WRITTEN.map(history)


@st.composite
def tangles(draw: st.DrawFn) -> list[Edit]:
    """Edits that name one another in any way at all, rings too: what only a broken client could write."""
    count = draw(st.integers(1, 7))
    ids = [UUID(int=n) for n in range(1, count + 1)]
    return [
        Edit(i, UUID(int=0), NOON, UUID(int=99), {"phone": str(i)}, draw(st.frozensets(st.sampled_from(ids))))
        for i in ids
    ]


def settled_by(edits: list[Edit], field: str) -> set[UUID]:
    """Every edit of a field reachable from its unreplaced edits through the bases that set it too."""
    setting = {e.id: e for e in edits if field in e.values}
    todo = [i for i in resolve_bases(edits, [field])]
    reached = set(todo)
    while todo:
        new = {b for b in setting[todo.pop()].bases if b in setting} - reached
        reached |= new
        todo += new
    return reached


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(edits: list[Edit], chance: random.Random) -> None:
    shuffled = edits[:]
    chance.shuffle(shuffled)
    assert project(shuffled, {"risk": riskier}) == project(edits, {"risk": riskier})
    assert heads(shuffled) == heads(edits)


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_every_value_is_a_head_or_was_replaced_by_one_who_saw_it(edits: list[Edit]) -> None:
    for field in FIELDS:
        assert settled_by(edits, field) == {e.id for e in edits if field in e.values}


@settings(max_examples=200, deadline=None)
@given(tangles())
def test_even_a_tangle_loses_nothing(edits: list[Edit]) -> None:
    assert settled_by(edits, "phone") == {e.id for e in edits}
    assert project(edits).values


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_what_nobody_saw_is_never_replaced(edits: list[Edit]) -> None:
    named = {base for e in edits for base in e.bases}
    for e in edits:
        for field in e.values if e.id not in named else ():
            assert any(h.values[field] == e.values[field] for h in heads(edits)[field])
            assert e.id in resolve_bases(edits, [field])


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.data())
def test_receiving_edits_twice_changes_nothing(edits: list[Edit], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(edits))) if edits else []
    assert project([*edits, *again]) == project(edits)


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.sampled_from(FIELDS))
def test_an_edit_over_the_heads_settles_the_field_and_no_other(edits: list[Edit], field: str) -> None:
    before = project(edits)
    last = Edit(
        UUID(int=1000), UUID(int=0), NOON, UUID(int=99), {field: "low"}, resolve_bases(edits, [field])
    )
    after = project([*edits, last])
    assert after.values[field] == "low" and after.shown[field] == last.id
    assert [h.id for h in heads([*edits, last])[field]] == [last.id]
    assert set(after.disputed) == set(before.disputed) - {field}
    for other in before.values:
        if other != field:
            assert after.values[other] == before.values[other]


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_a_form_that_names_all_heads_leaves_no_dispute_in_what_it_sets(edits: list[Edit]) -> None:
    values: dict[str, JSON] = dict.fromkeys(FIELDS, "medium")
    last = Edit(UUID(int=1000), UUID(int=0), NOON, UUID(int=99), values, project(edits).heads)
    assert project([*edits, last]).disputed == ()
    assert project([*edits, last]).values == values


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_a_safety_field_never_shows_less_protection_than_a_head(edits: list[Edit]) -> None:
    shown = project(edits, {"risk": riskier}).values.get("risk")
    for head in heads(edits).get("risk", ()):
        assert LEVELS.index(str(shown)) >= LEVELS.index(str(head.values["risk"]))


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_the_value_shown_is_that_of_the_edit_named(edits: list[Edit]) -> None:
    now = project(edits, {"risk": riskier})
    by_id = {e.id: e for e in edits}
    assert now.shown.keys() == now.values.keys()
    assert all(by_id[i].values[field] == now.values[field] for field, i in now.shown.items())
    assert set(now.shown.values()) <= now.heads
