"""Another instance, played by the private library, asks this one: who is let in, what is told, what is counted."""

import base64
import hashlib
import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from havre.access.system import system_actor
from havre.cases.models import Case
from havre.cli import peers as command
from havre.core.problems import InputRefused, KeyErased
from havre.exchange.peers import actions, jobs, keeping, managing, offering, wire
from havre.exchange.peers.models import Peer, PeerDay, PeerOffer, PeerSeen
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.linkage.private import Answer, ask, least_bits_of, private_keys, read
from havre.registration.inputs import PersonInput
from havre.tracing import actions as tracing
from havre.tracing.inputs import WishInput
from tests.integration.exchange.far_side import SELAM, YUSUF, proof, question_secret, signed
from tests.integration.registration.registering import opening, register
from tests.integration.tracing.pairing import wanted_child

pytest.importorskip("private_set_intersection")
pytestmark = pytest.mark.django_db


OTHER = PersonInput(role="child", names=[{"value": "Yusuf Ahmad Hussein", "kind": "full"}], sex="male", age_min=9, age_max=9,
                    languages=["ara"], origin=["SD", "Kassala", "Wad Sharifey"])


class Asker:
    """The other instance, side 2 of the secret."""

    def __init__(self, client, secret):
        self.client, self.secret = client, secret

    def send(self, operation, content, **how):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        side = how.pop("side", 2)
        return self.client.post(f"/api/peers/{operation}", body, content_type="application/json",
                                headers=signed(how.pop("secret", self.secret), side, how.pop("signs", operation), how.pop("signs_body", body), **how))

    def offer(self):
        said = self.send("offer", {"have": None}).json()
        return said["offer"], base64.b64decode(said["message"])

    def question(self, child):
        offer, message = self.offer()
        question = ask(private_keys(child, question_secret(self.secret), "query", least_bits_of(message)))
        return question, message, {"question": str(uuid4()), "offer": offer, "request": base64.b64encode(question.request).decode()}

    def asks(self, child):
        question, message, content = self.question(child)
        return read(question, message, base64.b64decode(self.send("answer", content).json()["response"]))


@pytest.fixture
def far(people, intent, client):
    """A peer of this instance, which holds Selam, whose family is looked for."""
    secret = managing.new_secret()
    wanted_child(people, intent)
    peer = actions.add_peer(intent(system_actor()), name="Blue shore", address="https://blue.example", contact="focal@blue.example",
                            secret=secret, side=1)
    actions.renew_offer(intent(system_actor()), peer=peer.pk)
    return Asker(client, secret)


def test_a_child_who_is_here_is_possible_and_another_is_not(far):
    assert far.asks(SELAM) is Answer.POSSIBLE
    assert far.asks(YUSUF) is Answer.NO


def test_the_answer_is_proven_and_holds_nothing_else(far):
    _, _, content = far.question(SELAM)
    answer = far.send("answer", content, once="a" * 32)
    assert set(answer.json()) == {"response"} and len(base64.b64decode(answer.json()["response"])) == 2240
    assert answer["Havre-Proof"] == proof(far.secret, 1, "answers", "a" * 32, hashlib.sha256(answer.content).hexdigest())


def test_an_offer_that_is_there_already_is_not_sent_again(far):
    offer, _ = far.offer()
    assert far.send("offer", {"have": offer}).json() == {"offer": offer, "message": None}


def offered():
    with acting(system_actor()):
        return len(list(offering.offered(timezone.now())))


def test_only_children_who_want_it_and_for_whom_it_was_agreed_are_offered(people, intent, far):
    assert offered() == 1
    register(intent, people.caseworker, opening(OTHER))
    assert offered() == 1, "nobody asked this child, and nobody agreed"
    with acting(system_actor()):
        case = Case.objects.order_by("registered_at").first()
    tracing.record_wishes(intent(people.caseworker), case=case.pk, given=WishInput(tracing="no", reunification="unsure", why="Afraid."))
    assert offered() == 0
    actions.renew_offer(intent(system_actor()), peer=Peer.objects.get().pk)
    assert far.asks(SELAM) is Answer.NO


def test_a_message_without_proof_with_another_secret_or_changed_is_not_let_in(far, client):
    _, _, content = far.question(SELAM)
    body = json.dumps(content).encode()
    assert client.post("/api/peers/answer", body, content_type="application/json").status_code == 401
    tries = [{"secret": managing.new_secret()}, {"side": 1}, {"signs": "offer"}, {"signs_body": body + b" "}, {"once": "short"}]
    for how in tries:
        answer = far.send("answer", body, **how)
        assert (answer.status_code, answer.json()["code"]) == (401, "peer_unknown"), how
    assert not PeerDay.objects.exists()
    assert AuditEntry.objects.filter(action="exchange.peer_refused", decision="denied").count() == len(tries) - 1, "a stranger fills no log"


def test_a_clock_that_differs_is_said(far):
    answer = far.send("offer", {"have": None}, when=int(time.time()) - 301)
    assert (answer.status_code, answer.json()["code"]) == (401, "peer_clock")
    assert "clocks" in answer.json()["title"]


def test_the_same_message_twice_is_refused(far):
    how = {"once": "b" * 32, "when": int(time.time())}
    assert far.send("offer", {"have": None}, **how).status_code == 200
    answer = far.send("offer", {"have": None}, **how)
    assert (answer.status_code, answer.json()["code"]) == (409, "peer_repeated")


def test_the_same_question_sent_again_is_answered_and_counts_once(far):
    _, _, content = far.question(SELAM)
    one, two = far.send("answer", content), far.send("answer", content)
    assert one.status_code == two.status_code == 200 and one.json() == two.json()
    assert PeerDay.objects.get().received == 1


def test_the_questions_of_a_day_are_limited_and_counted(far, monkeypatch):
    monkeypatch.setattr("havre.exchange.peers.counts.limit", lambda: 2)
    for _ in range(2):
        assert far.asks(YUSUF) is Answer.NO
    _, _, content = far.question(SELAM)
    answer = far.send("answer", content)
    assert (answer.status_code, answer.json()["code"]) == (429, "peer_limit")
    assert 0 < int(answer["Retry-After"]) <= 86_401
    row = PeerDay.objects.get()
    assert (row.received, row.refused) == (2, 1)
    PeerDay.objects.update(day=row.day - timedelta(days=1))
    assert far.send("answer", content).status_code == 200, "tomorrow the same question is answered"


def test_a_question_of_another_form_counts_and_is_refused(far):
    _, _, content = far.question(SELAM)
    answer = far.send("answer", {**content, "request": base64.b64encode(b"nonsense").decode()})
    assert (answer.status_code, answer.json()["code"]) == (422, "peer_not_understood")
    assert far.send("answer", {**content, "extra": 1}).status_code == 422
    assert far.send("answer", b"{" + b" " * 20_000).status_code == 422
    assert PeerDay.objects.get().received == 2, "what is too long is not even read"


def test_a_question_about_an_old_offer_is_told_so_and_its_key_is_gone(intent, far):
    _, _, content = far.question(SELAM)
    old = PeerOffer.objects.get()
    actions.renew_offer(intent(system_actor()), peer=old.peer_id)
    answer = far.send("answer", content)
    assert (answer.status_code, answer.json()["code"]) == (409, "peer_offer_renewed")
    with acting(system_actor()), pytest.raises(KeyErased):
        keeping.offer_key(old)


def test_before_the_first_night_there_is_no_offer(people, intent, client):
    secret = managing.new_secret()
    actions.add_peer(intent(system_actor()), name="New", address="https://new.example", contact="x", secret=secret, side=1)
    answer = Asker(client, secret).send("offer", {"have": None})
    assert (answer.status_code, answer.json()["code"]) == (503, "peer_no_offer")


def test_every_question_is_in_the_log_without_its_content(far):
    _, _, content = far.question(SELAM)
    far.send("answer", content)
    entry = AuditEntry.objects.get(action="exchange.peers.answering.answer_question")
    assert content["question"] in entry.body and str(Peer.objects.get().pk) in entry.body
    assert content["request"][:40] not in entry.body and entry.files == []


def test_a_removed_peer_is_a_stranger_and_its_secret_is_gone(intent, far):
    peer = actions.remove_peer(intent(system_actor()), name="Blue shore")
    assert far.send("offer", {"have": None}).json()["code"] == "peer_unknown"
    with acting(system_actor()), pytest.raises(KeyErased):
        keeping.secret_of(peer)
    assert not PeerOffer.objects.exists()


def test_every_night_offers_are_renewed_and_old_marks_forgotten(far):
    far.offer()
    PeerSeen.objects.update(at=timezone.now() - timedelta(days=4))
    before = PeerOffer.objects.get().pk
    with acting(system_actor()):
        jobs.renew_offers()
        jobs.renew_offer(str(Peer.objects.get().pk))
    assert not PeerSeen.objects.exists() and PeerOffer.objects.get().pk != before


def test_supervisors_see_counts_and_officers_do_not(people, far, sign_in_as):
    far.asks(SELAM)
    page = sign_in_as(people.users["supervisor"]).get(reverse("peers:counts")).content.decode()
    assert "Blue shore" in page and "<td>1</td>" in page and "Selam" not in page
    assert sign_in_as(people.users["caseworker"]).get(reverse("peers:counts")).status_code == 404


@pytest.fixture
def run(monkeypatch, people):
    monkeypatch.setattr("havre.cli.start_django", lambda: None)
    return lambda *arguments, **more: CliRunner().invoke(command.peers, list(arguments), **more)


def test_two_administrators_agree_on_a_secret(run):
    made = run("add", "Blue shore", "--address", "https://blue.example/", "--contact", "focal@blue.example")
    assert made.exit_code == 0, made.output
    written = made.output.strip().splitlines()[-1]
    row = Peer.objects.get()
    assert (row.side, row.address) == (1, "https://blue.example")
    with acting(system_actor()):
        assert wire.read_secret(written) == keeping.secret_of(row) and wire.read_secret(written) not in bytes(row.secret)
    assert "Blue shore  https://blue.example  focal@blue.example  no offer yet  asked 0" in run("list").output
    assert written not in run("list").output
    assert run("renew", "Blue shore").exit_code == 0 and "offer of" in run("list").output
    assert run("remove", "Blue shore").exit_code == 0 and run("list").output == ""
    assert run("remove", "Blue shore").exit_code == 1


def test_the_other_administrator_accepts_it(run):
    written = wire.written(b"s" * 32)
    accepted = run("add", "Red hill", "--address", "https://red.example", "--contact", "focal@red.example", "--accept", input=written + "\n")
    assert accepted.exit_code == 0, accepted.output
    assert Peer.objects.get().side == 2 and written not in accepted.output
    again = run("add", "Red hill", "--address", "http://red.example", "--contact", " ", "--accept", input=written + "\n")
    assert again.exit_code == 1 and {line.partition(":")[0] for line in again.output.splitlines()} >= {"name", "address", "contact"}
    assert run("add", "X", "--address", "https://x.example", "--contact", "x", "--accept", input="nonsense\n").exit_code == 1


def test_a_secret_is_used_for_one_pair(people, intent):
    values = {"address": "https://a.example", "contact": "x", "secret": b"s" * 32, "side": 1}
    actions.add_peer(intent(system_actor()), name="One", **values)
    with pytest.raises(InputRefused):
        actions.add_peer(intent(system_actor()), name="Two", **values)
