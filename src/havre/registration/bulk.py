"""How do very many people come in at once, as if each had been registered by hand?

COPY as the owner, outside requests: files with their grants, people, relations, edits, data keys and index rows, so that
`havre edits rebuild --check` and the search across agencies hold. Nothing is judged here: this is for invented worlds,
benchmarks and moves from another system whose checks were made before.

    prepare(link); insert(link, files, at=…, by=…); finish(link)

`insert` may run in several processes at once, each with its own connection and its own part of the files.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import psycopg

from havre.access.decide import Relation
from havre.core import crypto, ids
from havre.infra import records
from havre.infra.fields import SealedField
from havre.infra.keys import ring
from havre.infra.records import Record
from havre.registration.index.describing import Kin, inverse
from havre.registration.index.entry import IndexEntry
from havre.registration.index.rewriting import COMMON_FROM
from havre.registration.index.sql import COMMON, GIN, TABLE
from havre.registration.index.writing import NOT_KIN, row_of
from havre.registration.inputs import PersonInput
from havre.registration.kin import Relationship
from havre.registration.people import Person

BATCH = 2000
FILE_COLUMNS = ("id", "kind", "code", "agency_id", "team_id", "opened_at")
GRANT_COLUMNS = ("id", "file_id", "principal", "relation", "purpose", "granted_by", "granted_at", "expires_at")
KEY_COLUMNS = ("subject", "kek", "wrapped", "created_at", "erased_at")
INDEX_COLUMNS = ("person", "file_id", "agency_id", "role", "tokens", "features", "updated_at", "written_as")
EDIT_COLUMNS = ("id", "file_id", "kind", "record", "subject", "at", "received_at", "author", "fields", "plain", "sealed", "bases")


@dataclass(frozen=True, slots=True)
class BulkEdge:
    """`from_id` is the `type` of `to_id`."""

    from_id: UUID
    to_id: UUID
    type: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkRecord:
    """Any other record of a file, such as its case or a task: columns with their values, sealed under the file's key unless
    `subject` names one of its people."""

    model: type[Record]
    values: Mapping[str, Any]
    id: UUID | None = None
    subject: UUID | None = None
    at: datetime | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class BulkFile:
    """One file with its people (each `PersonInput.id` is set), their relations and its other records.

    `owner`, `team` and `agency` get the grants they would have after registration.
    """

    id: UUID
    kind: str
    agency: UUID
    team: UUID | None
    owner: UUID | None
    people: Sequence[PersonInput]
    edges: Sequence[BulkEdge] = ()
    opened_at: datetime | None = None
    records: Sequence[BulkRecord] = ()


class Shape:
    """How rows of one Record model and of their first edits are made: computed once, used for very many rows."""

    def __init__(self, model: type[Record]) -> None:
        fields = model.editable()
        self.table, self.kind = model._meta.db_table, model.record_kind()
        self.sealed = [n for n, f in fields.items() if isinstance(f, SealedField)]
        self.plain = {n: f for n, f in fields.items() if n not in self.sealed}
        self.defaults = {n: f.get_default() for n, f in self.plain.items()}
        self.json = {n for n, f in self.plain.items() if f.get_internal_type() == "JSONField"}
        self.names = sorted(fields)
        self.columns = ("id", "file_id", "heads", "disputed", "created_at", "created_by", "updated_at", *self.plain, *self.sealed)

    def rows(self, id: UUID, file: UUID, subject: UUID, key: bytes, values: Mapping[str, Any], at: datetime,
             by: UUID) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The row of a record and the row of its first edit."""
        edit = ids.edit_id(at, secrets.token_bytes(10))
        plain = {n: values.get(n, d if not callable(d) else d()) for n, d in self.defaults.items()}
        secret = {n: values.get(n) for n in self.sealed}
        cells = [self._seal(id, n, edit, v, key) for n, v in secret.items()]
        record = (id, file, [edit], [], at, by, at, *(json.dumps(v) if n in self.json else v for n, v in plain.items()), *cells)
        written = json.dumps({n: v if n in self.json else records.to_json(self.plain[n], v) for n, v in plain.items()})
        blob = crypto.seal(key, _text(secret), aad=crypto.aad("infra_edit", id, self.kind, edit.int)) if self.sealed else None
        return record, (edit, file, self.kind, id, subject, at, at, by, self.names, written, blob, [])

    def _seal(self, id: UUID, name: str, edit: UUID, value: Any, key: bytes) -> bytes | None:
        if value is None:
            return None
        return edit.bytes + crypto.seal(key, _text(value), aad=crypto.aad(self.table, id, name, edit.int))


def new_key(subject: UUID, at: datetime) -> tuple[bytes, tuple[Any, ...]]:
    """A data key for a subject, and its row."""
    keys, key = ring(), crypto.new_data_key()
    wrapped = crypto.wrap(keys.current.key, key, crypto.aad("infra_data_key", subject, "wrapped", 1), key_version=keys.current.id)
    return key, (subject, keys.current.id, wrapped, at, None)


class Buffers:
    """Rows waiting for COPY, by table."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}

    def add(self, table: str, columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
        """Keep one row for its table; tables are written in the order in which they were first named."""
        self.rows.setdefault((table, columns), []).append(row)

    def record(self, shape: Shape, rows: tuple[tuple[Any, ...], tuple[Any, ...]]) -> None:
        """Keep the row of a record and that of its edit."""
        self.add(shape.table, shape.columns, rows[0])
        self.add("infra_edit", EDIT_COLUMNS, rows[1])

    def flush(self, link: psycopg.Connection[Any]) -> None:
        """COPY every row; they are kept until `clear`."""
        for (table, columns), rows in self.rows.items():
            named = ", ".join(f'"{c}"' for c in columns)
            with link.cursor() as cursor, cursor.copy(f"copy {table} ({named}) from stdin") as copy:
                copy.write("".join(map(line, rows)))

    def clear(self) -> None:
        """Forget the rows that are written."""
        for rows in self.rows.values():
            rows.clear()

    def free_codes(self, link: psycopg.Connection[Any], table: str) -> None:
        """Give another code to every waiting file whose code a file has already, or another waiting one.

        Among a million files one batch in a hundred would have no such code by chance.
        """
        rows = self.rows.get((table, FILE_COLUMNS), [])
        while True:
            found = link.execute(f"select code from {table} where code = any(%s)", [[row[2] for row in rows]]).fetchall()
            taken = {code for (code,) in found}
            again = []
            for at, row in enumerate(rows):
                if row[2] in taken:
                    again.append(at)
                taken.add(row[2])
            if not again:
                return
            for at in again:
                rows[at] = (*rows[at][:2], ids.new_code(secrets.token_bytes(16)), *rows[at][3:])


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"'})


def _text_cell(text: str) -> str:
    return text.translate(_ESCAPED) if "\\" in text or "\n" in text or "\t" in text or "\r" in text else text


def _element(value: Any) -> str:
    if isinstance(value, UUID):
        return value.hex
    return str(value) if isinstance(value, int) else '"' + str(value).translate(_QUOTED) + '"'


def _list_cell(values: Sequence[Any]) -> str:
    return _text_cell("{" + ",".join(map(_element, values)) + "}") if values else "{}"


# By the very type of a value: a million rows have thirty million cells.
_CELL: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "\\N", str: _text_cell, bytes: lambda value: "\\\\x" + value.hex(), UUID: lambda value: value.hex,
    bool: lambda value: "t" if value else "f", int: str, list: _list_cell, tuple: _list_cell, datetime: datetime.isoformat,
    date: date.isoformat}


def line(row: tuple[Any, ...]) -> str:
    """One row in the text format of COPY."""
    return "\t".join([_CELL.get(type(value), str)(value) for value in row]) + "\n"


def insert(link: psycopg.Connection[Any], files: Iterable[BulkFile], *, at: datetime, by: UUID) -> int:
    """Write files with everything in them; returns how many people. Commits every 2,000 people. `link` is the owner's."""
    buffers, count, waiting = Buffers(), 0, 0
    for file in files:
        gather(buffers, file, at=at, by=by)
        count += len(file.people)
        waiting += len(file.people)
        if waiting >= BATCH:
            _write(link, buffers, _tables()[0])
            waiting = 0
    _write(link, buffers, _tables()[0])
    return count


def gather(buffers: Buffers, file: BulkFile, *, at: datetime, by: UUID) -> None:
    """Lay every row of a file into `buffers`; nothing is written yet."""
    _file(buffers, _tables(), file, at, by)
    known = _people(buffers, file, at, by)
    for record in file.records:
        subject = record.subject or file.id
        if subject not in known:
            known[subject], row = new_key(subject, file.opened_at or at)
            buffers.add("infra_data_key", KEY_COLUMNS, row)
        rows = shape_of(record.model).rows(record.id or ids.new_id(), file.id, subject, known[subject], record.values,
                                           record.at or file.opened_at or at, record.by or by)
        buffers.record(shape_of(record.model), rows)


@cache
def shape_of(model: type[Record]) -> Shape:
    """The shape of a model, computed once."""
    return Shape(model)


@cache
def _tables() -> tuple[str, str]:
    from django.apps import apps
    return apps.get_model("access", "File")._meta.db_table, apps.get_model("access", "Grant")._meta.db_table


def _write(link: psycopg.Connection[Any], buffers: Buffers, files: str) -> None:
    """Write and commit what waits. Codes are random: those taken already are drawn again, also when another process was faster."""
    for left in reversed(range(10)):
        try:
            buffers.free_codes(link, files)
            buffers.flush(link)
            link.commit()
            return buffers.clear()
        except psycopg.errors.UniqueViolation as clash:
            link.rollback()
            if not left or clash.diag.table_name != files:
                raise


def prepare(link: psycopg.Connection[Any]) -> None:
    """Let the owner COPY into walled tables (the application stays walled), and leave the token index for the end."""
    for table in _walled():
        link.execute(f"alter table {table} no force row level security")
    link.execute("drop index if exists index_entry_tokens")
    link.commit()


def finish(link: psycopg.Connection[Any]) -> None:
    """Close what `prepare` opened: wall, token index, common tokens, statistics. Safe to repeat."""
    for table in _walled():
        link.execute(f"alter table {table} force row level security")
    link.execute("set maintenance_work_mem = '512MB'")
    link.execute(GIN)
    link.commit()
    count_common(link)
    link.autocommit = True
    link.execute("vacuum analyze")
    link.autocommit = False


def count_common(link: psycopg.Connection[Any], least: int = COMMON_FROM) -> int:
    """Count which tokens are shared by very many people; returns how many there are. To be repeated as people come."""
    link.execute(f"delete from {COMMON}")
    done = link.execute(
        f"insert into {COMMON} (token, holders) select t, count(*) from {TABLE} e, unnest(e.tokens) t"
        " group by t having count(*) >= %s", [least])
    link.commit()
    return int(done.rowcount)


def _walled() -> Iterator[str]:
    from havre.infra.rls import protected_tables
    yield from sorted({*protected_tables(), TABLE})


def _file(buffers: Buffers, tables: tuple[str, str], file: BulkFile, at: datetime, by: UUID) -> None:
    opened = file.opened_at or at
    code = ids.new_code(secrets.token_bytes(16))
    buffers.add(tables[0], FILE_COLUMNS, (file.id, file.kind, code, file.agency, file.team, opened))
    for principal, relation in ((file.owner, Relation.ASSIGNED), (file.team, Relation.TEAM), (file.agency, Relation.AGENCY)):
        if principal is not None:
            buffers.add(tables[1], GRANT_COLUMNS, (ids.new_id(), file.id, principal, relation.value, "", by, opened, None))


def _people(buffers: Buffers, file: BulkFile, at: datetime, by: UUID) -> dict[UUID, bytes]:
    """Lay the people and relations of a file into `buffers`; returns the data keys made, by subject."""
    at = file.opened_at or at
    person, relation, keys = shape_of(Person), shape_of(Relationship), dict[UUID, bytes]()
    index_key = ring().index_key
    values = {p.id: p.values() for p in file.people if p.id is not None}
    for id, known in values.items():
        known["recorded_on"] = known["recorded_on"] or at.date()
        keys[id], row = new_key(id, at)
        key = keys[id]
        buffers.add("infra_data_key", KEY_COLUMNS, row)
        buffers.record(person, person.rows(id, file.id, id, key, known, at, by))
        buffers.add(IndexEntry.TABLE, INDEX_COLUMNS, row_of(
            known, _kin(id, file.edges, values), person=id, file=file.id, agency=file.agency, role=known["role"], key=key,
            index_key=index_key, at=at))
    if file.edges:
        keys[file.id], row = new_key(file.id, at)
        buffers.add("infra_data_key", KEY_COLUMNS, row)
        for edge in file.edges:
            ends = {"from_person_id": edge.from_id, "to_person_id": edge.to_id, "type": edge.type}
            buffers.record(relation, relation.rows(ids.new_id(), file.id, file.id, keys[file.id], {**edge.values, **ends}, at, by))
    return keys


def _kin(person: UUID, edges: Sequence[BulkEdge], values: Mapping[UUID, Mapping[str, Any]]) -> list[Kin]:
    near = [e for e in edges if e.type not in NOT_KIN]
    return ([(e.type, values[e.from_id]) for e in near if e.to_id == person]
            + [(inverse(e.type), values[e.to_id]) for e in near if e.from_id == person])


def _text(value: Any) -> bytes:
    return _ENCODE(value).encode()


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
