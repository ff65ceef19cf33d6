"""How is a question drawn, and how are its errors shown?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.core.gates import GateResult
from havre.web.parts.questions import Question
from havre.web.parts.tags.safeguards import safeguards


def field(bound: BoundField, wide: bool = False) -> dict[str, object]:
    """Draw one question: label, error, hint, control or options, asides, advice.

    `wide=True` puts options one under the other; otherwise short ones stand side by side.
    """
    kind = _kind(bound)
    html_id = bound.auto_id
    question = bound.field
    described = [f"{html_id}-{part}" for part, there in (("error", bound.errors), ("hint", bound.help_text)) if there]
    described_by = " ".join(described)
    options = _options(bound) if kind in ("one", "many") else []
    return {
        "bound": bound,
        "kind": kind,
        "id": html_id,
        "grouped": kind in ("one", "many", "age", "tick"),
        "described": described_by,
        "control": _control(bound, described_by) if kind in ("text", "select") else "",
        "options": options,
        "asides": _aside_options(bound),
        "two": not wide and all(len(str(option["label"])) <= 28 and not option["note"] for option in options),
        "advice": getattr(question, "advice", ""),
        "ages": _ages(bound, described_by) if kind == "age" else [],
        "optional": not question.required and not getattr(question, "asides", ()) and kind in ("text", "select"),
    }


def _kind(bound: BoundField) -> str:
    question = bound.field
    kind: str = getattr(question, "kind", "")
    if kind == "one" and getattr(question, "many_options", False):
        return "select"
    if kind:
        return kind
    widget = question.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "many"
    if isinstance(widget, forms.RadioSelect):
        return "one"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "select" if isinstance(widget, forms.Select) else "text"


def _control(bound: BoundField, described: str) -> str:
    attrs: dict[str, Any] = {"aria-describedby": described} if described else {}
    widget = bound.field.widget
    if _kind(bound) == "select" and getattr(bound.field, "many_options", False):
        widget = forms.Select(attrs=widget.attrs, choices=[("", _("Choose")), *bound.field.choices])  # type: ignore[attr-defined]
    if isinstance(widget, forms.TextInput | forms.Textarea):
        attrs.setdefault("dir", widget.attrs.get("dir", "auto"))
    return bound.as_widget(widget, attrs=attrs)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(value)}


def _options(bound: BoundField) -> list[dict[str, object]]:
    question = bound.field
    chosen = _chosen(bound)
    asides: tuple[str, ...] = getattr(question, "asides", ())
    notes = getattr(question, "notes", {})
    asks: frozenset[str] = getattr(question, "asks", frozenset())
    choices: Iterable[tuple[Any, Any]] = question.choices  # type: ignore[attr-defined]
    return [
        {
            "value": value,
            "label": label,
            "note": notes.get(value, ""),
            "aside": value in asides,
            "asks": value in asks,
            "checked": str(value) in chosen,
            "id": f"{bound.auto_id}_{n}",
        }
        for n, (value, label) in enumerate(choices)
        if value != ""
    ]


def _aside_options(bound: BoundField) -> list[dict[str, object]]:
    question = bound.field
    if not (isinstance(question, Question) and question.asides and question.asides_apart):
        return []
    beside = f"{bound.name}_aside"
    return _options(bound.form[beside]) if beside in bound.form.fields else []


def _ages(bound: BoundField, described: str) -> list[dict[str, object]]:
    widget = bound.field.widget
    assert isinstance(widget, forms.MultiWidget)
    value = bound.value()
    values: list[Any] = value if isinstance(value, list) else list(widget.decompress(value) or ["", ""])
    labels = (_("Years, or at least"), _("At most"))
    return [{"id": f"{bound.auto_id}_{n}", "name": f"{bound.html_name}_{n}", "label": labels[n], "value": values[n] or ""} for n in (0, 1)]


def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """Sum the errors of a form on top of the page, each linked to its question. Nothing when there are none."""
    links: list[tuple[str, str]] = []
    for name in ["__all__", *form.fields]:
        if name not in form.errors:
            continue
        target = "" if name == "__all__" or form[name].is_hidden else _target(form[name])
        links += [(target, named(form, name, str(error))) for error in form.errors[name]]
    n = len(links)
    heading = ngettext("%(n)s thing needs another look", "%(n)s things need another look", n) % {"n": n}
    return {"links": links, "heading": heading}


def named(form: forms.BaseForm, name: str, error: str) -> str:
    """Put the question before a message that does not name it."""
    if name in form.fields and error == _("This question needs an answer."):
        return f"{form.fields[name].label} {error}"
    return error


def _target(bound: BoundField) -> str:
    kind = _kind(bound)
    if kind in ("one", "many"):
        options = _options(bound)
        return str(options[0]["id"]) if options else f"{bound.auto_id}-q"
    return f"{bound.auto_id}_0" if kind == "age" else str(bound.auto_id)


def form_hidden(context: Context, form: forms.BaseForm) -> dict[str, object]:
    """Write the protection token, the request id and the heads: first thing inside every `<form method="post">`."""
    return {"csrf_token": context.get("csrf_token"), "hidden": form.hidden_fields()}


def refused(results: Iterable[GateResult], **params: object) -> dict[str, object]:
    """Say on top of the page why a step was refused, with each unmet safeguard and the link that mends it."""
    return safeguards([r for r in results if not r.ok], "", "refused", "", **params)
