"""Is this child known already? The search before create: what is asked, what is answered, and how often one may ask.

The answer to the one who asks is `yes` (a record in their own scope fits), `possible` (one in their scope may fit) or
`contact` (another agency's focal point knows more). Of records out of scope nothing is given but the agency to contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from havre import linkage
from havre.access.models import File
from havre.access.queries import scoped
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.actor import Actor
from havre.core.problems import InputRefused, TooManyTries
from havre.core.words import N_
from havre.infra.audit import AuditEntry
from havre.infra.unit import Unit
from havre.registration.index.describing import description_of
from havre.registration.index.searching import Found, search
from havre.registration.index.writing import describe_stored
from havre.registration.people import Person

MOST_HITS: Final = 10
LIKELY: Final = 0.6
WORTH_ASKING: Final = 0.05
FAMILY_WORTH_ASKING: Final = 0.5
SEARCHED: Final = ("child", "sought_child")
ACTION: Final = "registration.actions_drafts.search_before_create"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person searches with: values of `Person`, or the code of a file."""

    values: Mapping[str, Any]
    code: str = ""
    kin: Sequence[tuple[str, Mapping[str, Any]]] = ()

    def description(self) -> linkage.Description:
        """The description that is compared."""
        return description_of(self.values, self.kin)


def elements_of(asked: Asked) -> list[str]:
    """Which identifying elements a search holds, as codes. A name of two parts is one element, its father's name another."""
    found = asked.description()
    kinds = {str(n.kind) for n in found.names}
    out = [kind for kind, there in (
        ("code", bool(asked.code)), ("name", bool(kinds & {"full", "given", "nickname", "other_spelling", "given_after_separation"})),
        ("parent_name", bool(kinds & {"father", "mother", "grandfather", "family"}) or bool(found.relatives)),
        ("siblings", bool(found.siblings)), ("age", found.birth_date is not None or found.age_min is not None),
        ("origin", bool(found.origin)), ("separation", bool(found.separation_place)), ("phone", bool(found.phones)),
        ("identifier", bool(found.identifiers))) if there]
    if any(len(n.value.split()) > 1 for n in found.names if str(n.kind) == "full") and "parent_name" not in out:
        out.append("full_name")
    return out


def check_elements(asked: Asked) -> list[str]:
    """The elements of a search; raises InputRefused when they are neither a code nor two."""
    elements = elements_of(asked)
    if "code" not in elements and len(elements) < 2:
        raise InputRefused({"": [N_("Search with a code, or with two things you know: a name and an age, a place, a parent’s name.")]})
    return elements


def check_budget(actor: Actor, unit: Unit) -> None:
    """Raise TooManyTries when this person has searched more often in a day than the policy of the country allows."""
    since = unit.at - timedelta(days=1)
    done = AuditEntry.objects.filter(actor=actor.id, action=ACTION, at__gt=since).count()
    now = sum(1 for entry in unit.stay.buffer if entry.action == ACTION)
    if done + now >= policy_for(actor.country).search_budget_per_day:
        raise TooManyTries()


def look(actor: Actor, asked: Asked, *, exclude: Sequence[UUID] = ()) -> list[dict[str, Any]]:
    """The hits of a search as they are kept in a `DuplicateReview`, at most 10, those in scope first."""
    if asked.code:
        return _by_code(actor, asked.code)
    found = search(actor, asked.description(), exclude_files=exclude, roles=SEARCHED, limit=MOST_HITS * 3)
    worth = [f for f in found if f.result.probability >= WORTH_ASKING]
    hits = [_hit(f) for f in worth if f.visible] + _contacts([f for f in worth if not f.visible])
    return hits[:MOST_HITS]


def families(actor: Actor, description: linkage.Description, *, exclude: Sequence[UUID]) -> list[Found]:
    """Children in other files who are probably of the same family, best first."""
    found = search(actor, description, exclude_files=exclude, roles=("child",), limit=30, thorough=True)
    near = [f for f in found if f.result.verdict is linkage.Verdict.FAMILY and f.result.family_probability >= FAMILY_WORTH_ASKING]
    return near[:MOST_HITS]


def new_since(actor: Actor, asked: Asked, reviewed: Sequence[Mapping[str, Any]], *, exclude: Sequence[UUID]) -> int:
    """How many likely records come up now that nobody has looked at, when the search is made again with all that is known."""
    known = {str(hit["person"]) for hit in reviewed} | {p for hit in reviewed for p in hit.get("others", ())}
    found = search(actor, asked.description(), exclude_files=exclude, roles=SEARCHED, limit=MOST_HITS)
    return sum(1 for f in found if f.result.probability >= LIKELY and str(f.person_id) not in known)


def _by_code(actor: Actor, typed: str) -> list[dict[str, Any]]:
    code = ids.check_code(typed)
    file = scoped(File, actor).filter(code=code).first() if code else None
    if file is None:
        return []
    return [{"ref": str(ids.new_id()), "answer": "yes", "person": "", "file": str(file.pk), "agency": str(file.agency_id), "conclusion": ""}]


def _hit(found: Found) -> dict[str, Any]:
    return {"ref": str(ids.new_id()), "answer": "yes" if found.result.probability >= LIKELY else "possible",
            "person": str(found.person_id), "file": str(found.file_id), "agency": str(found.agency_id), "conclusion": "", "kind": str(found.result.verdict), "words": str(found.result.words)}


def _contacts(found: Sequence[Found]) -> list[dict[str, Any]]:
    """One line per agency: who has several fitting records is not told how many."""
    out: dict[UUID, dict[str, Any]] = {}
    for hit in found:
        line = out.setdefault(hit.agency_id, {
            "ref": str(ids.new_id()), "answer": "contact", "person": str(hit.person_id), "file": str(hit.file_id),
            "agency": str(hit.agency_id), "others": [], "conclusion": ""})
        if line["person"] != str(hit.person_id):
            line["others"].append(str(hit.person_id))
    return list(out.values())


def describe(person: Person) -> linkage.Description:
    """The description of a stored person with their kin, as the index has it."""
    return describe_stored(person)
