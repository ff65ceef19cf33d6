"""The forms of the exchange: which file, what its columns mean, what holds for every row, what leaves and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.cases.queries import CaseFilter
from havre.core.problems import InputRefused, Problem
from havre.exchange import fields, rules
from havre.exchange.building import Terms
from havre.exchange.exporting import Wanted
from havre.web.exchange import words
from havre.web.parts.forms import HavreForm, OneOf, TextAnswer, Tick

_YES_NO = {"yes": True, "no": False}


class UploadForm(HavreForm):
    """The file, and whether it holds children or requests."""

    kind = OneOf(label=lazy("What does the file hold?"), choices=lambda: [(k, _(v)) for k, v in words.KINDS.items()], open=True)
    file = forms.FileField(label=lazy("The file (CSV or XLSX)"), widget=forms.FileInput(attrs={
        "accept": ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
        error_messages={"required": lazy("Choose a file."), "empty": lazy("This file is empty.")},
        help_text=lazy("At most 5,000 rows. It is kept sealed, and forgotten when the import is done."))


class ColumnsForm(HavreForm):
    """One question for each column, and what holds for every row."""

    def __init__(self, *args: Any, kind: str, headers: Sequence[str], samples: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.headers = kind, tuple(headers)
        choices = [(f.code, _(f.words)) for f in fields.FIELDS[kind]]
        for number, header in enumerate(headers):
            seen = "; ".join(samples.get(header, ()))
            self.fields[f"column_{number}"] = OneOf(label=header, choices=choices, required=False, help_text=_("For example: %(seen)s") % {"seen": seen} if seen else "")
        self.fields |= _terms(kind)

    @property
    def columns(self) -> list[Any]:
        """The questions about columns."""
        return [self[f"column_{number}"] for number in range(len(self.headers))]

    @property
    def terms_questions(self) -> list[Any]:
        """The questions about every row."""
        return [self[name] for name in _terms(self.kind)]

    def mapping(self) -> dict[str, str]:
        """Heading -> field, for the columns that have one."""
        return {header: self.cleaned_data[f"column_{n}"] for n, header in enumerate(self.headers) if self.cleaned_data.get(f"column_{n}")}

    def terms(self) -> Terms:
        """What holds for every row."""
        said = self.cleaned_data
        return Terms(legal_basis=said.get("legal_basis") or "", legal_reason=said.get("legal_reason") or "",
                     caregivers_agreed=_YES_NO.get(said.get("caregivers_agreed") or ""), children_agreed=_YES_NO.get(said.get("children_agreed") or ""),
                     consent_mode=said.get("consent_mode") or "written", needs_asked=bool(said.get("needs_asked")),
                     inquirers_agreed=_YES_NO.get(said.get("inquirers_agreed") or ""))

    def refuse(self, problem: Problem) -> None:
        """Errors by heading stand at the question about that column."""
        if isinstance(problem, InputRefused):
            place = {header: f"column_{number}" for number, header in enumerate(self.headers)}
            problem = InputRefused({place.get(name, name): said for name, said in problem.errors.items()})
        super().refuse(problem)

    @staticmethod
    def start(headers: Sequence[str], mapping: Mapping[str, str], terms: Mapping[str, Any], basis: str, reason: str) -> dict[str, Any]:
        """What the form is first drawn with: guesses, or what was chosen before."""
        said = {True: "yes", False: "no", None: ""}
        out: dict[str, Any] = {f"column_{n}": mapping.get(header, "") for n, header in enumerate(headers)}
        for name in ("caregivers_agreed", "children_agreed", "inquirers_agreed"):
            out[name] = said[terms.get(name)]
        return out | {"legal_basis": basis, "legal_reason": reason, "consent_mode": terms.get("consent_mode", ""), "needs_asked": terms.get("needs_asked", False)}


def _terms(kind: str) -> dict[str, Any]:
    agreed = [("yes", _("Yes, every one of them")), ("no", _("No"))]
    if kind == fields.REQUESTS:
        return {"inquirers_agreed": OneOf(label=_("Did the inquirers agree to be compared with children in our care?"), choices=agreed, required=False,
                                          help_text=_("A column that says it for each row counts more."), open=True),
                "consent_mode": OneOf("consent_mode", label=_("How did they agree?"), required=False)}
    needs = Tick(label=_("Immediate needs"), required=False)
    needs.statement = _("Each child was asked about immediate needs, and nothing is open that no column tells")  # type: ignore[attr-defined]
    return {
        "legal_basis": OneOf("legal_basis", label=_("On which legal basis are these children registered?"), required=False, open=True),
        "legal_reason": TextAnswer(label=_("Why does it hold for all of them?"), required=False, long=True,
                                   help_text=_("Needed unless the basis is consent.")),
        "caregivers_agreed": OneOf(label=_("Did the caregivers agree?"), choices=agreed, required=False, open=True,
                                   help_text=_("A column that says it for each row counts more.")),
        "children_agreed": OneOf(label=_("Did the children agree?"), choices=agreed, required=False, open=True,
                                 help_text=_("A column that says it for each row counts more.")),
        "consent_mode": OneOf("consent_mode", label=_("How did they agree?"), required=False),
        "needs_asked": needs,
    }


class ExportForm(HavreForm):
    """What leaves, why, for whom, and in which form."""

    purpose = OneOf("consent_purpose", only=rules.PURPOSES, label=lazy("What is it for?"), open=True)
    reason = TextAnswer(label=lazy("Why does it have to leave Havre?"), long=True, max_length=500)
    profile = OneOf(label=lazy("Which fields?"), choices=lambda: [(p.code, _(p.words)) for p in rules.PROFILES.values()], open=True)
    recipient = TextAnswer(label=lazy("Who receives it?"), required=False, max_length=200, help_text=lazy("Empty when it is for your own work."))
    agreement = Tick(label=lazy("Agreement"), required=False)
    whose = OneOf(label=lazy("Which children?"), choices=lambda: [("mine", _("Those I am responsible for")), ("all", _("All whose case I may read"))], open=True)
    risk = OneOf("risk_level", label=lazy("Only with this risk"), required=False)
    file_kind = OneOf(label=lazy("Which kind of file?"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], open=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].statement = _("The recipient has an agreement with us on protecting these data")  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What is asked for."""
        said = self.cleaned_data
        narrowed = CaseFilter(status="open", risk=said["risk"], whose="mine" if said["whose"] == "mine" else "")
        return Wanted(purpose=said["purpose"], reason=said["reason"], profile=said["profile"], file_kind=said["file_kind"],
                      recipient=said["recipient"], agreement=said["agreement"], narrowed=narrowed)
