"""Which kinds of question can a form ask, and what does each give back?

Every kind takes `label`, `help_text` (the hint), `required`, `asides` (True: "does not know" and "does not want to
say"; or a tuple of codes of the list `unknown_answer`), `advice` with `asks` (options that call for it).
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from havre.core.partialdates import AgeRange, PartialDate, parse_typed_date
from havre.reference import codes

NOT_ASKED: Final = "not_asked"
DOES_NOT_KNOW: Final = "does_not_know"
DECLINED: Final = "does_not_want_to_say"
USUAL_ASIDES: Final = (DOES_NOT_KNOW, DECLINED)
MANY: Final = 10

Choice: TypeAlias = tuple[str, str]


def aside_choices(codes: Iterable[str]) -> list[Choice]:
    """Give the dashed options: not asked, does not know, does not want to say."""
    words = {
        NOT_ASKED: _("Not asked"),
        DOES_NOT_KNOW: _("Does not know"),
        DECLINED: _("Does not want to say"),
    }
    return [(code, words[code]) for code in codes]


def code_choices(list_name: str, only: Iterable[str] = ()) -> list[Choice]:
    """Give the codes of a reference list with their labels in the reader's language."""
    lang = (get_language() or "en").split("-")[0]
    wanted = tuple(only)
    if wanted:
        return [(code, codes.label(list_name, code, lang)) for code in wanted]
    return list(codes.choices(list_name, lang))


class Question(forms.Field):
    """What every question has: asides, advice and the part that draws it."""

    kind = "text"
    asides_apart = True

    def __init__(self, *args: Any, asides: bool | Iterable[str] = (), advice: str = "", asks: Iterable[str] = (), **kwargs: Any) -> None:
        given = kwargs.get("error_messages") or {}
        kwargs["error_messages"] = {"required": gettext_lazy("This question needs an answer."), **given}
        self.asides: tuple[str, ...] = USUAL_ASIDES if asides is True else tuple(asides or ())
        self.advice = advice
        self.asks = frozenset(asks)
        super().__init__(*args, **kwargs)


class TextAnswer(Question, forms.CharField):
    """Words typed freely; `long` gives several lines, `brief` a short field, `lang` the language of what is typed."""

    def __init__(self, *args: Any, long: bool = False, brief: bool = False, rows: int = 3, lang: str = "", **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"dir": "auto", "autocomplete": "off"}
        if lang:
            attrs["lang"] = lang
        if brief:
            attrs["class"] = "brief"
        kwargs.setdefault("widget", forms.Textarea(attrs={**attrs, "rows": rows}) if long else forms.TextInput(attrs=attrs))
        super().__init__(*args, **kwargs)


class NumberAnswer(Question, forms.IntegerField):
    """A whole number, typed in any script's digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "brief"}))
        super().__init__(*args, **kwargs)
        self.error_messages["invalid"] = _("Write a number in digits.")


class DateAnswer(Question, forms.CharField):
    """A date typed as a person says it, day first, as much of it as is known. Gives PartialDate or None.

    `exact=True` wants the day and gives `datetime.date`.
    """

    def __init__(self, *args: Any, exact: bool = False, **kwargs: Any) -> None:
        self.exact = exact
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}))
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the date; an unreadable one is refused with an example."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            date = parse_typed_date(typed)
        except ValueError:
            raise ValidationError(_("Write a date, for example 3 11 2026. The year alone is enough.")) from None
        if not self.exact:
            return date
        if date.day is None or date.circa:
            raise ValidationError(_("Write the day too, for example 3 11 2026."))
        return date.earliest()

    def prepare_value(self, value: Any) -> Any:
        """Show a stored date the way it is typed."""
        if isinstance(value, PartialDate):
            parts = [str(part) for part in (value.day, value.month, value.year) if part is not None]
            return ("~" if value.circa else "") + " ".join(parts)
        if hasattr(value, "year") and hasattr(value, "day"):
            return f"{value.day} {value.month} {value.year}"
        return value


class _AgeWidget(forms.MultiWidget):
    """Two short fields: at least, at most."""

    def __init__(self) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "brief"}
        super().__init__([forms.TextInput(attrs=attrs), forms.TextInput(attrs=attrs)])

    def decompress(self, value: AgeRange | None) -> list[str]:
        """Show a range as its two ends; one age fills the first field only."""
        if value is None:
            return ["", ""]
        return [str(value.low), "" if value.high == value.low else str(value.high)]


class AgeAnswer(Question, forms.MultiValueField):
    """An age in years, or the youngest and oldest it may be. Gives AgeRange or None."""

    kind = "age"

    def __init__(self, *args: Any, oldest: int = 120, **kwargs: Any) -> None:
        messages = {"invalid": gettext_lazy("Write the age in whole years, for example 9.")}
        limits: dict[str, Any] = {"min_value": 0, "max_value": oldest, "required": False, "error_messages": messages}
        kwargs.setdefault("require_all_fields", False)
        super().__init__(
            *args,
            fields=(forms.IntegerField(**limits), forms.IntegerField(**limits)),
            widget=_AgeWidget(),
            **kwargs,
        )

    def compress(self, data_list: list[int | None]) -> AgeRange | None:
        """Make a range; the ends may come in either order."""
        ends = [end for end in data_list if end is not None]
        return AgeRange(min(ends), max(ends)) if ends else None


class OneOf(Question, forms.ChoiceField):
    """One option of a code list or of `choices`. Nothing is chosen before a person chooses. Gives the code or "".

    More than ten options become a select, unless `open=True`. `notes` gives small text below an option.
    """

    kind = "one"
    asides_apart = False

    def __init__(
        self,
        code_list: str = "",
        *,
        choices: Iterable[tuple[str, Any]] | Callable[[], Iterable[tuple[str, Any]]] = (),
        only: Iterable[str] = (),
        notes: dict[str, Any] | None = None,
        open: bool = False,
        **kwargs: Any,
    ) -> None:
        self.notes = notes or {}
        self.open = open
        self.code_list = code_list
        super().__init__(choices=(), **kwargs)
        wanted = tuple(only)
        source = (lambda: code_choices(code_list, wanted)) if code_list else choices
        asides = self.asides

        def every() -> list[tuple[str, Any]]:
            return [*(source() if callable(source) else source), *aside_choices(asides)]

        self.choices = every

    @property
    def many_options(self) -> bool:
        """Whether the options are too many to lay open."""
        return not self.open and len(list(cast(Iterable[Any], self.choices))) > MANY + len(self.asides)


class ManyOf(OneOf, forms.MultipleChoiceField):
    """Any number of options. Gives a list of codes; an aside beside a real answer is dropped."""

    kind = "many"
    widget = forms.CheckboxSelectMultiple
    hidden_widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> Any:
        """Keep real answers; asides only when nothing else is chosen."""
        chosen: list[str] = super().clean(value)
        real = [code for code in chosen if code not in self.asides]
        return real or chosen


def yes_no(**kwargs: Any) -> OneOf:
    """Ask for yes or no. Gives "yes", "no", an aside, or ""."""
    return OneOf(choices=lambda: [("yes", _("Yes")), ("no", _("No"))], **kwargs)


class Tick(Question, forms.BooleanField):
    """One box to tick, for a statement the person makes."""

    kind = "tick"
    asides_apart = False


class HeadsField(forms.CharField):
    """The heads that a form was drawn from. Gives a tuple of ids as text."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """Split the heads; an empty field gives none."""
        return tuple(part for part in str(super().clean(value)).split(",") if part)
