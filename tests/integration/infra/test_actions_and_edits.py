"""Does one intent have one effect, in scope, audited, undisputed or openly disputed?"""

from uuid import uuid4

import pytest

pytestmark = pytest.mark.django_db


def test_the_instance_migrates_and_knows_its_system_actor(people):
    from havre.access.models import User
    assert User.objects.filter(role="system").count() == 1
