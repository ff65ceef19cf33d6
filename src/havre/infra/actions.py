"""How does an intent become an effect? The `@action` wrapper: permission, once only, all or nothing, one audit entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import connection, models, transaction

from havre.access import queries as access
from havre.access.decide import Permission
from havre.core.intent import Intent
from havre.core.problems import GateRefused, NothingHere, Problem
from havre.infra.acting import Acting, acting
from havre.infra.unit import Unit

P = ParamSpec("P")
T = TypeVar("T")

REGISTRY: dict[str, Permission] = {}


class ActionDone(models.Model):
    """A request that had its effect: the same `rid` again returns the same result and changes nothing."""

    rid = models.UUIDField(primary_key=True)
    action = models.TextField()
    actor = models.UUIDField()
    at = models.DateTimeField()
    kind = models.TextField(blank=True)
    result = models.UUIDField(null=True)

    class Meta:
        db_table = "infra_action_done"


def action(permission: Permission) -> Callable[[Callable[Concatenate[Unit, P], T]], Callable[Concatenate[Intent, P], T]]:
    """Make a function the action of a permission. Call it with an Intent first, then keywords.

    Raises NothingHere when the role may not; GateRefused when a safeguard is not met; whatever Problem the action
    raises. Denials and refusals are audited even though nothing else is kept.
    """
    def wrap(function: Callable[Concatenate[Unit, P], T]) -> Callable[Concatenate[Intent, P], T]:
        name = f"{function.__module__.removeprefix('havre.').removesuffix('.actions')}.{function.__name__}"
        REGISTRY[name] = permission

        @wraps(function)
        def run(intent: Intent, *args: P.args, **kwargs: P.kwargs) -> T:
            with acting(intent.by, now=intent.at) as stay:
                return _perform(stay, name, permission, function, intent, args, kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        run.action_name = name  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]
    return wrap


def _perform(stay: Acting, name: str, permission: Permission, function: Callable[..., T], intent: Intent,
             args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    unit = Unit(intent, permission, stay)
    mark = len(stay.buffer)
    try:
        if not access.may(intent.by, permission):
            raise NothingHere()
        with transaction.atomic():
            if not _first_time(name, intent):
                return cast(T, _earlier(intent))
            result = function(unit, *args, **kwargs)
            _remember(intent, result)
            unit.finish()
            stay.audit(name, files=unit.files, objects=unit.objects, at=intent.at, rid=str(intent.rid), **unit.detail)
        return result
    except Problem as problem:
        _account(stay, mark, name, intent, unit, problem)
        raise
    except BaseException:
        stay.buffer[mark:] = [e for e in stay.buffer[mark:] if e.action == "read"]
        raise


def _account(stay: Acting, mark: int, name: str, intent: Intent, unit: Unit, problem: Problem) -> None:
    """Nothing of the effect remains; what remains is that it was tried and refused, and why."""
    kept = [e for e in stay.buffer[mark:] if e.action == "read" or e.decision in {"denied", "refused"}]
    stay.buffer[mark:] = kept
    if any(e.decision == "denied" for e in kept):
        return
    if isinstance(problem, GateRefused):
        stay.audit(name, decision="refused", files=unit.files, shown=bool(unit.files), at=intent.at,
                   gates=[r.id for r in problem.results if not r.ok], code="gate_refused")
    else:
        denied = isinstance(problem, NothingHere)
        stay.audit(name, decision="denied" if denied else "refused", files=unit.files, at=intent.at, code=problem.code)


def _first_time(name: str, intent: Intent) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("insert into infra_action_done (rid, action, actor, at, kind) values (%s,%s,%s,%s,'')"
                       " on conflict (rid) do nothing", [intent.rid, name, intent.by.id, intent.at])
        return bool(cursor.rowcount)


def _remember(intent: Intent, result: object) -> None:
    if isinstance(result, models.Model):
        ActionDone.objects.filter(rid=intent.rid).update(kind=result._meta.label_lower, result=result.pk)


def _earlier(intent: Intent) -> object:
    """The result of the first time, for the same actor only."""
    from django.apps import apps
    done = ActionDone.objects.filter(rid=intent.rid, actor=intent.by.id).first()
    if done is None:
        raise NothingHere()
    return apps.get_model(done.kind)._default_manager.filter(pk=done.result).first() if done.result else None
