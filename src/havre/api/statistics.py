"""The analyst's room and the catalogue over HTTP: what can be counted, what a question would cost, and its answer. Never a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Status
from pydantic import Field

from havre.api.endpoints import Key
from havre.api.guard import actor_of, endpoint, wish
from havre.api.peers import api
from havre.api.problems import answer
from havre.api.shapes import Strict
from havre.statistics import actions, permissions, queries
from havre.statistics.populations import all_populations
from havre.statistics.populations.axes import codebook
from havre.statistics.populations.period import Period
from havre.statistics.populations.population import Scope
from havre.statistics.problems import Alternative, CannotBeShown
from havre.statistics.releases.asking import instead_of, look, question
from havre.statistics.releases.plans import ReleasePlan
from havre.web.parts.reasons import REASONS
from havre.web.releases import words

__all__ = ["api"]


class AskIn(Strict):
    """A question: `by` names attributes, each `name` or `name@level`; months as `2026-03`; `epsilon` in thousandths."""

    population: str
    first: str
    last: str
    by: list[str] = Field(min_length=1, max_length=8)
    epsilon: int = Field(ge=1, le=20_000)

    def plan(self, request: HttpRequest) -> ReleasePlan:
        """The question in the actor's country."""
        return question(actor_of(request), population=self.population, period=Period.read(self.first, self.last), by=self.by, epsilon=self.epsilon)


@api.get("/statistics/populations", tags=["statistics"])
@endpoint(permissions.RELEASES)
def statistics_populations(request: HttpRequest, first: str, last: str) -> Mapping[str, Any]:
    """Who can be counted in these months, and by what: the public codebooks."""
    scope = Scope(actor_of(request).country, Period.read(first, last))
    return {code: {"counted": each.counted, "ledger": each.ledger, "attributes": codebook(each.axes(scope))} for code, each in all_populations().items()}


@api.post("/statistics/questions/look", tags=["statistics"])
@endpoint(permissions.ASK)
def look_at_question(request: HttpRequest, body: AskIn) -> Mapping[str, Any]:
    """What would happen: counted before, or how precise and at what price. Nothing is spent; 409 says what can be asked instead."""
    plan = body.plan(request)
    seen = look(plan, timezone.now().date())
    if seen.preview is None:
        return {"stored": True, "price": 0, "tables": []}
    return {"stored": False, "price": seen.preview.price, "left": seen.preview.left, "unit": "billionths of rho",
            "tables": [{"by": [list(pair) for pair in t.spec], "cells": t.cells, "within": t.within, "readable_from": t.readable} for t in seen.preview.tables]}


@api.post("/statistics/questions", response={200: dict[str, Any], 202: dict[str, Any]}, tags=["statistics"])
@endpoint(permissions.ASK)
def ask_question(request: HttpRequest, body: AskIn, key: Key) -> Status[Mapping[str, Any]]:
    """The answer from a stored sheet when one holds it; else 202: it is measured next, and its code says where to look. Paid once.

    A repeat with the same key spends nothing.
    """
    record = actions.ask(wish(request, key), plan=body.plan(request))
    return _answer(request, record.file.code)


@api.get("/statistics/questions/{code}", response={200: dict[str, Any], 202: dict[str, Any]}, tags=["statistics"])
@endpoint(permissions.ASK)
def question_answer(request: HttpRequest, code: str) -> Status[Mapping[str, Any]]:
    """The answer to a question of one's own: the same each time; 202 while it is being worked on. `outcome` is measured, kept,
    waiting or refused (with `reason` and what can be asked `instead`; nothing was spent). `public_on`: everyone reads it from that day."""
    return _answer(request, code)


@api.get("/statistics/releases", tags=["statistics"])
@endpoint(permissions.RELEASES)
def published_releases(request: HttpRequest) -> list[Mapping[str, Any]]:
    """What is published, the newest first: each with its guarantee."""
    return [{"code": row.code, "version": row.version, "withdrawn_for": row.withdrawn_for, "guarantee": row.statement} for row in queries.catalogue()]


def _answer(request: HttpRequest, code: str) -> Status[Mapping[str, Any]]:
    record = queries.question_by_code(actor_of(request), code)
    said: dict[str, Any] = {"code": code, "outcome": record.outcome, "spent": record.spent}
    if record.outcome == "waiting":
        return Status(202, said)
    if not record.sheet:
        return Status(200, said | {"reason": record.trouble, "words": words.trouble(record.trouble),
                                   "instead": _instead(instead_of(record, timezone.now().date()))})
    found = queries.answer(actor_of(request), code)
    return Status(200, said | {"table": found.table, "guarantee": found.statement, "public_on": found.public_on})


def _cannot(request: HttpRequest, error: Any) -> HttpResponse:
    """A refusal with its reason and with questions that would be answered."""
    return answer(error.status, error.code, REASONS.say(error.reason, error.params), reason=error.reason, instead=_instead(error.alternatives))


def _instead(offers: Sequence[Alternative]) -> list[Mapping[str, Any]]:
    return [{"code": each.code, "question": _plain(each.instead)} for each in offers]


def _plain(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"population": plan["population"], "first": plan["first"], "last": plan["last"], "by": plan["tables"][0]["by"], "epsilon": plan["epsilon"]}


api.add_exception_handler(CannotBeShown, _cannot)
