"""How is a child written down, by an office or by a relative who asks? Every column with what may go wrong in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.linkage.families.groups import Group
from bench.linkage.families.kin import MOST_CHILDREN, REGIONS, TODAY, YEAR, People
from bench.linkage.families.pools import Numbers, Pool, Words
from bench.linkage.families.slips import slipped

Mask = NDArray[np.bool_]
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes: shares of records or names in which something happens, age errors in years, span of days in which is written."""

    native: float  # records in the letters of the language
    slips: float  # names with a slip of the hand
    mother: float  # mother named
    siblings: float  # brothers and sisters listed at all (each then with SIBLING_NAMED)
    swapped: float  # given and father's name in exchanged places
    shortened: float  # of compound given names
    by_nickname: float  # of people with a usual nickname: it stands for the given name
    other_name: float  # another given name altogether
    village: float  # village named, else region only
    age_error: float
    heaped: float  # ages drawn to 5, 10, 15
    since: int  # days before TODAY


OFFICE = Hand(0.45, 0.04, 0.7, 0.5, 0.01, 0.06, 0.01, 0.0, 0.75, 0.7, 0.08, 1200)
RELATIVE = Hand(0.5, 0.08, 0.7, 0.6, 0.02, 0.15, 0.05, 0.01, 0.7, 1.0, 0.15, 700)
SIBLING_NAMED, NICKNAME_NOTED, SEX_WRONG, REGION_WRONG = 0.7, 0.12, 0.01, 0.02
FULL_DATE, YEAR_ONLY = 0.25, 0.17  # the others give an age
NEW_YEAR, TURNED, YEAR_OFF, DAYS_OFF = 0.15, 0.02, 0.04, 0.03  # of full dates
FATHER_MISSING, FAMILY_MISSING, SECOND_DROPPED, PATRONYMIC = 0.03, 0.08, 0.25, 0.4


def _known(words: Words, known: Mask) -> Words:
    out = words.copy()
    out[~known] = None
    return out


@dataclass(frozen=True, slots=True)
class _Page:
    """What stays the same over the columns of one writing."""

    group: Group
    people: People
    rows: Numbers
    hand: Hand
    native: Mask
    rng: Rng

    def chance(self, share: float) -> Mask:
        return self.rng.random(len(self.rows)) < share

    def write(self, pool: Pool, names: Numbers, native: Mask | None = None) -> Words:
        return slipped(pool.spelled(names, self.native if native is None else native, self.rng), self.hand.slips, self.rng)

    def given(self, people: Numbers, native: Mask, *, other: float = 0.0, nickname: float = 0.0) -> Words:
        """Given names of any people, as this hand writes them."""
        female, numbers = self.people.female[people], self.people.given[people]
        out = np.empty(len(people), dtype=object)
        for sex, pool, nicks in ((False, self.group.male, self.group.nick_male), (True, self.group.female, self.group.nick_female)):
            at = np.flatnonzero(female == sex)
            names = np.where(self.rng.random(len(at)) < other, pool.draw(len(at), self.rng), numbers[at])
            out[at] = self.write(pool, names, native[at])
            usual = nicks[names]
            by = at[(usual >= 0) & (self.rng.random(len(at)) < nickname)]
            if self.group.nicknames is not None and len(by):
                out[by] = self.write(self.group.nicknames, nicks[numbers[by]].clip(0), native[by])
        return out


def _shortened(page: _Page, words: Words) -> Words:
    out = words.copy()
    for row in np.flatnonzero(page.chance(page.hand.shortened)).tolist():
        parts = out[row].split(" ")
        if len(parts) > 1:
            out[row] = parts[0] if len(parts[0]) > 3 else "".join(parts)
    return out


def _names(page: _Page) -> dict[str, Words]:
    group, people, rows, rng = page.group, page.people, page.rows, page.rng
    family = people.family[rows]
    of = people.families
    given = _shortened(page, page.given(rows, page.native, other=page.hand.other_name, nickname=page.hand.by_nickname))
    father = page.write(group.male, of.father[family])
    if group.patronymic is not None:
        for sex, pool in zip((False, True), group.patronymic, strict=True):
            at = np.flatnonzero(page.chance(PATRONYMIC) & (people.female[rows] == sex))
            father[at] = page.write(pool, of.father[family[at]], page.native[at])
    father = _known(father, ~page.chance(FATHER_MISSING))
    swapped = page.chance(page.hand.swapped) & (father != None)  # noqa: E711
    given[swapped], father[swapped] = father[swapped], given[swapped]
    nickname = np.full(len(rows), None, dtype=object)
    if group.nicknames is not None:
        usual = np.where(people.female[rows], group.nick_female[np.minimum(people.given[rows], len(group.nick_female) - 1)],
                         group.nick_male[np.minimum(people.given[rows], len(group.nick_male) - 1)])  # fmt: skip
        at = np.flatnonzero((usual >= 0) & page.chance(NICKNAME_NOTED))
        nickname[at] = page.write(group.nicknames, usual[at], page.native[at])
    surname = np.full(len(rows), None, dtype=object)
    if group.family is not None:
        at = np.flatnonzero((of.surname[family] >= 0) & ~page.chance(FAMILY_MISSING))
        surname[at] = page.write(group.family, of.surname[family[at]], page.native[at])
        if group.family_female is not None:
            at = at[people.female[rows[at]]]
            surname[at] = page.write(group.family_female, of.surname[family[at]], page.native[at])
        if group.second_surname:
            at = np.flatnonzero(~page.chance(SECOND_DROPPED) & (surname != None))  # noqa: E711
            surname[at] = surname[at] + " " + page.write(group.family, of.second[family[at]], page.native[at])
    return {
        "given": given,
        "father": father,
        "grandfather": _known(page.write(group.male, of.grandfather[family]), page.chance(group.grandfather_share) & (father != None)),  # noqa: E711
        "mother": _known(page.write(group.female, of.mother[family]), rng.random(len(rows)) < page.hand.mother),
        "family": surname,
        "nickname": nickname,
    }


def _months(days: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    dates = days.astype("datetime64[D]")
    months, years = dates.astype("datetime64[M]"), dates.astype("datetime64[Y]")
    return years.astype(np.int64) + 1970, (months - years).astype(np.int64) + 1, (dates - months).astype(np.int64) + 1


def _ages(page: _Page, recorded: Numbers) -> dict[str, Words]:
    """Date of birth in full or its year, else a span of ages; with the errors of memory, of forms and of rounding."""
    rng, size, born = page.rng, len(page.rows), page.people.born[page.rows]
    days = born + np.where(page.chance(DAYS_OFF), rng.integers(-2, 3, size), 0)
    year, month, day = _months(days)
    year = year + np.where(page.chance(YEAR_OFF), rng.choice((-1, 1), size), 0)
    turned = page.chance(TURNED) & (day <= 12)
    month, day = np.where(turned, day, month), np.where(turned, month, day)
    guessed = _months((born + rng.normal(0, page.hand.age_error * 0.7 * YEAR, size)).astype(np.int64))[0]
    new_year = page.chance(NEW_YEAR)
    year, month, day = (np.where(new_year, a, b) for a, b in ((guessed, year), (1, month), (1, day)))
    day = np.where((month == 2) & (day > 28), 28, day)
    kind = rng.random(size)
    full, only = kind < FULL_DATE, (kind >= FULL_DATE) & (kind < FULL_DATE + YEAR_ONLY)
    date = np.full(size, None, dtype=object)
    date[full] = [f"{y}-{m:02d}-{d:02d}" for y, m, d in zip(year[full].tolist(), month[full].tolist(), day[full].tolist(), strict=True)]
    date[only] = [str(y) for y in guessed[only].tolist()]
    age = np.maximum((recorded - born) / YEAR + rng.normal(0, page.hand.age_error, size), 0).astype(np.int64)
    near = (age + 2) // 5 * 5
    age = np.where(page.chance(page.hand.heaped) & (age >= 4), near, age)
    spread = rng.choice((0, 0, 1, 2), size)
    told = ~full & ~only
    least, most = np.maximum(age - spread, 0).astype(object), (age + spread).astype(object)
    return {"birth_date": date, "age_min": _known(least, told), "age_max": _known(most, told)}


def _siblings(page: _Page, recorded: Numbers) -> Words:
    people, rows, rng = page.people, page.rows, page.rng
    family = people.family[rows]
    first, count = people.families.first[family], people.families.children[family]
    listed = page.chance(page.hand.siblings)
    lists: list[list[str]] = [[] for _ in range(len(rows))]
    for place in range(MOST_CHILDREN):
        sibling = first + np.minimum(place, count - 1)
        at = np.flatnonzero(listed & (place < count) & (sibling != rows) & (people.born[sibling] < recorded) & page.chance(SIBLING_NAMED))
        if len(at):
            who = first[at] + place
            ages = np.maximum((recorded[at] - people.born[who]) / YEAR + rng.normal(0, 1.0, len(at)), 0).astype(np.int64)
            with_age = rng.random(len(at)) < 0.8
            for row, name, age, known in zip(at.tolist(), page.given(who, page.native[at], nickname=0.05), ages.tolist(), with_age.tolist(), strict=True):
                lists[row].append(f"{name} ({age})" if known else name)
    out = np.empty(len(rows), dtype=object)
    out[:] = ["; ".join(names) or None for names in lists]
    return out


def _origin(page: _Page) -> Words:
    group, people, rng = page.group, page.people, page.rng
    village = people.families.village[people.family[page.rows]]
    region = np.where(page.chance(REGION_WRONG), rng.integers(0, REGIONS, len(village)), village % REGIONS)
    heads, names = people.villages
    name = page.write(group.male, names[village])
    at = np.flatnonzero(heads[village] >= 0)
    name[at] = page.write(group.places, heads[village[at]], page.native[at]) + " " + name[at]
    known = page.chance(page.hand.village)
    out = np.empty(len(village), dtype=object)
    out[:] = [f"{group.country} > {group.country}-{r + 1:02d} > {n}" if k else f"{group.country} > {group.country}-{r + 1:02d}"
              for r, n, k in zip(region.tolist(), name, known.tolist(), strict=True)]  # fmt: skip
    return out


def describe(group: Group, people: People, rows: Numbers, hand: Hand, rng: Rng) -> tuple[dict[str, Words], Mask]:
    """The rows of `people` as canonical columns, and which of them are in native letters. Everything is text or whole numbers."""
    native = rng.random(len(rows)) < hand.native if group.script != "latin" else np.zeros(len(rows), dtype=bool)
    page = _Page(group, people, rows, hand, native, rng)
    recorded = np.maximum(TODAY - rng.integers(0, hand.since, len(rows)), people.born[rows] + 30)
    wrong = page.chance(SEX_WRONG)
    columns = _names(page)
    columns["sex"] = np.where(people.female[rows] ^ wrong, "female", "male").astype(object)
    columns |= _ages(page, recorded)
    columns["recorded_on"] = recorded.astype("datetime64[D]").astype(str).astype(object)
    columns["origin"] = _origin(page)
    columns["siblings"] = _siblings(page, recorded)
    return columns, native
