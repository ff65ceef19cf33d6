"""Where among my own files is this child? Find by code, phone or a name in any script: in scope only, opened in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from havre.access.models import File
from havre.access.queries import scoped
from havre.core import ids
from havre.core.actor import Actor
from havre.infra import keys, sealing
from havre.infra.acting import current
from havre.linkage.names.similarity import WEAK, token_similarity
from havre.linkage.names.tokens import tokens
from havre.registration.people import Person
from havre.registration.queries import Shown

MOST_SHOWN: Final = 10
MOST_OPENED: Final = 3000
SHORTEST_PREFIX: Final = 2


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file that fits: its code, whose it is, and how it was found (`code`, `phone`, `name`, `like`)."""

    code: str
    kind: str
    how: str
    shown: Shown | None


def find(actor: Actor, typed: str) -> list[FoundFile]:
    """At most 10 files in the actor's scope that fit what was typed, best first. Nothing outside the scope is asked."""
    text = " ".join(typed.split())
    stay = current()
    code = ids.check_code(text)
    if code is not None:
        file = scoped(File, actor).filter(code=code).first()
        if file is not None:
            stay.audit("registration.found", files=[file.pk], how="code")
            return [_file(actor, file)]
    digits = "".join(c for c in text if c.isdigit())
    by_phone = len(digits) >= 5 and not any(c.isalpha() for c in text)
    if not text or (len(text) < SHORTEST_PREFIX and not by_phone):
        return []
    ranked = _ranked(_people(actor), digits if by_phone else "", text)[:MOST_SHOWN]
    stay.audit("registration.found", files=[s.person.file_id for _, _, s in ranked], how="phone" if by_phone else "name")
    return [FoundFile(s.person.file.code, s.person.file.kind, how, s) for _, how, s in ranked]


def _file(actor: Actor, file: File) -> FoundFile:
    person = scoped(Person, actor).filter(file=file, role__in=["child", "sought_child"]).first()
    shown = Shown(person, sealing.open_record(person, "names")) if person is not None else None
    return FoundFile(file.code, file.kind, "code", shown)


def _people(actor: Actor) -> list[Shown]:
    """The people of the actor's files, newest first, opened in memory. What is shown in the end is named in the audit."""
    rows = list(scoped(Person, actor).select_related("file").order_by("-updated_at")[:MOST_OPENED])
    whole = set(keys.DataKey.objects.filter(subject__in=[r.pk for r in rows], wrapped__isnull=False).values_list("subject", flat=True))
    rows = [r for r in rows if r.pk in whole]
    return [Shown(p, v) for p, v in zip(rows, sealing.open_many(rows, "names", "phones", audited=False), strict=True)]


def _ranked(people: Sequence[Shown], digits: str, text: str) -> list[tuple[float, str, Shown]]:
    asked = tokens(text)
    best: dict[object, tuple[float, str, Shown]] = {}
    for shown in people:
        score, how = _by_phone(shown, digits) if digits else _by_name(shown, asked, text)
        known = best.get(shown.person.file_id)
        if score and (known is None or score > known[0]):
            best[shown.person.file_id] = (score, how, shown)
    return sorted(best.values(), key=lambda row: -row[0])


def _by_phone(shown: Shown, digits: str) -> tuple[float, str]:
    held = ["".join(c for c in phone if c.isdigit()) for phone in shown.values.get("phones") or ()]
    return (1.0, "phone") if any(h and (h.endswith(digits) or digits.endswith(h)) for h in held) else (0.0, "")


def _by_name(shown: Shown, asked: Sequence[str], text: str) -> tuple[float, str]:
    """Every word typed must fit some word of the names: as its beginning, or as the same name in any script."""
    held = [t for name in shown.values.get("names") or () for t in tokens(name["value"])]
    if not asked or not held:
        return 0.0, ""
    scores = [max(_fit(word, one) for one in held) for word in asked]
    worst = min(scores)
    if worst < WEAK + 0.07:
        return 0.0, ""
    child = 0.02 if shown.person.role in {"child", "sought_child"} else 0.0
    return sum(scores) / len(scores) + child, "name" if worst >= 0.95 else "like"


def _fit(word: str, held: str) -> float:
    if word == held:
        return 1.0
    if len(word) >= SHORTEST_PREFIX and held.startswith(word):
        return 0.96
    return token_similarity(word, held)
