"""How does a name come to be written differently each time? The world's own model of spelling errors.

Three sources, drawn independently for each writing: another spelling in use for the same name (from the
tables), a habit of ear or keyboard in the script used, and a name taken down in a script that is not
its own.
"""

from dataclasses import dataclass
from random import Random

from havre.demo.world.model import NameHeard, Script, Spelled
from havre.demo.world.pools import spellings
from havre.demo.world.transcribe import transcribe

LATIN_HABITS: tuple[tuple[str, str], ...] = (
    ("ss", "s"),
    ("mm", "m"),
    ("dd", "d"),
    ("ll", "l"),
    ("nn", "n"),
    ("ee", "i"),
    ("ou", "u"),
    ("oo", "u"),
    ("ai", "ay"),
    ("ay", "ai"),
    ("ei", "ey"),
    ("kh", "k"),
    ("q", "k"),
    ("k", "q"),
    ("ts", "s"),
    ("ts", "tz"),
    ("gh", "g"),
    ("th", "t"),
    ("ie", "e"),
    ("iy", "y"),
    ("y", "i"),
    ("i", "e"),
    ("e", "i"),
    ("a", "e"),
    ("u", "o"),
    ("o", "u"),
    ("w", "u"),
    ("z", "s"),
    ("j", "g"),
    ("sh", "ch"),
    ("ph", "f"),
    ("v", "w"),
    ("h", ""),
)
ARABIC_HABITS: tuple[tuple[str, str], ...] = (
    ("أ", "ا"),
    ("إ", "ا"),
    ("آ", "ا"),
    ("ة", "ه"),
    ("ى", "ي"),
    ("ي$", "ى"),
    ("عبد ال", "عبدال"),
    ("اء", "ا"),
    ("ئ", "ي"),
    ("ؤ", "و"),
    ("^ال", ""),
    ("ی", "ي"),
    ("ک", "ك"),
    ("ض", "ظ"),
    ("ذ", "ز"),
    ("ط", "ت"),
    ("ص", "س"),
    ("ث", "س"),
)
ETHIOPIC_HABITS: tuple[tuple[str, str], ...] = (
    ("ሀ", "ሐ"),
    ("ሃ", "ሓ"),
    ("ሐ", "ሀ"),
    ("ሓ", "ሃ"),
    ("ኃ", "ሃ"),
    ("ሕ", "ህ"),
    ("ሠ", "ሰ"),
    ("ሰ", "ሠ"),
    ("ስ", "ሥ"),
    ("ኣ", "አ"),
    ("አ", "ዓ"),
    ("ዓ", "አ"),
    ("ዐ", "አ"),
    ("ጸ", "ፀ"),
    ("ጽ", "ፅ"),
    ("ሃይ", "ኃይ"),
    ("ኽ", "ክ"),
    ("ይ", "ዬ"),
    ("ኡ", "ዑ"),
    ("የ", "ዬ"),
)
CYRILLIC_HABITS: tuple[tuple[str, str], ...] = (
    ("і", "и"),
    ("ї", "и"),
    ("є", "е"),
    ("ё", "е"),
    ("и", "ы"),
    ("Г", "Х"),
    ("ʼ", ""),
    ("й", "и"),
    ("о", "а"),
    ("ія", "ия"),
    ("Оле", "Еле"),
    ("тяна", "тьяна"),
    ("Дмитро", "Дмитрий"),
    ("Сергій", "Сергей"),
    ("Олександр", "Александр"),
)
BURMESE_HABITS: tuple[tuple[str, str], ...] = (
    ("း", ""),
    ("့", ""),
    ("ျ", "ြ"),
    ("ြ", "ျ"),
    ("သန့်", "သန်"),
    ("စ", "ဆ"),
)
HABITS = {
    Script.LATIN: LATIN_HABITS,
    Script.ARABIC: ARABIC_HABITS,
    Script.ETHIOPIC: ETHIOPIC_HABITS,
    Script.CYRILLIC: CYRILLIC_HABITS,
    Script.BURMESE: BURMESE_HABITS,
}


@dataclass(frozen=True, slots=True)
class Ear:
    """How faulty a writing is: chances of another known spelling, of a habit of ear, of a slip of the pen."""

    variant: float = 0.35
    habit: float = 0.18
    slip: float = 0.02


CAREFUL = Ear(variant=0.2, habit=0.08, slip=0.01)
ORDINARY = Ear()
DISTANT = Ear(variant=0.45, habit=0.28, slip=0.04)


def write(rng: Random, name: Spelled, script: Script, ear: Ear = ORDINARY) -> str:
    """`name` as one person writes it in `script`; in Latin letters where that script cannot be written
    by ear.
    """
    if script is name.script and script is not Script.LATIN:
        text = name.native
    else:
        text = name.latin
        if rng.random() < ear.variant:
            text = rng.choice(spellings(name.pool, name.native) or (text,))
        if script is not Script.LATIN:
            heard = transcribe(rng, text, script)
            if heard is None:
                script = Script.LATIN
            else:
                text = heard
    if rng.random() < ear.habit:
        text = _habit(rng, text, script)
    if rng.random() < ear.slip:
        text = _slip(rng, text)
    return text


def _habit(rng: Random, text: str, script: Script) -> str:
    usable = [(at, old, new) for old, new in HABITS[script] if (at := _where(text, old, script)) >= 0]
    if not usable:
        return text
    at, old, new = rng.choice(usable)
    changed = text[:at] + new + text[at + len(old.strip("^$")) :]
    return changed if len(changed.strip()) > 1 else text


def _where(text: str, old: str, script: Script) -> int:
    """Where a habit applies, or -1: `^` binds it to the beginning, `$` to the end; first Latin letters
    are heard well.
    """
    if old.startswith("^"):
        return 0 if text.startswith(old[1:]) and len(text) > 4 else -1
    if old.endswith("$"):
        return len(text) - len(old) + 1 if text.endswith(old[:-1]) else -1
    later = text.find(old, 1)
    return later if later >= 0 or script is Script.LATIN else text.find(old)


def _slip(rng: Random, text: str) -> str:
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 2)
    kind = rng.random()
    if kind < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind < 0.8 else text[: at + 1] + text[at:]


@dataclass(frozen=True, slots=True)
class FullName:
    """The parts of one true name, in the order its bearer says them."""

    given: Spelled
    father: Spelled | None = None
    grandfather: Spelled | None = None
    family: Spelled | None = None


def hear(
    rng: Random,
    name: FullName,
    script: Script,
    ear: Ear,
    *,
    type_: str = "full",
    drop: float = 0.12,
    swap: float = 0.03,
) -> NameHeard:
    """A whole name as written: parts misspelt, the last of them dropped (`drop`), given and father's
    swapped (`swap`).
    """
    given = write(rng, name.given, script, ear)
    father = write(rng, name.father, script, ear) if name.father else ""
    grandfather = write(rng, name.grandfather, script, ear) if name.grandfather else ""
    family = write(rng, name.family, script, ear) if name.family else ""
    if grandfather and rng.random() < drop:
        grandfather = ""
    if family and rng.random() < drop / 2:
        family = ""
    elif father and not grandfather and rng.random() < drop / 3:
        father = ""
    if father and rng.random() < swap:
        given, father = father, given
    value = " ".join(part for part in (given, father, grandfather, family) if part)
    return NameHeard(type_, _script_of(value, script), value, given, father, grandfather, family)


def _script_of(value: str, meant: Script) -> Script:
    return Script.LATIN if value.isascii() else meant
