"""What always holds of linkage, whatever the names."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from havre.linkage import Description, Name, Sibling, keys, score
from havre.linkage.names.similarity import name_similarity
from havre.linkage.names.tokens import tokens

WORDS = st.sampled_from(
    "Mohammed محمد Ahmed احمد Haile ሀይሌ Abebe አበባ Olena Олена Fatima فاطمة Hussein حسن Selam ሰላም Jean John Aung အောင် Tesfay "
    "Kidane Дмитро Dawit علي Zeinab يوسف".split()
)
ANY_TEXT = st.text(max_size=20)
PLACES = st.lists(st.sampled_from(["Sudan", "Ethiopia", "Tigray", "Kassala", "كسلا", "ET01"]), max_size=3).map(tuple)
DATES = st.sampled_from([None, "2010", "2012-05", "2012-05-03", "2012-03-05", "nonsense"])


@st.composite
def descriptions(draw: st.DrawFn) -> Description:
    kinds = st.sampled_from(["full", "given", "father", "mother", "family", "nickname"])
    names = draw(st.lists(st.builds(Name, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), kinds), max_size=3))
    siblings = draw(st.lists(st.builds(Sibling, st.tuples(WORDS), st.none() | st.integers(0, 17).map(float)), max_size=3))
    return Description(
        names=tuple(names),
        sex=draw(st.sampled_from([None, "female", "male"])),
        birth_date=draw(DATES),
        age_min=draw(st.none() | st.integers(0, 17).map(float)),
        recorded_on=draw(st.sampled_from([None, "2024-01-01", "2026-06-01"])),
        origin=draw(PLACES),
        siblings=tuple(siblings),
        phones=draw(st.sampled_from([(), ("0911234567",), ("+251911234567", "123")])),
        separation_date=draw(DATES),
    )


@given(ANY_TEXT | WORDS, ANY_TEXT | WORDS)
def test_similarity_is_symmetric_and_between_nought_and_one(a: str, b: str) -> None:
    value = name_similarity(a, b)
    assert 0.0 <= value <= 1.0
    assert value == name_similarity(b, a)


@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms())
def test_the_order_of_words_does_not_change_a_names_likeness(words: list[str], rng: object) -> None:
    turned = list(words)
    rng.shuffle(turned)  # type: ignore[attr-defined]
    assert name_similarity(" ".join(words), " ".join(turned)) > 0.95


@given(ANY_TEXT)
def test_splitting_never_fails_and_gives_no_empty_token(text: str) -> None:
    assert all(tokens(text))


@settings(max_examples=150, deadline=None)
@given(descriptions(), descriptions())
def test_score_is_symmetric(a: Description, b: Description) -> None:
    one, two = score(a, b), score(b, a)
    assert abs(one.probability - two.probability) < 1e-9
    assert abs(one.family_probability - two.family_probability) < 1e-9
    assert one.verdict is two.verdict
    assert [(e.field, e.level, e.llr) for e in one.evidence] == [(e.field, e.level, e.llr) for e in two.evidence]


@settings(max_examples=80, deadline=None)
@given(descriptions(), descriptions())
def test_probabilities_are_probabilities(a: Description, b: Description) -> None:
    result = score(a, b)
    assert 0.0 <= result.probability <= 1.0
    assert 0.0 <= result.family_probability <= 1.0
    assert result.probability + result.family_probability <= 1.0 + 1e-9


@settings(max_examples=80, deadline=None)
@given(descriptions(), descriptions(), st.text(max_size=5), st.text(max_size=5))
def test_id_and_agency_change_nothing(a: Description, b: Description, label: str, agency: str) -> None:
    marked = replace(b, id=label, agency=agency)
    assert score(a, marked) == score(a, b)
    assert keys(marked, "query") == keys(b, "query")


@settings(max_examples=80, deadline=None)
@given(descriptions(), descriptions())
def test_what_one_side_does_not_know_is_neutral(a: Description, b: Description) -> None:
    silent = replace(b, sex=None, origin=(), phones=(), separation_date=None)
    for evidence in score(a, silent).evidence:
        if evidence.field in ("sex", "origin", "phone", "separation_date"):
            assert evidence.missing
            assert evidence.llr == evidence.family_llr == 0.0


@settings(max_examples=80, deadline=None)
@given(descriptions())
def test_the_same_sex_and_origin_never_speak_against(a: Description) -> None:
    for evidence in score(a, a).evidence:
        if evidence.field in ("sex", "origin", "phone", "language", "given"):
            assert evidence.llr >= 0.0


@settings(max_examples=80, deadline=None)
@given(descriptions())
def test_index_keys_of_a_person_are_among_her_query_keys_or_replaced_by_narrower_ones(a: Description) -> None:
    index, query = keys(a, "index"), keys(a, "query")
    assert not index or index & query


@given(descriptions())
def test_json_gives_back_the_same_description(a: Description) -> None:
    assert Description.from_json(a.to_json()) == a
