"""Results for small, readable cases: the child, her brother, a namesake, nobody."""

from __future__ import annotations

import pytest

from havre.linkage import Description, Name, Relative, Sibling, keys, load_model, rank, rank_hint, score, shares_of
from havre.linkage.blocking import INDEX_LIMIT, QUERY_LIMIT
from havre.linkage.explain import REASONS, STRENGTHS, VERDICTS, WORDS, sentence, strength
from havre.linkage.model.parameters import parse_model
from havre.linkage.model.posterior import Verdict, Words, in_words, per_hundred
from havre.linkage.prepared import prepare

SELAM = Description(
    names=(Name("ሰላም ተስፋይ"), Name("ለተብርሃን", "mother")), sex="female", age_min=8, age_max=10, recorded_on="2026-11-01",
    origin=("Ethiopia", "Tigray", "Adi Beles"), siblings=(Sibling(("ዳዊት", "Dawit"), 5),), languages=("ti",),
    separation_date="2026-11-03", separation_place=("Sudan", "Wad Nuri"), id="s", agency="one",
)  # fmt: skip
DAWIT = Description(
    names=(Name("ዳዊት ተስፋይ"),), sex="male", age_min=5, age_max=5, recorded_on="2026-11-01",
    origin=("Ethiopia", "Tigray", "Adi Beles"), siblings=(Sibling(("ሰላም",), 9),), languages=("ti",),
)  # fmt: skip
NAMESAKE = Description(
    names=(Name("Selam Haile"),), sex="female", age_min=15, age_max=16, recorded_on="2026-11-01", origin=("Eritrea", "Asmara")
)
SOUGHT = Description(
    names=(Name("سلام"), Name("تسفاي", "father")), sex="female", birth_date="2017", recorded_on="2026-11-09",
    origin=("Ethiopia", "Tigray", "عدي بلس"), siblings=(Sibling(("داويت",), 5),), languages=("ti",),
    separation_date="2026-11-03", separation_place=("Sudan", "ود نوري"),
)  # fmt: skip
HAILE = Description(names=(Name("ሀይሌ ገብረ"),), sex="male")


def test_the_child_is_found_across_three_scripts() -> None:
    result = score(SOUGHT, SELAM)
    assert result.verdict is Verdict.MATCH
    assert result.probability > 0.9
    assert result.per_hundred == per_hundred(result.probability)


def test_her_brother_is_family_and_not_a_match() -> None:
    result = score(SOUGHT, DAWIT)
    assert result.verdict is Verdict.FAMILY
    assert result.probability < 0.05 < result.family_probability


def test_a_namesake_is_a_lookalike() -> None:
    assert score(SOUGHT, NAMESAKE).verdict is Verdict.LOOKALIKE


def test_a_stranger_is_unrelated() -> None:
    assert score(SOUGHT, HAILE).verdict is Verdict.UNRELATED


def test_nothing_known_leaves_the_prior() -> None:
    result = score(Description(), Description())
    assert all(e.missing and e.llr == e.family_llr == 0.0 for e in result.evidence)
    assert result.probability < 0.01
    assert result.verdict is Verdict.UNRELATED


def test_a_larger_population_makes_the_same_evidence_weaker() -> None:
    assert score(SOUGHT, DAWIT, population=1_000_000).family_probability < score(SOUGHT, DAWIT, population=100).family_probability


def test_abeba_does_not_match_abebe_as_abebe_does() -> None:
    abebe, again, abeba = (Description(names=(Name(f"{n} Kebede"),), sex="male") for n in ("Abebe", "አበበ", "Abeba"))
    assert score(abebe, again).probability > 20 * score(abebe, abeba).probability


def test_john_does_not_match_jean_as_jean_does() -> None:
    jean, again, john = (Description(names=(Name(f"{n} Kabila"),)) for n in ("Jean", "JEAN", "John"))
    assert score(jean, again).probability > 20 * score(jean, john).probability


def test_a_rare_name_says_more_than_a_common_one() -> None:
    common = next(e for e in score(*[Description(names=(Name("Mohammed"),))] * 2).evidence if e.field == "given")
    rare = next(e for e in score(*[Description(names=(Name("Zerayakob"),))] * 2).evidence if e.field == "given")
    assert rare.llr > common.llr + 1


def test_a_name_common_in_the_register_says_less_once_learned() -> None:
    people = [prepare(Description(names=(Name("Zerayakob Tesfay"),))) for _ in range(10)]
    model = load_model()
    learned = model.with_shares(shares_of(people))
    one = Description(names=(Name("Zerayakob"),))
    assert score(one, one, learned).evidence[0].llr < score(one, one, model).evidence[0].llr


def test_names_in_exchanged_places_are_seen() -> None:
    a, b = (Description(names=(Name(n),)) for n in ("Yonas Tekle", "Tekle Yonas"))
    assert score(a, b).evidence[0].level == "swapped"


def test_a_name_given_after_separation_counts_as_a_given_name() -> None:
    child = Description(names=(Name("Rahwa", "given"), Name("Fatima", "given_after_separation"), Name("Kidane", "father")))
    assert score(child, Description(names=(Name("فاطمة كيداني"),))).evidence[0].level in ("exact", "strong")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ({"birth_date": "2016-05-03"}, {"birth_date": "2016-05-03"}, "date_same"),
        ({"birth_date": "2016-05-03"}, {"birth_date": "2016-03-05"}, "date_turned"),
        ({"birth_date": "2016-05-03"}, {"birth_date": "2016-05-08"}, "date_slip"),
        ({"birth_date": "2016-05-03"}, {"birth_date": "2010-09-21"}, "date_apart"),
        ({"birth_date": "2016-05"}, {"age_min": 9.0, "age_max": 11.0, "recorded_on": "2026-01-10"}, "within"),
        ({"age_min": 5.0, "recorded_on": "2024-01-01"}, {"age_min": 7.0, "recorded_on": "2026-01-01"}, "within"),
        ({"age_min": 5.0}, {"age_min": 5.0}, "within"),
        ({"birth_date": "2016"}, {"birth_date": "2009"}, "apart"),
        ({"birth_date": "2016-02-31"}, {"birth_date": "2016-02"}, "within"),
        ({"birth_date": "not a date"}, {"birth_date": "2016"}, "missing"),
        ({"age_min": 5.0}, {}, "missing"),
    ],
)
def test_births_are_compared_as_far_as_they_are_known(left: dict[str, object], right: dict[str, object], level: str) -> None:
    result = score(Description(**left), Description(**right))  # type: ignore[arg-type]
    assert next(e.level for e in result.evidence if e.field == "birth") == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("Ethiopia", "Tigray", "Adi Beles"), ("Ethiopia", "Tigray", "عدي بلس"), "place"),
        (("Ethiopia", "Tigray", "Adi Beles"), ("Ethiopia", "Tigray", "Wukro"), "region"),
        (("Ethiopia", "Tigray"), ("Ethiopia", "Amhara"), "country"),
        (("Ethiopia",), ("Ethiopia", "Amhara"), "country"),
        (("Wukro",), ("Ethiopia", "Tigray", "Wukro"), "place"),
        (("Sudan",), ("Ethiopia", "Amhara"), "different"),
        (("ET", "ET01"), ("ET", "ET02"), "country"),
        ((), ("Sudan",), "missing"),
    ],
)
def test_places_agree_as_deep_as_they_are_named(left: tuple[str, ...], right: tuple[str, ...], level: str) -> None:
    result = score(Description(origin=left), Description(origin=right))
    assert next(e.level for e in result.evidence if e.field == "origin") == level


def test_telephone_numbers_agree_without_their_prefix() -> None:
    result = score(Description(phones=("+251 911 234 567",)), Description(phones=("0911-234-567",)))
    assert next(e.level for e in result.evidence if e.field == "phone") == "same"


def test_other_relatives_are_compared_by_role() -> None:
    aunt, uncle = Relative("aunt", ("Mersa Dahan",)), Relative("uncle", ("Yonas Tekle",))
    same = score(Description(relatives=(aunt,)), Description(relatives=(Relative("aunt", ("መርሳ",)),)))
    assert next(e for e in same.evidence if e.field == "relatives").level == "same"
    other = score(Description(relatives=(aunt,)), Description(relatives=(uncle,)))
    assert next(e for e in other.evidence if e.field == "relatives").missing


def test_rank_gives_the_results_of_score_best_first() -> None:
    people = [NAMESAKE, HAILE, DAWIT, SELAM]
    ranked = rank(SOUGHT, people, limit=3)
    assert [i for i, _ in ranked][:2] == [3, 2]
    assert all(result == score(SOUGHT, people[i]) for i, result in ranked)


def test_search_keys_of_the_child_and_her_brother_meet_those_of_the_query() -> None:
    asked = keys(SOUGHT, "query")
    assert len(keys(SELAM, "index") & asked) >= 4
    assert any(key.startswith("s:") for key in keys(DAWIT, "index") & asked)
    assert not keys(HAILE, "index") & asked


def test_search_keys_are_few_and_join_two_elements_unless_rare() -> None:
    for person in (SELAM, DAWIT, NAMESAKE, HAILE, SOUGHT, Description()):
        index, query = keys(person, "index"), keys(person, "query")
        assert len(index) <= INDEX_LIMIT
        assert len(query) <= QUERY_LIMIT
        assert all("|" in key for key in index if key[0] not in "ipr")
        assert all(1 <= rank_hint(key) <= 20 for key in index | query)


def test_a_single_common_name_is_no_search_key() -> None:
    assert not keys(Description(names=(Name("Mohammed"),)), "index")


def test_descriptions_survive_json() -> None:
    for person in (SELAM, SOUGHT, Description(), Description(relatives=(Relative("aunt", ("A",)),), other=(("colour", "red"),))):
        assert Description.from_json(person.to_json()) == person
    assert Description.from_json('{"sex":"male","from_the_future":1}') == Description(sex="male")


@pytest.mark.parametrize("text", ["", "[]", "3", '{"names":[[]]}', '{"names":3}'])
def test_what_is_no_description_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Description.from_json(text)


def test_every_level_of_the_model_has_its_sentence() -> None:
    model = load_model()
    assert {f"{name}_{level}" for name, field in model.fields.items() for level in field.levels} <= set(REASONS)
    assert {f"{name}_missing" for name in model.fields} <= set(REASONS)
    for pair in ((SOUGHT, SELAM), (SOUGHT, DAWIT), (SOUGHT, NAMESAKE), (Description(), SELAM)):
        for evidence in score(*pair).evidence:
            assert "{" not in sentence(evidence.reason, evidence.params)


def test_words_follow_the_fixed_scale() -> None:
    assert [in_words(p) for p in (0.01, 0.1, 0.3, 0.7, 0.95, 0.99)] == list(Words)
    assert set(WORDS) == {str(w) for w in Words}
    assert set(VERDICTS) == {str(v) for v in Verdict}
    assert per_hundred(0.9999) == 99
    assert per_hundred(0.0001) == 1
    assert {strength(x) for x in (-3, -1.7, -0.5, 0, 0.5, 1.7, 3)} == set(STRENGTHS)


def test_a_model_with_an_impossible_probability_is_refused() -> None:
    data = {
        "version": "x", "prior": {"match": 0.1, "family": 0.1}, "calibration": {"slope": 1, "shift": 0, "limit": 9},
        "fields": {"sex": {"levels": {"same": [1.5, 0.5, 0.5]}}},
    }  # fmt: skip
    with pytest.raises(ValueError, match="between 0 and 1"):
        parse_model(data)
