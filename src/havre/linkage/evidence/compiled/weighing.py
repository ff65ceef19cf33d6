"""Compiled: how probably is each of many the person, or of the family? What `score` says, on forms.

The evidence in `evidence/` and the sums of `model.posterior` are the definition; a test holds this equal to them. Where numbers do not tell
(an odd description, names that differ by where words end), the answer is NaN and the definition has to be asked.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled import besides, kin, names, times
from havre.linkage.evidence.compiled import form as parts_of_form
from havre.linkage.evidence.compiled import worths as fields
from havre.linkage.evidence.compiled.names import MISSING, UNSURE
from havre.linkage.evidence.compiled.words import Met, Words, meet
from havre.linkage.evidence.compiled.worths import COUNT, SIBLING_NAMED, Worths

NO_SHARE = -1.0
UNASKED = 255  # a place not yet compared


class Asked(NamedTuple):
    """One person who is compared with many.

    `form`; `places[k]`: the words of the k-th of `form.PLACE_FIELDS`, -1 after the last; `phones`, `papers`: how usual each of the numbers in
    the form is; `odds`: log-odds of match and of family before any comparison; `met[k, path]`: the level of that place and
    the path with that number (from 1), `UNASKED` before they are compared.
    """

    form: Any
    places: Any
    phones: Any
    papers: Any
    odds: Any
    met: Any


@nb.njit(cache=True, nogil=True)
def _bounded(value: float, limit: float) -> Any:
    return min(max(value, -limit), limit)


@nb.njit(cache=True, nogil=True)
def _put(pieces: Any, field: int, level: int, share: float, m: Worths) -> None:
    """Write what a level says (`Model.worth`); nothing for a missing one."""
    if level < 0:
        return
    row = m.at[field] + level
    if share < 0.0 or np.isnan(m.typical[field]):
        pieces[field, 0], pieces[field, 1] = m.plain[row, 0], m.plain[row, 1]
        return
    match, family, unrelated = m.usual[row]
    unrelated *= min(max(share / m.typical[field], m.low[field]), m.high[field])
    if field == SIBLING_NAMED:
        match = unrelated
    pieces[field, 0] = _bounded(m.weight[field] * np.log(match / unrelated), m.scale[0])
    pieces[field, 1] = _bounded(m.weight[field] * np.log(family / unrelated), m.scale[0])


@nb.njit(cache=True, nogil=True)
def _put_name(pieces: Any, field: int, found: Any, m: Worths, shares: Any) -> None:
    """The same of a level with the word agreed on."""
    _put(pieces, field, found[0], NO_SHARE if found[1] < 0 else shares[found[1]], m)


@nb.njit(cache=True, nogil=True)
def _places(asked: Asked, g: Any, parts: Any, masks: Any, levels: Any, w: Words) -> None:
    """Write the level of each place."""
    for k in range(len(levels)):
        path, levels[k] = g[g[parts_of_form.PLACES] + k], MISSING
        if path > 0 and asked.places[k, 0] >= 0:
            if asked.met[k, path] == UNASKED:
                asked.met[k, path] = besides.place_of_words(asked.places[k], parts[path - 1], masks, w)
            levels[k] = asked.met[k, path]


@nb.njit(cache=True, nogil=True)
def _capped(count: int, most: int) -> Any:
    return min(count, most)


@nb.njit(cache=True, nogil=True)
def _compare(f: Any, g: Any, t: Met, shares: Any, pieces: Any, m: Worths) -> Any:
    """Write what every field says; False where the evidence itself has to be asked."""
    given, father, lineage, own = names.names(f, g, t)
    if given[0] == UNSURE:
        return False
    _put_name(pieces, fields.GIVEN, given, m, shares)
    _put_name(pieces, fields.FATHER, father, m, shares)
    _put_name(pieces, fields.LINEAGE, lineage, m, shares)
    _put_name(pieces, fields.MOTHER, names.mother(f, g, t), m, shares)
    _put_name(pieces, fields.SIBLINGS, kin.siblings(f, g, t), m, shares)
    _put_name(pieces, fields.SIBLING_NAMED, kin.sibling_named(f, g, own, t), m, shares)
    _put_name(pieces, fields.RELATIVES, kin.relatives(f, g, t), m, shares)
    _put_name(pieces, fields.COMPANIONS, kin.companions(f, g, t), m, shares)
    level, share = times.birth(f, g)
    _put(pieces, fields.BIRTH, level, share, m)
    _put(pieces, fields.SEPARATION_DATE, times.separation_date(f, g), NO_SHARE, m)
    _put(pieces, fields.SEX, besides.sex(f, g), NO_SHARE, m)
    _put(pieces, fields.LANGUAGE, besides.language(f, g), NO_SHARE, m)
    _put(pieces, fields.ETHNICITY, besides.people(f, g, t), NO_SHARE, m)
    _put(pieces, fields.SEPARATION_CAUSE, _capped(besides.meeting(f, g, parts_of_form.CAUSE), 1), NO_SHARE, m)
    _put(pieces, fields.FEATURES, _capped(besides.meeting(f, g, parts_of_form.FEATURES), 2), NO_SHARE, m)
    _put(pieces, fields.BELONGINGS, _capped(besides.meeting(f, g, parts_of_form.BELONGINGS), 2), NO_SHARE, m)
    return True


@nb.njit(cache=True, nogil=True)
def _compare_rest(f: Any, g: Any, places: Any, phones: Any, papers: Any, pieces: Any, m: Worths) -> None:
    """Write what places and numbers say."""
    _put(pieces, fields.ORIGIN, places[0], NO_SHARE, m)
    _put(pieces, fields.BIRTH_PLACE, places[1], NO_SHARE, m)
    _put(pieces, fields.LAST_SEEN, places[2], NO_SHARE, m)
    _put(pieces, fields.SEPARATION_PLACE, places[3], NO_SHARE, m)
    level, which = besides.numbers(f, g, parts_of_form.PHONES)
    _put(pieces, fields.PHONE, level, phones[which] if which >= 0 else NO_SHARE, m)
    level, which = besides.numbers(f, g, parts_of_form.IDENTIFIERS)
    _put(pieces, fields.IDENTIFIER, level, papers[which] if which >= 0 else NO_SHARE, m)


@nb.njit(cache=True, nogil=True)
def _share_words(f: Any, g: Any, shares: Any, w: Words) -> None:
    """Write the share of people who bear each of the words of two forms."""
    base = 0
    for k in range(f[parts_of_form.TOKENS], f[parts_of_form.TOKENS + 1]):
        shares[base] = w.shares[w.skeleton_of[f[k]]]
        base += 1
    for k in range(g[parts_of_form.TOKENS], g[parts_of_form.TOKENS + 1]):
        shares[base] = w.shares[w.skeleton_of[g[k]]]
        base += 1


@nb.njit(cache=True, nogil=True)
def _dampen(pieces: Any, group: int, weight: float, which: int) -> None:
    """Fields that repeat one another count once (`dependence.damped`)."""
    high, low, count = -1, -1, 0
    for k in range(COUNT):
        if group >> k & 1 and not np.isnan(pieces[k, which]):
            count += 1
            if high < 0 or pieces[k, which] > pieces[high, which]:
                high = k
            if low < 0 or pieces[k, which] < pieces[low, which]:
                low = k
    if count < 2:
        return
    full_high, full_low = pieces[high, which] > 0.0, pieces[low, which] < 0.0
    for k in range(COUNT):
        if group >> k & 1 and not ((k == high and full_high) or (k == low and full_low)):
            pieces[k, which] *= weight


@nb.njit(cache=True, nogil=True)
def _summed(pieces: Any, m: Worths, which: int) -> Any:
    for group in range(len(m.groups)):
        _dampen(pieces, m.groups[group], m.dampers[group], which)
    total = 0.0
    for k in range(COUNT):
        if not np.isnan(pieces[k, which]):
            total += pieces[k, which]
    return total


@nb.njit(cache=True, nogil=True)
def weigh(question: Any, forms: Any, ends: Any, parts: Any, model: Any, words: Any) -> Any:
    """Probability of a match and of a family for each form, as `score` has them; NaN where the evidence itself has to be asked.

    `question`, `model`, `words`: the arrays of `Asked`, `Worths` and `Words`, as plain tuples, which alone are taken over quickly. `forms`: one after the other,
    form k up to `ends[k]`, an odd one empty. `parts[path - 1]`: the words of a place, -1 after the last. Shape: (len(ends), 2).
    """
    asked, m, w = Asked(*question), Worths(*model), Words(*words)
    out, pieces, shares, start = np.full((len(ends), 2), np.nan), np.empty((COUNT, 2)), np.empty(parts_of_form.MOST_WORDS), 0
    met = Met(np.zeros((parts_of_form.MOST_WORDS, parts_of_form.MOST_WORDS)), np.zeros(parts_of_form.MOST_WORDS, np.int64), np.zeros(parts_of_form.MOST_WORDS))
    masks, levels = np.zeros(parts_of_form.MOST_PARTS, np.int64), np.zeros(len(asked.places), np.int64)
    for k in range(len(ends)):
        g, start = forms[start:ends[k]], ends[k]
        pieces[:] = np.nan
        if len(g) == 0 or len(asked.form) == 0 or not meet(asked.form, g, met, w):
            continue
        _share_words(asked.form, g, shares, w)
        if not _compare(asked.form, g, met, shares, pieces, m):
            continue
        _places(asked, g, parts, masks, levels, w)
        _compare_rest(asked.form, g, levels, asked.phones, asked.papers, pieces, m)
        match = m.scale[1] * (_summed(pieces, m, 0) + asked.odds[0]) + m.scale[2]
        family = m.scale[1] * (_summed(pieces, m, 1) + asked.odds[1]) + m.scale[2]
        top = max(match, family, 0.0)
        a, b, c = np.exp(match - top), np.exp(family - top), np.exp(-top)
        out[k, 0], out[k, 1] = a / (a + b + c), b / (a + b + c)
    return out
