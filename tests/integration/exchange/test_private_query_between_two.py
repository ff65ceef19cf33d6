"""Two instances, each with a process and a database of its own, ask and answer over HTTP on this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from havre.access.system import system_actor
from havre.exchange.peers import actions, jobs, managing
from havre.exchange.peers.models import PeerQuestion
from havre.infra.acting import acting
from havre.registration.inputs import PersonInput
from tests.integration.tracing.pairing import mother_asks

pytest.importorskip("private_set_intersection")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
ANOTHER = PersonInput(role="sought_child", names=[{"value": "Yusuf Ahmad Hussein", "kind": "full"}], sex="male", age_min=9, age_max=9,
                      languages=["ara"], origin=["SD", "Kassala", "Wad Sharifey"])


@pytest.fixture
def far_side():
    """The other instance: its secret, its process and its port."""
    secret = managing.new_secret()
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen([sys.executable, "-m", "tests.integration.exchange.holding", secret.hex()], cwd=ROOT, text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, "PYTHONPATH": paths, "HAVRE_NO_MIGRATIONS": "1"}) as process:
        try:
            yield secret, process, int(process.stdout.readline())
        finally:
            process.stdin.close()


def asked(people, intent, peer, request, rid=None):
    question = actions.ask_peer(intent(people.tracing_officer, rid=rid), request=request.pk, peer=peer.pk, purpose="The trail leads there.", agreed=True)
    for job in (jobs.prepare_question, jobs.send_question):
        with acting(system_actor()):
            job(str(question.pk))
    with acting(system_actor()):
        return PeerQuestion.objects.get(pk=question.pk)


def test_one_instance_asks_another_about_a_child_it_holds_and_one_it_does_not(people, intent, far_side):
    secret, process, port = far_side
    peer = actions.add_peer(intent(system_actor()), name="Blue shore", address=f"http://127.0.0.1:{port}", contact="focal@blue.example",
                            secret=secret, side=1)
    rid, selam = uuid4(), mother_asks(people, intent)
    there = asked(people, intent, peer, selam, rid)
    again = asked(people, intent, peer, selam, rid)
    other = asked(people, intent, peer, mother_asks(people, intent, sought=ANOTHER, family=()))
    assert [(q.state, q.answer, q.problem) for q in (there, again, other)] == [
        ("answered", "possible", ""), ("answered", "possible", ""), ("answered", "no", "")]
    said, _ = process.communicate(input="", timeout=60)
    told = json.loads(said)
    assert told["received"] == 2
    assert len(told["answered"]) == 2 and str(there.pk) in told["answered"][0]
    assert not any(word in body for body in told["answered"] for word in ("Selam", "Yusuf", "trail"))
