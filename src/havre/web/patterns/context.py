"""The page where public figures of places are taken in, and how they are said beside patterns."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.core.words import N_
from havre.statistics import actions, permissions
from havre.statistics.context import COLUMNS, context_of, sources_held
from havre.statistics.problems import ContextRefused
from havre.web.parts.forms import HavreForm
from havre.web.parts.reasons import day
from havre.web.screen import intent, screen
from havre.web.shell import said

MOST_BYTES: Final = 5_000_000
SHOWN: Final = 10
WRONG: Final = {
    "not_csv": N_("This is no CSV file in UTF-8."), "columns": N_("The first row must name the columns pcode, indicator, value, source, date."),
    "too_many": N_("There are more than 20,000 rows."), "empty": N_("There is no row in it."), "place": N_("This P-code is not among the places."),
    "texts": N_("The indicator and the source are words, at most 200 characters each."), "value": N_("The value is a number, such as 1250.5."),
    "date": N_("The date is written as 2026-03-31."), "twice": N_("This figure stands in the file twice."),
}


class ContextForm(HavreForm):
    """A file with figures of places."""

    file = forms.FileField(label=lazy("The file (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
                           error_messages={"required": lazy("Choose a file."), "empty": lazy("This file is empty.")},
                           help_text=lazy("Columns: pcode, indicator, value, source, date. Public figures only, nothing about a child."))

    def clean_file(self) -> Any:
        """Not larger than is read at once."""
        held = self.cleaned_data["file"]
        if held.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: 5 MB at most."))
        return held


@screen(permissions.LOAD_CONTEXT)
def page(request: HttpRequest) -> HttpResponse:
    """What is loaded, and a file that replaces what its sources said before."""
    form = ContextForm(request.POST or None, request.FILES or None) if request.method == "POST" else ContextForm()
    wrong: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.load_context(intent(request, form.cleaned_data["rid"]), content=form.cleaned_data["file"].read())
                said.say(request, _("The figures are kept."))
                return redirect("patterns:context")
            except ContextRefused as problem:
                form.refuse(problem)
                wrong = [_("Row %(n)s: %(wrong)s") % {"n": number, "wrong": _(WRONG[code])} for number, code in problem.rows[:SHOWN]]
    held = [{"source": source, "rows": formats.number_format(rows, force_grouping=True), "on": day(on)} for source, rows, on in sources_held()]
    return render(request, "patterns/context.html", {"form": form, "wrong": wrong, "held": held, "columns": ", ".join(COLUMNS)}, status=status)


def around(labels: dict[str, str]) -> list[dict[str, str]]:
    """What is known of places, in their order: place, indicator, value, day, source, in words."""
    held = context_of(list(labels))
    return [{"place": label, "indicator": row.indicator, "value": formats.number_format(row.value.normalize(), use_l10n=True, force_grouping=True),
             "on": day(row.on), "source": row.source} for code, label in labels.items() for row in held.get(code, ())]
