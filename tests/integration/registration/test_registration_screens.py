"""A caseworker registers a child in the browser: step by step, leaving and coming back, refused and mended."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from havre.access.models import File
from havre.cases.models import Case
from havre.infra.acting import acting
from havre.infra.sealing import open_record
from havre.registration.actions import search_before_create
from havre.registration.consents import Consent
from havre.registration.drafts import RegistrationDraft
from havre.registration.people import Person
from havre.registration.pictures import Photo
from tests.integration.registration.registering import SELAM, asked, opening, register

pytestmark = pytest.mark.django_db

NAMES = {"names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "0", "names-0-value": "ሰላም ተስፋይ", "names-0-kind": "full",
         "names-1-value": "Selam Tesfay", "names-1-kind": "full"}
SEARCH = {**NAMES, "sex": "female", "age_0": "8", "age_1": "10", "origin_country": "ER", "origin_place": "Teseney, Gash-Barka", "father": "Tesfay"}
CHILD = {**NAMES, "sex": "female", "age_0": "8", "age_1": "10", "age_method": "self_reported", "uasc_status": "unaccompanied",
         "origin_country": "ER", "origin_place": "Teseney, Gash-Barka", "languages": ["tir"]}
MOTHER = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-value": "ለተብርሃን", "names-0-kind": "given", "relation": "mother"}
AGREED = {"legal_basis": "consent", "child_collect_store": "yes", "child_case_management_participation": "yes", "child_mode": "verbal_witnessed",
          "adult_collect_store": "yes", "adult_case_management_participation": "yes", "adult_by": "caregiver", "adult_mode": "written",
          "child_tracing_publication_photo": "no", "reason_tracing_publication_photo": "Not my photo in the street."}


def rid(page) -> str:
    return re.findall(r'name="[^"]*rid" value="([0-9a-f-]{36})"', page.content.decode())[-1]


def post(browser, name: str, code: str, data: dict[str, object], **kwargs):
    address = reverse(f"registration:{name}", kwargs={"code": code, **kwargs})
    return browser.post(address, {"rid": rid(browser.get(address)), **data})


def begin(browser) -> str:
    answer = browser.post(reverse("registration:start"), {"rid": rid(browser.get(reverse("registration:start")))})
    assert answer.status_code == 303
    return answer["Location"].split("/")[2]


def walk(browser, **changes: dict[str, object]) -> str:
    code = begin(browser)
    steps = {"search": SEARCH, "needs": {"any_need": "no"}, "child": CHILD, "members": MOTHER, "agreement": AGREED} | changes
    for name, data in steps.items():
        answer = post(browser, name, code, data)
        assert answer.status_code in (302, 303), (name, answer.content.decode()[:3000])
    return code


def picture() -> io.BytesIO:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Marker camera"
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    out.name = "photo.jpg"
    return out


def test_the_whole_way_from_search_to_case(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = walk(browser)
    page = browser.get(reverse("registration:check", kwargs={"code": code}))
    assert page.status_code == 200
    assert "ሰላም ተስፋይ" in page.content.decode()
    assert "<bdi><bdi>ሰላም</bdi>: Given name</bdi> · <bdi>" in page.content.decode()
    answer = post(browser, "check", code, {})
    assert answer["Location"] == reverse("cases:case", kwargs={"code": code})
    with acting(people.caseworker):
        case = Case.objects.get(file__code=code)
        child = Person.objects.get(pk=case.child_id)
        assert open_record(child, "origin")["origin"] == ["ER", "Gash-Barka", "Teseney"]
        said = Consent.objects.get(person=child, given_by="child")
        assert said.type == "informed_assent" and said.answers["tracing_publication_photo"] == "no"
        assert open_record(said, "reasons")["reasons"] == {"tracing_publication_photo": "Not my photo in the street."}


def test_without_agreement_the_page_says_why_and_keeps_everything(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = walk(browser, agreement={**AGREED, "adult_collect_store": "no"})
    answer = post(browser, "check", code, {})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-gate="G02"' in text and "The adult responsible refuses" in text
    assert reverse("registration:agreement", kwargs={"code": code}) in text
    mended = {**AGREED, "adult_collect_store": "no", "exception": "caregiver_unsafe", "exception_reason": "He hits her."}
    assert post(browser, "agreement", code, mended).status_code == 303
    assert post(browser, "check", code, {})["Location"].startswith("/case/")


def test_the_check_names_each_question_that_waits(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    post(browser, "search", code, SEARCH)
    waits = re.findall(r"<li>([^<]*)This question needs an answer.</li>", browser.get(reverse("registration:check", kwargs={"code": code})).content.decode())
    assert len(waits) >= 4 and all(question.strip() for question in waits) and len(set(waits)) == len(waits)


def test_needs_come_before_the_long_form(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    answer = post(browser, "needs", code, {"any_need": "yes", "needs": ["health"]})
    assert answer.status_code == 422 and "Write what was done or arranged for this need" in answer.content.decode()
    assert post(browser, "needs", code, {"any_need": "yes", "needs": ["health"], "done_health": "Seen by the nurse"}).status_code == 303


def test_leaving_and_coming_back_loses_nothing_even_what_is_not_right_yet(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    wrong = {**NAMES, "sex": "female", "age_0": "nine", "circumstances": "Lost at the market"}
    assert post(browser, "child", code, wrong).status_code == 422
    later = post(browser, "child", code, {**wrong, "features": "A scar on the left hand", "later": "1"})
    assert later["Location"] == reverse("registration:start")
    back = browser.get(reverse("registration:child", kwargs={"code": code})).content.decode()
    for typed in ("ሰላም ተስፋይ", 'value="nine"', "Lost at the market", "A scar on the left hand"):
        assert typed in back
    assert code in browser.get(reverse("registration:start")).content.decode()


def test_a_name_can_be_added_without_script(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    assert post(browser, "child", code, {**NAMES, "add": "names"})["Location"].endswith("#names")
    page = browser.get(reverse("registration:child", kwargs={"code": code})).content.decode()
    assert 'name="names-2-value"' in page and 'value="Selam Tesfay"' in page


def test_what_the_search_asked_is_not_asked_twice(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    post(browser, "search", code, SEARCH)
    page = browser.get(reverse("registration:child", kwargs={"code": code})).content.decode()
    assert 'value="Selam Tesfay"' in page and 'value="Tesfay"' in page and 'value="Teseney, Gash-Barka"' in page


def test_one_thing_known_is_not_enough_to_search_with(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    answer = post(browser, "search", code, {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-value": "Selam"})
    assert answer.status_code == 422 and "two things you know" in answer.content.decode()


def test_the_search_tells_the_outsider_whom_to_contact_and_no_name(people, sign_in_as, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker):
        known = File.objects.get(pk=case.file_id).code
    browser = sign_in_as(people.users["outsider"])
    code = begin(browser)
    spelled = {**SEARCH, "names-0-value": "Salaam Tesfai", "names-1-value": ""}
    post(browser, "search", code, spelled)
    page = browser.get(reverse("registration:search", kwargs={"code": code})).content.decode()
    assert "Agency A may know this child" in page and "focal@a.example" in page
    assert "ሰላም" not in page and known not in page and str(case.pk) not in page and str(case.child_id) not in page
    ref = re.findall(r'name="hit_([0-9a-f-]{36})"', page)[0]
    assert post(browser, "search", code, {"conclude": "1", f"hit_{ref}": "asked"})["Location"] == reverse("registration:needs", kwargs={"code": code})


def test_the_outsider_finds_nothing_behind_any_address(people, sign_in_as, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker):
        code = File.objects.get(pk=case.file_id).code
    browser = sign_in_as(people.users["caseworker"])
    draft = begin(browser)
    browser = sign_in_as(people.users["outsider"])
    for name in ("family", "add_member", "earlier", "consent", "values", "case_photo"):
        assert browser.get(reverse(f"registration:{name}", kwargs={"code": code})).status_code == 404, name
    for name in ("search", "needs", "child", "photo", "members", "agreement", "check", "discard"):
        assert browser.get(reverse(f"registration:{name}", kwargs={"code": draft})).status_code == 404, name
    assert browser.get(reverse("registration:person", kwargs={"code": code, "person": case.child_id})).status_code == 404


def test_a_photo_is_drawn_anew_and_shown_to_those_in_scope(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = walk(browser)
    assert post(browser, "photo", code, {"photo": picture()}).status_code == 303
    kept = browser.get(reverse("registration:draft_picture", kwargs={"code": code}))
    assert kept["Cache-Control"] == "no-store" and b"Marker camera" not in kept.content
    post(browser, "check", code, {})
    with acting(people.caseworker):
        photo = Photo.objects.get()
    address = reverse("registration:picture", kwargs={"code": code, "photo": photo.pk})
    assert Image.open(io.BytesIO(browser.get(address).content)).size == (1024, 768)
    assert sign_in_as(people.users["outsider"]).get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused_in_words(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    fake = io.BytesIO(b"<svg onload=alert(1)>")
    fake.name = "photo.jpg"
    answer = post(browser, "photo", code, {"photo": fake})
    assert answer.status_code == 422 and "not a picture that can be read" in answer.content.decode()


def test_find_answers_from_own_files_only(people, sign_in_as, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker):
        code = File.objects.get(pk=case.file_id).code
    browser = sign_in_as(people.users["caseworker"])
    for typed in ("Selam", "ሰላም", "Salaam Tesfai", "letebrhan"):
        assert code in browser.post(reverse("registration:find"), {"q": typed}).content.decode(), typed
    assert browser.post(reverse("registration:find"), {"q": code.lower().replace("-", " ")})["Location"] == f"/case/{code}/"
    browser = sign_in_as(people.users["outsider"])
    for typed in ("Selam", code):
        page = browser.post(reverse("registration:find"), {"q": typed})
        assert page.status_code == 200 and "None of your files fits" in page.content.decode()


def test_a_border_officer_and_an_analyst_have_no_find_and_no_registration(people, sign_in_as) -> None:
    for who in ("officer", "analyst", "panel_member"):
        browser = sign_in_as(people.users[who])
        assert browser.post(reverse("registration:find"), {"q": "Selam"}).status_code == 404
        assert browser.get(reverse("registration:start")).status_code == 404


def test_family_consent_and_corrections_of_a_case(people, sign_in_as, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker):
        code = File.objects.get(pk=case.file_id).code
    browser = sign_in_as(people.users["caseworker"])
    assert "Letebrhan Kidane" in browser.get(reverse("registration:family", kwargs={"code": code})).content.decode()
    added = post(browser, "add_member", code, {**MOTHER, "names-0-value": "Dawit", "relation": "brother"})
    assert added["Location"] == reverse("registration:family", kwargs={"code": code})
    assert "Dawit" in browser.get(added["Location"]).content.decode()
    page = browser.get(reverse("registration:consent", kwargs={"code": code})).content.decode()
    assert "To write down and keep information" in page
    with acting(people.caseworker):
        said = Consent.objects.get(person=case.child_id, given_by="child")
    taken = post(browser, "withdraw", code, {"purposes": ["collect_store"]}, event=said.pk)
    assert taken["Location"] == reverse("registration:consent", kwargs={"code": code})
    assert "The agreement to this was taken back" in browser.get(taken["Location"]).content.decode()
    fixed = post(browser, "person", code, {**NAMES, "sex": "female", "age_0": "9", "age_method": "family_reported"}, person=case.child_id)
    assert fixed.status_code == 302
    with acting(people.caseworker):
        child = Person.objects.get(pk=case.child_id)
        assert (child.age_min, child.age_max, child.age_method) == (9, 9, "family_reported")


def test_two_people_write_different_values_and_one_chooses(people, sign_in_as, intent) -> None:
    from havre.access.decide import Relation
    from havre.access.files import grant
    from havre.infra.unit import Unit
    from havre.registration.actions import change_person
    case = register(intent, people.caseworker)
    with acting(people.caseworker) as stay:
        code = File.objects.get(pk=case.file_id).code
        seen = list(Person.objects.get(pk=case.child_id).heads)
        grant(Unit(intent(people.caseworker), None, stay), case.file_id, people.colleague.id, Relation.ASSIGNED)
    change_person(intent(people.caseworker), person=case.child_id, seen=seen, values={"phones": ["0550142617"]})
    change_person(intent(people.colleague), person=case.child_id, seen=seen, values={"phones": ["0550142671"]})
    browser = sign_in_as(people.users["caseworker"])
    page = browser.get(reverse("registration:values", kwargs={"code": code}))
    text = page.content.decode()
    assert "0550142617" in text and "0550142671" in text and "Colleague" in text
    prefix = f"{case.child_id}-phones"
    answer = browser.post(reverse("registration:values", kwargs={"code": code}), {
        f"{prefix}-rid": rid(page), f"{prefix}-choice": "both", f"{prefix}-person": case.child_id, f"{prefix}-field": "phones"})
    assert answer.status_code == 422 and "Write how you know" in answer.content.decode()
    answer = browser.post(reverse("registration:values", kwargs={"code": code}), {
        f"{prefix}-rid": rid(page), f"{prefix}-choice": "both", f"{prefix}-person": case.child_id, f"{prefix}-field": "phones",
        f"{prefix}-how_known": "I called both."})
    assert answer.status_code == 302
    with acting(people.caseworker):
        child = Person.objects.get(pk=case.child_id)
        assert child.disputed == [] and set(open_record(child, "phones")["phones"]) == {"0550142617", "0550142671"}


def test_a_thrown_away_draft_can_be_read_by_nobody(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    post(browser, "child", code, CHILD)
    assert post(browser, "discard", code, {})["Location"] == reverse("registration:start")
    assert browser.get(reverse("registration:child", kwargs={"code": code})).status_code == 404
    with acting(people.caseworker):
        assert not RegistrationDraft.objects.filter(file__code=code).exists()


def test_no_address_or_title_holds_a_name(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = walk(browser)
    for name in ("search", "needs", "child", "photo", "members", "agreement", "check"):
        page = browser.get(reverse(f"registration:{name}", kwargs={"code": code}))
        title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.S).group(1)
        assert page.status_code == 200 and "Selam" not in title and code in title
        assert "Selam" not in page.request["PATH_INFO"]


def test_the_pages_speak_french(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    browser.cookies["havre_language"] = "fr"
    page = browser.get(reverse("registration:start"), headers={"accept-language": "fr"}).content.decode()
    assert "Register a child" not in page


def test_a_registration_by_form_equals_one_by_action(people, intent, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    post(browser, "check", walk(browser), {})
    with acting(people.caseworker):
        by_form = open_record(Person.objects.get(role="child"), "names")["names"]
    given = opening().child.values()["names"][:2]
    assert by_form == given and SELAM.sex == "female"


def test_a_first_contact_is_tied_to_the_case_it_led_to(people, intent, sign_in_as) -> None:
    from havre.identification.actions import submit_screening
    from havre.identification.models import Screening
    sent = submit_screening(intent(people.officer), answers={"who_with": "alone"}, firewall_said=True, understood="yes", team=people.team_a.pk)
    with acting(people.supervisor):
        receipt = File.objects.get(pk=sent.file_id).code
    browser = sign_in_as(people.users["supervisor"])
    page = browser.get(reverse("registration:start"), {"screening": receipt})
    assert f"This registration belongs to first contact {receipt}" in page.content.decode()
    code = browser.post(reverse("registration:start"), {"rid": rid(page), "screening": receipt})["Location"].split("/")[2]
    for name, data in {"search": SEARCH, "needs": {"any_need": "no"}, "child": CHILD, "agreement": AGREED}.items():
        assert post(browser, name, code, data).status_code == 303
    assert post(browser, "check", code, {})["Location"].startswith("/case/")
    with acting(people.supervisor):
        case = Case.objects.get(file__code=code)
        kept = Screening.objects.get(pk=sent.pk)
        assert (case.screening_id, kept.status, kept.case_file) == (sent.pk, "registered", case.file_id)


def test_the_outsider_cannot_register_from_a_first_contact_that_is_not_theirs(people, intent, sign_in_as) -> None:
    from havre.identification.actions import submit_screening
    sent = submit_screening(intent(people.officer), answers={"who_with": "alone"}, firewall_said=True, understood="yes", team=people.team_a.pk)
    with acting(people.supervisor):
        receipt = File.objects.get(pk=sent.file_id).code
    browser = sign_in_as(people.users["outsider"])
    assert browser.post(reverse("registration:start"), {"screening": receipt}).status_code == 404


def test_common_tokens_are_counted_again_at_night(people, intent) -> None:
    from django.db import connection

    from havre.registration.jobs import count_common
    register(intent, people.caseworker)
    with acting(people.caseworker), connection.cursor() as cursor:
        count_common(timestamp=0)
        cursor.execute("select havre_count_common(1)")
        assert cursor.fetchone()[0] > 3
        cursor.execute("select min(holders) from registration_common_token")
        assert cursor.fetchone() == (1,)


def test_a_country_typed_in_words_is_understood_and_a_made_up_one_is_not(people, sign_in_as) -> None:
    browser = sign_in_as(people.users["caseworker"])
    code = begin(browser)
    assert post(browser, "child", code, {**CHILD, "origin_country": "Érythrée", "nationality": "eritrea"}).status_code == 303
    assert 'value="Eritrea"' in browser.get(reverse("registration:child", kwargs={"code": code})).content.decode()
    answer = post(browser, "child", code, {**CHILD, "origin_country": "Atlantis"})
    assert answer.status_code == 422 and "No country is called so" in answer.content.decode()


def test_hits_stand_in_lists_this_child_first_and_other_agencies_last() -> None:
    from havre.registration.queries import HitShown
    from havre.web.registration.views.steps import hit_rows
    hits = [HitShown("1", "contact", "", agency="Agency B"), HitShown("2", "possible", "", kind="lookalike", words="unlikely"),
            HitShown("3", "yes", "", kind="match", words="likely"), HitShown("4", "possible", "", kind="family", words="open")]
    rows = hit_rows(hits, None)
    assert [(row["hit"].ref, row["list"], row["likely"]) for row in rows] == [
        ("3", "May be this child", "Likely"), ("4", "May be of this family", "Open"), ("2", "Look-alikes", "Unlikely"), ("1", "Other agencies", "")]


def test_a_hit_elsewhere_says_neither_what_it_may_be_nor_how_likely(people, intent) -> None:
    register(intent, people.caseworker)
    for who, kept in ((people.outsider, False), (people.caseworker, True)):
        hit, = search_before_create(intent(who), asked=asked()).hits
        assert ("kind" in hit, "words" in hit) == (kept, kept)
