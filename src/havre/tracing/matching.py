"""Who in any agency may be the child of this request, or the request for this child? Automatic, in both directions.

Runs as the system whenever a person's description, a wish or a consent changes. A pair is two rows, one in each file;
each side's row holds that side's own words and of the other side only how well they agree. A rejected pair comes back
only when what was said changed. A pair nobody has acted on disappears when it no longer scores.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from havre import linkage
from havre.access.models import Agency, File
from havre.access.system import system_actor
from havre.cases.models import Case
from havre.cases.tasks import add_task
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.intent import Intent
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.records import Record
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.linkage.names.normalise import words
from havre.registration.index import matcher
from havre.registration.index.entry import IndexEntry
from havre.registration.index.searching import search
from havre.registration.models import Consent, Person
from havre.registration.searches import describe
from havre.tracing import agreement, permissions, rules
from havre.tracing.models import Candidate, Compared, TracingRequest
from havre.tracing.rules import CandidateStatus, Side

SIDE_OF: Final[Mapping[str, Side]] = {"child": Side.CHILD, "sought_child": Side.ADULT}
ROLE_OF: Final[Mapping[Side, str]] = {side: role for role, side in SIDE_OF.items()}
BEST: Final = 20
NAMES: Final = frozenset({"given", "father", "lineage", "mother", "siblings", "sibling_named", "relatives"})
POSSIBLE: Final = 0.25
WORTH_A_TASK: Final = 0.60
REVIEW_WITHIN: Final = timedelta(days=3)


def person_indexed(unit: Unit, record: Record) -> None:
    """Event `person_indexed`: look for the family of a child, or for the child of a request, after this transaction."""
    if isinstance(record, Person) and record.role in SIDE_OF:
        unit.defer("tracing.match_person", person=record.pk)


def consent_changed(unit: Unit, record: Record) -> None:
    """Event `consent_changed`: compare again, and end the sharing of a match when it was taken back."""
    from havre.tracing.across import end_sharing
    if not isinstance(record, Consent):
        return
    person = Person.objects.filter(pk=record.person_id, role__in=list(SIDE_OF)).first()
    if person is None:
        return
    look_again(unit, person.pk)
    if person.role == "child" and record.answers.get("tracing_disclosure") in ("no", "never"):
        end_sharing(unit, person.file_id)


def look_again(unit: Unit, person: UUID) -> None:
    """Match a person again after this transaction: a wish or a consent changed."""
    unit.defer("tracing.match_person", person=person)


@action(permissions.MATCH)
def match_person(unit: Unit, *, person: UUID) -> None:
    """Bring the candidates of one person up to date; running it again changes nothing."""
    found = Person.objects.filter(pk=person).first()
    if found is not None and found.role in SIDE_OF:
        match(unit, found)


def match_now(unit: Unit, person: Person) -> None:
    """The same inside another action, for a worker who asks for it."""
    from havre.tracing.across import carried
    with carried(unit) as system:
        match(system, person)


def run(person: UUID, at: Any) -> None:
    """Match as the system, at a time: what the job does."""
    match_person(Intent(by=system_actor(), at=at, rid=ids.new_id()), person=person)


def overdue(limit: int) -> list[UUID]:
    """People in tracing who changed since they were last compared, were never compared, or were compared by another model;
    longest untouched first, at most `limit`. Call as the system.

    Each change asks for its own comparison, and the later of two sees the earlier, so that normally nobody is overdue: this
    finds those whose comparison failed, who came in bulk, and everyone once after the model changed.
    """
    done = Compared.objects.filter(person=OuterRef("person"), at__gte=OuterRef("updated_at"), model=matcher.current().numbers)
    waiting = IndexEntry.objects.filter(~Exists(done), role__in=list(SIDE_OF))
    return list(waiting.order_by("updated_at", "person").values_list("person", flat=True)[:limit])


# ---- inside ----

def match(unit: Unit, person: Person) -> None:
    """Search, write what is possible, and let go of what no longer is."""
    side = SIDE_OF[person.role]
    found: dict[UUID, tuple[Person, linkage.Result]] = {}
    used = matcher.current()
    people = used.population({ROLE_OF[side.other]})
    if may_be_compared(unit, side, person):
        described = describe(person)
        for one in search(unit.by, described, exclude_files={person.file_id}, roles={ROLE_OF[side.other]}, limit=BEST,
                          used=used, thorough=True):
            if chance(one.result) >= POSSIBLE:
                _add(unit, found, side, one.person_id, one.result)
        for row in _standing(person, side):
            other = Person.objects.filter(pk=row.other_person).first()
            if other is not None and other.pk not in found:
                result = linkage.score(described, describe(other), used.model, population=people)
                if chance(result) >= POSSIBLE:
                    _add(unit, found, side, other.pk, result)
    for other, result in found.values():
        write_pair(unit, side, person, other, result, people)
    for row in _standing(person, side):
        if row.other_person not in found and row.status == CandidateStatus.CANDIDATE:
            _expire(unit, row.pair)
    Compared.objects.update_or_create(person=person.pk, defaults={"at": unit.at, "model": used.numbers})


def _add(unit: Unit, found: dict[UUID, tuple[Person, linkage.Result]], side: Side, other: UUID, result: linkage.Result) -> None:
    person = Person.objects.filter(pk=other).first()
    if person is not None and may_be_compared(unit, side.other, person):
        found[other] = (person, result)


def _standing(person: Person, side: Side) -> list[Candidate]:
    shown = (CandidateStatus.CANDIDATE, CandidateStatus.SHORTLISTED, CandidateStatus.EXPIRED, CandidateStatus.REJECTED)
    return list(Candidate.objects.filter(own_person=person, side=side, status__in=shown))


def may_be_compared(unit: Unit, side: Side, person: Person) -> bool:
    """A child who does not want it, or a side that refused to be compared, has no candidates."""
    if side is Side.ADULT:
        request = TracingRequest.objects.filter(file_id=person.file_id).first()
        return request is not None and request.consent_share and request.closed_at is None
    case = Case.objects.filter(file_id=person.file_id).first()
    wish = agreement.wish_facts(person.file_id)
    if case is None or case.status in ("duplicate", "entered_in_error") or (wish.tracing == "no" and not wish.exception):
        return False
    policy = policy_for(Agency.objects.values_list("country", flat=True).get(pk=case.agency_id))
    return agreement.consent_answer(person, "tracing_disclosure", policy, unit.at) != "no"


def chance(result: linkage.Result) -> float:
    """The chance that speaks: of one child, or of one family where that is what it looks like."""
    return result.family_probability if result.verdict == "family" else result.probability


def write_pair(unit: Unit, side: Side, person: Person, other: Person, result: linkage.Result, people: int) -> None:
    """Write both rows of a pair; the searched person is the left side of the result, `people` how many were searched."""
    child, adult = (person, other) if side is Side.CHILD else (other, person)
    asks = {ask.field: round(1000 * ask.bits) for ask in result.ask}
    pieces = [_piece(e, asks, child_left=side is Side.CHILD) for e in result.evidence if e.left or e.right or e.field in asks]
    written = {Side.CHILD: written_words(child.file_id), Side.ADULT: written_words(adult.file_id)}
    digest = rules.evidence_digest(keys.ring().derive_key("tracing evidence"), [p for p in pieces if p["child"] or p["adult"]])
    pair = rules.pair_id(child.pk, adult.pk)
    agencies = dict(File.objects.filter(pk__in=[child.file_id, adult.file_id]).values_list("pk", "agency_id"))
    common = {
        "verdict": "same_family" if result.verdict == "family" else "same_person",
        "per_thousand": round(1000 * chance(result)), "words": str(result.words),
        "one_in": people, "model_version": result.model_version, "evidence_digest": digest}
    for own, far, own_side in ((child, adult, Side.CHILD), (adult, child, Side.ADULT)):
        _write_side(unit, pair, own_side, own, far, agencies[far.file_id], {**common, "evidence": one_sided(pieces, own_side, written[own_side])})


def _write_side(unit: Unit, pair: UUID, side: Side, own: Person, far: Person, agency: UUID, values: dict[str, Any]) -> None:
    row = Candidate.objects.filter(file_id=own.file_id, pair=pair, side=side).first()
    if row is None:
        row = unit.create(Candidate, file=own.file_id, pair=pair, side=side.value, own_person_id=own.pk, other_person=far.pk,
                          other_file=far.file_id, other_agency=agency, found_at=unit.at, **values)
        _tell(unit, row)
        return
    fresh = row.evidence_digest != values["evidence_digest"]
    if row.status in (CandidateStatus.REJECTED, CandidateStatus.CONFIRMED) and not (
            fresh and row.status == CandidateStatus.REJECTED):
        return
    back = row.status in (CandidateStatus.EXPIRED, CandidateStatus.REJECTED)
    if back:
        values = {**values, "status": CandidateStatus.CANDIDATE.value, "found_at": unit.at, "stage": "", "match_file": None,
                  "ended_by_other_side": False}
    unit.change(row, **values)
    if back:
        _tell(unit, row)


def _tell(unit: Unit, row: Candidate) -> None:
    unit.note("candidate_found", row, words=row.words)
    if row.per_thousand < 1000 * WORTH_A_TASK:
        return
    from havre.tracing.across import owner_of
    add_task(unit, file=row.file_id, kind="review_candidates", due_at=unit.at + REVIEW_WITHIN,
             owner=owner_of(row.side, row.file_id), why="possible_match_found")


def _expire(unit: Unit, pair: UUID) -> None:
    for row in Candidate.objects.filter(pair=pair, status=CandidateStatus.CANDIDATE):
        unit.change(row, status=CandidateStatus.EXPIRED.value)
        unit.note("candidate_expired", row)


def _piece(e: linkage.Evidence, asks: Mapping[str, int], *, child_left: bool) -> dict[str, Any]:
    child, adult = (e.left, e.right) if child_left else (e.right, e.left)
    counts = {name: value for name, value in e.params.items() if not isinstance(value, str) or name == "role"}
    llr, family = round(1000 * e.llr), round(1000 * e.family_llr)
    return {"code": e.field, "field": e.field, "level": e.level, "reason": e.reason, "llr": llr, "family_llr": family,
            "missing": e.missing, "params": {k: round(v, 3) if isinstance(v, float) else v for k, v in counts.items()},
            "child": child, "adult": adult, **({"ask": asks[e.field]} if e.field in asks else {})}


def written_words(file: UUID) -> dict[str, str]:
    """How the words of every name in a file are written, by the form in which the matcher compares them."""
    people = list(Person.objects.filter(file_id=file))
    names = [n["value"] for values in open_many(people, "names", audited=False) for n in values["names"] or ()]
    return {folded: word for name in names for word in name.split() for folded in words(word)}


def as_written(text: str, written: Mapping[str, str]) -> str:
    """A value of the matcher with names as they are written: `dawit (5)` becomes `Dawit (5)`."""
    return re.sub(r"[^\s,:·()]+", lambda found: written.get(found.group(), found.group()), text)


def one_sided(pieces: list[dict[str, Any]], side: Side, written: Mapping[str, str]) -> list[dict[str, Any]]:
    """The evidence as one side may keep it: its own words in full, of the other whether it said anything."""
    out = []
    for piece in pieces:
        kept = {k: v for k, v in piece.items() if k not in ("child", "adult", "code")}
        own = as_written(piece[side.value], written) if piece["field"] in NAMES else piece[side.value]
        out.append({**kept, "own": own, "other_known": bool(piece[side.other.value])})
    return out
