"""Headings in English, French, of Primero, Kobo and linkage are recognised; cells mean what people mean."""

import datetime as dt

import pytest

from havre.exchange import fields, values
from havre.exchange.building import Terms, child_row, request_row
from havre.exchange.values import Reader

AT = dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC)


def read(**cells):
    return Reader(cells, {code: f"col {code}" for code in cells})


@pytest.mark.parametrize(("heading", "field"), [
    ("Full name", "full_name"), ("Nom complet", "full_name"), ("name_first", "given"), ("Prénom", "given"), ("PRENOM", "given"),
    ("given_name", "given"), ("surname", "family"), ("Nom de la mère", "mother"), ("date_of_birth", "birth_date"), ("DOB", "birth_date"),
    ("group_child/sex", "sex"), ("Sexe", "sex"), ("age_min", "age"), ("Âge", "age"), ("telephone_current", "phones"),
    ("unaccompanied_separated_status", "uasc_status"), ("short_id", "identifiers"), ("last_seen", "last_seen"), ("birth_place", "origin"),
    ("Frères et sœurs", "siblings"), ("name_caregiver", "caregiver_name"), ("Consentement", "caregiver_consent"),
])
def test_usual_headings_are_known(heading, field):
    assert fields.guess(fields.CHILDREN, [heading]) == {heading: field}


def test_the_columns_of_linkage_are_known():
    from havre.linkage.columns import COLUMNS
    ours = {"id", "given", "father", "grandfather", "mother", "family", "full_name", "nickname", "sex", "birth_date", "age_min", "age_max",
            "recorded_on", "origin", "last_seen", "languages", "ethnicity", "phones", "identifiers", "siblings", "relatives",
            "separation_date", "separation_place"}
    assert ours <= {c.name for c in COLUMNS}
    for name in ours:
        assert fields.guess(fields.CHILDREN, [name]), name


def test_what_was_chosen_before_wins_and_no_meaning_is_given_twice():
    assert fields.guess(fields.CHILDREN, ["Nom", "Surnom officiel"], {"Nom": "full_name"}) == {"Nom": "full_name"}
    assert list(fields.guess(fields.CHILDREN, ["First name", "Given name"]).values()) == ["given"]


def test_every_heading_belongs_to_one_field_of_its_kind():
    for kind in fields.KINDS:
        seen = {}
        for field in fields.FIELDS[kind]:
            for label in (field.code, *field.also):
                assert seen.setdefault(fields.normal(label), field.code) == field.code, (kind, label)


@pytest.mark.parametrize(("mapping", "wrong"), [({}, ""), ({"A": "nothing"}, "A"), ({"A": "given", "B": "given"}, "A"), ({"C": "given"}, "C")])
def test_a_mapping_that_cannot_be_is_refused(mapping, wrong):
    assert wrong in fields.check_mapping(fields.CHILDREN, ["A", "B"], mapping)


def test_a_request_needs_inquirer_child_and_relation():
    assert len(fields.check_mapping(fields.REQUESTS, ["A"], {"A": "note"})[""]) == 3
    good = {"A": "given", "B": "inquirer_given", "C": "relation"}
    assert fields.check_mapping(fields.REQUESTS, ["A", "B", "C"], good) == {}


@pytest.mark.parametrize(("list_name", "said", "code"), [
    ("sex", "F", "female"), ("sex", "Fille", "female"), ("sex", "Féminin", "female"), ("sex", "male", "male"), ("sex", "garçon", "male"),
    ("relationship_type", "Mère", "mother"), ("relationship_type", "grand-mère", "grandmother"), ("relationship_type", "Uncle", "uncle"),
    ("uasc_status", "Separated child", "separated"), ("uasc_status", "non accompagné", "unaccompanied"), ("risk_level", "Élevé", "high"),
    ("sex", "dragon", None),
])
def test_codes_are_read_from_codes_labels_and_usual_words(list_name, said, code):
    assert values.code_for(list_name, said) == code


@pytest.mark.parametrize(("said", "ages"), [("9", (9, 9)), ("8-10", (8, 10)), ("about 9", (9, 9)), ("9 ans", (9, 9)), ("10 to 8", (8, 10)), ("", (None, None))])
def test_ages_are_read(said, ages):
    reader = read(age=said)
    assert reader.ages("age") == ages
    assert reader.issues == []


@pytest.mark.parametrize(("code", "said"), [("age", "nine"), ("age", "130"), ("birth_date", "soon"), ("birth_date", "2016-13-01"), ("sex", "dragon"),
                                            ("languages", "Klingon of the north"), ("nationalities", "Atlantis"), ("concerns", "rain")])
def test_a_cell_that_cannot_be_read_names_its_column(code, said):
    reader = read(full_name="Selam", **{code: said})
    child_row(reader, Terms(), AT)
    assert [issue["column"] for issue in reader.issues] == [f"col {code}"]
    assert said not in str(reader.issues)


def test_a_row_becomes_a_child_with_family_and_agreement():
    reader = read(full_name="ሰላም ተስፋይ", father="Tesfay", sex="girl", age="8-10", languages="Tigrinya; ar", nationalities="Eritrea", phones="+291 1",
                  origin_1="Anseba", origin_2="Keren", siblings="brother: Yonas (5); sister: Sara", caregiver_name="Aster", caregiver_relation="aunt",
                  caregiver_consent="oui", child_assent="yes", immediate_needs="Health; food_shelter", needs_action="seen by nurse",
                  separation_date="3/5/2026", identifiers="K-17", identified_on="2026-11-01")
    row = child_row(reader, Terms(legal_basis="consent"), AT)
    assert reader.issues == []
    child = row.child
    assert [(n["value"], n["kind"]) for n in child.names] == [("ሰላም ተስፋይ", "full"), ("Tesfay", "father")]
    assert (child.sex, child.age_min, child.age_max, child.origin, child.nationalities) == ("female", 8, 10, ["Anseba", "Keren"], ["ER"])
    assert child.languages == ["tir", "ara"]
    assert child.separation["date"] == "2026-05-03"
    assert [(k.relation, k.person.names[0]["value"], k.person.age_min) for k in row.family] == [
        ("brother", "Yonas", 5), ("sister", "Sara", None), ("aunt", "Aster", None)]
    assert [(c.given_by, c.event, c.type) for c in row.consents] == [("caregiver", "given", "informed_consent"), ("child", "given", "informed_assent")]
    assert row.needs == {"health": "seen by nurse", "food_shelter": "seen by nurse"}
    assert row.values["identified_at"].date() == dt.date(2026, 11, 1)


def test_a_no_is_a_refusal_and_silence_is_neither():
    assert [c.event for c in child_row(read(full_name="A", caregiver_consent="non"), Terms(), AT).consents] == ["refused"]
    assert child_row(read(full_name="A"), Terms(), AT).consents == ()
    assert child_row(read(full_name="A"), Terms(), AT).needs is None
    assert child_row(read(full_name="A"), Terms(needs_asked=True), AT).needs == {}


def test_a_brother_or_sister_without_a_word_for_which_is_asked_about():
    reader = read(full_name="A", siblings="Yonas (5)")
    child_row(reader, Terms(), AT)
    assert reader.issues[0]["column"] == "col siblings"


def test_a_row_becomes_a_request():
    reader = read(inquirer_full_name="Aster Kidane", inquirer_phones="+251 911", relation="mère", full_name="Selam", age="9", consent_share="oui",
                  lived_with="yes", separation_cause="Lost on the way")
    row = request_row(reader, Terms(), AT)
    assert reader.issues == []
    assert (row.inquirer.role, row.sought.role, row.values["relation"], row.values["consent_share"]) == ("inquirer", "sought_child", "mother", True)
    assert row.values["separation_cause"] == "lost_in_transit"


def test_a_request_without_relation_or_inquirer_is_refused():
    reader = read(full_name="Selam", relation="", inquirer_full_name="")
    request_row(reader, Terms(), AT)
    assert {issue["field"] for issue in reader.issues} == {"inquirer_full_name", "relation"}
