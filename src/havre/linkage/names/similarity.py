"""How surely are two name tokens the same name?

One number in [0, 1], comparable across scripts: 1 the same letters, above `STRONG` the same name in another
spelling or script, above `CLOSE` probably a variant or a slip, above `WEAK` a resemblance, below it another name.
Rules (folded sound, weighted edit distance), the learned transducer and the table of known names are combined.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import Final

from havre.linkage.names.edit import likeness, reaches
from havre.linkage.names.romanise import romanise
from havre.linkage.names.scripts import Script, script_of
from havre.linkage.names.sounds import skeleton, sound
from havre.linkage.names.transducer import FILES, learned_likeness
from havre.linkage.names.variants import Kinship, kinship

STRONG: Final = 0.88
CLOSE: Final = 0.80
WEAK: Final = 0.68
KNOWN_SAME: Final = 0.97
NICKNAME: Final = 0.86
KNOWN_DIFFERENT: Final = 0.6
HOPELESS: Final = 0.3

_UNWRITTEN = frozenset({Script.ARABIC, Script.HEBREW})


def _article_free(folded: str) -> str | None:
    """A folded Latin token without a joined article (Alrashid, Elsayed); None when it has none."""
    if len(folded) > 5 and folded[:2] in ("al", "el") and folded[2] not in "aeiouEO":
        return folded[2:]
    return None


def _by_rules(a: str, b: str, unwritten: bool) -> float:
    """Likeness of two folded tokens; a joined article and a missing first syllable vowel cost little."""
    best = likeness(a, b, unwritten)
    for x, y in ((a, b), (b, a)):
        bare = _article_free(x)
        if bare is not None and best < 0.95:
            best = max(best, 0.96 * likeness(bare, _article_free(y) or y, unwritten))
    return best


def _learned(script: Script, native: str, latin: str) -> float | None:
    """The transducer's opinion; None for letters it hardly met (Persian, Urdu and Pashto ones)."""
    if any(letter in "پچژگڤ" for letter in native):
        return None
    return learned_likeness(script, native, latin) if latin.isascii() and latin.isalpha() else None


def _across(a: str, b: str, sa: Script, sb: Script, unwritten: bool) -> float:
    """Likeness of tokens in two scripts: rules, corrected by the transducers that apply."""
    rules = _by_rules(sound(a), sound(b), unwritten)
    if rules < 0.6:
        return rules
    opinions = [
        opinion
        for script, native, other in ((sa, a, b), (sb, b, a))
        if script in FILES and (opinion := _learned(script, native, romanise(other).replace(".", ""))) is not None
    ]
    if not opinions or (sa is not Script.LATIN and sb is not Script.LATIN):
        return rules
    opinion = max(opinions)
    if Script.BURMESE in (sa, sb):  # trained on foreign names written in Burmese: it may help, not object
        return max(rules, 0.92 * opinion)
    blended = rules * (0.72 + 0.28 * min(1.0, opinion / 0.7))
    return max(blended, 0.92 * opinion if opinion > 0.85 else 0.0)


def _hopeless(a: str, b: str) -> bool:
    """Whether the consonants alone rule a resemblance out; saves the dear comparisons."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(skeleton(a), skeleton(b)) < 0.45


def _by_sound(a: str, b: str) -> float:
    sa, sb = script_of(a), script_of(b)
    if sa is not sb:
        return _across(a, b, sa, sb, (sa in _UNWRITTEN) != (sb in _UNWRITTEN))
    if sa is Script.ARABIC:
        return min(_by_rules(sound(a), sound(b), False) * 0.98, 0.95)
    return _by_rules(sound(a), sound(b), False) * 0.99


@lru_cache(maxsize=524288)
def _ordered(a: str, b: str) -> float:
    known = kinship(a, b)
    if known is Kinship.SAME:
        return max(KNOWN_SAME, likeness(sound(a), sound(b)))
    hopeless = _hopeless(a, b)
    if known is Kinship.DIFFERENT:
        return HOPELESS if hopeless else min(KNOWN_DIFFERENT, _by_rules(sound(a), sound(b), False))
    value = HOPELESS if hopeless else _by_sound(a, b)
    return max(value, NICKNAME) if known is Kinship.NICKNAME else value


def token_similarity(a: str, b: str) -> float:
    """Similarity in [0, 1] of two normalised tokens (`names.tokens.tokens`) in any scripts; symmetric."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return _ordered(a, b) if a < b else _ordered(b, a)


@lru_cache(maxsize=8192)
def as_like_as(a: str, b: str, least: float) -> bool:
    """Whether `token_similarity` is at least `least`, which must lie above 0.93: names that are not cost little."""
    if not a or not b or a == b:
        return bool(a) and a == b
    if not _may_reach(a, b, least) and kinship(a, b) is not Kinship.SAME:
        return False
    return token_similarity(a, b) >= least


def _may_reach(a: str, b: str, least: float) -> bool:
    """Whether the rules may find two tokens so alike; above 0.93 no other opinion outweighs them."""
    x, y = sound(a), sound(b)
    unwritten = (script_of(a) in _UNWRITTEN) != (script_of(b) in _UNWRITTEN)
    bare_x, bare_y = _article_free(x), _article_free(y)
    if (bare_x or bare_y) and reaches(bare_x or x, bare_y or y, unwritten, least):
        return True
    return reaches(x, y, unwritten, least)


def name_similarity(a: str, b: str) -> float:
    """Similarity of two written single names (one or more words, any script); symmetric."""
    from havre.linkage.names.tokens import tokens

    ta, tb = tokens(a), tokens(b)
    if not ta or not tb:
        return 0.0
    if len(ta) == len(tb) == 1:
        return token_similarity(ta[0], tb[0])
    apart = aligned(ta, tb, 0.25)
    return max(apart, 0.98 * token_similarity("".join(ta), "".join(tb)))


MOST_ARRANGED: Final = 5  # tokens up to which every pairing is tried


def aligned(a: tuple[str, ...], b: tuple[str, ...], spare: float) -> float:
    """Mean similarity of the best one-to-one pairing of tokens; each token left over adds `spare` to the divisor.

    Symmetric. Beyond five tokens the mean of each token's best partner, from both sides, stands in.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    left_over = spare * (len(long) - len(short))
    if len(long) > MOST_ARRANGED:
        one = sum(max(token_similarity(x, y) for y in long) for x in short) / (len(short) + left_over)
        two = sum(max(token_similarity(x, y) for x in short) for y in long) / len(long)
        return (one + two) / 2
    table = [[token_similarity(x, y) for y in long] for x in short]
    best = max(sum(sorted(row[k] for row, k in zip(table, order, strict=True)))
               for order in permutations(range(len(long)), len(short)))  # fmt: skip
    return best / (len(short) + left_over)


__all__ = ["CLOSE", "STRONG", "WEAK", "aligned", "as_like_as", "name_similarity", "token_similarity"]
