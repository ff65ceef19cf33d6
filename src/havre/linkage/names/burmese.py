"""How would a Burmese syllable be written in Latin letters in a register?

Follows the spelling used in passports rather than a scholarly scheme: each syllable is an onset, medials and a
rhyme, and the rhyme decides the vowel (အောင် Aung, ထွန်း Htun, ကျော် Kyaw, မြင့် Myint).
"""

from __future__ import annotations

import re

_ONSETS = {
    "က": "k", "ခ": "kh", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z", "ဉ": "ny", "ည": "ny",
    "ဋ": "t", "ဌ": "ht", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "ht", "ဒ": "d", "ဓ": "d", "န": "n", "ပ": "p",
    "ဖ": "ph", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y", "ရ": "y", "လ": "l", "ဝ": "w", "သ": "th", "ဟ": "h", "ဠ": "l",
    "အ": "", "ဿ": "th", "ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "ay", "ဩ": "aw", "ဪ": "aw",
}  # fmt: skip

# Rhyme (vowel signs and killed consonant, tone marks removed) -> Latin.
_RHYMES = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "ay", "ဲ": "e", "ော": "aw", "ေါ": "aw",
    "ော်": "aw", "ေါ်": "aw", "ို": "o", "ံ": "an", "ာံ": "an", "ိံ": "ein", "ုံ": "on", "ယ်": "e", "ို့": "o",
    "က်": "et", "ောက်": "auk", "ေါက်": "auk", "ိုက်": "aik", "င်": "in", "ောင်": "aung", "ေါင်": "aung", "ိုင်": "aing",
    "စ်": "it", "ည်": "i", "ဉ်": "in", "တ်": "at", "ိတ်": "eik", "ုတ်": "ok", "ဒ်": "at", "န်": "an", "ိန်": "ein",
    "ုန်": "on", "ပ်": "at", "ိပ်": "eik", "ုပ်": "ok", "ဘ်": "at", "မ်": "an", "ိမ်": "ein", "ုမ်": "on", "ာန်": "an",
    "ွန်": "un", "ွတ်": "ut", "ွမ်": "un", "ွပ်": "ut", "ဏ်": "an", "လ်": "al", "ာလ်": "al", "စ်ခ်": "it", "သ်": "at",
    "ဝ်": "aw", "ိုယ်": "o", "ာဏ်": "an", "ီး": "i",
}  # fmt: skip
_CREAKY = re.compile("([ငဉန])(?:\u1037\u103a|\u103a\u1037)")  # a nasal cut short: written -nt (Myint, Hsint)
_TONES = re.compile("[\u1037\u1038]")
_SYLLABLE = re.compile("[က-အဣ-ဪဿ](?:\u1039[က-အ])?[\u103b-\u103e]*[\u102b-\u1032\u1036\u1037\u1038\u103a]*"
                       "(?:[က-အ]\u103a[\u1037\u1038]*)*")  # fmt: skip


def syllables(text: str) -> list[str]:
    """The written syllables of a Burmese text, in order."""
    return _SYLLABLE.findall(_CREAKY.sub("\\1\u103a\u1037", text))


def _onset(consonant: str, medials: str) -> str:
    base = _ONSETS.get(consonant, "")
    glide = "y" if "ျ" in medials or "ြ" in medials else ""
    if glide and base in {"k", "kh", "g"}:
        base = {"k": "k", "kh": "ch", "g": "g"}[base]
        glide = "" if base == "ch" else glide
    if "ှ" in medials:
        if glide == "" and base == "y":
            return "sh"
        base = "sh" if base == "l" and glide else "h" + base
    return base + glide


def romanise_syllable(syllable: str) -> str:
    """One Burmese syllable in register Latin."""
    cut = "t" if syllable.endswith("\u103a\u1037") else ""
    plain = _TONES.sub("", syllable)
    match = re.match("(.)(?:\u1039(.))?([\u103b-\u103e]*)(.*)$", plain)
    if match is None:
        return ""
    consonant, stacked, medials, rhyme = match.groups()
    wa = "ွ" in medials
    onset = _onset(consonant, medials.replace("ွ", ""))
    if wa and ("ွ" + rhyme) in _RHYMES:
        return onset + _RHYMES["ွ" + rhyme] + cut
    vowel = _RHYMES.get(rhyme)
    if vowel is None:
        vowel = "".join(_RHYMES.get(part, "a") for part in re.findall("[\u102b-\u1036]+|[က-အ]\u103a", rhyme)) or "a"
    if consonant in "ဣဤဥဦဧဩဪ" and vowel == "a":
        vowel = ""
    return onset + ("w" if wa else "") + vowel + (_ONSETS.get(stacked, "") + "a" if stacked else "") + cut


def romanise_burmese(token: str) -> str:
    """A Burmese word in register Latin, syllable by syllable."""
    return "".join(romanise_syllable(part) for part in syllables(token))
