"""A file's code is drawn again when another file has it already, even one that is out of sight."""

import pytest
from django.db import IntegrityError

from havre.access.files import open_file
from havre.core import ids
from havre.infra.actions import action
from havre.registration.permissions import REGISTER

pytestmark = pytest.mark.django_db


@action(REGISTER)
def just_a_file(unit, *, code: str = ""):
    return open_file(unit, "case", agency=unit.by.agency, team=None, code=code)


def test_a_taken_code_is_drawn_again(people, intent, monkeypatch) -> None:
    theirs = just_a_file(intent(people.outsider))
    drawn = iter([theirs.code, theirs.code, ids.new_code(b"another code, surely")])
    monkeypatch.setattr("havre.access.files.ids.new_code", lambda random: next(drawn))
    ours = just_a_file(intent(people.caseworker))
    assert ours.code != theirs.code


def test_a_given_code_that_is_taken_is_refused(people, intent) -> None:
    theirs = just_a_file(intent(people.outsider))
    with pytest.raises(IntegrityError):
        just_a_file(intent(people.caseworker), code=theirs.code)
