"""How is a country or a language chosen without a list of hundreds on the page? Typed by name, helped by one shared list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.reference.countries import countries, country_name, is_country
from havre.reference.languages import frequent_languages, is_language, language_name, languages
from havre.reference.order import bare
from havre.web.parts.forms import HavreForm, TextAnswer

READERS = ("en", "fr")


def reader() -> str:
    """The reader's language."""
    return (get_language() or "en").split("-")[0]


def country_choices() -> list[tuple[str, str]]:
    """Every country in the reader's language, for a question that wants a list laid open."""
    return [(c.code, c.name) for c in countries(reader())]


def language_choices() -> list[tuple[str, str]]:
    """Every language that has a name in the reader's language."""
    return [(row.code, row.name) for row in languages(reader())]


class CountryAnswer(TextAnswer):
    """A country typed by its name in any language of Havre, or by its code. Gives the ISO code or ""."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widget.attrs["list"] = "countries"

    def clean(self, value: Any) -> str:
        """Read the name; one that is not known is refused."""
        typed = str(super().clean(value) or "").strip()
        if not typed or is_country(typed.upper()):
            return typed.upper()
        found = {c.code for lang in {*READERS, reader()} for c in countries(lang) if bare(c.name) == bare(typed)}
        if len(found) != 1:
            raise ValidationError(_("No country is called so. Choose a name from the list."))
        return found.pop()

    def prepare_value(self, value: Any) -> Any:
        """Show a code as the name."""
        return country_name(value, reader()) if isinstance(value, str) and is_country(value) else value


class LanguageAnswer(TextAnswer):
    """A language typed by its name in any language of Havre, or by its code. Gives the ISO 639-3 code or ""."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widget.attrs["list"] = "languages"

    def clean(self, value: Any) -> str:
        """Read the name; one that is not known is refused."""
        typed = str(super().clean(value) or "").strip()
        if not typed or (len(typed) == 3 and is_language(typed.lower())):
            return typed.lower()
        found = next((row.code for lang in (reader(), *READERS) for row in languages(lang)
                      if bare(typed) in {bare(row.name), bare(row.endonym)}), None)
        if found is None:
            raise ValidationError(_("No language is called so. Try its name in English or French."))
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a code as the name."""
        return language_name(value, reader()) if isinstance(value, str) and len(value) == 3 and is_language(value) else value


class ListForm(HavreForm):
    """A form whose country and language questions share one list each on the page."""

    def country_names(self) -> list[str]:
        """Every country by name, when one is asked for."""
        asked = any(isinstance(f, CountryAnswer) for f in self.fields.values())
        return [c.name for c in countries(reader())] if asked else []

    def language_names(self) -> list[str]:
        """The languages frequent in migration by name, when one is asked for; any other may be typed."""
        asked = any(isinstance(f, LanguageAnswer) for f in self.fields.values())
        return [language_name(code, reader()) for code in frequent_languages()] if asked else []
