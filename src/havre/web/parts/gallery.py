"""What do all the parts look like, in every state? One page with invented people, in practice only."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from havre.core.gates import GateResult, met, unmet
from havre.core.problems import NothingHere
from havre.web.parts.forms import AgeAnswer, DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer, Tick
from havre.web.parts.tags.figures import Bar, Evidence
from havre.web.parts.tags.people import Stage
from havre.web.parts.tags.work import Answer, Entry, Lane, Task, TaskGroup
from havre.web.screen import open_to_all

SELAM = (("ሰላም ተስፋይ", "ti"), ("Selam Tesfay", "en"))
YUSUF = (("يوسف الخالدي", "ar"), ("Yusuf al-Khalidi", "en"))
PLACES = (
    "Adi Beles", "Karova", "Lirane", "Mersa Dahan", "Mersa Nuri", "Olvera", "Port Salin", "Sidi Lamine", "Tamrit",
    "Ubari Wells", "Wad Nuri", "Zerai",
)  # fmt: skip
_NOON = dt.datetime(2026, 11, 17, 9, 5, tzinfo=dt.UTC)


class GalleryForm(HavreForm):
    """One question of each kind."""

    alone = OneOf(
        label=_("Did you see her alone?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        asides=True,
        error_messages={"required": _("Choose an answer. If you could not, say so.")},
    )
    father = DateAnswer(label=_("When did she last see her father?"), help_text=_("The year alone is enough."), asides=True)
    age = AgeAnswer(label=_("How old is she?"), required=False)
    needs = ManyOf(
        label=_("What does she need now?"),
        choices=[("food", _("Food or water")), ("doctor", _("A health worker")), ("sleep", _("A place to sleep"))],
        help_text=_("Choose all that apply."),
        asks=("doctor",),
        advice=_("Get a health worker today. This does not wait for the other questions."),
        asides=("does_not_want_to_say",),
        required=False,
    )
    place = OneOf(
        label=_("Where did you meet?"),
        choices=[(f"p{n}", name) for n, name in enumerate(PLACES, 1)],
        required=False,
    )
    reasons = TextAnswer(
        label=_("Why? Which evidence decided it, and which did not fit?"),
        help_text=_("Two sentences are enough. Others will rely on them."),
        long=True,
        error_messages={"required": _("Write the reasons for the decision")},
    )
    told = Tick(label=_("Was she told?"), required=False)


def _gates() -> list[GateResult]:
    return [
        met("G15"),
        met("G06"),
        met("G24"),
        unmet("G17", "gallery_interviews", fix="gallery"),
        unmet("G21", "gallery_border"),
        unmet("G45", "gallery_interpreter", fix="gallery"),
    ]


def _tasks() -> list[TaskGroup]:
    first = Task(
        title=str(_("Call about where he sleeps tonight")),
        url="#call",
        due="08:50",
        due_note=str(_("30 min late")),
        late=True,
        names=YUSUF,
        age="14",
        code="D4HN-8R",
        reason=str(_("First contact yesterday. Safety comes within 24 hours when risk is high.")),
        risk="high",
    )
    second = Task(
        title=str(_("First visit after placement")), url="#visit", due="11:30", names=SELAM, age="9", code="7K3M-P2",
        risk="medium", save="server",
    )  # fmt: skip
    return [TaskGroup(str(_("Before noon")), (first, second), "noon")]


def _entries() -> list[Entry]:
    earlier = _NOON - dt.timedelta(days=1, hours=3)
    return [
        Entry(_NOON, str(_("Possible family match opened for review.")), "Yonas Berhe", str(_("family tracing"))),
        Entry(earlier, str(_("Moved to a foster family.")), "Amina Okello", key=True, save="backup"),
        Entry(earlier, str(_("Sealed note. Two people can open it; you are not one of them.")), "Claire Besson",
              sealed=True),
    ]  # fmt: skip


def _bdi(lang: str, written: str, latin: str) -> SafeString:
    return mark_safe(f'<bdi lang="{lang}">{written}</bdi> {latin}')  # noqa: S308 - constants of this page


def _evidence() -> list[Evidence]:
    return [
        Evidence(str(_("Brother with her")), _bdi("ti", "ዳዊት", "Dawit"), _bdi("ar", "داويت", "Dawit"), 5.2),
        Evidence(str(_("Grandmother’s name")), _bdi("ti", "ኣበባ", "Abeba"), _bdi("ar", "زوفان", "Zufan"), -3.6),
        Evidence(str(_("Age")), "8–10", "9", 1.0),
        Evidence(str(_("Mark on the left hand")), str(_("Recorded")), "", None),
    ]


def content(request: HttpRequest) -> dict[str, Any]:
    """Give the gallery's page everything it shows."""
    form = GalleryForm({"rid": "00000000-0000-4000-8000-000000000000"}) if "errors" in request.GET else GalleryForm()
    return {
        "form": form,
        "selam": SELAM,
        "yusuf": YUSUF,
        "gates": _gates(),
        "none_met": [r for r in _gates() if not r.ok],
        "groups": _tasks(),
        "entries": _entries(),
        "rows": _evidence(),
        "stages": [
            Stage(str(_("Registered")), "13.11", "done"),
            Stage(str(_("Finding family")), "", "now"),
            Stage(str(_("Reunified"))),
        ],
        "facts": [(_("Say her name"), "seh-LAHM"), (_("Age"), "8–10"), (_("Next"), _("Visit today at 11:30"))],
        "answers": [
            Answer(str(_("Look for her mother")), "yes"),
            Answer(str(_("Show her photo to find family")), "no", str(_("“Not my photo.”"))),
            Answer(str(_("Give data to border control")), "never"),
            Answer(str(_("Tell the school")), "not_asked"),
        ],
        "lanes": [
            Lane(str(_("Child’s interview")), "done", str(_("Done, 15 November")), "Amina Okello"),
            Lane(str(_("Relative’s interview")), "now", str(_("Not planned"))),
        ],
        "bars": [Bar("Mersa Dahan", 612, 14), Bar("Wad Nuri", 438, 14), Bar("Karova", 0, few=True)],
    }


@open_to_all
def show(request: HttpRequest) -> HttpResponse:
    """Show every part; only where every person is invented."""
    if not settings.HAVRE_PRACTICE:
        raise NothingHere()
    return render(request, "parts/gallery.html", content(request))
