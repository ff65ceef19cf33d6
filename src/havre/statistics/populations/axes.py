"""By what is a population broken down? Axes with closed public codebooks: every code is known before any child is looked at.

An axis has levels from coarse to fine. A code that stands for several finer ones is a code of the coarser level; at every
level there is a code for *other* and one for *not known*. Labels are English and French.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.text import slugify

from havre.access.models import Team
from havre.core.words import N_
from havre.reference import codes as lists
from havre.reference import countries
from havre.statistics.populations.period import Period

OTHER: Final = "other"
UNKNOWN: Final = "not_known"
LANGUAGES: Final = ("en", "fr")
ASIDE = {OTHER: {"en": "Other", "fr": "Autre"}, UNKNOWN: {"en": "Not known", "fr": "Non connu"}}
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its title (a message), its codes in order and their labels by language."""

    name: str
    title: str
    codes: tuple[str, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Axis:
    """An attribute of a population. `levels` go from coarse to fine; `parents[i]` leads from a code of level i + 1 to one of level i.

    One that is not `listed` can be planned and asked for by name, but stands in no list of a form: there are too many like it.
    """

    name: str
    title: str
    hxl: str
    levels: tuple[Level, ...]
    parents: tuple[Mapping[str, str], ...] = ()
    sealed: bool = False
    listed: bool = True

    def __post_init__(self) -> None:
        if len(self.parents) != len(self.levels) - 1:
            raise ValueError(f"{self.name}: one table of parents between two levels")
        for at, table in enumerate(self.parents):
            if set(table) != set(self.levels[at + 1].codes) or set(table.values()) - set(self.levels[at].codes):
                raise ValueError(f"{self.name}: the parents of level {at + 2} do not fit its codes")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the finest level."""
        return self.levels[-1].codes


def flat(name: str, title: str, hxl: str, labels: Mapping[str, Mapping[str, str]], *, sealed: bool = False) -> Axis:
    """An axis of one level; codes for *other* and *not known* are added where they are missing."""
    full = _with_asides(labels)
    return Axis(name, title, hxl, (Level(name, title, tuple(full), full),), sealed=sealed)


def code_list(name: str, title: str, hxl: str, list_name: str, *, only: Iterable[str] | None = None) -> Axis:
    """An axis of a code list of `havre.reference`; `only` keeps some of its codes, the rest count as *other*."""
    known = lists.load(list_name)
    wanted = [c for c in known.codes() if c not in {"unknown", "undetermined", OTHER} and (only is None or c in set(only))]
    return flat(name, title, hxl, {c: {lang: known.label(c, lang) for lang in LANGUAGES} for c in wanted})


def yes_no(name: str, title: str, hxl: str) -> Axis:
    """An axis that says whether something was noted for a child."""
    return flat(name, title, hxl, {"yes": {"en": "Yes", "fr": "Oui"}, "no": {"en": "Not noted", "fr": "Non noté"}})


def sex() -> Axis:
    """Girls, boys, intersex children."""
    return flat("sex", N_("Girls and boys"), "#beneficiary+sex", {
        "female": {"en": "Girls", "fr": "Filles"}, "male": {"en": "Boys", "fr": "Garçons"},
        "intersex": {"en": "Intersex", "fr": "Intersexe"}})


_BANDS: Final = {"0_5": ("0_2", "3_5"), "6_11": ("6_8", "9_11"), "12_17": ("12_14", "15_17"), OTHER: (OTHER,), UNKNOWN: (UNKNOWN,)}


def _years(code: str) -> dict[str, str]:
    low, _, high = code.partition("_")
    return {"en": f"{low} to {high}", "fr": f"{low} à {high} ans"}


def age() -> Axis:
    """Age on the day of entry: the bands of child protection, and halves of them. Someone of 18 and more counts as *other*."""
    fine = [code for codes in _BANDS.values() for code in codes]
    return Axis("age", N_("Age"), "#beneficiary+age", (
        Level("band", N_("Age, three bands"), tuple(_BANDS), {c: ASIDE.get(c) or _years(c) for c in _BANDS}),
        Level("age", N_("Age, six bands"), tuple(fine), {c: ASIDE.get(c) or _years(c) for c in fine}),
    ), ({code: band for band, codes in _BANDS.items() for code in codes},))


def age_code(low: int | None, high: int | None) -> str:
    """The fine band of an age between `low` and `high` completed years: that of the middle, rounded down."""
    known = [x for x in (low, high) if x is not None]
    if not known:
        return UNKNOWN
    middle = sum(known) // len(known)
    return OTHER if middle > 17 else f"{middle // 3 * 3}_{middle // 3 * 3 + 2}"


def place(country: str) -> Axis:
    """Where the child was first met: the team, and above it the agency. Teams are public; nothing is below them."""
    fine: dict[str, dict[str, str]] = {}
    above: dict[str, str] = {}
    coarse: dict[str, dict[str, str]] = {}
    for team in Team.objects.filter(agency__country=country).select_related("agency").order_by("agency__code", "name"):
        code = place_code(team.name)
        if code in fine or not code:
            continue
        fine[code] = {lang: team.name for lang in LANGUAGES}
        above[code] = f"a_{slugify(team.agency.code)}"
        coarse[above[code]] = {lang: team.agency.name for lang in LANGUAGES}
    for aside, words in ASIDE.items():
        fine[aside], coarse[aside], above[aside] = dict(words), dict(words), aside
    return Axis("place", N_("Place of first contact"), "#loc", (
        Level("region", N_("Region of first contact"), tuple(coarse), coarse), Level("place", N_("Place of first contact"), tuple(fine), fine),
    ), (above,))


def place_code(name: str) -> str:
    """The code of a place from the name of its team."""
    return slugify(name).replace("-", "_")


def month(period: Period) -> Axis:
    """The month in which the child was entered, and above it quarter and year."""
    months = period.months()
    fine = {month_code(m): _month_words(m) for m in months}
    quarters = {quarter_code(m): {"en": f"Quarter {(m.month + 2) // 3} of {m.year}", "fr": f"Trimestre {(m.month + 2) // 3} de {m.year}"}
                for m in months}
    years = {str(m.year): {lang: str(m.year) for lang in LANGUAGES} for m in months}
    return Axis("month", N_("Month"), "#date", (
        Level("year", N_("Year"), tuple(years), years), Level("quarter", N_("Quarter"), tuple(quarters), quarters),
        Level("month", N_("Month"), tuple(fine), fine),
    ), ({quarter_code(m): str(m.year) for m in months}, {month_code(m): quarter_code(m) for m in months}))


def month_code(day: date) -> str:
    """`2026-03`."""
    return f"{day.year}-{day.month:02}"


def quarter_code(day: date) -> str:
    """`2026-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _month_words(day: date) -> dict[str, str]:
    out = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            out[lang] = f"{MONTHS[day.month]} {day.year}"
    return out


# The nationalities that are told apart; everyone else is *other*. Public, and the same whoever was met.
_NATIONALITIES: Final = ("AF", "BD", "BF", "BI", "CD", "CF", "CI", "CM", "CO", "DJ", "DZ", "EG", "ER", "ET", "GM", "GN", "GT", "HN", "HT", "IQ",
                         "IR", "KE", "LB", "LY", "MA", "ML", "MM", "MR", "MZ", "NE", "NG", "PK", "PS", "RW", "SD", "SN", "SO", "SS", "SV", "SY",
                         "TD", "TN", "UA", "UG", "VE", "YE", "ZW")


def nationality() -> Axis:
    """Nationality as an agreed short list of countries. Identity (tier B): opened by a job of the system only while counting."""
    return flat("nationality", N_("Nationality"), "#country+nationality", {
        code: {lang: countries.country_name(code, lang) for lang in LANGUAGES} for code in _NATIONALITIES}, sealed=True)


def codebook(axes: Sequence[Axis]) -> dict[str, object]:
    """Titles and labels of axes in English and French, as plain JSON for a stored sheet."""
    out: dict[str, object] = {}
    for axis in axes:
        out[axis.name] = {
            "title": _both(axis.title), "hxl": axis.hxl,
            "levels": [{"name": level.name, "title": _both(level.title), "codes": [[c, dict(level.labels[c])] for c in level.codes]}
                       for level in axis.levels]}
    return out


def _both(message: str) -> dict[str, str]:
    out = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            out[lang] = translation.gettext(message)
    return out


def _with_asides(labels: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    full = {code: dict(words) for code, words in labels.items()}
    for aside, words in ASIDE.items():
        full.setdefault(aside, dict(words))
    return full
