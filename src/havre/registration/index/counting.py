"""How common is each name here? Counted at night over people drawn at random, without the names that few bear.

What is kept says of no one that they are in the register: names borne by fewer than 20 of those drawn are left out, shares
are rounded to two digits, and names stand as consonant skeletons, of which each stands for many names. Numbers of telephones and
documents are never kept. Until a register holds that many, the shares shipped with the matcher hold.
"""

from collections.abc import Iterator
from datetime import datetime
from math import floor, log10
from typing import Final

from django.db import connection

from havre import linkage
from havre.infra.acting import current
from havre.linkage.evidence.contacts import NUMBER
from havre.registration.index.opening import opened
from havre.registration.index.versions import NameShares

DRAWN: Final = 100_000
BEARERS: Final = 20
KEPT: Final = 30
STEP: Final = 1000
DRAW: Final = """select e.person, e.features, k.kek, k.wrapped from registration_index_entry e tablesample bernoulli (%s)
 join infra_data_key k on k.subject = e.person where k.wrapped is not null and e.role = any(%s) limit %s"""
COUNTED: Final = ("child", "sought_child")


def count_names(at: datetime, drawn: int = DRAWN, bearers: int = BEARERS) -> NameShares:
    """Count and keep the shares of names; call inside `acting` as the system, which may read every entry."""
    people = _people()
    total = sum(people.get(role, 0) for role in COUNTED)
    counter = _Counter()
    shares = linkage.shares_of(counter.read(min(100.0, 100 * drawn / max(total, 1)), drawn), bearers)
    current().audit("registration.names_counted", at=at, drawn=counter.count)
    row = NameShares.objects.create(at=at, drawn=counter.count, people=people, shares={
        name: _rounded(share) for name, share in sorted(shares.items()) if not name.startswith(NUMBER)})
    NameShares.objects.filter(pk__lte=row.pk - KEPT).delete()
    return row


def _people() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("select role, count(*) from registration_index_entry group by role")
        return dict(cursor.fetchall())


class _Counter:
    """Reads people one after the other and knows how many there were."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, percent: float, limit: int) -> Iterator[linkage.Prepared]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(DRAW, [percent, list(COUNTED), limit])
            while rows := cursor.fetchmany(STEP):
                for row in rows:
                    person = opened(*row)
                    if person is not None:
                        self.count += 1
                        yield person


def _rounded(share: float) -> float:
    return round(share, 1 - floor(log10(share)))
