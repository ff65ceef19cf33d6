"""The pages of sealed notes: writing one, and opening one that was sealed to you."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from havre.access.queries import names_of
from havre.cases import actions, permissions
from havre.cases.queries.choices import note_readers
from havre.cases.sealing import open_sealed_note
from havre.core.problems import KeyMissing
from havre.web.cases.base import about, actor_of, find, intend, step
from havre.web.cases.forms.people import NoteForm
from havre.web.cases.words import NOTE_TOPICS
from havre.web.screen import screen


@screen(permissions.SEAL)
def write(request: HttpRequest, code: str) -> HttpResponse:
    """What should only named people know?"""
    case = find(request, code, permissions.SEAL)
    form = NoteForm(request.POST or None, people=note_readers(actor_of(request), case))
    return step(request, case, form, lambda f: actions.write_sealed_note(
        intend(request, f), case=case.pk, topic=f.cleaned_data["topic"], words=f.cleaned_data["words"],
        readers=[UUID(r) for r in f.cleaned_data["readers"]]),
        title=_("What should only named people know?"), button=_("Seal the note"), done=_("The note is sealed."),
        context={"intro": _("Only you and the people you choose can open it. Nobody else is told that it exists, and it cannot be"
                            " recovered when all of you lose your passwords.")})


@screen(permissions.OPEN_NOTE)
def read(request: HttpRequest, code: str, note: UUID) -> HttpResponse:
    """A note sealed to you. Opening it is recorded."""
    case = find(request, code, permissions.OPEN_NOTE)
    context = about(request, case)
    try:
        opened = open_sealed_note(actor_of(request), note)
    except KeyMissing as problem:
        return render(request, "cases/note.html", {**context, "locked": True}, status=problem.status)
    names = names_of(set(opened.readers))
    return render(request, "cases/note.html", {**context, "words": opened.words, "topic": _(NOTE_TOPICS.get(opened.topic, opened.topic)),
                                               "readers": sorted(names.values())})
