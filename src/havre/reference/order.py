"""In which order does a reader expect names in a list, and which letters count when a reader searches?"""

import unicodedata
from collections.abc import Iterable


def bare(text: str) -> str:
    """The text without accents, vowel marks and capitals, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


def reading_order(text: str) -> tuple[str, str]:
    """A sort key that puts "Égypte" among the E's; accents and capitals decide only ties."""
    return bare(text), text


def search_text(names: Iterable[str]) -> str:
    """All the names as one bare text to search in, each once."""
    return " | ".join(dict.fromkeys(bare(name) for name in names if name))
