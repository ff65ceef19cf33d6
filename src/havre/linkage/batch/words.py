"""In which words are fields and levels of agreement told in a report? English here, other languages in the catalogue of messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from havre.core.words import N_

SEPARATORS: Final = {"en": (",", "."), "fr": ("\u202f", ",")}  # of thousands, of decimals
FIELDS: Final = {
    "given": N_("Given name"), "father": N_("Father’s name"), "lineage": N_("Grandfather’s or further name"), "family": N_("Family name"),
    "mother": N_("Mother’s name"),
    "birth": N_("Birth or age"), "sex": N_("Sex"), "siblings": N_("Brothers and sisters"), "sibling_named": N_("Named as brother or sister"),
    "relatives": N_("Other relatives"), "origin": N_("Place of origin"), "birth_place": N_("Place of birth"), "last_seen": N_("Last seen"),
    "separation_date": N_("Date of separation"), "separation_place": N_("Place of separation"), "separation_cause": N_("Cause of separation"),
    "companions": N_("People who were with the child"), "features": N_("Marks of the body"), "belongings": N_("Things carried"),
    "language": N_("Language"),
    "ethnicity": N_("Ethnic group"), "phone": N_("Telephone"), "identifier": N_("Document number"), "street": N_("Street"),
    "street_number": N_("House number"), "address_2": N_("Second address line"), "suburb": N_("Town or village"),
    "postcode": N_("Postal code"), "state": N_("State or province"), "email": N_("Electronic mail"), "occupation": N_("Occupation"),
}  # fmt: skip
LEVELS: Final = {
    "exact": N_("written the same"), "strong": N_("the same in another spelling or script"), "close": N_("close"), "weak": N_("a little alike"),
    "faint": N_("hardly alike"),
    "swapped": N_("in exchanged places"), "different": N_("different"), "date_same": N_("the same day"),
    "date_heaped": N_("the same day, often written when only the year is known"), "date_calendar": N_("the same day in two calendars"),
    "date_turned": N_("day and month exchanged"), "date_slip": N_("one slip of the pen apart"), "date_near": N_("within a year"),
    "date_off": N_("some years apart"), "date_apart": N_("many years apart"), "within": N_("ages fit together"),
    "near": N_("up to a year more apart than stated"), "off": N_("up to two years more apart than stated"), "far": N_("some years apart"),
    "calendar": N_("ages fit together if one date is of another calendar"), "partial": N_("one is part of the other"), "related": N_("related"),
    "apart": N_("far apart"), "same": N_("the same"), "one_apart": N_("one character apart"), "same_start": N_("begins the same"),
    "several": N_("several agree"), "one_with_age": N_("one agrees, with the age"), "one": N_("one agrees"),
    "one_other_age": N_("one agrees, with another age"), "none": N_("none agrees"), "named": N_("one is named by the other"),
    "not_named": N_("not named by the other"), "place": N_("the same place"), "same_text": N_("written the same"),
    "region": N_("the same region"), "country": N_("the same country"), "same_days": N_("in the same days"),
    "same_month": N_("in the same month"), "same_year": N_("in the same year"), "shared": N_("one in common"),
    "none_shared": N_("none in common"),
}  # fmt: skip
SCRIPTS: Final = {
    "latin": N_("Latin letters"), "arabic": N_("Arabic letters"), "ethiopic": N_("Ethiopic letters"), "cyrillic": N_("Cyrillic letters"),
    "burmese": N_("Burmese letters"), "hebrew": N_("Hebrew letters"), "greek": N_("Greek letters"), "devanagari": N_("Devanagari letters"),
    "bengali": N_("Bengali letters"), "other": N_("other letters"),
}  # fmt: skip
VERDICTS: Final = {"match": N_("one person"), "family": N_("one family"), "lookalike": N_("alike only")}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of reports: called with an English sentence it gives the sentence in that language."""

    code: str
    translate: Callable[[str], str]

    def __call__(self, text: str) -> str:
        return self.translate(text)

    def whole(self, number: float) -> str:
        """A number of things, its thousands set apart."""
        return f"{number:,.0f}".replace(",", self._separators[0])

    def decimal(self, number: float, places: int | None = None) -> str:
        """A number with so many decimals, or with as many as it needs."""
        return (f"{number:g}" if places is None else f"{number:.{places}f}").replace(".", self._separators[1])

    @property
    def _separators(self) -> tuple[str, str]:
        return SEPARATORS.get(self.code, SEPARATORS["en"])

    def field(self, name: str) -> str:
        """The name of a field for people; a column of the file's own keeps its name."""
        return self(FIELDS[name]) if name in FIELDS else name

    def level(self, level: str) -> str:
        """A level of agreement for people."""
        return self(LEVELS[level]) if level in LEVELS else level

    def verdict(self, verdict: str) -> str:
        """What two rows are judged to be."""
        return self(VERDICTS[verdict])

    def script(self, name: str) -> str:
        """The letters in which names are written."""
        return self(SCRIPTS[name]) if name in SCRIPTS else name


def language(code: str) -> Language:
    """The language of this code; English sentences where no translation is kept with the program."""
    from gettext import GNUTranslations

    file = Path(__file__).parents[2] / "web" / "parts" / "locale" / code / "LC_MESSAGES" / "django.mo"
    if code == "en" or not file.is_file():
        return Language(code, lambda text: text)
    with file.open("rb") as held:
        return Language(code, GNUTranslations(held).gettext)
