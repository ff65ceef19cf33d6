"""Which scripts do names come in, what are they called, and which way do they run?"""

from functools import lru_cache

from babel import Locale

# The scripts offered for a name, the frequent ones of migration first (ISO 15924).
SCRIPTS: tuple[str, ...] = (
    "Latn",
    "Arab",
    "Ethi",
    "Cyrl",
    "Mymr",
    "Beng",
    "Deva",
    "Taml",
    "Hebr",
    "Grek",
    "Armn",
    "Geor",
    "Hani",
    "Rohg",
    "Adlm",
    "Nkoo",
    "Tfng",
    "Syrc",
)

_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})


@lru_cache(maxsize=64)
def locale(lang: str) -> Locale:
    """The babel locale for `lang` ("fr", "fr-be", "pt_BR"). Raises babel.UnknownLocaleError or ValueError."""
    return Locale.parse(lang.replace("-", "_"))


def script_name(script: str, lang: str) -> str:
    """The name of an ISO 15924 script in `lang`, for a list of choices. KeyError for an unknown code."""
    return _capital(str(locale(lang).scripts[script]))


def direction(script: str) -> str:
    """ "rtl" for scripts written from right to left, else "ltr"."""
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
