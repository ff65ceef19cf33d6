"""Which releases and answers may this person read patterns from?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from havre.access import queries as access
from havre.core.actor import Actor
from havre.core.problems import NothingHere
from havre.disclosure import Sheet
from havre.statistics import permissions
from havre.statistics.models import Publication, Question, Release, StoredSheet
from havre.statistics.populations import factors
from havre.statistics.populations.period import Period
from havre.statistics.releases import covering
from havre.statistics.releases.plans import Spec
from havre.statistics.releases.statements import statement


@dataclass(frozen=True, slots=True)
class Source:
    """A published release or an answer of the room: its code, the tables that may be read, and the sheet they are read from."""

    code: str
    asked: bool
    stored: StoredSheet
    tables: tuple[Spec, ...]
    said: Mapping[str, Any]

    @property
    def sheet(self) -> Sheet:
        """The noisy sheet."""
        return covering.opened(self.stored)

    @property
    def period(self) -> Period:
        """The months of entry."""
        return covering.period_of(self.stored)

    def guarantee(self) -> Mapping[str, Any]:
        """What is promised about every child: as published, or as it stands for an answer."""
        return self.said or statement(self.stored, code=self.code, version=1, published_on=None)

    def covers(self, *pairs: tuple[str, int]) -> Spec | None:
        """The table by these attributes and levels, when one of the readable tables holds it; None otherwise."""
        wanted = dict(pairs)
        if any(all(dict(table).get(name, 0) >= at for name, at in wanted.items()) for table in self.tables):
            return self.sheet.domain.spec(*pairs)
        return None


def sources(actor: Actor) -> list[Source]:
    """What this person may read, the latest months first: public releases, those shared with them, and their own questions."""
    access.require(actor, permissions.RELEASES)
    found = [_published(row) for row in _publications(actor)]
    if access.may(actor, permissions.ASK):
        found += _asked(actor)
    return sorted(found, key=lambda each: (each.period.last, each.period.first, not each.asked), reverse=True)


def source(actor: Actor, code: str) -> Source:
    """One of them. Raises NothingHere."""
    found = next((each for each in sources(actor) if each.code == code), None)
    if found is None:
        raise NothingHere()
    return found


def before(source: Source, among: list[Source]) -> Source | None:
    """The latest release of the same country whose months are all before; they share no child."""
    earlier = [each for each in among if each.stored.country == source.stored.country and each.period.last < source.period.first]
    return max(earlier, key=lambda each: (each.period.last, each.period.first, not each.asked), default=None)


def _publications(actor: Actor) -> list[Publication]:
    """The newest version of every series that is public, or whose release this person may see."""
    rows = Publication.objects.filter(sheet__population=factors.CODE, withdrawn_at=None).select_related("sheet").defer("shown").order_by("version")
    shared = {r.pk: r.file_id for r in access.scoped(Release, actor).filter(population=factors.CODE)}
    seen = [row for row in rows if row.line == "public" or (row.release in shared and access.may(actor, permissions.SEE, shared[row.release]))]
    return list({row.series: row for row in seen}.values())


def _published(row: Publication) -> Source:
    return Source(row.code, False, row.sheet, _specs(row.sheet.tables), row.statement)


def _asked(actor: Actor) -> list[Source]:
    """The actor's own questions about this population that a sheet of the same months answered."""
    rows = access.scoped(Question, actor).select_related("file").filter(asked_by=actor.id, population=factors.CODE).exclude(sheet="").order_by("asked_at")
    sheets = StoredSheet.objects.in_bulk([row.sheet for row in rows])
    return [Source(row.file.code, True, sheets[row.sheet], _specs([row.table]), {}) for row in rows
            if (row.first_month, row.last_month) == (sheets[row.sheet].first_month, sheets[row.sheet].last_month)]


def _specs(tables: list[list[list[Any]]]) -> tuple[Spec, ...]:
    return tuple(tuple((str(name), int(at)) for name, at in table) for table in tables)
