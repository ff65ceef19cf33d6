"""Which JSON does the API give? Codes as they are; names as written; nothing that the pages do not show."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from havre.cases.queries import CasePage, CaseRow, Named, TimelineEntry
from havre.cases.queries.today import TaskRow
from havre.core.gates import GateResult
from havre.tracing.queries import Listed, Standing


class NameOut(Schema):
    """A name as it was written."""

    value: str
    kind: str
    script: str | None = None


class ChildOut(Schema):
    """Who a file is about."""

    names: list[NameOut]
    age_min: int | None
    age_max: int | None
    sex: str

    @classmethod
    def of(cls, named: Named | None) -> "ChildOut | None":
        """From a query; None when the data were destroyed or may not be seen."""
        if named is None:
            return None
        return cls(names=names_of(named.names), age_min=named.age[0], age_max=named.age[1], sex=named.sex)


def names_of(names: Any) -> list[NameOut]:
    """Stored names."""
    return [NameOut(**{k: n[k] for k in ("value", "kind", "script") if k in n}) for n in names or ()]


class MeOut(Schema):
    """Who asks."""

    id: UUID
    username: str
    name: str
    role: str
    agency: str
    country: str
    language: str


class CaseRowOut(Schema):
    """One line of the list of cases."""

    code: str
    child: ChildOut | None
    risk_level: str
    stage: str
    status: str
    owner: str
    next_task: str
    next_due: datetime | None

    @classmethod
    def of(cls, row: CaseRow) -> "CaseRowOut":
        """From a query."""
        return cls(code=row.code, child=ChildOut.of(row.child), risk_level=row.risk_level, stage=row.stage, status=row.status,
                   owner=row.owner, next_task=row.next_kind, next_due=row.next_due)


class CaseListOut(Schema):
    """A page of the list; `next` is the cursor of the following page, empty at the end."""

    cases: list[CaseRowOut]
    next: str


class SafeguardOut(Schema):
    """One safeguard judged: its id, whether it is met, the reason code when not."""

    id: str
    met: bool
    severity: str
    reason: str
    fix: str

    @classmethod
    def of(cls, result: GateResult) -> "SafeguardOut":
        """From a gate."""
        return cls(id=result.id, met=result.ok, severity=result.severity.value, reason=result.reason, fix=result.fix)


class EntryOut(Schema):
    """One line of the timeline."""

    seq: int
    at: datetime
    code: str
    params: dict[str, Any]
    by: str
    role: str
    refused: bool

    @classmethod
    def of(cls, entry: TimelineEntry) -> "EntryOut":
        """From a query."""
        return cls(seq=entry.seq, at=entry.at, code=entry.code, params=dict(entry.params), by=entry.name, role=entry.role, refused=entry.refused)


class CaseOut(Schema):
    """One case: what the page of a child shows."""

    id: UUID
    code: str
    heads: list[UUID]
    names: list[NameOut]
    sex: str
    age_min: int | None
    age_max: int | None
    languages: list[str]
    status: str
    stage: str
    risk_level: str
    risk_flags: list[str]
    concerns: list[str]
    immediate_needs: list[str]
    uasc_status: str
    tracing_status: str
    legal_basis: str
    registered_at: datetime
    disputed: list[str]
    safeguards: list[SafeguardOut]
    timeline: list[EntryOut]

    @classmethod
    def of(cls, page: CasePage) -> "CaseOut":
        """From a query."""
        case = page.case
        return cls(
            id=case.pk, code=page.code, heads=list(case.heads), names=names_of(page.names), sex=page.sex, age_min=page.age[0], age_max=page.age[1],
            languages=list(page.languages), status=case.status, stage=case.stage, risk_level=case.risk_level, risk_flags=list(case.risk_flags),
            concerns=list(case.concerns), immediate_needs=list(case.immediate_needs), uasc_status=case.uasc_status,
            tracing_status=case.tracing_status, legal_basis=case.legal_basis, registered_at=case.registered_at, disputed=list(case.disputed),
            safeguards=[SafeguardOut.of(g) for g in page.gates], timeline=[EntryOut.of(e) for e in page.timeline])


class MadeOut(Schema):
    """What was made: its id and, where it has one, the code of its file."""

    id: UUID | None
    code: str = ""


class HitOut(Schema):
    """An earlier record that may be the same child. Of another agency only that it is to be asked."""

    ref: UUID
    answer: str
    code: str
    conclusion: str


class SearchOut(Schema):
    """The search before create: its id is the `review` of a registration."""

    id: UUID
    elements: list[str]
    hits: list[HitOut]


class TaskOut(Schema):
    """One thing that is due."""

    id: UUID
    kind: str
    file: str
    kind_of_file: str
    due_at: datetime
    why: str
    why_params: dict[str, Any]
    risk_level: str
    child: ChildOut | None

    @classmethod
    def of(cls, row: TaskRow) -> "TaskOut":
        """From a query."""
        return cls(id=row.id, kind=row.kind, file=row.code, kind_of_file=row.kind_of_file, due_at=row.due_at, why=row.why,
                   why_params=dict(row.why_params), risk_level=row.risk_level, child=ChildOut.of(row.child))


class RequestRowOut(Schema):
    """One tracing request of the list, with its best candidate in words."""

    code: str
    sought: list[NameOut]
    relation: str
    status: str
    received_at: datetime | None
    candidates: int
    best: str

    @classmethod
    def of(cls, row: Listed) -> "RequestRowOut":
        """From a query."""
        return cls(code=row.code, sought=names_of(row.names), relation=row.relation, status=row.status, received_at=row.received_at,
                   candidates=row.candidates, best=row.words)


class RequestListOut(Schema):
    """A page of the list of requests."""

    requests: list[RequestRowOut]
    more: bool


class CandidateOut(Schema):
    """A possible pair: how likely, where it stands, and whom to contact. Nothing of the other side's words."""

    id: UUID
    side: str
    status: str
    words: str
    per_thousand: int
    agency: str
    contact: str

    @classmethod
    def of(cls, found: Standing) -> "CandidateOut":
        """From a query."""
        row = found.row
        return cls(id=row.pk, side=row.side, status=row.status, words=row.words, per_thousand=row.per_thousand, agency=found.agency,
                   contact=found.contact)


class ReceiptOut(Schema):
    """The receipt of a first contact. Nothing else can be read of it by whoever sent it."""

    receipt: str
