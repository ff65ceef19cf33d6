"""Where does a look at a number begin? With the rows that one person may see, and the columns that describe a child."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import DateTimeField, DurationField, F, Func, Model, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from havre.access import queries as access
from havre.cases.models import Approval, Assessment, Case
from havre.cases.queries.listing import ALONE
from havre.cases.rules import Status
from havre.config.policies import policy_for
from havre.core.actor import Actor
from havre.core.policy import Policy
from havre.infra.records import Record
from havre.statistics.counting.indicator import ADULT, AGE_BANDS, UNKNOWN, Rows

_NEVER = (Status.DUPLICATE.value, Status.ENTERED_IN_ERROR.value)
UASC = ALONE


@dataclass(frozen=True)
class Look:
    """One person looks at numbers now. `wanted` are the dimensions that are asked for; `start` and `end` bound what is of interest."""

    actor: Actor
    now: datetime
    start: datetime
    end: datetime
    wanted: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def policy(self) -> Policy:
        """The numbers that the actor's country has decided on."""
        return policy_for(self.actor.country) if self.actor.country else policy_for("ZZ")

    def all(self, model: type[Record]) -> Rows:
        """The rows of a record that the actor may know of."""
        return access.scoped(model, self.actor)

    def beside(self, model: type[Model]) -> Rows:
        """Rows of a record for a sub-query about a row in scope. Row-level security is their wall: a filter of ours would run for each row."""
        return model._default_manager.all()

    def cases(self) -> Rows:
        """Cases, without duplicates and those entered in error, with the dimensions asked for."""
        return self._children(self.all(Case).exclude(status__in=_NEVER)).annotate(**self.about())

    def of_cases(self, model: type[Record]) -> Rows:
        """Rows that belong to a case by their column `case`, with the dimensions of the child."""
        return self._children(self.all(model).exclude(case__status__in=_NEVER), "case__").annotate(**self.about("case__"))

    def _children(self, rows: Rows, to_case: str = "") -> Rows:
        """The same rows; the child of a case has the role of one, and saying so lets an index of children alone answer."""
        return rows.filter(**{f"{to_case}child__role": "child"}) if {"sex", "age"} & self.wanted else rows

    def about(self, to_case: str = "") -> dict[str, Any]:
        """The dimensions asked for, as columns `d_…`, over the path to the case."""
        made: dict[str, Callable[[], Any]] = {
            "sex": lambda: F(f"{to_case}child__sex"), "age": lambda: _band(f"{to_case}child__"),
                "status": lambda: F(f"{to_case}uasc_status"), "risk": lambda: F(f"{to_case}risk_level"),
                "group": lambda: F(f"{to_case}population_group"), "team": lambda: Cast(f"{to_case}team_id", TextField())}
        return {f"d_{name}": make() for name, make in made.items() if name in self.wanted}

    def due(self, step: str, since: str | Any, risk: str = "risk_level") -> Any:
        """The time by which a step is due by the country's policy, counted from a column; NULL for a risk without deadline."""
        times = {level: self.policy.deadline(step, level) for level in ("high", "medium", "low")}
        given = SqlCase(*(When(**{risk: level}, then=Value(time, DurationField())) for level, time in times.items() if time is not None),
                        output_field=DurationField())
        return Func(F(since) if isinstance(since, str) else since, given, template="(%(expressions)s)", arg_joiner=" + ",
                    output_field=DateTimeField())

    def first_assessed(self, case: str = "pk") -> Any:
        """When a case was assessed for the first time; the case's own day where no assessment is kept (imported cases)."""
        first = self.beside(Assessment).filter(case=OuterRef(case)).order_by("assessed_at").values("assessed_at")[:1]
        return Coalesce(Subquery(first), F("assessed_at"))

    def approved(self, kind: str, subject: str = "pk") -> Any:
        """When a plan or a closure was approved by a second person; NULL when it was not."""
        found = self.beside(Approval).filter(subject_kind=kind, subject=OuterRef(subject), decision="approved")
        return Subquery(found.order_by("decided_at").values("decided_at")[:1])


def _band(child: str) -> Any:
    """The age band of the lower recorded age; the benefit of the doubt goes to being younger."""
    whens = [When(**{f"{child}age_min__range": (low, high)}, then=Value(code)) for code, low, high in AGE_BANDS]
    whens.append(When(**{f"{child}age_min__gte": AGE_BANDS[-1][2] + 1}, then=Value(ADULT)))
    return SqlCase(*whens, default=Value(UNKNOWN), output_field=TextField())


def between(later: Any, earlier: Any, unit: timedelta) -> Any:
    """How many units lie between two times, as a number."""
    seconds = Func(later, earlier, template="extract(epoch from (%(expressions)s))", arg_joiner=" - ", output_field=_number())
    return Func(seconds, Value(unit.total_seconds(), _number()), template="(%(expressions)s)", arg_joiner=" / ", output_field=_number())


def bands(column: Any, limits: Mapping[str, int]) -> Any:
    """The band of a number: the first whose limit it does not exceed (limits rising), else `over`."""
    return SqlCase(*(When(**{f"{column}__lte": limit}, then=Value(code)) for code, limit in limits.items()), default=Value("over"),
                   output_field=TextField())


def _number() -> Any:
    from django.db.models import FloatField
    return FloatField()
