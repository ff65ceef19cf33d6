"""With which numbers is a search scored now? The model in use, the names of this register, and how many people there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db import connection

from havre import linkage
from havre.linkage.model.store import from_toml
from havre.registration.index.versions import MatcherModel, NameShares

NEWEST: Final = """select (select model_id from registration_matcher_use order by id desc limit 1),
 (select id from registration_name_shares order by id desc limit 1)"""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What every comparison of the application is made with. `numbers` is the version of the model before names were counted,
    `people`: role -> how many are in the index."""

    numbers: str
    model: linkage.Model
    people: Mapping[str, int]

    def population(self, roles: Collection[str]) -> int:
        """Among how many people one is expected to match, for `score`: those in these roles, and never fewer than the model
        takes for a whole register, so that a small instance does not make every namesake likely."""
        return max(round(1 / self.model.prior_match), sum(self.people.get(role, 0) for role in roles))


def current() -> Matcher:
    """The matcher in use at this moment; one small query. Its version names the model and the count of names."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return _made(*cursor.fetchone())


@lru_cache(maxsize=4)
def _made(model: UUID | None, shares: int | None) -> Matcher:
    used = model_of(MatcherModel.objects.get(pk=model)) if model is not None else linkage.load_model()
    if shares is None:
        return Matcher(used.version, used, {})
    counted = NameShares.objects.get(pk=shares)
    return Matcher(used.version, named(used, counted.shares, f"{used.version} names {counted.pk}"), counted.people)


def model_of(row: MatcherModel) -> linkage.Model:
    """The model a row holds. Raises ValueError when its text is none."""
    return from_toml(row.text)


def named(model: linkage.Model, shares: Mapping[str, float], version: str) -> linkage.Model:
    """A model with the shares of names of this register, under a version of its own."""
    return replace(model.with_shares(shares), version=version)
