"""How is each piece of evidence named and told? Labels by field, notes by kind of field and level."""

import math
import re
from collections.abc import Callable, Iterable
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from havre.core.partialdates import PartialDate
from havre.core.words import N_
from havre.reference.countries import country_name, is_country
from havre.reference.languages import is_language, language_name
from havre.tracing.queries import Piece
from havre.web.cases.labels import age_words, label, reader
from havre.web.parts.names import lang_of
from havre.web.parts.reasons import day
from havre.web.parts.tags.figures import Evidence

FIELDS = {
    "given": N_("Child’s name"), "father": N_("Father’s name"), "lineage": N_("Grandfather’s or family name"),
    "mother": N_("Mother’s name"), "sex": N_("Girl or boy"), "birth": N_("Age"), "siblings": N_("Brothers and sisters"),
    "sibling_named": N_("Named as brother or sister"), "relatives": N_("Other relatives"), "origin": N_("Home"),
    "birth_place": N_("Place of birth"), "last_seen": N_("Last seen"), "separation_date": N_("When they lost each other"),
    "separation_place": N_("Where they lost each other"), "language": N_("Language"), "ethnicity": N_("Ethnic group"),
    "phone": N_("Telephone"), "identifier": N_("Document number"), "separation_cause": N_("Why they lost each other"),
    "companions": N_("Who was with the child"), "features": N_("Marks of the body"), "belongings": N_("Things carried"),
}
_NAME = {
    "exact": N_("Written the same."), "strong": N_("The same name in another spelling or script."),
    "close": N_("Close: a variant or a slip."), "weak": N_("Only a little alike."), "different": N_("Different names."),
    "swapped": N_("The same two names in exchanged places."),
}
_PLACE = {
    "place": N_("The same place."), "same_text": N_("Written the same."), "region": N_("The same region."),
    "country": N_("The same country, elsewhere."), "different": N_("Somewhere else. People move: ask."),
}
_SAME = {"same": N_("The same."), "different": N_("Different: ask, it may be a slip of the pen.")}
_RELATED = {**_SAME, "related": N_("Related groups: people name themselves differently.")}
_MARKS = {
    "several": N_("Several telling words are the same."), "one": N_("A telling word is the same."),
    "none": N_("No telling word is the same: it may be told in two languages."),
}
_NUMBER = {"same": N_("The same."), "partial": N_("One is part of the other."), "one_apart": N_("Differ in one character."), "different": N_("Different.")}
NOTES = {
    **{field: _NAME for field in ("given", "father", "lineage", "mother")},
    **{field: _PLACE for field in ("origin", "birth_place", "last_seen", "separation_place")},
    **{field: _NUMBER for field in ("phone", "identifier")},
    **{field: _MARKS for field in ("features", "belongings")},
    "sex": _SAME, "ethnicity": _RELATED,
    "birth": {
        "date_same": N_("Born on the same day."), "date_turned": N_("The same date with day and month exchanged."),
        "date_heaped": N_("The same date, one often written when only the year is known."),
        "date_calendar": N_("The same day, written in two calendars."),
        "calendar": N_("The ages fit if one date is of another calendar: ask."),
        "date_slip": N_("The dates differ by one slip of the pen."), "date_near": N_("Born within a year of each other."),
        "date_off": N_("The dates lie years apart."), "date_apart": N_("The dates lie years apart."),
        "within": N_("The ages fit together."), "near": N_("The ages differ by up to a year."),
        "off": N_("The ages differ by up to two years."), "far": N_("The ages lie years apart."),
        "apart": N_("The ages lie years apart."),
    },
    "siblings": {
        "several": N_("Several have the same names."), "one_with_age": N_("One has the same name and a fitting age."),
        "one": N_("One has the same name."), "one_other_age": N_("One has the same name but another age."),
        "none": N_("None is named on both sides."),
    },
    "sibling_named": {"named": N_("One is named as the other’s brother or sister.")},
    "relatives": {"several": N_("Several have the same names."), "same": N_("One has the same name."),
                  "other_role": N_("One has the same name in another role."), "different": N_("Another name: might be another relative, ask.")},
    "separation_date": {
        "same_days": N_("In the same days."), "same_month": N_("In the same month."), "same_year": N_("In the same year."),
        "apart": N_("At different times."),
    },
    "separation_cause": {"same": N_("The same cause."), "different": N_("Different causes are told.")},
    "companions": {"several": N_("Several are named on both sides."), "one": N_("One is named on both sides."),
                   "none": N_("Nobody is named on both sides.")},
    "language": {"shared": N_("They share a language."), "related": N_("Their languages are related."), "none_shared": N_("They share no language.")},
}


def rows(pieces: Iterable[Piece]) -> list[Evidence]:
    """The evidence as the table takes it, values of a side that may not be shown replaced by words."""
    return [_row(piece) for piece in pieces if piece.child_known or piece.adult_known]


def asks(pieces: Iterable[Piece], side: str, most: int = 3) -> list[tuple[str, str]]:
    """What one side is best asked next: what it has not told and would tell most, with the reason in words."""
    unknown = [p for p in pieces if p.ask and not (p.child_known if side == "child" else p.adult_known)]
    best = sorted(unknown, key=lambda p: -p.ask)[:most]
    return [(_(FIELDS.get(p.field, p.field)), _("The other side has told it.") if p.child_known or p.adult_known else _("Nobody has told it yet."))
            for p in best]


def _row(piece: Piece) -> Evidence:
    notes = NOTES.get(piece.field, {})
    note = _(notes[piece.level]) if piece.level in notes and not piece.missing else ""
    title = _(FIELDS.get(piece.field, piece.field))
    if piece.params.get("role"):
        title = label("relationship_type", str(piece.params["role"])) or title
    return Evidence(title, _side(piece, piece.child, piece.child_known), _side(piece, piece.adult, piece.adult_known),
                    None if piece.missing else piece.llr / math.log(2), note)


def _side(piece: Piece, value: str, known: bool) -> str | SafeString:
    if not value:
        return _("Known to the other side, not shown to you") if known else _("Not known")
    said = SAYINGS[piece.field](value) if piece.field in SAYINGS else value
    lang = lang_of(said)
    return format_html('<bdi lang="{}">{}</bdi>', lang, said) if lang else format_html("<bdi>{}</bdi>", said)


def _sex(value: str) -> str:
    return label("sex", value)


def _cause(value: str) -> str:
    return label("separation_cause", value) or value


def _languages(value: str) -> str:
    spoken = value.replace(",", " ").split()
    return ", ".join(language_name(code, reader()) if is_language(code) else code for code in spoken)


def _birth(value: str) -> str:
    """An age, a range of ages, or a date as much of it as is known."""
    if re.fullmatch(r"\d{1,2}(-\d{1,2})?", value):
        low, _dash, high = value.partition("-")
        return _("%(age)s years") % {"age": age_words((int(low), int(high or low)))}
    try:
        born = PartialDate.parse(value)
    except ValueError:
        return value
    return day(born.earliest()) if born.day else f"{born.month:02d}/{born.year}" if born.month else str(born.year)


def _relatives(value: str) -> str:
    """`grandmother: Zufan` with the relation in the reader's language."""
    parts = (part.partition(": ") for part in value.split(", "))
    return ", ".join(f"{label('relationship_type', role) or role}: {name}" if name else role for role, _colon, name in parts)


def home_words(value: str) -> str:
    """Places from narrow to broad; the country by its name."""
    parts = value.split(", ")
    if is_country(parts[-1]):
        parts[-1] = country_name(parts[-1], reader())
    return ", ".join(parts)


SAYINGS: Final[dict[str, Callable[[str], str]]] = {
    "sex": _sex, "language": _languages, "birth": _birth, "relatives": _relatives, "origin": home_words, "birth_place": home_words,
    "last_seen": home_words, "separation_place": home_words, "separation_cause": _cause,
}
