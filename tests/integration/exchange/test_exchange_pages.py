"""The pages of the exchange: a file comes in step by step, what refused a row is said, what leaves is shown once."""

import io
import re
from uuid import uuid4

import pytest
import pyzipper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from havre.access.queries import scoped
from havre.cases.models import Case
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db

ROWS = "Nom complet,Sexe,Âge,Colonne X\nSelam Tesfay,F,9,a\nYusuf Ahmad,M,8,b\n"
TERMS = {"legal_basis": "consent", "caregivers_agreed": "yes", "children_agreed": "yes", "consent_mode": "written", "needs_asked": "on"}


def put_in(client, text=ROWS, kind="children"):
    return client.post(reverse("exchange:upload"), {
        "rid": str(uuid4()), "kind": kind, "file": SimpleUploadedFile("liste.csv", text.encode(), content_type="text/csv")})


def name_columns(client, address, **more):
    page = client.get(address).content.decode()
    chosen = dict(re.findall(r'name="(column_\d+)".*?<option value="(\w+)" selected', page, re.S))
    fields = {"rid": str(uuid4()), "column_0": "full_name", "column_1": "sex", "column_2": "age", **TERMS, **more}
    return page, chosen, client.post(address, fields)


def test_a_file_comes_in_step_by_step_and_out_again(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    uploaded = put_in(client)
    assert uploaded.status_code == 303
    page, _, tried = name_columns(client, uploaded["Location"])
    assert "Selam Tesfay" in page, "the first cells are shown beside each column"
    assert tried.status_code == 303
    report = client.get(tried["Location"]).content.decode()
    assert "2 rows can come in." in report
    run = reverse("exchange:run", args=[code_in(tried["Location"])])
    done = client.post(run, {"rid": str(uuid4())}, follow=True).content.decode()
    assert "2 records were made." in done
    with acting(people.caseworker):
        assert scoped(Case, people.caseworker).count() == 2
    undone = client.post(reverse("exchange:undo", args=[code_in(run)]), {"rid": str(uuid4())}, follow=True).content.decode()
    assert "2 records were withdrawn." in undone
    with acting(people.caseworker):
        assert not scoped(Case, people.caseworker).exists()


def code_in(address):
    return re.search(r"[2-9A-Z]{4}-[2-9A-Z]{3}", address).group()


def test_columns_are_guessed_in_french(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    page = client.get(put_in(client)["Location"]).content.decode()
    for field in ("full_name", "sex", "age"):
        assert f'value="{field}" selected' in page


def test_each_row_that_is_refused_is_listed_with_what_to_do(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    uploaded = put_in(client, ROWS + "=cmd(),dragon,nine,\n")
    _, _, tried = name_columns(client, uploaded["Location"])
    page = client.get(tried["Location"]).content.decode()
    assert "1 row needs mending." in page
    assert "Write the age in whole years" in page
    listed = client.get(reverse("exchange:report", args=[code_in(tried["Location"])]))
    text = listed.content.decode("utf-8-sig")
    assert listed["Content-Type"].startswith("text/csv")
    assert '"4","Sexe"' in text
    assert "dragon" not in text
    assert "cmd" not in text


def test_a_missing_safeguard_is_said_in_words(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    _, _, tried = name_columns(client, put_in(client)["Location"], children_agreed="no")
    page = client.get(tried["Location"]).content.decode()
    assert "(G02)" in page
    assert "No words yet" not in page


def test_the_form_comes_back_with_what_was_chosen(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    address = put_in(client)["Location"]
    _, _, answer = name_columns(client, address, legal_basis="", column_3="full_name")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Two columns cannot mean the same" in page
    assert "Choose on which legal basis" in page


@pytest.mark.parametrize(("text", "said"), [("", "This file is empty."), ("Name\n", "There is no row below the headings.")])
def test_a_file_that_cannot_be_read_is_refused_in_words(people, sign_in_as, text, said):
    client = sign_in_as(people.users["caseworker"])
    answer = put_in(client, text)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_long_file_waits_in_the_background(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    uploaded = put_in(client, "Nom complet,Sexe,Âge,Colonne X\n" + "".join(f"Child {n},F,9,\n" for n in range(201)))
    _, _, tried = name_columns(client, uploaded["Location"])
    page = client.get(tried["Location"]).content.decode()
    assert "Being tried" in page


def test_an_outsider_finds_nothing(people, sign_in_as, client):
    sign_in_as(people.users["caseworker"])
    code = code_in(put_in(client)["Location"])
    client.cookies.clear()
    sign_in_as(people.users["outsider"])
    for name in ("import", "columns", "run", "undo", "discard", "report"):
        address = reverse(f"exchange:{name}", args=[code])
        assert client.get(address).status_code == 404, name
        assert client.post(address).status_code == 404, name
    assert code not in client.get(reverse("exchange:list")).content.decode()


@pytest.mark.parametrize("name", ["officer", "analyst"])
def test_who_may_neither_import_nor_export_finds_no_page(people, sign_in_as, name):
    client = sign_in_as(people.users[name])
    for page in ("list", "upload", "export"):
        assert client.get(reverse(f"exchange:{page}")).status_code == 404


def export(client, **more):
    usual = {"rid": str(uuid4()), "purpose": "case_management_participation", "reason": "Team meeting", "profile": "case", "whose": "all",
             "file_kind": "csv"}
    return client.post(reverse("exchange:export"), usual | more)


def bring_in(client):
    _, _, tried = name_columns(client, put_in(client)["Location"])
    client.post(reverse("exchange:run", args=[code_in(tried["Location"])]), {"rid": str(uuid4())})


def test_an_export_shows_its_password_once_and_gives_its_file_once(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    bring_in(client)
    rid = str(uuid4())
    page = export(client, rid=rid).content.decode()
    password = re.search(r"\b[a-z]{4}(?:-[a-z]{4}){5}\b", page).group()
    fetch = reverse("exchange:fetch", args=[code_in(page)])
    got = client.post(fetch, {"rid": str(uuid4())})
    assert got["Content-Disposition"].endswith('.zip"')
    with pyzipper.AESZipFile(io.BytesIO(got.content)) as found:
        assert "Selam" in found.read(found.namelist()[0], pwd=password.encode()).decode("utf-8-sig")
    assert client.post(fetch, {"rid": str(uuid4())}).status_code == 404
    again = export(client, rid=rid)
    assert again.status_code == 302, "the same press again shows no password"


def test_an_export_without_recipient_is_refused_in_words(people, sign_in_as):
    client = sign_in_as(people.users["caseworker"])
    answer = export(client, purpose="share_for_services", profile="referral")
    assert answer.status_code == 409
    assert "Nobody is named who will receive this." in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_is_drawn_in_both_languages(people, sign_in_as, language):
    client = sign_in_as(people.users["caseworker"])
    client.cookies["havre_language"] = language
    for page in ("list", "upload", "export"):
        assert client.get(reverse(f"exchange:{page}")).status_code == 200
