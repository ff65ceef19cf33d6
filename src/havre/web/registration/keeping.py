"""How is what was typed kept between steps? As it was typed, field by field, sealed in the draft; forms read it again.

Nothing typed is refused by a draft: judging comes at the end. A step holds `{"typed": {field: [values]}}`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from havre.web.parts.forms import HavreForm
from havre.web.parts.tags.fields import named
from havre.web.registration.forms import NameRows

LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken", "rid", "seen", "add", "later", "remove", "language_switch"})
LONGEST: Final = 20_000
F = TypeVar("F", bound=HavreForm)


def typed(post: QueryDict) -> dict[str, list[str]]:
    """Everything that was typed, without what belongs to the form itself."""
    return {name: [v[:LONGEST] for v in values] for name, values in post.lists() if name not in LEFT_OUT}


def as_post(kept: Mapping[str, Sequence[str]], **more: str) -> QueryDict:
    """Kept values as if they were sent again."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, list(values))
    data["rid"] = str(uuid4())
    for name, value in more.items():
        data[name] = value
    return data


def one_more(kept: Mapping[str, Sequence[str]], prefix: str = "names") -> dict[str, list[str]]:
    """Kept values with one more row."""
    out = {name: list(values) for name, values in kept.items()}
    total = f"{prefix}-TOTAL_FORMS"
    now = int((out.get(total) or ["2"])[0] or 2)
    out[total] = [str(min(now + 1, 20))]
    out.setdefault(f"{prefix}-INITIAL_FORMS", ["0"])
    return out


def drawn(form: type[F], kept: Mapping[str, Sequence[str]] | None, **options: Any) -> F:
    """A form to be drawn with what was typed before and no word about what is missing yet."""
    if not kept:
        return form(**options)
    made = form(as_post(kept), **options)
    quiet(made)
    return made


def rows(kept: Mapping[str, Sequence[str]] | None) -> Any:
    """The rows of names to be drawn with what was typed before."""
    if not kept or "names-TOTAL_FORMS" not in kept:
        return NameRows(prefix="names")
    made = NameRows(as_post(kept), prefix="names")
    for form in made.forms:
        quiet(form)
    return made


def quiet(form: Any) -> Any:
    """Silence what is missing: this is a draft that someone comes back to."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
    return form


def checked(form: type[F], kept: Mapping[str, Sequence[str]] | None, **options: Any) -> F:
    """A form judged on what was typed before; `is_valid()` tells."""
    made = form(as_post(kept or {}), **options)
    made.is_valid()
    return made


def checked_rows(kept: Mapping[str, Sequence[str]] | None) -> Any:
    """The rows of names judged on what was typed before."""
    data = as_post(kept or {})
    data.setdefault("names-TOTAL_FORMS", "0")
    data.setdefault("names-INITIAL_FORMS", "0")
    return NameRows(data, prefix="names")


def errors_of(form: forms.BaseForm) -> Iterator[str]:
    """Each sentence of what is missing in a form, with its question."""
    for name, sentences in form.errors.items():
        yield from (named(form, name, str(sentence)) for sentence in sentences)
