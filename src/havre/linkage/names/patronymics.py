"""Which father does a Slavic patronymic name, and where does it stand?

Russian, Ukrainian and Belarusian registers write family name, given name, patronymic, or given name, patronymic, family name; relatives
say the father's name itself. A man's -ovich is also a family name of other peoples, so that it counts only where the rest is Slavic.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WOMAN: Final = re.compile("(?:(?:[ії]|о|е)вна|(?:o|e|i|yi)vna)$")
_MAN: Final = re.compile("(?:(?:о|е|йо|ьо)вич|(?:o|e|yo|io)v(?:ich|ych|itch|yč|ič))$")
_FAMILY: Final = re.compile(
    "(?:[ое]в|[еї]в|ін|ин|ова|ева|єва|іна|ина|ський|ська|цький|цька|ский|ская|цкий|цкая|енко|чук|щук|юк|як|ко"
    "|ov|ev|yev|iev|ova|eva|yeva|ieva|in|ina|skyi|sky|skiy|ski|ska|skaya|tskyi|tska|enko|chuk|shchuk|iuk|yuk|iak|yak|ko)$"
)
_CERTAIN: Final = re.compile("(?:енко|ський|ська|цький|цька|ский|ская|чук|ова|ева|ов|enko|skyi|skiy|sky|skaya|chuk|ova|ov)$")
_VOWELS: Final = frozenset("аеєиіїоуюяaeiouy")
_CLOSED: Final = {"дмитр": "дмитро", "dmytr": "dmytro", "павл": "павло"}  # stems that no name ends on


@lru_cache(maxsize=65536)
def father_of(token: str) -> tuple[str, bool] | None:
    """The father's name in a normalised patronymic and whether only a woman bears it; None for another word."""
    for ending, woman in ((_WOMAN, True), (_MAN, False)):
        found = ending.search(token)
        if found is None or found.start() < 3:
            continue
        stem, soft = token[: found.start()], found[0][0] in "еeїйy"
        if soft and stem[-1] in _VOWELS - {"y"}:
            stem += "y" if stem.isascii() else "й"
        return _CLOSED.get(stem, stem), woman
    return None


def family_like(token: str) -> bool:
    """Whether a normalised token ends as only Slavic family names do."""
    return len(token) > 5 and _CERTAIN.search(token) is not None


def in_order(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens with the patronymic as the father's name after the given name, a family name that stood first at the end."""
    for at, token in enumerate(tokens):
        found = father_of(token) if at else None
        if found is None:
            continue
        father, woman = found
        if at == 2 and (woman or _FAMILY.search(tokens[0])):
            return tokens[1], father, tokens[0], *tokens[3:]
        if at == 1 and (woman or len(tokens) > 2):
            return tokens[0], father, *tokens[2:]
        return tokens
    return tokens
