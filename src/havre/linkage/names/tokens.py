"""Which names does a written name consist of?

Splits a written name into tokens: joins compounds that writers split (عبد الرحمن, Abdul Rahman, Gebre Mariam,
Nur al-Din, Abu Bakr), and drops particles and honorifics when something else remains. A Slavic patronymic becomes the father's name in
the father's place (Петренко Іван Сергійович: Іван, Сергій, Петренко).
"""

from __future__ import annotations

from functools import lru_cache

from havre.linkage.names.normalise import joined, words
from havre.linkage.names.patronymics import in_order
from havre.linkage.names.scripts import Script, script_of
from havre.linkage.names.sounds import skeleton

_PARTICLE_WORDS = (
    "al el ul ar as ash an ad az et at bin ben ibn bint binti ould wuld walad weld van von der den "
    "de da do dos del della di la le du des las los y e i of the zu zadeh bte binte bintou wad oulad mint "
    "ال آل بن ابن بنت ولد ود بو ولت منت אבן בן בת ибн бин бинт оглы оглу кызы угли кизи"
)
_HONORIFIC_WORDS = (
    "mr mrs ms miss dr sheikh shaikh cheikh haj hajj haji hajji sayyid sidi mulla mullah ustaz ato "
    "wro woizero weizero wzro woizerit abba qes kes mme mlle m الشيخ شيخ الحاج حاج السيد سيد دكتور "
    "ملا اتو ወይዘሮ አቶ ወይዘሪት ቄስ weyzero memhir qeshi haleqa aboy adey ኣቶ መምህር ሃለቃ ሀለቃ ኣቦይ ኣደይ "
    "malam mallam alhaji hajia hajiya mzee bwana ndugu mwalimu ust begum khatun khatoon mst mosammat musammat "
    "sri shri shrimati smt dona sra srta senor senora herr frau monsieur madame mademoiselle "
    "господин госпожа пан пані الحاجه حاجه استاذ الاستاذ مولوي مولانا قاري بيگم خانم آقا"
)
_HOLY_WORDS = (
    "mariam michael mikael selassie silassie giorgis gyorgis medhin medhen meskel hiwot "
    "egziabher christos kristos amlak yesus tsadik yohannes haimanot berhan abzgi her gabriel rufael "
    "aregawi alem ab"
)
_HEAD_WORDS = (
    "gebre gabre gebra wolde welde walda tekle takle habte haile hayle tesfa amde welete walata "
    "fikre kidane kibre tsege sahle ገብረ ወልደ ተክለ ሀብተ ሀይለ ሀይሌ አምደ ወለተ ፍቅረ ክብረ ጸጋ ሳህለ ተስፋ"
)
PARTICLES = frozenset(map(joined, _PARTICLE_WORDS.split()))
HONORIFICS = frozenset(map(joined, _HONORIFIC_WORDS.split()))
BURMESE_HONORIFICS = frozenset(["u", "daw", "ma", "maung", "mg", "ko", "ဦ", "ဦး", "ဒေါ်", "ဒော်", "မောင်", "ကို"])
_BURMESE_PREFIXES = ("ဦး", "ဒေါ်", "မောင်")

_ABD = frozenset(["abd", "abdel", "abdul", "abdal", "abdoul", "abdu", "abdil", "abdur", "abder", "abdus", "abdel", "abed", "عبد"])
_ABD_ELSEWHERE = frozenset(map(joined, "абдул абд абдель আব্দুল আবদুল अब्दुल አብዱል אבדול".split()))
_VOWELLESS = {Script.BENGALI: "\u09cd", Script.DEVANAGARI: "\u094d"}  # so that no vowel is read where two words were joined
_ARTICLES = frozenset(["al", "el", "ul", "ur", "ar", "as", "ash", "an", "ad", "az", "ed", "ud", "eddine", "eddin", "uddin", "ad-din", "ال"])
KUNYA = frozenset(["abu", "abou", "abo", "aboo", "umm", "um", "oum", "ابو", "ام", "ابا"])
_DIN = frozenset(["din", "deen", "dine", "eddin", "eddine", "uddin", "addin", "aldin", "eldin", "edin", "الدين", "دين"])
_HOLY = frozenset(skeleton(word) for word in _HOLY_WORDS.split() if len(skeleton(word)) >= 3)
_HEADS = frozenset(_HEAD_WORDS.split())


def _bare(word: str) -> str:
    """An Arabic word without its article."""
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def _join_at(parts: tuple[str, ...], i: int) -> tuple[str, int] | None:
    """The compound that starts at word `i` and the number of words it takes; None when there is none."""
    word, rest = parts[i], parts[i + 1 :]
    if not rest:
        return None
    step = 1 if rest[0] in _ARTICLES and len(rest) > 1 else 0
    following = _bare(rest[step])
    if word in _ABD_ELSEWHERE:
        return word + _VOWELLESS.get(script_of(word), "") + following, 2 + step
    if word in _ABD:
        head = "عبد" if word == "عبد" else "abd"
        link = ("" if following == "الله" else "ال") if word == "عبد" else "ul"
        return head + link + following, 2 + step
    if rest[step] in _DIN and len(word) > 2:
        return _bare(word) + ("الدين" if script_of(word) is Script.ARABIC else "eddin"), 2 + step
    if word in KUNYA:
        return word + following, 2 + step
    if word in _HEADS and (skeleton(rest[0]) in _HOLY):
        return word + rest[0], 2
    if rest[0] in ("الله", "allah", "ullah", "alla") and len(word) > 2:
        return word + ("الله" if script_of(word) is Script.ARABIC else "allah"), 2
    return None


def _without_honorific(token: str) -> str:
    """A Burmese name without the honorific written together with it."""
    if script_of(token) is Script.BURMESE:
        for honorific in _BURMESE_PREFIXES:
            if len(token) > len(honorific) + 2 and token.startswith(honorific):
                return token[len(honorific) :]
    return token


@lru_cache(maxsize=131072)
def tokens(text: str) -> tuple[str, ...]:
    """The name tokens of a written name, compounds joined, particles and honorifics dropped, in the order they are said.

    That is the order written, but for a family name before a comma or before a given name and a patronymic, which comes last.
    """
    family, comma, rest = text.replace("،", ",").partition(",")
    parts = words(rest) + words(family) if comma else words(text)
    merged: list[str] = []
    i = 0
    while i < len(parts):
        compound = _join_at(parts, i)
        if compound is not None:
            merged.append(compound[0])
            i += compound[1]
        else:
            merged.append(_bare(parts[i]))
            i += 1
    kept = [t for t in merged if t not in PARTICLES and t not in HONORIFICS]
    if len(kept) > 1 and kept[0] in BURMESE_HONORIFICS:
        kept = kept[1:]
    kept[:1] = [_without_honorific(token) for token in kept[:1]]
    return in_order(tuple(kept or merged))


def whole(text: str) -> str:
    """All tokens of a name as one word, for names whose word limits are not written or not agreed on."""
    return "".join(tokens(text))
