"""Do values stay readable through a rotation of the instance key, also one that was interrupted?"""

import pytest
from django.utils import timezone

from havre.access.system import system_actor
from havre.config import boot
from havre.infra import keys
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring_put_back():
    before = boot.keyring()
    yield
    boot.write_keyring(before)
    keys.ring.cache_clear()


def test_rotation_rewraps_in_steps_and_old_values_open(people, ring_put_back):
    from uuid import uuid4
    subjects = [uuid4() for _ in range(7)]
    with acting(system_actor()):
        made = {s: keys.make_key(s, timezone.now()) for s in subjects}
    boot.write_keyring(keys.ring().rotated(timezone.now()))
    keys.ring.cache_clear()
    with acting(system_actor()):
        assert keys.rotate_step(limit=3) == 3  # then the process is killed; it goes on later
        assert keys.data_keys(subjects) == made
        while keys.rotate_step(limit=3):
            pass
        rows = keys.DataKey.objects.filter(subject__in=subjects)
        assert {r.kek for r in rows} == {keys.ring().current.id}
    with acting(system_actor()):
        assert keys.data_keys(subjects) == made
