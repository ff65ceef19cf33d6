"""What happens to each row of an import? The same actions as by hand, one after the other, with what refused them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from havre.access import files
from havre.access.models import File
from havre.cases.opening import Opening, open_case
from havre.core.gates import refusals
from havre.core.intent import Intent
from havre.core.problems import GateRefused, InputRefused, Problem
from havre.exchange import progress
from havre.exchange.building import ChildRow, Terms, child_row, request_row
from havre.exchange.fields import CHILDREN
from havre.exchange.tables import Table
from havre.exchange.values import Reader
from havre.infra.unit import Unit
from havre.registration import searches
from havre.registration.actions_drafts import own_team
from havre.registration.duplicates import DuplicateReview
from havre.tracing.inputs import RequestInput
from havre.tracing.requests import add_request

EVERY = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What to import: the table, heading -> field, what holds for all, rows to leave out and rows looked at."""

    kind: str
    table: Table
    mapping: Mapping[str, str]
    terms: Terms
    leave_out: frozenset[int] = frozenset()
    different: frozenset[int] = frozenset()


@dataclass(slots=True)
class Outcome:
    """What came of it: files made, what to mend by row, rows that may be known already (row -> answers and codes)."""

    made: list[UUID] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    flagged: dict[int, list[dict[str, str]]] = field(default_factory=dict)

    @property
    def wrong(self) -> int:
        """How many rows need mending."""
        return len({issue["row"] for issue in self.issues})


def run_rows(unit: Unit, order: Order, batch: UUID) -> Outcome:
    """Bring in every row that is not left out; a row that is refused leaves nothing and the others go on."""
    out = Outcome()
    wanted = [(n, cells) for n, cells in zip(order.table.numbers, order.table.rows, strict=True) if n not in order.leave_out]
    for done, (number, cells) in enumerate(wanted):
        if done % EVERY == 0:
            progress.tell(batch, done, len(wanted))
        reader = _reader(order, cells)
        marks = len(unit.stay.buffer), len(unit.files), len(unit.objects)
        try:
            with transaction.atomic():
                out.made.append(_one(unit, order, reader, number, batch, out))
        except Problem as problem:
            forget(unit, marks)
            out.issues.extend(issue | {"row": number} for issue in _issues(reader, problem) if not _is_flag(issue, number in out.flagged))
    progress.tell(batch, len(wanted), len(wanted))
    return out


def forget(unit: Unit, marks: tuple[int, int, int]) -> None:
    """Take back what the audit would say of an effect that was rolled back."""
    del unit.stay.buffer[marks[0]:]
    del unit.files[marks[1]:]
    del unit.objects[marks[2]:]


def _is_flag(issue: Mapping[str, Any], flagged: bool) -> bool:
    """Whether this only says that someone must look at what the search found."""
    return flagged and issue.get("reason") == "hits_not_reviewed"


def _reader(order: Order, cells: Sequence[str]) -> Reader:
    by_header = dict(zip(order.table.headers, cells, strict=True))
    return Reader({code: by_header[header] for header, code in order.mapping.items()},
                  {code: header for header, code in order.mapping.items()})


def _one(unit: Unit, order: Order, reader: Reader, number: int, batch: UUID, out: Outcome) -> UUID:
    """One row, by the action that a person would use. Raises Problem."""
    if order.kind == CHILDREN:
        return _child(unit, order, reader, number, batch, out)
    row = request_row(reader, order.terms, unit.at)
    _stop(reader)
    made = add_request(_intent(unit, batch, number), given=RequestInput(inquirer=row.inquirer, sought=row.sought, family=row.family, **row.values))
    return made.file_id


def _child(unit: Unit, order: Order, reader: Reader, number: int, batch: UUID, out: Outcome) -> UUID:
    row = child_row(reader, order.terms, unit.at)
    _stop(reader)
    file = files.open_file(unit, "case", agency=unit.by.agency, team=own_team(unit))
    review = _search(unit, file, row, number in order.different)
    open_hits = [hit for hit in review.hits if not hit["conclusion"]]
    if open_hits:
        out.flagged[number] = [_shown(hit) for hit in open_hits]
    case = open_case(_intent(unit, batch, number), review=review.pk, opening=Opening(
        child=row.child, needs=row.needs, family=row.family, consents=row.consents, legal_basis=order.terms.legal_basis,
        legal_reason=order.terms.legal_reason, **row.values))
    unit.touch(case.file_id)
    return case.file_id


def _search(unit: Unit, file: File, row: ChildRow, looked_at: bool) -> DuplicateReview:
    """The search before create for a row. `looked_at`: the person who imports says that what came up is another child."""
    asked = searches.Asked(row.child.values(), kin=[(k.relation, k.person.values()) for k in row.family])
    elements = searches.elements_of(asked)
    hits = [hit | {"conclusion": "different" if looked_at else ""} for hit in searches.look(unit.by, asked, exclude=[file.pk])]
    done = looked_at or not hits
    return unit.create(DuplicateReview, file=file.pk, searched_at=unit.at, elements=elements, hits=hits,
                       reviewed_at=unit.at if done else None, reviewed_by=unit.by.id if done else None)


def _shown(hit: Mapping[str, Any]) -> dict[str, str]:
    """A hit as the importer may see it: the code of a file in their own scope, else only that an agency is to be asked."""
    code = File.objects.filter(pk=hit["file"]).values_list("code", flat=True).first() if hit["answer"] != "contact" else ""
    return {"answer": hit["answer"], "code": code or ""}


def _intent(unit: Unit, batch: UUID, number: int) -> Intent:
    """A wish of its own for each row, the same each time, so that a row can never come in twice."""
    return Intent(unit.by, unit.at, uuid5(batch, str(number)))


def _stop(reader: Reader) -> None:
    if reader.issues:
        raise InputRefused({})


_FIELD_OF = {"names": "full_name", "age": "age", "birth_date": "birth_date", "relation": "relation", "inquirer_names": "inquirer_full_name",
             "sought_names": "full_name", "separation_cause": "separation_cause", "sex": "sex"}


def _issues(reader: Reader, problem: Problem) -> Iterator[dict[str, Any]]:
    """What to mend in a row: sentences by column, or safeguards that are not met."""
    yield from reader.issues
    if isinstance(problem, GateRefused):
        for result in refusals(problem.results):
            yield {"gate": result.id, "reason": result.reason, "params": dict(result.params), "column": ""}
    elif isinstance(problem, InputRefused):
        for name, said in problem.errors.items():
            column = reader.headers.get(_FIELD_OF.get(name, name), "")
            yield from ({"field": name, "column": column, "sentence": sentence, "params": {}} for sentence in said)
    else:
        yield {"field": "", "column": "", "sentence": problem.sentence, "params": dict(problem.params)}
