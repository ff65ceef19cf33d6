"""Does the door open to whom it should, alike for all it should not, and lock behind those who leave?"""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from havre.access import signin
from havre.access.models import SignIn, Try, User
from havre.core import crypto
from havre.infra.audit import AuditEntry

pytestmark = pytest.mark.django_db
WORDS = "a long and quiet password"


@pytest.fixture
def worker(people):
    user = people.users["caseworker"]
    signin.set_password(user, WORDS)
    user.save()
    return user


def enter(client, name, password=WORDS, code=""):
    return client.post(reverse("account:sign_in"), {"username": name, "password": password, "code": code})


def test_the_right_password_opens_and_is_in_the_log(client, worker):
    answer = enter(client, "caseworker")
    assert answer.status_code == 302
    assert AuditEntry.objects.filter(action="sign_in", decision="done", actor=worker.id).count() == 1
    assert SignIn.objects.filter(user=worker, ended_at=None).count() == 1


def test_unknown_name_wrong_password_and_closed_account_look_the_same(client, worker, people):
    closed = people.users["colleague"]
    signin.set_password(closed, WORDS)
    closed.is_active = False
    closed.save()
    answers = [enter(client, "nobody"), enter(client, "caseworker", "wrong"), enter(client, "colleague")]
    assert {a.status_code for a in answers} == {401}
    shown = {re.sub(r'value="[^"]*"|[A-Za-z0-9]{64}', "", a.content.decode()) for a in answers}
    assert len(shown) == 1


def test_guessing_is_slowed_down_even_with_the_right_password_at_last(client, worker):
    for _ in range(signin.TRIES_PER_NAME):
        enter(client, "caseworker", "wrong")
    assert enter(client, "caseworker").status_code == 429
    Try.objects.update(at=datetime.now(UTC) - timedelta(hours=1))
    assert enter(client, "caseworker").status_code == 302


def test_the_second_step_is_asked_and_a_code_works_once(client, worker):
    secret = signin.new_second_step(worker)
    now = datetime.now(UTC)
    assert signin.confirm_second_step(worker, secret, crypto.totp_code(secret, now - timedelta(seconds=30)), now)
    assert enter(client, "caseworker").status_code == 401
    code = crypto.totp_code(secret, datetime.now(UTC))
    assert enter(client, "caseworker", code=code).status_code == 302
    client.post(reverse("account:sign_out"))
    assert enter(client, "caseworker", code=code).status_code == 401


def test_an_idle_session_is_locked_and_the_password_opens_it_again(client, worker):
    enter(client, "caseworker")
    SignIn.objects.update(seen_at=datetime.now(UTC) - timedelta(hours=2))
    assert client.get(reverse("account:sessions")).headers["Location"] == reverse("account:locked")
    assert client.post(reverse("account:locked"), {"password": "wrong"}).status_code == 401
    assert client.post(reverse("account:locked"), {"password": WORDS}).status_code == 302
    assert client.get(reverse("account:sessions")).status_code == 200


def test_what_was_being_sent_when_the_session_locked_is_offered_again(client, worker):
    enter(client, "caseworker")
    SignIn.objects.update(seen_at=datetime.now(UTC) - timedelta(hours=2))
    client.post(reverse("account:sessions"), {"session": "kept-text"})
    page = client.post(reverse("account:locked"), {"password": WORDS})
    assert page.status_code == 200
    assert "kept-text" in page.content.decode()
    stored = client.session.items()
    assert "kept-text" not in str(list(stored))


def test_a_session_ended_elsewhere_is_over_with_its_next_request(client, worker):
    enter(client, "caseworker")
    SignIn.objects.update(ended_at=datetime.now(UTC))
    assert client.get(reverse("account:sessions")).headers["Location"] == reverse("account:sign_in")


def test_a_deactivated_person_is_out_at_once(client, worker):
    enter(client, "caseworker")
    User.objects.filter(pk=worker.pk).update(is_active=False)
    assert client.get(reverse("account:sessions")).status_code == 302


def test_nobody_can_end_the_session_of_another(client, worker, people):
    enter(client, "caseworker")
    row = SignIn.objects.create(id=uuid4(), user=people.users["outsider"], session_key="x", started_at=datetime.now(UTC),
                                seen_at=datetime.now(UTC))
    client.post(reverse("account:sessions"), {"session": str(row.pk)})
    row.refresh_from_db()
    assert row.ended_at is None


def test_the_vault_opens_with_the_cookie_only(client, worker):
    enter(client, "caseworker")
    row = SignIn.objects.get(user=worker)
    secret = bytes.fromhex(client.cookies[signin.VAULT_COOKIE].value)
    private = crypto.unseal(secret, bytes(row.vault), aad=crypto.aad("access_signin", row.id, "vault", 1))
    sealed = crypto.seal_to(bytes(worker.public_key), b"told in confidence", b"place")
    assert crypto.open_sealed(private, sealed, b"place") == b"told in confidence"
    with pytest.raises(ValueError):
        crypto.unseal(b"0" * 32, bytes(row.vault), aad=crypto.aad("access_signin", row.id, "vault", 1))
