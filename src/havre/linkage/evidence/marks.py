"""Do the marks of the body and the things carried agree, as told in free words?

Texts agree by the telling words they share: `scar on the left hand` and `a scar` share none but `scar`, which half of all
texts hold. Everyday words are left out; a word counts by its first letters, so that endings do not matter. Two texts in two
languages share nothing, which therefore hardly speaks against.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.names.normalise import words
from havre.linkage.prepared import Prepared

STEM: Final = 5  # letters by which a word counts
SHORTEST: Final = 4
_EVERYDAY: Final = frozenset(word[:STEM] for word in (
    "with from that this have been about very little small large long short some other over under near side left right hand hands arm arms leg "
    "legs foot feet head face back eyes eye hair nose mouth skin body mark marks scar scars birthmark black brown white dark light blue green "
    "yellow thin tall clothes clothing shirt trousers dress shoes sandals jacket coat phone telephone mobile backpack bracelet necklace "
    "avec dans pour petit petite grand grande gauche droite main mains bras jambe pied tete visage yeux cheveux peau cicatrice cicatrices tache "
    "noir noire brun blanc blanche rouge bleu vert jaune chemise pantalon robe chaussures veste manteau telephone portable bracelet collier "
    "izquierda derecha mano brazo pierna cabeza cara ojos pelo piel cicatriz lunar negro blanco rojo azul camisa pantalones zapatos "
    "ندبة يد يسرى يمنى شعر اسود قميص حقيبة هاتف").split())


@lru_cache(maxsize=8192)
def telling(texts: tuple[str, ...]) -> frozenset[str]:
    """The first letters of the words of some texts that are not said of everybody."""
    stems = {word[:STEM] for text in texts for word in words(text) if len(word) >= SHORTEST}
    return frozenset(stems - _EVERYDAY)


def _level(a: tuple[str, ...], b: tuple[str, ...]) -> Level:
    one, two = telling(a), telling(b)
    if not one or not two:
        return NOTHING
    shared = len(one & two)
    return ("several" if shared > 1 else "one" if shared else "none"), None, None


def features_level(left: Prepared, right: Prepared) -> Level:
    """Marks of the body."""
    return _level(left.source.features, right.source.features)


def features(left: Prepared, right: Prepared) -> Seen:
    """Marks of the body, as written."""
    return seen("features", features_level(left, right), "; ".join(left.source.features), "; ".join(right.source.features))


def belongings_level(left: Prepared, right: Prepared) -> Level:
    """Things carried."""
    return _level(left.source.belongings, right.source.belongings)


def belongings(left: Prepared, right: Prepared) -> Seen:
    """Things carried, as written."""
    return seen("belongings", belongings_level(left, right), "; ".join(left.source.belongings), "; ".join(right.source.belongings))
