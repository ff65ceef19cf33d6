"""Do the code lists hold what the work needs, in both languages, and do codes stay for ever?"""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from havre.reference import codes

SNAPSHOT = Path(__file__).with_name("codes_snapshot.txt")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
NARROW = "\u202f"

# The lists that gates, workflows and screens rely on by name.
NEEDED = [
    "sex",
    "age_method",
    "birth_registration",
    "nationality_status",
    "identifier_type",
    "marital_status",
    "person_role",
    "name_type",
    "relationship_type",
    "evidence_level",
    "alive_status",
    "case_status",
    "case_stage",
    "identification_source",
    "population_group",
    "uasc_status",
    "risk_level",
    "forced_high_flag",
    "protection_concern",
    "immediate_need",
    "reason_for_migration",
    "route_phase",
    "transport",
    "travelling_with",
    "legal_status",
    "solution",
    "instrument_type",
    "assessment_mode",
    "views_mode",
    "views_weight",
    "bia_purpose",
    "bia_status",
    "bid_ground",
    "bid_status",
    "panel_decision",
    "bid_recommendation",
    "separation_cause",
    "tracing_wish",
    "reunification_wish",
    "tracing_status",
    "tracing_action",
    "tracing_action_outcome",
    "match_status",
    "verification_recommendation",
    "clearance_status",
    "reunification_type",
    "reunification_outcome",
    "handover_kind",
    "care_type",
    "caregiver_change_reason",
    "guardian_status",
    "detention_type",
    "atd_type",
    "service_type",
    "referral_status",
    "referral_urgency",
    "referral_reject_reason",
    "transfer_reason",
    "follow_up_type",
    "follow_up_with",
    "follow_up_channel",
    "closure_reason",
    "reopen_reason",
    "incident_place",
    "time_band",
    "violence_type",
    "perpetrator_relation",
    "exploitation_type",
    "means_of_control",
    "trafficking_status",
    "consent_type",
    "consent_mode",
    "consent_purpose",
    "consent_giver",
    "legal_basis",
    "withheld_reason",
    "subject_request",
    "complaint_channel",
    "complaint_category",
    "complaint_sensitivity",
    "complaint_status",
    "provider_type",
    "refoulement_ground",
    "refoulement_result",
    "return_type",
    "education_type",
    "education_barrier",
    "screening_question",
    "screening_sign",
    "screening_outcome",
    "risk_factor",
    "protective_factor",
    "vulnerability_level",
]


@pytest.mark.parametrize("name", NEEDED)
def test_a_list_the_work_relies_on_is_there(name: str) -> None:
    assert len(codes.load(name)) > 1


@pytest.mark.parametrize("name", codes.all_lists())
def test_every_code_is_snake_case_and_has_words_in_both_languages(name: str) -> None:
    for code in codes.load(name):
        assert SNAKE.fullmatch(code.code), code.code
        for lang in codes.LANGUAGES:
            words = code.labels[lang]
            assert words == words.strip(), words
            assert words, code.code


@pytest.mark.parametrize("name", codes.all_lists())
def test_labels_of_one_list_tell_its_codes_apart(name: str) -> None:
    for lang in codes.LANGUAGES:
        words = [code.labels[lang] for code in codes.load(name)]
        assert len(words) == len(set(words)), sorted(word for word in words if words.count(word) > 1)


def test_french_labels_keep_french_typography() -> None:
    labels = [code.labels["fr"] for name in codes.all_lists() for code in codes.load(name)]
    labels += [title.titles["fr"] for title in codes.titles().values()]
    for words in labels:
        assert "'" not in words, words
        for mark in re.finditer(r"[;:!?]", words):
            assert words[mark.start() - 1] == NARROW, words


def test_labels_are_sentences_for_people_not_codes() -> None:
    for name in codes.all_lists():
        for code in codes.load(name):
            assert "_" not in code.labels["en"] + code.labels["fr"]
            assert code.labels["en"][0].isupper(), code.labels["en"]
            assert code.labels["fr"][0].isupper(), code.labels["fr"]


def test_every_file_is_named_in_the_list_of_lists_with_a_known_source() -> None:
    found = {
        path.name[:-4] for path in files("havre.reference.codes").iterdir() if path.name.endswith(".csv")
    }
    assert found - {"lists"} == set(codes.all_lists())
    assert {title.source for title in codes.titles().values()} == set(codes.SOURCES)


def test_codes_are_retired_and_never_removed() -> None:
    known = set(SNAPSHOT.read_text("utf-8").split())
    held = {f"{code.list}.{code.code}" for name in codes.all_lists() for code in codes.load(name)}
    assert not known - held, "These codes are gone. Put them back and mark them retired."
    assert not held - known, f"Add the new codes to {SNAPSHOT.name}, so that they too can never be lost."


def test_factors_of_vulnerability_each_have_one_of_the_four_levels() -> None:
    four = set(codes.load("vulnerability_level").codes())
    for name in ("risk_factor", "protective_factor"):
        held = codes.levels(name)
        assert set(held) == set(codes.load(name).codes())
        assert set(held.values()) == four


def test_the_first_contact_has_its_fifteen_questions_in_order() -> None:
    asked = codes.load("screening_question").codes()
    assert len(asked) == 15
    assert (asked[0], asked[-1]) == ("age_birthday", "tell_someone_else")


def test_a_narrower_code_names_its_wider_one() -> None:
    assert codes.load("protection_concern").get("rape").parent == "sexual_violence"


def test_choices_come_in_the_readers_language() -> None:
    assert codes.choices("risk_level", "fr")[0] == ("high", "Élevé")
    assert codes.label("uasc_status", "accompanied", "en") == "With a parent or usual caregiver"


def test_a_list_that_does_not_exist_is_a_key_error() -> None:
    for name in ("lists", "no_such_list", "../places"):
        with pytest.raises(KeyError):
            codes.load(name)
