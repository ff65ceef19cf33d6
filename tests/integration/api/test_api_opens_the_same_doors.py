"""The API is the pages as JSON: same session, same token, same safeguards, same nothing for outsiders."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from havre.access.queries import scoped
from havre.cases.models import Case
from havre.identification.models import Screening
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.web.registry import all_routes

pytestmark = pytest.mark.django_db

CHILD = {"role": "child", "names": [{"value": "Selam Tesfay"}, {"value": "ሰላም ተስፋይ"}], "sex": "female", "age_min": 9, "age_max": 9,
         "origin": ["Eritrea", "Anseba"]}
AGREED = {"collect_store": "yes", "case_management_participation": "yes"}
OPENING = {"child": CHILD, "needs": {}, "legal_basis": "consent", "uasc_status": "separated", "consents": [
    {"given_by": "caregiver", "answers": AGREED}, {"given_by": "child", "type": "informed_assent", "answers": AGREED}]}


def post(client, path, body, key=None, **more):
    return client.post(f"/api/{path}", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": str(key or uuid4()), **more})


@pytest.fixture
def caseworker(people, sign_in_as):
    return sign_in_as(people.users["caseworker"])


def registered(client, **changed):
    review = post(client, "registrations/searches", {"child": CHILD}).json()["id"]
    return post(client, "registrations", {"review": review, "opening": OPENING | changed})


def test_a_child_is_searched_registered_listed_and_read(caseworker, people):
    made = registered(caseworker)
    assert made.status_code == 201, made.content
    code = made.json()["code"]
    assert [row["code"] for row in caseworker.get("/api/cases").json()["cases"]] == [code]
    page = caseworker.get(f"/api/cases/{code}").json()
    assert page["names"][1]["value"] == "ሰላም ተስፋይ"
    assert page["stage"] == "registered"
    assert {entry["code"] for entry in caseworker.get(f"/api/cases/{code}/timeline").json()} >= {"child_registered"}
    assert caseworker.get("/api/tasks").json()
    assert AuditEntry.objects.filter(action="read", actor=people.caseworker.id).exists()


def test_safeguards_refuse_as_problem_details(caseworker):
    answer = registered(caseworker, needs=None)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["status"], body["type"]) == ("gate_refused", 409, "urn:havre:problem:gate_refused")
    assert {s["id"]: s["met"] for s in body["safeguards"]}["G04"] is False
    assert "gate_refused" not in body["title"]


def test_an_assessment_without_the_child_seen_alone_is_refused(caseworker):
    code = registered(caseworker).json()["code"]
    answer = post(caseworker, f"cases/{code}/assessments", {"mode": "face_to_face", "child_seen_alone": False, "risk_level": "medium", "risk_reasons": "x"})
    assert answer.status_code in (409, 422), answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_views_are_recorded(caseworker):
    code = registered(caseworker).json()["code"]
    answer = post(caseworker, f"cases/{code}/views", {"topic": "situation", "mode": "spoken", "words": "I want to call my aunt"})
    if answer.status_code == 422:
        from havre.reference import codes
        mode = codes.load("views_mode").codes()[0]
        answer = post(caseworker, f"cases/{code}/views", {"topic": "situation", "mode": mode, "words": "I want to call my aunt"})
    assert answer.status_code == 201, answer.content


def test_the_same_key_twice_has_one_effect(caseworker, people):
    review = post(caseworker, "registrations/searches", {"child": CHILD}).json()["id"]
    key = uuid4()
    first, second = (post(caseworker, "registrations", {"review": review, "opening": OPENING}, key) for _ in range(2))
    assert first.json() == second.json()
    with acting(people.caseworker):
        assert scoped(Case, people.caseworker).count() == 1


@pytest.mark.parametrize(("body", "where"), [
    ({"child": CHILD | {"ethnic": "x"}}, "child.ethnic"), ({"child": CHILD, "hack": 1}, "hack"), ({"child": {"role": "child", "names": "Selam"}}, "child.names"),
    ({}, "child"), ({"child": CHILD | {"age_min": "nine"}}, "child.age_min")])
def test_unknown_and_wrong_fields_are_refused_without_saying_them_back(caseworker, body, where):
    answer = post(caseworker, "registrations/searches", body)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert any(name.startswith(where) or name.endswith(where) for name in answer.json()["errors"]), answer.json()
    assert "Selam" not in answer.content.decode()


def test_without_a_key_nothing_is_written(caseworker):
    answer = caseworker.post("/api/registrations/searches", json.dumps({"child": CHILD}), content_type="application/json")
    assert answer.status_code == 422


def test_without_the_request_token_nothing_is_written(people, sign_in_as):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in_as(people.users["caseworker"]).cookies
    answer = post(strict, "registrations/searches", {"child": CHILD})
    assert (answer.status_code, answer.json()["code"]) == (403, "request_token")
    assert strict.get("/api/me").status_code == 200


def test_who_is_not_signed_in_gets_401(client):
    for path in ("me", "cases", "tasks", "openapi.json"):
        answer = client.get(f"/api/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_locked_session_gets_401(caseworker):
    session = caseworker.session
    session["locked"] = True
    session.save()
    assert caseworker.get("/api/me").status_code == 401


def test_an_outsider_finds_nothing(caseworker, people, sign_in_as, client):
    code = registered(caseworker).json()["code"]
    client.cookies.clear()
    sign_in_as(people.users["outsider"])
    there, not_there = client.get(f"/api/cases/{code}"), client.get("/api/cases/2222-222")
    assert there.status_code == not_there.status_code == 404
    assert there.content == not_there.content
    assert client.get("/api/cases").json()["cases"] == []
    assert client.get(f"/api/cases/{code}/timeline").status_code == 404
    assert post(client, f"cases/{code}/views", {"topic": "situation", "mode": "spoken"}).status_code == 404
    assert client.get(f"/api/cases/{code}/candidates").status_code == 404


@pytest.mark.parametrize("name", ["analyst", "officer", "panel_member"])
def test_a_role_without_the_permission_finds_nothing(people, sign_in_as, name):
    client = sign_in_as(people.users[name])
    assert client.get("/api/cases").status_code == 404
    assert post(client, "registrations/searches", {"child": CHILD}).status_code == 404


def test_a_request_is_taken_and_listed(people, sign_in_as):
    client = sign_in_as(people.users["tracing_officer"])
    made = post(client, "requests", {"inquirer": {"role": "inquirer", "names": [{"value": "Aster Kidane"}]}, "relation": "mother", "consent_share": True,
                                     "sought": CHILD | {"role": "sought_child"}})
    assert made.status_code == 201, made.content
    listed = client.get("/api/requests").json()
    assert [row["code"] for row in listed["requests"]] == [made.json()["code"]]
    assert client.get(f"/api/requests/{made.json()['code']}/candidates").json() == []
    refused = post(client, "requests", {"inquirer": {"role": "inquirer"}, "relation": "", "sought": CHILD})
    assert refused.status_code == 422
    assert "inquirer_names" in refused.json()["errors"]


def test_a_first_contact_gives_a_receipt_and_nothing_else(people, sign_in_as):
    client = sign_in_as(people.users["officer"])
    key = uuid4()
    body = {"firewall_said": True, "understood": "yes", "answers": {"age_birthday": {"low": 9, "high": 9}, "who_with": "alone",
                                                                     "hurt_ill_hungry": ["hungry"]}, "observations": ["fear"]}
    first, again = post(client, "first-contacts", body, key), post(client, "first-contacts", body, key)
    assert first.status_code == 201, first.content
    assert first.json() == again.json()
    assert list(first.json()) == ["receipt"]
    with acting(people.supervisor):
        assert scoped(Screening, people.supervisor).get().receipt == first.json()["receipt"]
    for path in ("cases", "tasks", f"cases/{first.json()['receipt']}", "requests"):
        assert client.get(f"/api/{path}").status_code == 404
    unsaid = post(client, "first-contacts", body | {"firewall_said": False})
    assert (unsaid.status_code, list(unsaid.json()["errors"])) == (422, ["firewall_said"])


def test_the_description_is_openapi_3_1_and_complete(caseworker):
    text = caseworker.get("/api/openapi.json").json()
    assert text["openapi"].startswith("3.1")
    described = {(path, method) for path, methods in text["paths"].items() for method in methods}
    assert len(described) == len([r for r in all_routes() if r.pattern.startswith("/api/")]) - 1, "all but the description itself"
    assert text["components"]["schemas"]["OpeningJson"]["additionalProperties"] is False


def test_every_address_of_the_api_is_guarded():
    routes = [r for r in all_routes() if r.pattern.startswith("/api/")]
    assert len(routes) >= 17
    assert {r.guard for r in routes if r.guard in ("NOTHING", "open")} == set()


def test_problems_speak_the_readers_language(caseworker):
    caseworker.cookies["havre_language"] = "fr"
    english, french = "There is nothing here", caseworker.get("/api/cases/2222-222").json()["title"]
    assert english not in french
