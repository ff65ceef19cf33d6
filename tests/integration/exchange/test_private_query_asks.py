"""An officer asks another instance, played over HTTP by the private library: what leaves, what comes back, what can go wrong."""

import base64
import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from havre.access.queries import scoped
from havre.access.system import system_actor
from havre.core.problems import GateRefused, InputRefused, KeyErased, NothingHere
from havre.exchange.peers import actions, asking, client, jobs, managing
from havre.exchange.peers.models import PeerBlinded, PeerDay, PeerQuestion
from havre.exchange.peers.problems import PeerLimitReached, problem_of
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.infra.sealing import open_record
from havre.tracing import actions as tracing
from tests.integration.exchange.far_side import SELAM, YUSUF, FarSide
from tests.integration.tracing.pairing import mother_asks

pytest.importorskip("private_set_intersection")
pytestmark = pytest.mark.django_db


@pytest.fixture
def far() -> Iterator[FarSide]:
    """A holder that knows Selam and Yusuf."""
    with FarSide(managing.new_secret(), [SELAM, YUSUF]).serving() as side:
        yield side


@pytest.fixture
def peer(people, intent, far):
    return actions.add_peer(intent(system_actor()), name="Blue shore", address=far.address, contact="focal@blue.example",
                            secret=far.secret, side=1)


@pytest.fixture
def request_(people, intent):
    return mother_asks(people, intent)


def wish(people, intent, request, peer, **changes):
    values = {"purpose": "The trail leads there.", "agreed": True, **changes}
    return actions.ask_peer(intent(people.tracing_officer), request=request.pk, peer=peer.pk, **values)


def carried(question):
    """What the worker does, in the order in which it does it."""
    for job in (jobs.prepare_question, jobs.send_question):
        with acting(system_actor()):
            if PeerQuestion.objects.get(pk=question.pk).state == "waiting":
                job(str(question.pk))
    with acting(system_actor()):
        return PeerQuestion.objects.get(pk=question.pk)


def test_a_child_who_is_there_is_possible_and_the_focal_point_is_named(people, intent, far, peer, request_, sign_in_as):
    asked = carried(wish(people, intent, request_, peer))
    assert (asked.state, asked.answer, asked.problem) == ("answered", "possible", "")
    browser = sign_in_as(people.users["tracing_officer"])
    page = browser.get(reverse("peers:ask", args=[request_.file.code])).content.decode()
    assert "Possible match: contact this focal point." in page and "focal@blue.example" in page
    story = browser.get(reverse("tracing:request", args=[request_.file.code])).content.decode()
    assert "Another instance is asked: Blue shore." in story and "Blue shore may know the child: contact its focal point." in story


def test_a_child_who_is_not_there_is_no_and_no_contact_is_told(people, intent, far, peer, request_, sign_in_as):
    far.renew([YUSUF])
    assert carried(wish(people, intent, request_, peer)).answer == "no"
    page = sign_in_as(people.users["tracing_officer"]).get(reverse("peers:ask", args=[request_.file.code])).content.decode()
    assert "<b>No.</b>" in page and "focal@blue.example" not in page


def test_what_leaves_is_a_blinded_question_of_one_size_and_nothing_else(people, intent, far, peer, request_):
    carried(wish(people, intent, request_, peer))
    (offer, first), (answer, second) = far.bodies
    assert (offer, json.loads(first)) == ("offer", {"have": None})
    said = json.loads(second)
    assert answer == "answer" and set(said) == {"question", "offer", "request"}
    assert len(base64.b64decode(said["request"])) == 2240
    for word in ("Selam", "Tesfa", "سلام", "Teseney", "Letebrhan", "trail"):
        assert word.encode() not in second


def test_the_key_of_the_question_is_forgotten_with_its_answer(people, intent, peer, request_):
    asked = carried(wish(people, intent, request_, peer))
    with acting(system_actor()):
        blinded = PeerBlinded.objects.get(question_id=asked.pk)
        with pytest.raises(KeyErased):
            open_record(blinded, "content")


def test_an_answer_that_was_lost_is_asked_for_again_byte_for_byte(people, intent, far, peer, request_):
    far.lose = 1
    question = wish(people, intent, request_, peer)
    lost = carried(question)
    assert (lost.state, lost.problem) == ("failed", "peer_unreachable")
    actions.send_again(intent(people.tracing_officer), question=question.pk)
    assert carried(question).answer == "possible"
    first, second = [body for operation, body in far.bodies if operation == "answer"]
    assert first == second, "the other side can see that it is the same question"


def test_when_the_offer_was_renewed_in_between_it_is_blinded_anew(people, intent, far, peer, request_):
    far.lose = 1
    question = wish(people, intent, request_, peer)
    carried(question)
    far.renew([SELAM])
    actions.send_again(intent(people.tracing_officer), question=question.pk)
    assert carried(question).answer == "possible"
    first, second = far.questions()
    assert first["question"] == second["question"] and first["request"] != second["request"]


def test_the_same_wish_twice_is_one_question(people, intent, peer, request_):
    rid = uuid4()
    one, two = (actions.ask_peer(intent(people.tracing_officer, rid=rid), request=request_.pk, peer=peer.pk, purpose="Why", agreed=True)
                for _ in range(2))
    assert one.pk == two.pk
    with acting(people.tracing_officer):
        assert scoped(PeerQuestion, people.tracing_officer).count() == 1
    assert PeerDay.objects.get(peer=peer).sent == 1


REFUSALS = {(429, "peer_limit"): "peer_limit", (401, "peer_clock"): "peer_clock", (401, "peer_unknown"): "peer_unknown",
            (503, "peer_no_offer"): "peer_no_offer", (500, "peer_nonsense"): "peer_not_understood", (302, "elsewhere"): "peer_not_understood"}


def test_each_refusal_is_a_plain_sentence_and_can_be_sent_again(people, intent, far, peer, request_, sign_in_as):
    question = wish(people, intent, request_, peer)
    browser, address = sign_in_as(people.users["tracing_officer"]), reverse("peers:ask", args=[request_.file.code])
    for refusal, code in REFUSALS.items():
        far.refuse = refusal
        assert carried(question).problem == code
        page = browser.get(address).content.decode()
        assert escape(str(problem_of(code))) in page and "Send again" in page
        assert browser.post(reverse("peers:again", args=[request_.file.code, question.pk]), {"rid": str(uuid4())}).status_code == 303
    far.refuse = None
    assert carried(question).answer == "possible"
    assert len({body for operation, body in far.bodies if operation == "answer"}) == 1, "one question, however often it was sent"


def test_an_answer_that_is_not_proven_is_not_believed(people, intent, far, peer, request_):
    far.forge = True
    assert carried(wish(people, intent, request_, peer)).problem == "peer_not_understood"


def test_another_secret_is_said_as_such(people, intent, far, request_):
    stranger = actions.add_peer(intent(system_actor()), name="Other", address=far.address, contact="x", secret=managing.new_secret(), side=1)
    assert carried(wish(people, intent, request_, stranger)).problem == "peer_unknown"


def test_a_peer_that_is_away_is_said_as_such(people, intent, far, request_):
    away = actions.add_peer(intent(system_actor()), name="Away", address="http://127.0.0.1:9", contact="x", secret=managing.new_secret(), side=1)
    assert carried(wish(people, intent, request_, away)).problem == "peer_unreachable"


def test_without_the_agreement_of_the_person_searching_nothing_is_asked(people, intent, far, peer, request_):
    with pytest.raises(GateRefused) as refused:
        wish(people, intent, request_, peer, agreed=False)
    assert [(r.id, r.reason) for r in refused.value.results] == [("G01", "consent_missing_tracing_adult")]
    tracing.change_request(intent(people.tracing_officer), request=request_.pk, consent_share=False)
    with pytest.raises(GateRefused):
        wish(people, intent, request_, peer)
    with acting(system_actor()):
        assert not PeerQuestion.objects.exists()


def test_agreement_taken_back_before_the_question_left_stops_it(people, intent, far, peer, request_):
    question = wish(people, intent, request_, peer)
    tracing.change_request(intent(people.tracing_officer), request=request_.pk, consent_share=False)
    assert carried(question).problem == "peer_consent_gone"
    assert far.bodies == []


def test_a_purpose_is_needed_and_kept_sealed(people, intent, peer, request_):
    with pytest.raises(InputRefused):
        wish(people, intent, request_, peer, purpose="  ")
    question = wish(people, intent, request_, peer)
    with acting(people.tracing_officer):
        assert open_record(question, "purpose") == {"purpose": "The trail leads there."}


def test_only_the_officer_of_the_request_may_ask(people, intent, peer, request_, sign_in_as):
    for actor in (people.home_tracing, people.caseworker, people.supervisor, people.outside_supervisor):
        with pytest.raises(NothingHere):
            actions.ask_peer(intent(actor), request=request_.pk, peer=peer.pk, purpose="Why", agreed=True)
    assert sign_in_as(people.users["home_tracing"]).get(reverse("peers:ask", args=[request_.file.code])).status_code == 404


def test_a_day_has_a_limit_on_this_side_too(people, intent, peer, request_, monkeypatch):
    monkeypatch.setattr("havre.exchange.peers.counts.limit", lambda: 1)
    wish(people, intent, request_, peer)
    with pytest.raises(PeerLimitReached) as reached:
        wish(people, intent, request_, peer)
    assert 0 < reached.value.retry_after <= 86_401


def test_without_the_package_it_is_said_what_to_install(people, peer, request_, sign_in_as, monkeypatch):
    monkeypatch.setattr("havre.web.peers.views.ready", lambda: False)
    monkeypatch.setattr(asking, "ready", lambda: False)
    browser, address = sign_in_as(people.users["tracing_officer"]), reverse("peers:ask", args=[request_.file.code])
    assert "openmined_psi" in browser.get(address).content.decode()
    answer = browser.post(address, {"rid": str(uuid4()), "peer": str(peer.pk), "purpose": "Why", "agreed": "on"})
    assert answer.status_code == 503 and "pip install openmined_psi" in answer.content.decode()


def test_the_form_asks_and_refuses_in_words(people, peer, request_, sign_in_as):
    browser, address = sign_in_as(people.users["tracing_officer"]), reverse("peers:ask", args=[request_.file.code])
    form = {"rid": str(uuid4()), "peer": str(peer.pk), "purpose": "The trail leads there."}
    refused = browser.post(address, form)
    assert refused.status_code == 409 and "The relative was not asked whether this may be shown." in refused.content.decode()
    done = browser.post(address, {**form, "agreed": "on"})
    assert done.status_code == 303
    assert "The question is on its way." in browser.get(done["Location"]).content.decode()


def test_each_question_is_in_the_log_without_its_content(people, intent, peer, request_):
    asked = carried(wish(people, intent, request_, peer))
    rows = list(AuditEntry.objects.filter(files__contains=[request_.file_id], action__contains="peer"))
    assert {row.action for row in rows} >= {"exchange.peers.asking.ask_peer", "exchange.peers.asking.record_answer", "peer_asked", "peer_possible"}
    for row in rows:
        assert "Selam" not in row.body and "trail" not in row.body and asked.peer.contact not in row.body


@pytest.mark.parametrize("address", ["http://blue.example", "ftp://blue.example", "https://user:pass@blue.example", "https://blue.example/?x=1",
                                     "https://", "http://10.0.0.1"])
def test_only_https_or_this_machine_in_practice(address):
    with pytest.raises(ValueError):
        client.check_address(address)


def test_outside_practice_this_machine_is_no_exception(settings):
    assert client.check_address("http://127.0.0.1:8000") and client.check_address("https://blue.example/havre")
    settings.HAVRE_PRACTICE = False
    with pytest.raises(ValueError):
        client.check_address("http://127.0.0.1:8000")
