"""Which entries were written by an older matcher, and how are they written again while people work?

An entry notes how it was written: a fingerprint of the search keys and forms that the matcher gives invented people in each script.
When keys change, old entries are found less well, and when forms change, weighed more slowly; never wrongly. `step` writes them again, some
files at a time, each time in a transaction of its own. What is done is done: an interrupted run goes on where it stopped.
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connection

from havre import linkage
from havre.linkage.warming import INVENTED
from havre.registration.index.contents import forms_as
from havre.registration.index.entry import IndexEntry

FORM: Final = 4  # to be raised when what an entry holds changes and its keys do not
FILES: Final = 200
COMMON_FROM: Final = 100
GONE: Final = """delete from registration_index_entry e where e.file_id = any(%s) and not exists (select 1 from infra_data_key k
 join registration_person p on p.id = k.subject where k.subject = e.person and k.wrapped is not null)"""


@cache
def written_as() -> str:
    """How entries are written by this matcher: 16 hexadecimal digits."""
    keys = [sorted(linkage.keys(person, "index")) for person in INVENTED]
    return sha256(repr((FORM, keys, forms_as(), [person.to_json() for person in INVENTED])).encode()).hexdigest()[:16]


def count_common() -> int:
    """Count which tokens very many people share, so that a search does not read all who have them; returns how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("select havre_count_common(%s)", [COMMON_FROM])
        return int(cursor.fetchone()[0])


def entries() -> int:
    """How many entries the index has; call inside `acting` as the system."""
    return IndexEntry.objects.count()


def left() -> int:
    """How many entries were written otherwise; call inside `acting` as the system."""
    return IndexEntry.objects.exclude(written_as=written_as()).count()


def step(at: datetime, *, after: UUID | None = None, before: datetime | None = None, files: int = FILES) -> tuple[int, UUID | None]:
    """Write the entries of the next files again; returns how many entries, and the last file: the next step's `after`, None when
    there is nothing more. Call inside `acting` as the system.

    Of files with entries written otherwise or, when `before` is given, written earlier than that. An entry whose person is
    gone or erased finds nobody and is taken out.
    """
    from havre.registration.index.writing import write
    old = IndexEntry.objects.filter(updated_at__lt=before) if before else IndexEntry.objects.exclude(written_as=written_as())
    rest = old.filter(file_id__gt=after) if after else old
    chosen = list(rest.order_by("file_id").values_list("file_id", flat=True).distinct()[:files])
    if not chosen:
        return 0, None
    with connection.cursor() as cursor:
        cursor.execute(GONE, [chosen])
        gone = int(cursor.rowcount)
    return gone + len(write(chosen, at)), chosen[-1]
