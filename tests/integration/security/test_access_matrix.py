"""Role × address × relation to the record: who reaches what, from the table of addresses itself.

The oracle is written by hand (`MAY_OPEN`): for each person, the files of the sample they may know of. Everyone else must
get, for every address that names such a file or a record in it, exactly what they get for one that does not exist.
The same with one wall at a time: row-level security alone, then the application's policy alone.
"""

import re
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from havre.access.models import File
from havre.access.queries import scoped
from havre.access.system import SYSTEM_ID, system_actor
from havre.identification.actions import submit_screening
from havre.infra.acting import acting, tell_database
from havre.infra.records import Record
from havre.infra.rls import record_models
from havre.web.registry import Route, all_routes
from tests.integration.tracing.pairing import matched

PEOPLE = ("caseworker", "colleague", "supervisor", "outsider", "outside_supervisor", "tracing_officer", "home_tracing",
          "officer", "analyst", "panel_member", "manager", "auditor")
MARKERS = ("ሰላም", "Selam", "Tesfay", "Letebrhan", "سلام", "Kidane", "912 345", "Wad Nuri market")

# Whom the sample's files concern. Nobody is added by role: an analyst, a border officer and a colleague see none of them.
MAY_OPEN = {
    "case": {"caseworker", "supervisor", "manager", "auditor"},
    "request": {"tracing_officer", "outside_supervisor"},
}


@pytest.fixture
def world(people, intent):
    """A child's case of agency A, a mother's request at agency B, compared; and a first contact sent by the officer."""
    pair = matched(people, intent)
    sent = submit_screening(intent(people.officer), answers={"who_with": "alone", "destination_contact": "Wad Nuri market"},
                            observations=[], note="", language="tir", understood="yes", firewall_said=True)
    with acting(system_actor()):
        files = {"case": File.objects.get(pk=pair.case.file_id), "request": File.objects.get(pk=pair.request.file_id)}
        return SimpleNamespace(pair=pair, files=files, screening=File.objects.get(pk=sent.file_id), receiver=sent.worker_id)


def records_of(file: File) -> list[Record]:
    """Every record of a file, as the system sees them."""
    with acting(system_actor()):
        return [row for model in record_models() for row in model._default_manager.filter(file_id=file.pk)]


def addresses(route: Route, codes: list[str], ids: list[UUID]) -> list[str]:
    """The address with every code and id of a file in its place; none when it takes other arguments."""
    kinds = dict(re.findall(r"<(?:(\w+):)?(\w+)>", route.pattern) and [(n, k) for k, n in re.findall(r"<(?:(\w+):)?(\w+)>", route.pattern)])
    if not kinds:
        return []
    options = {name: (ids if kind == "uuid" else codes) for name, kind in kinds.items()}
    made = []
    for choice in _choices(options):
        try:
            made.append(reverse(route.name, kwargs=choice))
        except NoReverseMatch:
            continue
    return made


def _choices(options):
    names = list(options)
    if len(names) == 1:
        return [{names[0]: value} for value in options[names[0]]]
    first, *rest = names
    return [{first: value, **others} for value in options[first] for others in _choices({n: options[n] for n in rest})]


def plain(response) -> tuple[int, str]:
    """Status and body without what differs from request to request."""
    body = response.content.decode(errors="replace") if not response.streaming else ""
    return response.status_code, re.sub(r'value="[^"]*"|[A-Za-z0-9]{64}', "", body)


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_out_of_scope_is_the_same_as_not_there(people, world, sign_in_as, who):
    client = sign_in_as(people.users[who])
    hidden = [f for name, f in world.files.items() if who not in MAY_OPEN[name]]
    if people.users[who].id != world.receiver and who not in {"supervisor", "manager", "auditor"}:
        hidden.append(world.screening)
    nowhere, noid = "2222-222", uuid4()
    tried = 0
    absent: dict[tuple[str, str], tuple[int, str]] = {}

    def not_there(method: str, address: str) -> tuple[int, str]:
        """What the address answers when it names nothing."""
        if (method, address) not in absent:
            absent[method, address] = plain(getattr(client, method)(address))
        return absent[method, address]

    for file in hidden:
        ids = list({r.record_kind(): r.pk for r in records_of(file)}.values())[:6]  # one record of a kind
        for route in all_routes():
            if route.permission is None:
                continue
            for address in addresses(route, [file.code], ids):
                missing = address.replace(file.code, nowhere)
                for known in ids:
                    missing = missing.replace(str(known), str(noid))
                for method in ("get", "post") if file is hidden[0] else ("get",):
                    answer = getattr(client, method)(address)
                    status, body = plain(answer)
                    if route.name.startswith("api") and status in {400, 405, 422}:  # judged before what it names
                        assert (status, body) == not_there(method, missing)
                        continue
                    assert status == 404, f"{who} {method} {route.name}: {status}"
                    assert not any(m in body for m in MARKERS), f"{who} {method} {route.name} shows a name"
                    if method == "get":
                        assert (status, body) == not_there(method, missing), f"{route.name} tells forbidden from missing"
                    tried += 1
    assert tried > 20 or not hidden


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_pages_without_a_record_show_nothing_of_hidden_files(people, world, sign_in_as, who):
    if who in set().union(*MAY_OPEN.values()) or people.users[who].id == world.receiver:
        pytest.skip("this person is concerned by the sample")
    client = sign_in_as(people.users[who])
    for route in all_routes():
        if route.permission is None or "<" in route.pattern or route.name.startswith("api"):
            continue
        status, body = plain(client.get(reverse(route.name)))
        assert status < 500, route.name
        assert not any(m in body for m in MARKERS), f"{who} sees a name at {route.name}"


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_row_level_security_alone_gives_nothing_out_of_scope(people, world, who):
    for name, file in world.files.items():
        with acting(getattr(people, who)):
            for model in record_models():
                seen = model._default_manager.filter(file_id=file.pk).count()
                assert not seen or who in MAY_OPEN[name], f"{who} sees {model.record_kind()} of the {name}"
            assert File.objects.filter(pk=file.pk).exists() == (who in MAY_OPEN[name])


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_the_policy_alone_gives_nothing_out_of_scope(people, world, who):
    for name, file in world.files.items():
        with acting(getattr(people, who)):
            tell_database(SYSTEM_ID)  # row-level security now hides nothing
            for model in (*record_models(), File):
                own = {"pk": file.pk} if model is File else {"file_id": file.pk}
                seen = scoped(model, getattr(people, who)).filter(**own).exists()
                assert not seen or who in MAY_OPEN[name], f"{who} reads {model.__name__} of the {name}"


def test_every_relation_and_every_protected_model_is_in_the_sample():
    assert {m.__name__ for m in record_models()} >= {"Case", "Person", "TracingRequest", "Screening", "Candidate"}
    assert apps.get_model("access", "File") is File


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_gets_past_the_door(client):
    for route in all_routes():
        if route.permission is None:
            continue
        address = addresses(route, ["2222-222"], [uuid4()])[:1] if "<" in route.pattern else [f"/{route.pattern.lstrip('/')}"]
        for each in address:
            answer = client.get(each)
            if answer.status_code == 405 and route.name.startswith("api"):
                answer = client.post(each, {}, content_type="application/json")
            assert answer.status_code in {302, 401, 403, 404}, f"{route.name}: {answer.status_code}"
            if answer.status_code == 302:
                assert answer.headers["Location"] == reverse("account:sign_in")
